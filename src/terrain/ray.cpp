// SPDX-License-Identifier: Apache-2.0
#include "terrain/ray.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/check.h"
#include "geo/local_frame.h"
#include "terrain/earthworks_path.h"
#include "terrain/ground_reader.h"
#include "terrain/path.h"

namespace marsad::terrain {
namespace {

// A line of sight this little above the ground, or below it by rounding, still passes.
constexpr double kTouch_m = 0.01;

double level_part(geo::Enu direction) {
  return std::sqrt(direction.east * direction.east + direction.north * direction.north);
}

// The slant length after which a ray has gone `max_range_m` over the ground, or has sunk below
// all ground: over a round Earth its height is h + s sin(elevation) + (s cos(elevation))² / 2R.
double useful_length_m(double lowest_m, geo::Geodetic origin, geo::Enu direction,
                       double max_range_m, double refraction) {
  const double level = level_part(direction);
  const double depth_m = origin.height_m - lowest_m + 1;
  constexpr double kMargin = 1.01;
  const double bend =
      kMargin * (1 - std::min(refraction, 0.0)) * level * level / (2 * kEarthRadius_m);
  double sinking_m = std::numeric_limits<double>::infinity();
  const double discriminant = direction.up * direction.up - 4 * bend * depth_m;
  if (direction.up < 0 && discriminant > 0) {
    sinking_m = std::max(1.0, 2 * depth_m / (-direction.up + std::sqrt(discriminant)));
  }
  return std::min(sinking_m, kMargin * max_range_m / std::max(level, 1e-9));
}

// The ground that a path meets at a point: the cell it is in or, where that is void, the known one
// at whose edge it is to the rounding of a path. The point is then in that cell's coordinates.
struct Facet {
  Corners corners;
  double east = 0;  // of the cell's north-west node, in cells
  double south = 0;

  bool is_known() const { return !std::isnan(corners.nw + corners.ne + corners.sw + corners.se); }
};
Facet facet_at(const Elevation& elevation, GridPoint point) {
  const int column = std::clamp(static_cast<int>(point.column), 0, elevation.columns() - 2);
  const int row = std::clamp(static_cast<int>(point.row), 0, elevation.rows() - 2);
  constexpr double kRounding = 1e-3;
  const auto is_in = [](double at, int cell, int cells) {
    return cell >= 0 && cell < cells && at > cell - kRounding && at < cell + 1 + kRounding;
  };
  const GroundReader ground(elevation);
  const auto facet = [&](int in_column, int in_row) {
    return Facet{ground.corners(in_column, in_row), point.column - in_column, point.row - in_row};
  };
  for (const int in_row : {row, row - 1, row + 1}) {
    for (const int in_column : {column, column - 1, column + 1}) {
      const bool is_at = is_in(point.column, in_column, elevation.columns() - 1) &&
                         is_in(point.row, in_row, elevation.rows() - 1);
      if (!is_at) continue;
      const Facet at = facet(in_column, in_row);
      if (at.is_known()) return at;
    }
  }
  return facet(column, row);
}

// The angle between the path and the ground it meets.
double grazing_rad(const Elevation& elevation, const Path& path, const Contact& contact,
                   double lat_rad) {
  const double t = contact.t;
  const Bounds bounds = elevation.bounds();
  const double column_m = kEarthRadius_m * std::cos(lat_rad) * (bounds.east_rad - bounds.west_rad) /
                          (elevation.columns() - 1);
  const double row_m =
      kEarthRadius_m * (bounds.north_rad - bounds.south_rad) / (elevation.rows() - 1);
  const GridPoint point = path.point(t);
  const auto [corners, east, south] = facet_at(elevation, point);
  const auto [nw, ne, sw, se] = corners;
  geo::Enu normal{-((1 - south) * (ne - nw) + south * (se - sw)) / column_m,
                  ((1 - east) * (sw - nw) + east * (se - ne)) / row_m, 1};
  if (contact.piece != nullptr) {
    const EarthworkPiece::Tilt tilt = contact.piece->tilt(point);
    if (tilt.is_upright) normal = {};
    normal.east -= tilt.column;
    normal.north += tilt.row;
  }
  const geo::Enu along{path.column.slope(t) * column_m, -path.row.slope(t) * row_m,
                       path.height_m.slope(t)};
  return std::asin(std::clamp(-dot(normal, along) / (norm(normal) * norm(along)), 0.0, 1.0));
}

}  // namespace

std::optional<GroundHit> ray_to_ground(const Elevation& elevation, geo::Geodetic origin,
                                       geo::Enu direction, double max_range_m, double refraction,
                                       Surface surface) {
  CHECK(std::abs(refraction) < 1);
  CHECK(std::abs(norm(direction) - 1) < 1e-6);
  if (!elevation.highest_m()) return std::nullopt;
  const Earthworks* works = surface == Surface::natural ? nullptr : elevation.earthworks();
  const double highest_m = *elevation.highest_m() + (works ? works->highest_m() : 0);
  const double lowest_m = *elevation.lowest_m() - (works ? works->deepest_m() : 0);
  if (direction.up >= 0 && origin.height_m > highest_m) return std::nullopt;
  const double length_m = useful_length_m(lowest_m, origin, direction, max_range_m, refraction);
  const Path path = ray_path(elevation, origin, direction, length_m, refraction);
  const auto contact =
      works ? first_contact_with_earthworks(elevation, path, 0) : first_contact(elevation, path, 0);
  if (!contact || contact->out_of_unknown) return std::nullopt;
  GroundHit hit;
  hit.place = elevation.place(path.point(contact->t));
  hit.place.height_m = path.height_m.at(contact->t);
  const double slant_m = contact->t * length_m;
  hit.range_m = (kEarthRadius_m + hit.place.height_m) *
                std::atan2(slant_m * level_part(direction),
                           kEarthRadius_m + origin.height_m + slant_m * direction.up);
  if (hit.range_m > max_range_m) return std::nullopt;
  hit.grazing_rad = grazing_rad(elevation, path, *contact, hit.place.lat_rad);
  return hit;
}

bool line_of_sight(const Elevation& elevation, geo::Geodetic from, geo::Geodetic to,
                   double refraction) {
  CHECK(std::abs(refraction) < 1);
  const Path path = joining_path(elevation, from, to, refraction);
  return elevation.earthworks() ? !first_contact_with_earthworks(elevation, path, kTouch_m)
                                : !first_contact(elevation, path, kTouch_m);
}

geo::Enu direction_to(geo::Geodetic from, geo::Geodetic to, double refraction) {
  CHECK(from != to);
  geo::Enu direction = geo::LocalFrame(from).to_enu(to);
  direction.up += refraction *
                  (direction.east * direction.east + direction.north * direction.north) /
                  (2 * kEarthRadius_m);
  return (1 / norm(direction)) * direction;
}

}  // namespace marsad::terrain
