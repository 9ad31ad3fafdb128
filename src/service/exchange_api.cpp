// SPDX-License-Identifier: Apache-2.0
#include "service/exchange_api.h"

#include <cmath>
#include <utility>

#include "base/words.h"
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

base::Result<border::ForceReport> read_force(const wire::ForceRequest& request,
                                             const std::string& by, base::Time now) {
  const auto allegiance = base::from_word<border::Allegiance>(request.allegiance);
  if (!allegiance) {
    return base::Error{"allegiance", "expected own, allied, irregular or partner"};
  }
  const auto role = base::from_word<border::ForceRole>(request.role);
  if (!role) return base::Error{"role", "expected patrol or post"};
  if (!(std::abs(request.lat_deg) <= 89)) return base::Error{"lat_deg", "expected -89 to 89"};
  if (!(std::abs(request.lon_deg) <= 180)) return base::Error{"lon_deg", "expected -180 to 180"};
  border::ForceReport report;
  report.name = request.name;
  report.allegiance = *allegiance;
  report.role = *role;
  report.place = {geo::radians(request.lat_deg), geo::radians(request.lon_deg), 0};
  report.uncertainty_m = request.uncertainty_m;
  report.heard = now;
  if (!request.heard.empty()) {
    const auto heard = base::parse_iso8601(request.heard);
    if (!heard) return base::Error{"heard", "expected a time like 2026-11-24T02:10:00Z"};
    report.heard = *heard;
  }
  report.source = by;
  report.is_gone = request.gone;
  return report;
}

}  // namespace

std::optional<HttpResponse> ExchangeApi::handle(
    const HttpRequest& request, const Scope& scope,
    const std::optional<liaison::PartnerId>& partner) const {
  const bool posts = request.method == "POST";
  if (request.path == "/api/forces" && !posts) return json(wire::to_json(forces_.views(now())));
  if (request.path == "/api/forces") return tell_force(request.body, scope);
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

HttpResponse ExchangeApi::tell_force(const std::string& body, const Scope& scope) const {
  if (!scope.is_all()) return refuse(403, "only for accounts of the whole border");
  auto request = wire::from_json<wire::ForceRequest>(body);
  if (!request) return refuse(400, base::to_string(request.error()));
  const std::string& by = scope.speaker(request->by);
  if (const auto is_signed = check_words(by, ""); !is_signed) {
    return refuse(400, base::to_string(is_signed.error()));
  }
  const base::Time told = now();
  const auto report = read_force(*request, by, told);
  if (!report) return refuse(400, base::to_string(report.error()));
  if (const auto refusal = forces_.tell(*report, told)) {
    return refuse(refusal->is_not_recorded ? 507 : 400, refusal->message);
  }
  return json(wire::to_json(forces_.views(told)));
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
