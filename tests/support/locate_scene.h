// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>

#include "detect/detection.h"
#include "geo/geodetic.h"
#include "sensor/camera.h"
#include "terrain/ray.h"

namespace marsad::test {

// A camera of 12 degrees at a place, looking this way.
inline sensor::Camera camera_at(geo::Geodetic position, double azimuth_deg, double elevation_deg) {
  sensor::Camera camera;
  camera.id = {"T1"};
  camera.model.horizontal_fov_rad = geo::radians(12);
  camera.pose = {position, geo::radians(azimuth_deg), geo::radians(elevation_deg), 0};
  return camera;
}

// The pixel at which a camera in this pose shows a place.
inline std::optional<sensor::Pixel> pixel_of(const sensor::CameraModel& model,
                                             const sensor::Pose& pose, geo::Geodetic place) {
  return model.project(camera_from_enu(pose, terrain::direction_to(pose.position, place)));
}

// A detection whose foot is as near to this pixel as whole rows allow.
inline detect::Detection standing_at(sensor::Pixel foot, double sigma_px = 0.2) {
  detect::Detection detection;
  detection.box = {static_cast<int>(std::lround(foot.u)) - 2,
                   static_cast<int>(std::lround(foot.v + 0.5)) - 10, 5, 10};
  detection.centroid = {foot.u, foot.v - 5};
  detection.cov_px2 = {sigma_px * sigma_px, 0, sigma_px * sigma_px};
  return detection;
}

inline detect::FrameDetections frame_of(const sensor::Camera& camera,
                                        std::vector<detect::Detection> detections) {
  detect::FrameDetections frame;
  frame.camera = camera.id;
  frame.frame = 17;
  frame.pose = camera.pose;
  frame.detections = std::move(detections);
  return frame;
}

}  // namespace marsad::test
