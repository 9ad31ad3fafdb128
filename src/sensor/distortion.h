// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

namespace marsad::sensor {

// A point of the picture plane one focal length before the lens, from the optical axis: x right,
// y down, without unit.
struct PlanePoint {
  double x = 0;
  double y = 0;
};

// How a lens moves what a pinhole would show: k1 to k3 along the radius, p1 and p2 where the lenses
// do not share one axis [Brown1966], named and signed as OpenCV does. All zero: a pinhole.
//
// A polynomial folds back at some distance from the axis, and beyond it would show what is far
// outside of the picture inside it. So both ways end where it first folds.
struct Distortion {
  double k1 = 0;
  double k2 = 0;
  double k3 = 0;
  double p1 = 0;
  double p2 = 0;

  bool operator==(const Distortion&) const = default;
  bool is_none() const { return *this == Distortion{}; }

  // Where the lens shows a pinhole's point; none beyond the first fold.
  std::optional<PlanePoint> distorted(PlanePoint pinhole) const;
  // The pinhole's point that the lens shows here, found by damped Newton steps from `start`; none
  // where there is none before the first fold.
  std::optional<PlanePoint> undistorted(PlanePoint shown, PlanePoint start) const;
};

}  // namespace marsad::sensor
