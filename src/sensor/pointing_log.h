// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <istream>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "sensor/camera.h"

namespace marsad::sensor {

// Which way a camera looked when, and where it was if it travels: what a pan-tilt head or a balloon
// reports. Immutable.
class PointingLog {
 public:
  // A table with the columns azimuth_deg, elevation_deg and one of `t` (UTC: ISO 8601, or seconds
  // since 1970) and `since_start_s` (since the source's first frame); perhaps roll_deg; perhaps
  // lat, lon (degrees) and height_m (above mean sea level). Times ascend. Errors name file and
  // line, what was found and what was expected.
  static base::Result<PointingLog> read(std::istream& in, const std::string& file);

  // The pose at a time, between rows in proportion, angles the shorter way round; what the log
  // does not tell is that of `otherwise`. None before its first row and after its last one.
  // `first` is the time of the source's first frame.
  std::optional<Pose> at(base::Time time, base::Time first, const Pose& otherwise) const;

  // From when to when it tells, in words.
  std::string span() const;

 private:
  struct Row {
    base::Duration time;  // since 1970, or since the source's first frame
    Pose pose;
  };

  std::vector<Row> rows_;  // one at least, ascending
  bool since_start_ = false;
  bool tells_roll_ = false;
  bool tells_position_ = false;
};

}  // namespace marsad::sensor
