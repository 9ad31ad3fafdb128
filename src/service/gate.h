// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "service/account_desk.h"
#include "service/api.h"
#include "service/api_notices.h"
#include "service/exchange_api.h"

namespace marsad::service {

// The one door to the API: who asks, whether they may, and only then who answers. A path that is
// not in the table of rights (right_of) is reached by nobody. Any thread.
class Gate {
 public:
  // `desk` null: there are no accounts, and everybody may do everything but what is a partner's.
  // `is_secure`: clients come over TLS, so that their cookies need never go without. `exchange`
  // null: there are no ways in and out.
  Gate(const Api& api, const NoticeApi& notices, const IncidentBook& incidents, AccountDesk* desk,
       bool is_secure, const ExchangeApi* exchange = nullptr);

  HttpResponse handle(const HttpRequest& request) const;
  // Whether whoever sent this is logged in: the page shows nothing by itself.
  bool may_see_page(const HttpRequest& request) const;
  // As whom whoever sent this listens to the live feed; none: they may not.
  std::optional<Listener> listener(const HttpRequest& request) const;

 private:
  HttpResponse account_request(const HttpRequest& request, const Account& account) const;
  HttpResponse accounts(const HttpRequest& request, const Account& account) const;
  HttpResponse log_in(const HttpRequest& request) const;
  HttpResponse set_up(const HttpRequest& request) const;
  HttpResponse dispatch(const HttpRequest& request, const Scope& scope,
                        const std::optional<liaison::PartnerId>& partner) const;
  bool is_hidden(const HttpRequest& request, const Scope& scope) const;
  std::string cookie(const std::string& secret, int seconds) const;

  const Api& api_;
  const NoticeApi& notices_;
  const IncidentBook& incidents_;
  AccountDesk* const desk_;
  const bool is_secure_;
  const ExchangeApi* const exchange_;
};

}  // namespace marsad::service
