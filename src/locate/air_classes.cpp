// SPDX-License-Identifier: Apache-2.0
#include "locate/air_classes.h"

#include <cmath>

namespace marsad::locate {
namespace {

constexpr auto kAircraft = static_cast<std::size_t>(sensor::MoverClass::aircraft);
constexpr auto kBird = static_cast<std::size_t>(sensor::MoverClass::bird);
constexpr auto kUnknown = static_cast<std::size_t>(sensor::MoverClass::unknown);

constexpr double kPriorOdds = 3;
constexpr double kLeastShare = 0.05;

// How much more likely a look is of an aircraft than of a bird.
double odds_of_aircraft(const sensor::ClassProbabilities& look) {
  const double either = look[kUnknown] / 2 + kLeastShare;
  return (look[kAircraft] + either) / (look[kBird] + either);
}

}  // namespace

sensor::ClassProbabilities classes_in_air(const sensor::ClassProbabilities& look) {
  return classes_in_air(look, look);
}

sensor::ClassProbabilities classes_in_air(const sensor::ClassProbabilities& one,
                                          const sensor::ClassProbabilities& other) {
  const double odds = kPriorOdds * std::sqrt(odds_of_aircraft(one) * odds_of_aircraft(other));
  sensor::ClassProbabilities classes{};
  classes[kAircraft] = odds / (1 + odds);
  classes[kBird] = 1 - classes[kAircraft];
  return classes;
}

}  // namespace marsad::locate
