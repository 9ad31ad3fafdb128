// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "wire/fields.h"

// What the feed and the API say of the ledger of blind kilometres, and what is said to it.
namespace marsad::wire {

struct DarkCauseView {  // what would lift a stretch if it came back
  std::string what;     // camera, balloon, air
  std::string id;       // of the camera; empty where it is the air
  std::string state;    // a camera's health, "down" of a balloon, "worse" of the air
  std::string since;
  std::string detail;
};

struct DarkStretchView {
  std::string who;  // person, vehicle, animal, drone
  double from_km = 0;
  double to_km = 0;
  double least_found = 0;            // in its worst place
  std::optional<std::string> since;  // none where it is so with all cameras up in the usual air
  std::vector<DarkCauseView> causes;
};

struct FoundView {  // the probability that one who crosses now is found
  std::string who;
  std::vector<double> found;  // by stretch, from the line's beginning
};

struct AirView {
  double extinction_per_km = 0;
  std::string text;                  // "dust, visibility 2 km"
  std::string by;                    // who or which file said so; empty where nobody did
  std::optional<std::string> since;  // none where nobody did
  std::string trouble;               // what is wrong with the weather's file
};

struct BalloonView {
  std::string id;
  bool up = true;
  std::string by;  // as of the air
  std::optional<std::string> since;
  std::string text;
};

struct HeldView {    // who holds a stretch of one side of the line now
  std::string side;  // far, home
  double from_km = 0;
  double to_km = 0;
  std::string holding;  // contested, nobody, unknown, held
  std::string holder;   // who holds it, where it is held
  bool operator==(const HeldView&) const = default;
};

struct LedgerMessage {  // which kilometre nobody watches now
  std::string type = "ledger";
  std::string time;
  bool ready = false;   // until then it is being worked out, and the lists are empty
  std::string trouble;  // why it can't be
  double stretch_km = 0;
  double enough = 0;  // what is found with less is dark
  AirView air;
  std::vector<BalloonView> balloons;
  std::vector<FoundView> kinds;
  std::vector<DarkStretchView> dark;
  std::vector<HeldView> held;  // both sides whole; empty where nobody ever told who holds what
};

struct WhatIfSensorView {  // a camera on paper
  std::string like;        // the camera whose lens, pixels and optics it has
  double lon_deg = 0;
  double lat_deg = 0;
  double height_above_ground_m = 0;
  // Where it looks, and through which angle its head turns; where they are not told, as the one it
  // is like looks, and not at all.
  std::optional<double> azimuth_deg;
  std::optional<double> elevation_deg;
  std::optional<double> horizontal_fov_deg;
  std::optional<double> sweep_deg;
};

struct WhatIfRequest {  // one camera dropped, one added, or both: one moved
  std::string without;  // the dropped one's id; empty where none is
  std::optional<WhatIfSensorView> with;
};

struct WhatIfView {  // all cameras up in the air that plans count with
  double stretch_km = 0;
  double enough = 0;
  std::vector<FoundView> before;
  std::vector<FoundView> after;
};

// Body of what is said of the air, and what its file holds: the usual air's name, or the extinction
// as measured, or a weather report's visibility with as much else of it as is known.
struct WeatherRequest {
  std::string by;
  std::string text;
  std::string air;  // clear, limited, humid, haze, dust, fog
  std::optional<double> extinction_per_km;
  std::optional<double> visibility_km;
  std::optional<double> relative_humidity_percent;
  std::optional<double> temperature_c;
  std::string particles;  // haze (usual), dust
};

struct BalloonRequest {  // body of what is said of a balloon
  std::string by;
  bool up = true;
  std::string text;
};

struct BlindHoursView {
  std::string night;  // the date of its evening
  std::string who;
  std::uint64_t km = 0;  // from this to the next
  std::string cause;
  double hours = 0;
};

struct NightView {
  std::string night;
  std::string sunset;
  std::string sunrise;
  double hours = 0;          // of it that were asked for
  double unknown_hours = 0;  // in which no ledger was kept
};

struct CoverageHistoryView {
  std::vector<NightView> nights;
  std::vector<BlindHoursView> hours;
};

MARSAD_FIELDS(DarkCauseView, what, id, state, since, detail)
MARSAD_FIELDS(DarkStretchView, who, from_km, to_km, least_found, since, causes)
MARSAD_FIELDS(FoundView, who, found)
MARSAD_FIELDS(AirView, extinction_per_km, text, by, since, trouble)
MARSAD_FIELDS(BalloonView, id, up, by, since, text)
MARSAD_FIELDS(HeldView, side, from_km, to_km, holding, holder)
MARSAD_FIELDS(LedgerMessage, type, time, ready, trouble, stretch_km, enough, air, balloons, kinds,
              dark, held)
MARSAD_FIELDS(WhatIfSensorView, like, lon_deg, lat_deg, height_above_ground_m, azimuth_deg,
              elevation_deg, horizontal_fov_deg, sweep_deg)
MARSAD_FIELDS(WhatIfRequest, without, with)
MARSAD_FIELDS(WhatIfView, stretch_km, enough, before, after)
MARSAD_FIELDS(WeatherRequest, by, text, air, extinction_per_km, visibility_km,
              relative_humidity_percent, temperature_c, particles)
MARSAD_FIELDS(BalloonRequest, by, up, text)
MARSAD_FIELDS(BlindHoursView, night, who, km, cause, hours)
MARSAD_FIELDS(NightView, night, sunset, sunrise, hours, unknown_hours)
MARSAD_FIELDS(CoverageHistoryView, nights, hours)

}  // namespace marsad::wire
