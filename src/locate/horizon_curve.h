// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "geo/geodetic.h"
#include "sensor/camera.h"
#include "terrain/horizon.h"

namespace marsad::locate {

// Row of a curve in each column of a picture, NaN where it is not.
using Curve = std::vector<double>;

// The horizon round a camera, to be drawn into its picture for any pointing.
class HorizonCurve {
 public:
  // Directions in order of azimuth; a gap in it is none. The camera's place is theirs.
  HorizonCurve(sensor::CameraModel model,
               const std::vector<std::optional<terrain::HorizonPoint>>& points);

  // Where a camera in this pose shows it, in columns 0, `stride`, … of its picture; rows outside of
  // the picture too.
  Curve rows(const sensor::Pose& pose, int stride = 1) const;
  // The same for a camera moved by metres, the ridges staying where they are.
  HorizonCurve moved(geo::Enu metres) const;
  // The same with one of so many directions, for a first look.
  HorizonCurve thinned(std::size_t of) const;
  // Half of the directions see ground no farther than this.
  double median_range_m() const;
  bool empty() const { return ways_.empty(); }

 private:
  struct Way {
    geo::Enu direction;
    double range_m = 0;
    bool after_gap = false;
  };
  sensor::CameraModel model_;
  std::vector<Way> ways_;
};

}  // namespace marsad::locate
