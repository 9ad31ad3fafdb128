// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace marsad::terrain {

// How high mean sea level lies above the ellipsoid of WGS 84: the geoid EGM96 [Lemoine1998], at
// latitudes and longitudes 15' apart, bilinear between them, which leaves some decimetres in
// mountains. Satellite receivers give heights above the ellipsoid; Marsad's are above mean sea
// level. Immutable; about 4 MB.
class Geoid {
 public:
  // EGM96 as Debian's proj-data installs it: egm96_15.gtx, looked for where PROJ looks. Errors: not
  // found, unreadable, not a grid of the whole Earth.
  static base::Result<Geoid> egm96();
  static base::Result<Geoid> open(const std::string& file);

  // Height of mean sea level above the ellipsoid.
  double undulation_m(double lat_rad, double lon_rad) const;
  // A height above the ellipsoid as one above mean sea level, and back.
  double above_sea_level_m(double lat_rad, double lon_rad, double ellipsoidal_m) const {
    return ellipsoidal_m - undulation_m(lat_rad, lon_rad);
  }
  double above_ellipsoid_m(double lat_rad, double lon_rad, double msl_m) const {
    return msl_m + undulation_m(lat_rad, lon_rad);
  }

 private:
  Geoid(int columns, int rows, double west_deg, std::vector<float> undulations_m);
  double node_m(int column, int row) const;

  int columns_;      // round the Earth, the last one beside the first
  int rows_;         // from the north pole to the south pole
  double west_deg_;  // of the first column
  std::vector<float> undulations_m_;
};

}  // namespace marsad::terrain
