// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "geo/geodetic.h"

namespace marsad::border {

// Whose a force is. An irregular one stands on our side and answers to others.
enum class Allegiance { own, allied, irregular, partner };
constexpr std::array<std::string_view, 4> words(Allegiance) {
  return {"own", "allied", "irregular", "partner"};
}

enum class ForceRole { patrol, post };
constexpr std::array<std::string_view, 2> words(ForceRole) { return {"patrol", "post"}; }

// Where a force was when it was last heard of.
struct ForceReport {
  std::string name;  // of the unit, by which its reports follow each other
  Allegiance allegiance = Allegiance::own;
  ForceRole role = ForceRole::patrol;
  geo::Geodetic place;
  double uncertainty_m = 0;  // of the place when it was heard, 1 sigma
  base::Time heard;
  std::string source = {};  // who told it; empty: the site's table
  bool is_gone = false;     // it is nowhere from then on, until it is heard of again
  bool operator==(const ForceReport&) const = default;
};

// The newest report of each force heard by `at`, by name; without those that are gone.
std::vector<ForceReport> newest_reports(const std::vector<ForceReport>& reports, base::Time at);

// How far off a force may be by now, 1 sigma: a patrol may have gone on since it was heard.
double drift_m(const ForceReport& report, base::Time at);

}  // namespace marsad::border
