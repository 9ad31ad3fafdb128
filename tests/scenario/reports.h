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

// "inbound crossing at x, seen by T and U, of 3 tracks or more" or "…, of 1 track"; "hand_over at
// x", of what goes neither way; "…, after approach" of what was that before.
struct Expected {
  incident::Kind kind = incident::Kind::crossing;
  std::vector<incident::Kind> before;
  incident::Direction direction = incident::Direction::inbound;
  char place = 0;
  std::vector<std::string> sensors;
  std::size_t least_tracks = 1;
  std::optional<std::size_t> most_tracks;
};
base::Result<Expected> read_expected(std::string_view sentence);

// What of this outcome is not as the sentences say; none where just these incidents were told.
std::optional<std::string> difference(const Outcome& outcome,
                                      const std::vector<std::string>& sentences);

MATCHER_P(ReportsAll, sentences, "just these incidents: " + testing::PrintToString(sentences)) {
  const auto different = difference(arg, sentences);
  if (different) *result_listener << *different;
  return !different;
}

// Just these incidents, one a sentence, in any order.
template <class... Sentences>
auto Reports(const Sentences&... sentences) {
  return ReportsAll(std::vector<std::string>{sentences...});
}

// Silence counts where there was something to see and it was seen.
MATCHER(TracksButReportsNothing, "tracks and no incident") {
  return arg.world != nullptr && !arg.tracks.empty() && arg.incidents.empty();
}

MATCHER(ShowsNothing, "neither track nor incident") {
  return arg.world != nullptr && arg.tracks.empty() && arg.incidents.empty();
}

}  // namespace marsad::scenario
