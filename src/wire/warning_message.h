// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "wire/fields.h"
#include "wire/lng_lat.h"

namespace marsad::wire {

struct WarningView {  // what stands against sending somebody to an incident
  std::string kind;   // force_near, force_on_way, converging, zone_there, zone_on_way
  std::string who;
  LngLat at{};
  std::optional<double> age_s;  // of that position; none for a zone
  double off_m = 0;             // from the incident or the way there
  std::string text;
};

MARSAD_FIELDS(WarningView, kind, who, at, age_s, off_m, text)

}  // namespace marsad::wire
