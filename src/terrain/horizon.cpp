// SPDX-License-Identifier: Apache-2.0
#include "terrain/horizon.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/check.h"
#include "terrain/ground_reader.h"
#include "terrain/path.h"

namespace marsad::terrain {
namespace {

// Over this length a level line among the nodes is straight to a millimetre.
constexpr double kStraight_m = 250;
// A little shorter than a block of the highest nodes.
constexpr double kPiece_cells = 0.98 * Highest::kFinestCells;
// Ground nearer than this is the mount's own.
constexpr double kNearest_m = 1;

// The ground below a level line of sight, in one azimuth.
class Profile {
 public:
  Profile(const Elevation& elevation, geo::Geodetic eye, double azimuth_rad,
          const HorizonSettings& settings)
      : elevation_(elevation),
        ground_(elevation),
        eye_(eye),
        refraction_(settings.refraction),
        path_(ray_path(elevation, eye, {std::sin(azimuth_rad), std::cos(azimuth_rad), 0},
                       settings.max_range_m, 0)) {
    best_.azimuth_rad = azimuth_rad;
  }

  std::optional<HorizonPoint> highest() {
    const double cells = std::max(std::abs(path_.column.slope(0)), std::abs(path_.row.slope(0)));
    const int pieces = static_cast<int>(
        std::ceil(std::max(1.05 * cells / kPiece_cells, path_.length_m / kStraight_m)));
    for (int i = 0; i < pieces; ++i) {
      const double from = static_cast<double>(i) / pieces, to = static_cast<double>(i + 1) / pieces;
      if (can_rise(from, to)) look(from, to);
    }
    if (!std::isfinite(slope_)) return std::nullopt;
    best_.elevation_rad = std::atan(slope_);
    return best_;
  }

 private:
  // Whether a node about this piece is high enough to stand above what was found.
  bool can_rise(double from, double to) const {
    const GridPoint a = path_.point(from), b = path_.point(to);
    if (!touches(a) && !touches(b)) return false;
    if (!std::isfinite(slope_) || from <= 0) return true;
    const double top_m = double{elevation_.highest().along(0, column_of(a.column), row_of(a.row),
                                                           column_of(b.column), row_of(b.row))};
    constexpr double kMargin = 1e-5;
    return std::max(slope_of(from, top_m), slope_of(to, top_m)) + kMargin > slope_;
  }

  bool touches(GridPoint p) const {
    return p.column >= 0 && p.row >= 0 && p.column <= elevation_.columns() - 1 &&
           p.row <= elevation_.rows() - 1;
  }
  int column_of(double column) const {
    return std::clamp(static_cast<int>(column), 0, elevation_.columns() - 2);
  }
  int row_of(double row) const {
    return std::clamp(static_cast<int>(row), 0, elevation_.rows() - 2);
  }

  // The tangent of the angle at which ground of this height appears below the line at t. `up` tilts
  // by range over radius on the way there.
  double slope_of(double t, double ground_m) const {
    const double along_m = t * path_.length_m;
    const double above_m = ground_m - path_.height_m.at(t);
    const double tilt = along_m / kEarthRadius_m;
    const double level_m = along_m + above_m * tilt;
    return above_m * (1 - tilt * tilt / 2) / level_m + refraction_ * level_m / (2 * kEarthRadius_m);
  }

  // Goes from cell to cell along one straight piece.
  void look(double from, double to) {
    const GridPoint a = path_.point(from), b = path_.point(to);
    const double columns = b.column - a.column, rows = b.row - a.row;
    const auto next_line = [](double at, double way) {
      return way > 0 ? std::floor(at) + 1 : std::ceil(at) - 1;
    };
    double column = next_line(a.column, columns), row = next_line(a.row, rows);
    for (double share = 0; share < 1;) {
      const double by_column = columns == 0 ? 2 : (column - a.column) / columns;
      const double by_row = rows == 0 ? 2 : (row - a.row) / rows;
      const double end = std::min({by_column, by_row, 1.0});
      if (end > share) look_at_cell(from + share * (to - from), from + end * (to - from));
      if (by_column <= end) column += columns > 0 ? 1 : -1;
      if (by_row <= end) row += rows > 0 ? 1 : -1;
      share = end;
    }
  }

  // Between two lines of the grid the ground is a parabola, and so is the slope nearly.
  void look_at_cell(double from, double to) {
    const double middle = (from + to) / 2;
    const GridPoint inside = path_.point(middle);
    if (!touches(inside)) return;
    const int column = column_of(inside.column), row = row_of(inside.row);
    const double a = take(column, row, from), b = take(column, row, middle),
                 c = take(column, row, to);
    const double bend = a - 2 * b + c;
    if (bend >= 0) return;
    const double off = (a - c) / (2 * bend);  // of the vertex from the middle, in half cells
    if (std::abs(off) < 1) take(column, row, middle + off * (to - from) / 2);
  }

  double take(int column, int row, double t) {
    const GridPoint p = path_.point(t);
    const double ground_m = ground_.corners(column, row).at(p.column - column, p.row - row);
    if (t * path_.length_m < kNearest_m) return -std::numeric_limits<double>::infinity();
    const double slope = slope_of(t, ground_m);
    if (slope > slope_) {
      slope_ = slope;
      best_.range_m = (kEarthRadius_m + ground_m) *
                      std::atan2(t * path_.length_m, kEarthRadius_m + eye_.height_m);
    }
    return slope;
  }

  const Elevation& elevation_;
  GroundReader ground_;
  geo::Geodetic eye_;
  double refraction_;
  Path path_;
  HorizonPoint best_;
  double slope_ = -std::numeric_limits<double>::infinity();
};

}  // namespace

std::vector<std::optional<HorizonPoint>> horizon(const Elevation& elevation, geo::Geodetic eye,
                                                 const HorizonSettings& settings) {
  CHECK(settings.count >= 0 && settings.max_range_m > 0 && std::abs(settings.refraction) < 1);
  std::vector<std::optional<HorizonPoint>> points;
  points.reserve(static_cast<std::size_t>(settings.count));
  for (int i = 0; i < settings.count; ++i) {
    points.push_back(
        Profile(elevation, eye, settings.from_rad + i * settings.step_rad, settings).highest());
  }
  return points;
}

}  // namespace marsad::terrain
