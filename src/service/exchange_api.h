// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "service/access.h"
#include "service/alert_desk.h"
#include "service/channel_health.h"
#include "service/cot_listener.h"
#include "service/force_desk.h"
#include "service/http_server.h"

namespace marsad::service {

// The paths of what comes in from others and how the ways out are: forces, channels, alerts. Any
// thread.
class ExchangeApi {
 public:
  // All must outlive it; no listener may be added later.
  ExchangeApi(ForceDesk& forces, const ChannelHealth& channels,
              const std::vector<CotListener>& listeners, AlertDesk& alerts)
      : forces_(forces), channels_(channels), listeners_(listeners), alerts_(alerts) {}

  // None where the path is not one of these. What a request needs the right for was checked before
  // (right_of). `partner` is whose account asks, where it is a partner's.
  std::optional<HttpResponse> handle(const HttpRequest& request, const Scope& scope,
                                     const std::optional<liaison::PartnerId>& partner) const;

 private:
  HttpResponse channels() const;
  HttpResponse tell_force(const std::string& body, const Scope& scope) const;
  HttpResponse take(const liaison::PartnerId& partner, const std::string& by,
                    const std::string& body) const;

  ForceDesk& forces_;
  const ChannelHealth& channels_;
  const std::vector<CotListener>& listeners_;
  AlertDesk& alerts_;
};

}  // namespace marsad::service
