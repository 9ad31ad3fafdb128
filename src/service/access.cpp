// SPDX-License-Identifier: Apache-2.0
#include "service/access.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <sstream>

#include "base/words.h"

namespace marsad::service {
namespace {

constexpr std::uint32_t kFreeFailures = 5;
constexpr std::chrono::seconds kFirstLock{30};
constexpr std::chrono::seconds kLongestLock{15 * 60};

struct Path {
  std::string_view method;
  std::string_view pattern;  // "*" stands for one part, "**" at the end for all further ones
  Right right;
};

constexpr std::array kPaths = {
    Path{"GET", "/api/login", Right::anybody},
    Path{"POST", "/api/login", Right::anybody},
    Path{"POST", "/api/setup", Right::anybody},
    Path{"GET", "/api/me", Right::own_account},
    Path{"POST", "/api/logout", Right::own_account},
    Path{"POST", "/api/password", Right::own_account},
    Path{"GET", "/api/site", Right::map},
    Path{"GET", "/tiles/terrain/**", Right::map},
    Path{"GET", "/api/incidents", Right::watch},
    Path{"GET", "/api/incidents/*/picture", Right::watch},
    Path{"GET", "/api/cameras/*/picture", Right::watch},
    Path{"GET", "/api/cameras/*/health", Right::watch},
    Path{"GET", "/api/health", Right::watch_all},
    Path{"GET", "/api/live", Right::watch},
    Path{"GET", "/api/tracks/*/prediction", Right::watch_all},
    Path{"GET", "/api/coverage/ledger", Right::see_ledger},
    Path{"GET", "/api/coverage/history", Right::see_ledger},
    Path{"GET", "/api/accounting", Right::watch_all},
    Path{"POST", "/api/coverage/what-if", Right::plan},
    Path{"POST", "/api/coverage/weather", Right::act},
    Path{"POST", "/api/coverage/balloons/*", Right::act},
    Path{"GET", "/api/incidents/*/warnings/*", Right::act},
    Path{"POST", "/api/incidents/*/acknowledge", Right::act},
    Path{"POST", "/api/incidents/*/task", Right::act},
    Path{"POST", "/api/incidents/*/arrive", Right::act},
    Path{"POST", "/api/incidents/*/resolve", Right::act},
    Path{"POST", "/api/incidents/*/notes", Right::act},
    Path{"POST", "/api/tracks/*/*", Right::act},
    Path{"GET", "/api/forces", Right::watch_all},
    Path{"POST", "/api/forces", Right::act},
    Path{"GET", "/api/channels", Right::see_notices},
    Path{"GET", "/api/alerts", Right::see_notices},
    Path{"POST", "/api/alerts/*", Right::receive},
    Path{"POST", "/api/partner/alerts", Right::own_notices},
    Path{"GET", "/api/partners", Right::see_notices},
    Path{"GET", "/api/notices", Right::see_notices},
    Path{"GET", "/api/notices/*/*", Right::see_notices},
    Path{"GET", "/api/incidents/*/disclosure/*", Right::see_notices},
    Path{"GET", "/api/incidents/*/disclosure/*/sheet", Right::see_notices},
    Path{"GET", "/api/releases", Right::see_notices},
    Path{"POST", "/api/incidents/*/release", Right::release},
    Path{"POST", "/api/notices/*/receipt", Right::receive},
    Path{"GET", "/api/partner/notices", Right::own_notices},
    Path{"POST", "/api/partner/notices/*/receipt", Right::own_notices},
    Path{"GET", "/api/accounts", Right::accounts},
    Path{"POST", "/api/accounts", Right::accounts},
    Path{"POST", "/api/accounts/*/delete", Right::accounts},
    Path{"POST", "/api/accounts/*/lock", Right::accounts},
    Path{"POST", "/api/accounts/*/token", Right::accounts},
};

std::string_view take_part(std::string_view& path) {
  const std::size_t end = std::min(path.find('/'), path.size());
  const std::string_view part = path.substr(0, end);
  path.remove_prefix(std::min(end + 1, path.size()));
  return part;
}

bool matches(std::string_view pattern, std::string_view path) {
  if (std::count(pattern.begin(), pattern.end(), '/') !=
      std::count(path.begin(), path.end(), '/')) {
    if (!pattern.ends_with("**")) return false;
  }
  while (!pattern.empty()) {
    const std::string_view wanted = take_part(pattern);
    if (wanted == "**") return !path.empty();
    const std::string_view part = take_part(path);
    if (wanted == "*" ? part.empty() : part != wanted) return false;
  }
  return path.empty();
}

std::vector<std::string> parted(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> out;
  for (std::string word; in >> word;) out.push_back(word);
  return out;
}

std::optional<double> number(std::string_view text) {
  double value = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || stop != text.data() + text.size() || !(value >= 0)) {
    return std::nullopt;
  }
  return value;
}

}  // namespace

