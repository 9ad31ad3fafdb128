// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <istream>
#include <ostream>
#include <string>
#include <vector>

#include "base/result.h"
#include "geo/local_frame.h"
#include "track/tracker.h"

namespace marsad::track {

// Reads a table of plots into scans: rows of equal `t` (seconds) and `sensor` make one. Rows may
// come in any order, as they reached whoever wrote them; scans are given in order of time and
// sensor. Columns t, sensor, e, n, var_e, var_n, cov_en in the plane of `frame`, m and m²; or lat,
// lon in degrees instead of e, n. The other columns that locate/csv.h writes are taken where they
// are there. A row without a place is a bearing; one of only t and sensor is a look that found
// nothing, which makes a scan without plots. Errors name the line: a variance not above 0, a
// covariance that is none, anything not a number.
base::Result<std::vector<Scan>> read_plots(std::istream& in, const std::string& file,
                                           const geo::LocalFrame& frame);

// Writes the header line of the table of tracks: t,id,e,n,ve,vn,lat,lon,existence,class.
void write_track_header(std::ostream& out);

// Writes a row for each confirmed track; `tracks` as the tracker gives them. lat, lon in degrees,
// e, n in the plane of `frame`.
void write_tracks(std::ostream& out, const std::vector<Track>& tracks,
                  const geo::LocalFrame& frame);

// A tracker over whole tables: each time's confirmed tracks, once all its scans are in.
void track_scans(Tracker& tracker, const std::vector<Scan>& scans, const geo::LocalFrame& frame,
                 std::ostream& out);

}  // namespace marsad::track
