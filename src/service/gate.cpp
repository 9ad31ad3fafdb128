// SPDX-License-Identifier: Apache-2.0
#include "service/gate.h"

#include <fmt/format.h>

#include "base/words.h"
#include "service/api_answer.h"
#include "service/http_target.h"
#include "service/login_page.h"
#include "wire/json.h"

namespace marsad::service {
namespace {

constexpr std::string_view kCookie = "marsad=";
constexpr std::string_view kBearer = "Bearer ";
constexpr int kSession_s = 12 * 3600;

HttpResponse answer(const std::optional<AccountRefusal>& refusal) {
  using Reason = AccountRefusal::Reason;
  if (!refusal) return json(R"({"done":true})");
  switch (refusal->reason) {
    case Reason::wrong:
      return refuse(401, refusal->message);
    case Reason::locked:
      return refuse(429, refusal->message);
    case Reason::invalid:
      return refuse(400, refusal->message);
    case Reason::unknown:
      return refuse(404, refusal->message);
    case Reason::not_recorded:
      return refuse(507, refusal->message);
  }
  return refuse(500, refusal->message);
}

// The secret a request brings: a program's token, or the page's cookie.
std::string secret_of(const HttpRequest& request) {
  std::string_view text = request.authorization;
  if (text.starts_with(kBearer)) return std::string(text.substr(kBearer.size()));
  text = request.cookie;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(';'), text.size());
    std::string_view one = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    while (one.starts_with(' ')) one.remove_prefix(1);
    if (one.starts_with(kCookie)) return std::string(one.substr(kCookie.size()));
  }
  return "";
}

// A body as JSON, or as a form of the login page sends it.
template <class Request>
base::Result<Request> read_body(const std::string& body,
                                Request (*of_form)(std::map<std::string, std::string>&)) {
  if (body.starts_with('{')) return wire::from_json<Request>(body);
  auto form = parse_target("/?" + body);
  if (!form) return base::Error{"", "expected JSON or a form"};
  return of_form(form->query);
}

// What comes after the prefix, up to the next slash; empty where it begins otherwise.
std::string part_after(std::string_view path, std::string_view prefix) {
  const std::string rest = after(path, prefix).value_or("");
  return rest.substr(0, rest.find('/'));
}

wire::MeView view(const Account& account) {
  wire::MeView out;
  out.name = account.scope.name;
  out.role = base::word(account.role);
  out.partner = account.partner.text;
  for (const liaison::Stretch& stretch : account.scope.stretches) {
    out.kilometres += fmt::format("{}{}-{}", out.kilometres.empty() ? "" : " ",
                                  stretch.from_m / 1000, stretch.to_m / 1000);
  }
  for (const sensor::SensorId& sensor : account.scope.sensors) {
    out.sensors += (out.sensors.empty() ? "" : " ") + sensor.text;
  }
  for (std::size_t i = 0; i < kRights; ++i) {
    const Right right{static_cast<Right>(i)};
    if (may(account.role, right)) out.may.emplace_back(base::word(right));
  }
  return out;
}

// Where there are no accounts: who may do everything but what is a partner's or needs accounts.
wire::MeView everybody() {
  wire::MeView out;
  for (std::size_t i = 0; i < kRights; ++i) {
    const Right right{static_cast<Right>(i)};
    const bool is_ones_own =
        right == Right::own_account || right == Right::own_notices || right == Right::accounts;
    if (!is_ones_own) out.may.emplace_back(base::word(right));
  }
  return out;
}

}  // namespace

Gate::Gate(const Api& api, const NoticeApi& notices, const IncidentBook& incidents,
           AccountDesk* desk, bool is_secure, const ExchangeApi* exchange)
    : api_(api),
      notices_(notices),
      incidents_(incidents),
      desk_(desk),
      is_secure_(is_secure),
      exchange_(exchange) {}

HttpResponse Gate::handle(const HttpRequest& request) const {
  if (desk_ == nullptr) {
    if (request.path == "/api/me") return json(wire::to_json(everybody()));
    return dispatch(request, {}, std::nullopt);
  }
  const auto right = right_of(request.method, request.path);
  if (right == Right::anybody) {
    if (request.path == "/api/setup") return set_up(request);
    return request.method == "GET" ? login_page(desk_->setup_code().has_value(), "")
                                   : log_in(request);
  }
  const auto account = desk_->account_of(secret_of(request));
  if (!account) return refuse(401, "not logged in");
  if (!right) return refuse(404, "nothing at " + request.path);
  if (!may(account->role, *right)) {
    return refuse(403, fmt::format("not for the role {}", base::word(account->role)));
  }
  const bool is_of_all =
      *right == Right::watch_all || *right == Right::see_ledger || *right == Right::plan;
  if (is_of_all && !account->scope.is_all()) {
    return refuse(403, "not for an account of some kilometres or sensors");
  }
  if (is_hidden(request, account->scope)) return refuse(404, "nothing at " + request.path);
  if (*right == Right::own_account) return account_request(request, *account);
  if (*right == Right::accounts) return accounts(request, *account);
  return dispatch(request, account->scope,
                  account->role == Role::partner ? std::optional(account->partner) : std::nullopt);
}

