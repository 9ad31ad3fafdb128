// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "border/control.h"
#include "geo/border_line.h"

namespace marsad::wire {

// What a file does not tell of its features. A feature's own properties go before.
struct ControlDefaults {
  std::string holder_key = "holder";  // the property that names the holder
  border::Side side = border::Side::far;
  std::optional<base::Time> since;  // none: each feature must tell it
  base::Time learnt;
  std::string source;
  double confidence = 1;
  double around_m = 500;    // a point stands for so much of the line to each of its sides
  double reach_m = 10'000;  // what lies farther from the line says nothing of it
};

struct ReadControl {
  std::vector<border::ControlEntry> entries;  // none where there are errors
  std::vector<std::string> far_off;           // features beyond reach, in a person's words
  std::vector<base::Error> errors;
};

// Who holds what, from GeoJSON [RFC7946] with the properties of the register's table (from_km,
// to_km, side, holder, since, until, learnt, source, confidence). Where a feature tells no
// kilometres, they are those of the line that its geometry lies beside. Errors name the file, the
// feature, the key, what was found and what was expected.
ReadControl read_control(std::string_view text, const std::string& file,
                         const geo::BorderLine& line, const ControlDefaults& defaults);

// The register as GeoJSON, each entry a stretch of the border line; read again, it gives the same
// entries.
std::string control_geojson(const border::ControlRegister& control, const geo::BorderLine& line);

}  // namespace marsad::wire
