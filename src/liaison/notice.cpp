// SPDX-License-Identifier: Apache-2.0
#include "liaison/notice.h"

#include <fmt/format.h>

#include "base/words.h"

namespace marsad::liaison {

std::vector<Told> told(const Notice& notice) {
  std::vector<Told> out;
  const auto tell = [&](Field field, std::string value) {
    out.push_back({field, std::move(value)});
  };
  if (notice.kind) tell(Field::kind, std::string(base::word(*notice.kind)));
  if (notice.time) tell(Field::time, base::to_iso8601(*notice.time));
  if (notice.chainage_m) tell(Field::kilometre, fmt::format("{:.1f}", *notice.chainage_m / 1000));
  if (notice.place) {
    const geo::Geodetic& middle = notice.place->middle;
    tell(Field::place, fmt::format("{:.5f} {:.5f} ±{:.0f} m", geo::degrees(middle.lat_rad),
                                   geo::degrees(middle.lon_rad), notice.place->size_m / 2));
  }
  if (notice.direction) tell(Field::direction, std::string(base::word(*notice.direction)));
  if (notice.probability) tell(Field::probability, fmt::format("{:.2f}", *notice.probability));
  if (notice.mover) tell(Field::mover, std::string(sensor::name(*notice.mover)));
  if (notice.speed_mps) tell(Field::speed, fmt::format("{:.1f} m/s", *notice.speed_mps));
  if (notice.heading_rad) {
    tell(Field::heading, fmt::format("{:.0f}°", geo::degrees(*notice.heading_rad)));
  }
  if (notice.outcome) tell(Field::outcome, std::string(base::word(*notice.outcome)));
  if (!notice.sensors.empty()) {
    std::string names;
    for (const sensor::SensorId& id : notice.sensors)
      names += (names.empty() ? "" : ", ") + id.text;
    tell(Field::sensors, names);
  }
  if (notice.picture_of) tell(Field::picture, "goes with it");
  return out;
}

}  // namespace marsad::liaison
