// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "detect/detection.h"
#include "detect/network.h"
#include "video/image.h"

namespace marsad::detect {

// At most so many detections of a frame are shown to the network, the plainest first.
inline constexpr std::size_t kMostCrops = 16;

// What the network's answer means for a mover: drones are aircraft, and background is unknown.
sensor::ClassProbabilities mover_classes(const NetworkAnswer& answer);

// Tells what the detections of a camera are. Those the network is not asked about, all where it is
// not wanted or not built in, keep what the detector told by their outline. One thread.
class Classifier {
 public:
  explicit Classifier(bool wants_network);

  // Sets `classes` of detections that were found in these counts.
  void classify(const video::Image<std::uint16_t>& counts, std::vector<Detection>& detections);

 private:
  std::optional<Network> network_;
};

}  // namespace marsad::detect
