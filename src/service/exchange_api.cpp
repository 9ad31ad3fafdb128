// SPDX-License-Identifier: Apache-2.0
#include "service/exchange_api.h"

#include <utility>

#include "service/api_answer.h"
#include "service/camera_feed.h"
#include "service/http_target.h"
#include "wire/json.h"

namespace marsad::service {
namespace {

int status_of(AlertRefusal::Reason reason) {
  switch (reason) {
    case AlertRefusal::Reason::no_partner:
      return 404;
    case AlertRefusal::Reason::too_long:
      return 413;
    case AlertRefusal::Reason::unreadable:
      return 400;
    case AlertRefusal::Reason::too_many:
      return 429;
    case AlertRefusal::Reason::not_recorded:
      return 507;
  }
  return 500;
}

}  // namespace

std::optional<HttpResponse> ExchangeApi::handle(
    const HttpRequest& request, const Scope& scope,
    const std::optional<liaison::PartnerId>& partner) const {
  const bool posts = request.method == "POST";
  if (request.path == "/api/forces" && !posts) return json(wire::to_json(forces_.views(now())));
  if (request.path == "/api/channels" && !posts) return channels();
  if (request.path == "/api/alerts" && !posts) {
    const auto found = alerts_.newest();
    if (!found) return refuse(500, base::to_string(found.error()));
    return json(wire::to_json(*found));
  }
  if (request.path == "/api/partner/alerts" && posts) {
    if (!partner) return refuse(403, "only for partners");
    return take(*partner, scope.name, request.body);
  }
  if (const auto of = after(request.path, "/api/alerts/"); of && posts) {
    return take({*of}, scope.speaker("local"), request.body);
  }
  return std::nullopt;
}

HttpResponse ExchangeApi::channels() const {
  std::vector<wire::ChannelView> list = channels_.views();
  for (const CotListener& listener : listeners_) list.push_back(listener.view());
  list.push_back(alerts_.view());
  return json(wire::to_json(list));
}

HttpResponse ExchangeApi::take(const liaison::PartnerId& partner, const std::string& by,
                               const std::string& body) const {
  const auto taken = alerts_.take(partner, by, body);
  if (const auto* refusal = std::get_if<AlertRefusal>(&taken)) {
    return refuse(status_of(refusal->reason), refusal->message);
  }
  return json(wire::to_json(std::get<wire::AlertView>(taken)));
}

}  // namespace marsad::service
