// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "geo/geodetic.h"
#include "sensor/camera.h"

namespace marsad::sensor {

// How an aircraft or balloon tells where its camera looks [MISB0601]: the platform's attitude
// against north, east, down at its place, and the camera's angles against the platform. The camera
// is turned by Rz(heading) Ry(pitch) Rx(roll) Rz(relative azimuth) Ry(relative elevation)
// Rx(relative roll).
struct PlatformPose {
  geo::Geodetic position;             // of the camera; the height above mean sea level
  double heading_rad = 0;             // clockwise from true north
  double pitch_rad = 0;               // nose up
  double roll_rad = 0;                // right wing down
  double relative_azimuth_rad = 0;    // clockwise from the nose, seen from above
  double relative_elevation_rad = 0;  // up from the platform's level
  double relative_roll_rad = 0;       // clockwise as the camera sees it
};

// The same as a camera's pose. Straight up and down, where azimuth and roll are one turn, the
// azimuth is 0.
Pose camera_pose(const PlatformPose& platform);

}  // namespace marsad::sensor
