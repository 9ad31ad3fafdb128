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
// The covariance is the second moment, about the place told, of all ground on which the mover may
// stand, each square metre weighed by how likely it is seen at this pixel (standing.h): in view of
// pointing, roll, position, height, elevation model and pixel, and of crests, over which an error
// lets one see or not. So it holds, squared and by its probability, the ground far behind a crest.
// Both parts of the covariance share it as they share the angle's error. It assumes that
// - errors are Gaussian, and those of the pose as large as its sigma tells;
// - the elevation model is wrong by one height all along a sight. Where it is wrong from hill to
//   hill instead, a crest hides more or less than is told;
// - a mover is as likely on one square metre as on another, and seen wherever no ground hides it.
// Its error squared is then as large in the mean as told, but near crests, and far off on flat
// ground, the tails are longer than a Gaussian's: one mover in some hundreds is as many times
// farther off. By the same moments a plot tells how long they are, its kurtosis. How honest both
// are: bench/locate_bench.
//
// Bearing only are movers against the sky or beyond the map, movers that fly, those seen at so
// shallow an angle that one sigma of elevation reaches beyond the largest range, those where most
// sights within the errors meet no ground, and those that may as well be as far off again as they
// are: one sigma of the covariance is larger than the distance. Their bearing and elevation are the
// centroid's; those of placed ones are the foot's.
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
