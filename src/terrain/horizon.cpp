// SPDX-License-Identifier: Apache-2.0
#include "terrain/horizon.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/check.h"
#include "terrain/earthworks_path.h"
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
    each_raised([&](const WorkStretch& stretch) { look_at(stretch); });
    if (!std::isfinite(slope_)) return std::nullopt;
    best_.elevation_rad = std::atan(slope_);
    return best_;
  }

  std::vector<HorizonPoint> crests() {
    std::vector<HorizonPoint> points;
    each_raised([&](const WorkStretch& stretch) {
      for (const auto& [t, rise_m] : {std::pair(stretch.from, stretch.rise_from_m),
                                      std::pair(stretch.to, stretch.rise_to_m)}) {
        slope_ = -std::numeric_limits<double>::infinity();
        take(stretch.column, stretch.row, t, rise_m);
        if (!std::isfinite(slope_)) continue;
        best_.elevation_rad = std::atan(slope_);
        points.push_back(best_);
      }
    });
    std::sort(points.begin(), points.end(), [](const HorizonPoint& a, const HorizonPoint& b) {
      return a.range_m < b.range_m || (a.range_m == b.range_m && a.elevation_rad < b.elevation_rad);
    });
    return points;
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

  template <class Visit>
  void each_raised(Visit visit) const {
    if (elevation_.earthworks() == nullptr) return;
    each_raised_stretch(elevation_, path_, 0, 1, [&](const EarthworkPiece&, const auto& stretch) {
      visit(stretch);
      return true;
    });
  }

  // Goes from cell to cell along one straight piece.
  void look(double from, double to) {
    each_cell(
        path_.point(from), path_.point(to), 0, 1,
        [&](int column, int row, double first, double last) {
          const bool is_inside = column >= 0 && row >= 0 && column <= elevation_.columns() - 2 &&
                                 row <= elevation_.rows() - 2;
          if (is_inside)
            look_at({column, row, from + first * (to - from), from + last * (to - from), 0, 0});
          return true;
        });
  }

  // Between two lines of the grid the ground is a parabola, and so is the slope nearly.
  void look_at(const WorkStretch& stretch) {
    const double from = stretch.from, to = stretch.to, middle = (from + to) / 2;
    const auto take_at = [&](double t) {
      const double share = (t - from) / (to - from);
      return take(stretch.column, stretch.row, t,
                  stretch.rise_from_m + share * (stretch.rise_to_m - stretch.rise_from_m));
    };
    const double a = take_at(from), b = take_at(middle), c = take_at(to);
    const double bend = a - 2 * b + c;
    if (bend >= 0) return;
    const double off = (a - c) / (2 * bend);  // of the vertex from the middle, in half cells
    if (std::abs(off) < 1) take_at(middle + off * (to - from) / 2);
  }

  double take(int column, int row, double t, double rise_m) {
    const GridPoint p = path_.point(t);
    const double ground_m =
        ground_.corners(column, row).at(p.column - column, p.row - row) + rise_m;
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

std::vector<HorizonPoint> crests(const Elevation& elevation, geo::Geodetic eye, double azimuth_rad,
                                 double max_range_m, double refraction) {
  CHECK(max_range_m > 0 && std::abs(refraction) < 1);
  HorizonSettings settings;
  settings.max_range_m = max_range_m;
  settings.refraction = refraction;
  return Profile(elevation, eye, azimuth_rad, settings).crests();
}

}  // namespace marsad::terrain
