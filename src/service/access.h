// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "incident/incident.h"
#include "liaison/partner.h"
#include "sensor/sensor_id.h"
#include "store/accounts.h"

namespace marsad::service {

enum class Role { watch_operator, commander, liaison, planner, administrator, partner };
constexpr std::array<std::string_view, 6> words(Role) {
  return {"operator", "commander", "liaison", "planner", "administrator", "partner"};
}

// What a path of the API lets somebody do.
enum class Right {
  anybody,      // also who is not logged in: to log in
  own_account,  // log out, set one's password, ask who one is
  map,          // site, terrain
  watch,        // incidents, tracks, cameras' pictures and health
  watch_all,    // the same where no kilometre or sensor may be left out: health, where tracks go
  see_ledger,   // the ledger of blind kilometres, now and in past nights, of all of the border
  plan,         // ask what another camera would change of it
  act,          // acknowledge, task, note, resolve, a word on a track, the air, a balloon, a force
  see_notices,  // who was told what
  release,      // let a partner be told
  receive,      // say that a notice was received
  own_notices,  // a partner's: what it was told
  accounts      // add, change and remove accounts
};
inline constexpr std::size_t kRights = 13;
constexpr std::array<std::string_view, kRights> words(Right) {
  return {"anybody", "own_account", "map",     "watch",   "watch_all",   "see_ledger", "plan",
          "act",     "see_notices", "release", "receive", "own_notices", "accounts"};
}

bool may(Role role, Right right);

// The right a request needs; none where there is nothing at its path, which nobody may then reach.
std::optional<Right> right_of(std::string_view method, std::string_view path);

// Whose request it is, and what of the border they may see. Empty lists: all of it.
struct Scope {
  std::string name;  // the account's; empty where there are no accounts
  std::vector<liaison::Stretch> stretches;
  std::vector<sensor::SensorId> sensors;

  // Who acts: the account, or where there are none, who the body says.
  const std::string& speaker(const std::string& said_by) const {
    return name.empty() ? said_by : name;
  }
  bool is_all() const { return stretches.empty() && sensors.empty(); }
  bool sees(const sensor::SensorId& sensor) const;
  // Whether all between two chainages lies in one of its stretches.
  bool covers(double from_m, double to_m) const;
  // By its kilometre, and by a sensor that saw it.
  bool sees(double chainage_m, const std::vector<sensor::SensorId>& seen_by) const;
  bool sees(const incident::Incident& incident) const;
  bool operator==(const Scope&) const = default;
};

// Somebody who is logged in.
struct Account {
  Role role = Role::partner;
  liaison::PartnerId partner;  // of the role partner
  Scope scope;
};

// An account as it is kept. Errors: a role or kilometres this version does not know.
base::Result<Account> to_account(const store::AccountRow& row);

// "0-190 240-260" and "T1 T2" as lists. Errors: anything else.
base::Result<std::vector<liaison::Stretch>> read_kilometres(const std::string& text);
std::vector<sensor::SensorId> read_sensors(const std::string& text);

// Until when no login to an account is tried after so many failures in a row: 5 are free, then
// 30 s, twice as long each time, 15 minutes at most.
base::Time locked_until(std::uint32_t failures, base::Time now);

}  // namespace marsad::service
