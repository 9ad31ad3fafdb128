// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gmock/gmock.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "tests/scenario/world.h"

namespace marsad::scenario {

// How far along the line from the letter named an incident may be.
inline constexpr double kNear_m = 60;

// "inbound crossing at x, seen by T and U, of 3 tracks or more"
struct Expected {
  incident::Direction direction = incident::Direction::inbound;
  char place = 0;
  std::vector<std::string> sensors;
  std::size_t least_tracks = 1;
};
base::Result<Expected> read_expected(std::string_view sentence);

// What of this outcome is not as the sentences say; none where just these incidents were told.
std::optional<std::string> difference(const Outcome& outcome,
                                      const std::vector<std::string>& sentences);

// Just these incidents, one a sentence, in any order.
MATCHER_P(ReportsAll, sentences, "just these incidents: " + testing::PrintToString(sentences)) {
  const auto different = difference(arg, sentences);
  if (different) *result_listener << *different;
  return !different;
}

inline auto Reports(std::string sentence) {
  return ReportsAll(std::vector<std::string>{std::move(sentence)});
}

MATCHER(ReportsNothing, "no incident") { return arg.world != nullptr && arg.incidents.empty(); }

MATCHER(ShowsNothing, "neither track nor incident") {
  return arg.world != nullptr && arg.tracks.empty() && arg.incidents.empty();
}

}  // namespace marsad::scenario
