// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "score/score.h"
#include "track/tracker.h"

namespace marsad::test {

// A recorded scenario: plots, the truth behind them and the tracks Stone Soup made of them.
struct Recorded {
  std::vector<track::Scan> scans;
  std::vector<score::TimedPoint> truth;
  std::vector<score::TimedPoint> stone_soup;
};

// Reads tracking/`name` of the real data; none where they are missing.
std::optional<Recorded> read_recorded(const std::string& name);

}  // namespace marsad::test
