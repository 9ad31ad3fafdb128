// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "service/access.h"
#include "service/http_server.h"
#include "service/ledger_desk.h"
#include "service/site.h"
#include "store/store.h"

namespace marsad::service {

// Answers what is asked and said under /api/coverage/: the ledger of blind kilometres now, in past
// nights and with a camera moved, the air, the balloons. Any thread.
class CoverageApi {
 public:
  CoverageApi(const Site& site, LedgerDesk& ledger, const store::Store& store)
      : site_(site), ledger_(ledger), store_(store) {}

  // Where the scope has a name, that speaks, whatever the body says.
  HttpResponse handle(const HttpRequest& request, const Scope& scope) const;

 private:
  HttpResponse weather(const std::string& body, const Scope& scope) const;
  HttpResponse balloon(const std::string& id, const std::string& body, const Scope& scope) const;
  HttpResponse what_if(const std::string& body) const;
  HttpResponse history(const HttpRequest& request) const;
  HttpResponse say(const plan::ConditionWord& word) const;

  const Site& site_;
  LedgerDesk& ledger_;
  const store::Store& store_;
};

}  // namespace marsad::service
