// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "geo/geodetic.h"
#include "sensor/distortion.h"
#include "sensor/sensor_id.h"
#include "sensor/thermal_optics.h"

namespace marsad::sensor {

// Columns right and rows down from the centre of the top left pixel.
struct Pixel {
  double u = 0;
  double v = 0;
};

// Covariance of a pixel position, px².
struct CovPixel {
  double uu = 0;
  double uv = 0;
  double vv = 0;
};

// A direction in the camera's own frame: x right, y down, z along the boresight.
struct CameraRay {
  double x = 0;
  double y = 0;
  double z = 1;
};

// A camera with square pixels. Its boresight is the optical axis.
struct CameraModel {
  int width_px = 640;
  int height_px = 512;
  // Of a pinhole of this focal length, over the whole width.
  double horizontal_fov_rad = 0;
  // The pixel of the optical axis; none: the frame's middle.
  std::optional<Pixel> axis = std::nullopt;
  Distortion distortion = {};

  double focal_px() const;
  double vertical_fov_rad() const;
  Pixel axis_px() const;
  // The direction a pixel looks in, of length 1. Beyond where the lens images anything at all, the
  // pinhole's.
  CameraRay ray(Pixel pixel) const;
  // Where a direction appears, out of frame too; none where it lies behind the camera, or so far
  // aside that the lens doesn't image it.
  std::optional<Pixel> project(CameraRay ray) const;
  // Whether the lens images every pixel of the frame from one direction only; where not, the
  // distortion can't be that of this camera.
  bool is_one_to_one() const;
  // The same lens with a picture of another size.
  CameraModel resized(int new_width_px, int new_height_px) const;
};

// The horizontal field of view of a pinhole with this focal length.
double horizontal_fov_rad(int width_px, double focal_px);

// Where the optical centre is and which way the boresight points. Azimuth clockwise from north,
// elevation up from level, roll clockwise as the camera sees it.
struct Pose {
  geo::Geodetic position;
  double azimuth_rad = 0;
  double elevation_rad = 0;
  double roll_rad = 0;
  bool operator==(const Pose&) const = default;
};

// How well the pose is known, one sigma.
struct PoseSigma {
  double azimuth_rad = 0;
  double elevation_rad = 0;
  double roll_rad = 0;
  double position_m = 0;  // east and north, each
  double height_m = 0;
};

// A camera ray as a direction in the frame east, north, up at the camera, and back.
geo::Enu enu_from_camera(const Pose& pose, CameraRay ray);
CameraRay camera_from_enu(const Pose& pose, geo::Enu direction);

// A thermal camera of the site.
struct Camera {
  SensorId id;
  std::string name;
  CameraModel model;
  Pose pose;
  PoseSigma sigma;
  ThermalOptics optics;
};

}  // namespace marsad::sensor
