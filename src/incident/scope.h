// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "base/time.h"

namespace marsad::incident {

// Where along the border, and at which time of the day, a setting counts.
struct Scope {
  double from_m = 0;  // chainage
  double to_m = std::numeric_limits<double>::infinity();
  double from_s = 0;  // of the day in UTC; where it is after `to_s`, over midnight
  double to_s = 86'400;

  bool covers(double s_m, base::Time at) const {
    if (s_m < from_m || s_m >= to_m) return false;
    const double second = base::to_seconds(at - std::chrono::floor<std::chrono::days>(at));
    const bool after = second >= from_s, before = second < to_s;
    return from_s <= to_s ? after && before : after || before;
  }
};

// A rule's settings by place and time: of those that cover them, the last counts; where none does,
// the rule is off.
template <class Settings>
class Scoped {
 public:
  void add(const Scope& scope, const Settings& settings) { all_.emplace_back(scope, settings); }
  void add_off(const Scope& scope) { all_.emplace_back(scope, std::nullopt); }

  const Settings* at(double s_m, base::Time time) const {
    for (auto i = all_.rbegin(); i != all_.rend(); ++i) {
      if (i->first.covers(s_m, time)) return i->second ? &*i->second : nullptr;
    }
    return nullptr;
  }
  bool empty() const { return all_.empty(); }

 private:
  std::vector<std::pair<Scope, std::optional<Settings>>> all_;
};

// The same everywhere and always.
template <class Settings>
Scoped<Settings> everywhere(const Settings& settings) {
  Scoped<Settings> scoped;
  scoped.add({}, settings);
  return scoped;
}

}  // namespace marsad::incident
