// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "detect/detection.h"
#include "detect/network.h"
#include "video/image.h"

namespace marsad::test {

// A made frame with a box, and what the trained network answered in training's own program:
// tools/train_classifier/cases.py makes the same frames and wrote network_cases.csv.
struct NetworkCase {
  std::string name;
  video::Image<std::uint16_t> counts;
  detect::Box box;
  detect::NetworkAnswer expected{};
};

std::vector<NetworkCase> network_cases();

}  // namespace marsad::test