bool Gate::may_see_page(const HttpRequest& request) const {
  return desk_ == nullptr || desk_->account_of(secret_of(request)).has_value();
}

std::optional<Listener> Gate::listener(const HttpRequest& request) const {
  if (desk_ == nullptr) return Listener{};
  const auto account = desk_->account_of(secret_of(request));
  if (!account || !may(account->role, Right::watch)) return std::nullopt;
  return Listener{account->scope, may(account->role, Right::watch_all)};
}

// Incidents and cameras outside an account's kilometres and sensors are as if they were not there.
bool Gate::is_hidden(const HttpRequest& request, const Scope& scope) const {
  if (scope.is_all()) return false;
  const std::string camera = part_after(request.path, "/api/cameras/");
  if (!camera.empty()) return !scope.sees(sensor::SensorId{camera});
  const std::string number = part_after(request.path, "/api/incidents/");
  if (number.empty()) {
    return request.path.starts_with("/api/tracks/") || request.path.starts_with("/api/coverage/");
  }
  const auto id = whole<std::uint64_t>(number);
  const auto incident = id ? incidents_.find({*id}) : std::nullopt;
  return !incident || !scope.sees(*incident);
}

HttpResponse Gate::dispatch(const HttpRequest& request, const Scope& scope,
                            const std::optional<liaison::PartnerId>& partner) const {
  if (exchange_ != nullptr) {
    if (auto answered = exchange_->handle(request, scope, partner)) return *std::move(answered);
  }
  if (auto answered = notices_.handle(request, scope, partner)) return *std::move(answered);
  return api_.handle(request, scope);
}

std::string Gate::cookie(const std::string& secret, int seconds) const {
  return fmt::format("{}{}; Path=/; HttpOnly; SameSite=Strict; Max-Age={}{}", kCookie, secret,
                     seconds, is_secure_ ? "; Secure" : "");
}

HttpResponse Gate::log_in(const HttpRequest& request) const {
  const auto wanted =
      read_body<wire::LoginRequest>(request.body, [](std::map<std::string, std::string>& form) {
        return wire::LoginRequest{form["name"], form["password"]};
      });
  if (!wanted) return refuse(400, base::to_string(wanted.error()));
  const bool by_form = !request.body.starts_with('{');
  const auto said = desk_->log_in(wanted->name, wanted->password);
  if (const auto* refusal = std::get_if<AccountRefusal>(&said)) {
    HttpResponse refused = answer(*refusal);
    return by_form ? login_page(false, refusal->message) : refused;
  }
  HttpResponse response =
      by_form ? HttpResponse{303, "text/plain", "", {{"Location", "/"}}} : json(R"({"done":true})");
  response.headers.emplace_back("Set-Cookie", cookie(std::get<std::string>(said), kSession_s));
  return response;
}

HttpResponse Gate::set_up(const HttpRequest& request) const {
  const auto wanted =
      read_body<wire::SetupRequest>(request.body, [](std::map<std::string, std::string>& form) {
        return wire::SetupRequest{form["code"], form["password"]};
      });
  if (!wanted) return refuse(400, base::to_string(wanted.error()));
  const auto refusal = desk_->set_up(wanted->code, wanted->password);
  if (request.body.starts_with('{')) return answer(refusal);
  return login_page(refusal.has_value(), refusal ? refusal->message : "");
}

HttpResponse Gate::account_request(const HttpRequest& request, const Account& account) const {
  if (request.path == "/api/me") return json(wire::to_json(view(account)));
  if (request.path == "/api/logout") {
    desk_->log_out(secret_of(request));
    HttpResponse response = json(R"({"done":true})");
    response.headers.emplace_back("Set-Cookie", cookie("", 0));
    return response;
  }
  const auto wanted = wire::from_json<wire::PasswordRequest>(request.body);
  if (!wanted) return refuse(400, base::to_string(wanted.error()));
  const auto refusal =
      desk_->set_password(account.scope.name, wanted->old_password, wanted->password);
  // 401 would say that the session is none.
  if (refusal && refusal->reason == AccountRefusal::Reason::wrong) {
    return refuse(400, refusal->message);
  }
  return answer(refusal);
}

HttpResponse Gate::accounts(const HttpRequest& request, const Account& account) const {
  if (request.path == "/api/accounts" && request.method == "GET") {
    const auto all = desk_->accounts();
    if (!all) return refuse(500, base::to_string(all.error()));
    return json(wire::to_json(*all));
  }
  if (request.path == "/api/accounts") {
    const auto wanted = wire::from_json<wire::AccountRequest>(request.body);
    if (!wanted) return refuse(400, base::to_string(wanted.error()));
    return answer(desk_->put(*wanted, account.scope.name));
  }
  const std::string name = part_after(request.path, "/api/accounts/");
  if (request.path.ends_with("/delete")) return answer(desk_->remove(name, account.scope.name));
  if (request.path.ends_with("/lock")) return answer(desk_->lock(name, account.scope.name));
  const auto made = desk_->make_token(name, account.scope.name);
  if (const auto* refusal = std::get_if<AccountRefusal>(&made)) return answer(*refusal);
  return json(wire::to_json(wire::TokenView{std::get<std::string>(made)}));
}

}  // namespace marsad::service
