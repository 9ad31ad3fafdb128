// SPDX-License-Identifier: Apache-2.0
#include "service/api_notices.h"

#include <fmt/format.h>

#include "exchange/cap.h"
#include "exchange/cot.h"
#include "exchange/sheet.h"
#include "service/api_answer.h"
#include "service/http_target.h"
#include "wire/json.h"

namespace marsad::service {
namespace {

constexpr std::size_t kLongestName = 200;

HttpResponse answer(const NoticeRefusal& refusal) {
  switch (refusal.reason) {
    case NoticeRefusal::Reason::unknown:
      return refuse(404, refusal.message);
    case NoticeRefusal::Reason::forbidden:
      return refuse(403, refusal.message);
    case NoticeRefusal::Reason::not_recorded:
      return refuse(507, refusal.message);
  }
  return refuse(500, refusal.message);
}

template <class View>
HttpResponse answer(const std::variant<View, NoticeRefusal>& said) {
  if (const auto* refusal = std::get_if<NoticeRefusal>(&said)) return answer(*refusal);
  return json(wire::to_json(std::get<View>(said)));
}

HttpResponse html(std::string page) {
  return {200, "text/html; charset=utf-8", std::move(page), {}};
}

// The parts of a path between slashes.
std::vector<std::string> parts_of(std::string_view path) {
  std::vector<std::string> out;
  for (std::size_t at = 1; at <= path.size();) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    out.emplace_back(path.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

// Who acts: the account, or where there are none, what the body says.
base::Result<std::string> actor(const Scope& scope, const std::string& by) {
  if (!scope.name.empty()) return scope.name;
  if (by.empty() || by.size() > kLongestName) {
    return base::Error{"by", "expected the post or role, like \"watch 2\""};
  }
  return by;
}

}  // namespace

std::optional<HttpResponse> NoticeApi::handle(
    const HttpRequest& request, const Scope& scope,
    const std::optional<liaison::PartnerId>& partner) const {
  const std::vector<std::string> parts = parts_of(request.path);
  const bool posts = request.method == "POST";
  if (request.path == "/api/partners" && !posts) return json(wire::to_json(desk_.partners()));
  if (request.path == "/api/notices" && !posts) return list(std::nullopt, scope);
  if (request.path == "/api/releases" && !posts) return open_releases(scope);
  if (request.path == "/api/partner/notices" && !posts) {
    return partner ? list(partner, {}) : refuse(403, "only for partners");
  }
  if (parts.size() == 5 && parts[1] == "partner" && parts[2] == "notices" && posts) {
    const auto id = whole<std::uint64_t>(parts[3]);
    if (!id || !partner) return refuse(404, "no such notice");
    return partner_receipt({*id}, *partner, scope);
  }
  if (parts.size() == 4 && parts[1] == "notices") {
    const auto id = whole<std::uint64_t>(parts[2]);
    if (!id) return refuse(404, fmt::format("no notice '{}'", parts[2]));
    if (posts && parts[3] == "receipt") return receipt({*id}, request.body, scope);
    if (!posts) return written({*id}, parts[3], scope);
  }
  if (parts.size() >= 4 && parts[1] == "incidents") {
    const auto id = whole<std::uint64_t>(parts[2]);
    if (parts[3] == "release" && parts.size() == 4 && posts) {
      return id ? release({*id}, request.body, scope) : refuse(404, "no such incident");
    }
    if (parts[3] == "disclosure" && parts.size() == 5 && !posts) {
      return id ? answer(desk_.disclosure({*id}, {parts[4]})) : refuse(404, "no such incident");
    }
    if (parts[3] == "disclosure" && parts.size() == 6 && parts[5] == "sheet" && !posts) {
      return id ? draft_sheet({*id}, parts[4]) : refuse(404, "no such incident");
    }
  }
  return std::nullopt;
}

HttpResponse NoticeApi::list(const std::optional<liaison::PartnerId>& partner,
                             const Scope& scope) const {
  const auto found = desk_.notices(partner, scope);
  if (!found) return refuse(500, base::to_string(found.error()));
  return json(wire::to_json(*found));
}

HttpResponse NoticeApi::open_releases(const Scope& scope) const {
  const auto found = desk_.open_releases(scope);
  if (!found) return refuse(500, base::to_string(found.error()));
  return json(wire::to_json(*found));
}

HttpResponse NoticeApi::draft_sheet(incident::IncidentId incident,
                                    const std::string& partner) const {
  const auto draft = desk_.draft(incident, {partner});
  if (const auto* refusal = std::get_if<NoticeRefusal>(&draft)) return answer(*refusal);
  const exchange::Dispatch dispatch{
      std::get<liaison::Notice>(draft), site_.liaison.sender, 0, {}, 1};
  return html(exchange::sheet(dispatch));
}

HttpResponse NoticeApi::written(store::NoticeId id, std::string_view form,
                                const Scope& scope) const {
  const auto found = desk_.notice(id, scope);
  if (!found) return refuse(500, base::to_string(found.error()));
  if (!*found) return refuse(404, fmt::format("no notice {}", id.value));
  const store::QueuedNotice& queued = (*found)->queued;
  const exchange::Dispatch dispatch{queued.notice,
                                    site_.liaison.sender,
                                    queued.number,
                                    queued.queued,
                                    std::max(1U, liaison::attempts((*found)->steps)),
                                    queued.route.why_headquarters};
  if (form == "sheet") return html(exchange::sheet(dispatch));
  if (form == "cap") return {200, "application/cap+xml", exchange::cap_alert(dispatch), {}};
  if (form == "cot") {
    auto event = exchange::cot_event(dispatch);
    if (!event) return refuse(404, base::to_string(event.error()));
    return {200, "application/xml", *std::move(event), {}};
  }
  return refuse(404, fmt::format("no form '{}'; expected sheet, cap or cot", form));
}

HttpResponse NoticeApi::release(incident::IncidentId incident, const std::string& body,
                                const Scope& scope) const {
  const auto request = wire::from_json<wire::ReleaseRequest>(body);
  if (!request) return refuse(400, base::to_string(request.error()));
  const auto by = actor(scope, request->by);
  if (!by) return refuse(400, base::to_string(by.error()));
  return answer(desk_.release(incident, {request->partner}, *by));
}

HttpResponse NoticeApi::receipt(store::NoticeId id, const std::string& body,
                                const Scope& scope) const {
  const auto request = wire::from_json<wire::ReceiptRequest>(body);
  if (!request) return refuse(400, base::to_string(request.error()));
  const auto by = actor(scope, request->by);
  if (!by) return refuse(400, base::to_string(by.error()));
  return answer(desk_.receipt(id, request->hop, *by, scope));
}

HttpResponse NoticeApi::partner_receipt(store::NoticeId id, const liaison::PartnerId& partner,
                                        const Scope& scope) const {
  // Without the way it goes, which is not for the partner.
  const auto said = desk_.partner_receipt(id, partner, scope.name);
  if (const auto* refusal = std::get_if<NoticeRefusal>(&said)) return answer(*refusal);
  return json(R"({"received":true})");
}

}  // namespace marsad::service
