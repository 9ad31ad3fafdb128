// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "detect/detection.h"
#include "locate/plot.h"
#include "sensor/camera.h"
#include "terrain/elevation.h"

namespace marsad::locate {

struct LocatorSettings {
  double max_range_m = 20'000;
  double elevation_sigma_m = 3;  // error of the elevation model
};

// Puts the detections of one camera on the ground: the ray through the foot of the box to the
// terrain, with the covariance that pixel, pointing, position and elevation errors leave there.
class Locator {
 public:
  // The elevation must be the site's, and outlives the locator through its pointer.
  Locator(sensor::Camera camera, std::shared_ptr<const terrain::Elevation> elevation,
          LocatorSettings settings = {});

  // One plot a detection, in the same order.
  std::vector<Plot> locate(const detect::FrameDetections& frame) const;

 private:
  Plot locate(const detect::FrameDetections& frame, const detect::Detection& detection) const;

  sensor::Camera camera_;
  std::shared_ptr<const terrain::Elevation> elevation_;
  LocatorSettings settings_;
};

}  // namespace marsad::locate
