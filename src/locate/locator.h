// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "detect/detection.h"
#include "locate/plot.h"
#include "sensor/camera.h"
#include "terrain/elevation.h"
#include "terrain/ray.h"

namespace marsad::locate {

struct LocatorSettings {
  double max_range_m = 20'000;
  double elevation_sigma_m = 3;  // error of the elevation model
  // Error of the foot: a box ends on a whole row, wherever the threshold cut the picture. One
  // sigma; a detection's own vertical sigma counts where it is larger.
  double foot_sigma_px = 0.7;
  // And the error that comes of a mover's size, as a share of its box: which of its parts stand
  // out changes from one frame to the next, and the foot with them. The larger of the two counts.
  double size_sigma = 0.1;
  // Above this probability of being an aircraft or a bird, to the detector and when weighed by its
  // size on the ground behind it, a mover is taken to fly: bearing only.
  double flying_above = 0.95;
  double refraction = terrain::kRefraction;
};

// Puts the detections of one camera on the ground: the ray through the foot of the box (middle of
// its bottom edge, at the centroid's column) to the terrain, with the covariance that pixel,
// pointing, position and elevation errors leave there.
//
// A cloud of rays, turned and shifted by all these errors as likely as they are, meets the ground
// about the place; each counts by its likelihood and the ground's area that it stands for, since a
// mover is as likely on one square metre as on another. The cloud's second moment about the place
// is the covariance, of both parts together; they share it as they share the angle's error. So near
// a crest the covariance tells that the mover may be on the slope behind. How honest it is:
// bench/locate_bench.
//
// Bearing only are movers against the sky or beyond the map, movers that fly, those seen at so
// shallow an angle that one sigma of elevation reaches beyond the largest range, and those where
// most of the cloud meets no ground. Their bearing and
// elevation are the centroid's; those of placed ones are the foot's.
class Locator {
 public:
  // The elevation must be the site's, and outlives the locator through its pointer.
  Locator(sensor::Camera camera, std::shared_ptr<const terrain::Elevation> elevation,
          LocatorSettings settings = {});

  // One plot a detection, in the same order. The pose is the frame's, its sigma the camera's.
  std::vector<Plot> locate(const detect::FrameDetections& frame) const;

 private:
  Plot locate(const detect::FrameDetections& frame, const detect::Detection& detection) const;

  sensor::Camera camera_;
  std::shared_ptr<const terrain::Elevation> elevation_;
  LocatorSettings settings_;
};

}  // namespace marsad::locate