bool may(Role role, Right right) {
  if (right == Right::anybody || right == Right::own_account) return true;
  switch (role) {
    case Role::watch_operator:
      return right == Right::map || right == Right::watch || right == Right::watch_all ||
             right == Right::see_ledger || right == Right::act || right == Right::see_notices;
    case Role::commander:
      return right != Right::accounts && right != Right::own_notices;
    case Role::liaison:
      return right == Right::map || right == Right::watch || right == Right::see_notices ||
             right == Right::release || right == Right::receive;
    case Role::planner:
      return right == Right::map || right == Right::see_ledger || right == Right::plan;
    case Role::administrator:
      return right == Right::map || right == Right::accounts;
    case Role::partner:
      return right == Right::own_notices;
  }
  return false;
}

std::optional<Right> right_of(std::string_view method, std::string_view path) {
  for (const Path& known : kPaths) {
    if (known.method == method && matches(known.pattern, path)) return known.right;
  }
  return std::nullopt;
}

bool Scope::sees(const sensor::SensorId& sensor) const {
  return sensors.empty() || std::find(sensors.begin(), sensors.end(), sensor) != sensors.end();
}

bool Scope::covers(double from_m, double to_m) const {
  return stretches.empty() ||
         std::any_of(stretches.begin(), stretches.end(), [&](const liaison::Stretch& stretch) {
           return from_m >= stretch.from_m && to_m <= stretch.to_m;
         });
}

bool Scope::sees(double chainage_m, const std::vector<sensor::SensorId>& seen_by) const {
  return covers(chainage_m, chainage_m) &&
         (sensors.empty() ||
          std::any_of(seen_by.begin(), seen_by.end(),
                      [&](const sensor::SensorId& sensor) { return sees(sensor); }));
}

bool Scope::sees(const incident::Incident& incident) const {
  return sees(incident.chainage_m, incident.sensors);
}

base::Result<Account> to_account(const store::AccountRow& row) {
  Account account;
  const auto role = base::from_word<Role>(row.role);
  if (!role) {
    return base::Error{
        "role", fmt::format("found '{}'; expected one of {}", row.role, base::all_words<Role>())};
  }
  account.role = *role;
  account.partner.text = row.partner;
  account.scope.name = row.name;
  auto stretches = read_kilometres(row.stretches);
  if (!stretches) return stretches.error();
  account.scope.stretches = *std::move(stretches);
  account.scope.sensors = read_sensors(row.sensors);
  return account;
}

base::Result<std::vector<liaison::Stretch>> read_kilometres(const std::string& text) {
  std::vector<liaison::Stretch> out;
  for (const std::string& part : parted(text)) {
    const std::size_t dash = std::min(part.find('-'), part.size());
    const auto from = number(std::string_view(part).substr(0, dash));
    const auto to = number(std::string_view(part).substr(std::min(dash + 1, part.size())));
    if (!from || !to || *from > *to) {
      return base::Error{
          "kilometres", fmt::format("found '{}'; expected stretches like \"0-190 240-260\"", part)};
    }
    out.push_back({*from * 1000, *to * 1000});
  }
  return out;
}

std::vector<sensor::SensorId> read_sensors(const std::string& text) {
  std::vector<sensor::SensorId> out;
  for (std::string& part : parted(text)) out.push_back({std::move(part)});
  return out;
}

base::Time locked_until(std::uint32_t failures, base::Time now) {
  if (failures < kFreeFailures) return base::Time{};
  std::chrono::seconds lock = kFirstLock;
  for (std::uint32_t i = kFreeFailures; i < failures && lock < kLongestLock; ++i) lock *= 2;
  return now + std::min(lock, kLongestLock);
}

}  // namespace marsad::service
