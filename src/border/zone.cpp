// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "border/border.h"

namespace marsad::border {

bool contains(const Zone& zone, geo::Geodetic place) {
  int winding = 0;
  for (std::size_t i = 0; i < zone.ring.size(); ++i) {
    const geo::Geodetic& a = zone.ring[i];
    const geo::Geodetic& b = zone.ring[(i + 1) % zone.ring.size()];
    // Above 0 where the place lies left of the edge.
    const double side = (b.lon_rad - a.lon_rad) * (place.lat_rad - a.lat_rad) -
                        (place.lon_rad - a.lon_rad) * (b.lat_rad - a.lat_rad);
    const auto [south, north] = std::minmax(a.lat_rad, b.lat_rad);
    const auto [west, east] = std::minmax(a.lon_rad, b.lon_rad);
    const bool beside = place.lat_rad >= south && place.lat_rad <= north && place.lon_rad >= west &&
                        place.lon_rad <= east;
    if (side == 0 && beside) return true;
    if (a.lat_rad <= place.lat_rad && b.lat_rad > place.lat_rad && side > 0) ++winding;
    if (a.lat_rad > place.lat_rad && b.lat_rad <= place.lat_rad && side < 0) --winding;
  }
  return winding != 0;
}

bool holds(const Zone& zone, base::Time at) {
  return (!zone.since || *zone.since <= at) && (!zone.until || at < *zone.until);
}

bool is_private(const std::vector<Zone>& zones, geo::Geodetic place) {
  return std::any_of(zones.begin(), zones.end(), [&](const Zone& zone) {
    return zone.kind == ZoneKind::privacy && contains(zone, place);
  });
}

}  // namespace marsad::border
