// SPDX-License-Identifier: Apache-2.0
#include "terrain/path.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "geo/local_frame.h"
#include "terrain/ray.h"

namespace marsad::terrain {
namespace {

// Deeper than this below the ground where a cell begins, the path did not get there through the
// cell before, which would have stopped it; it came out of the unknown.
constexpr double kEmerged_m = 0.05;

// The cubic through values at t = 0, 1/3, 2/3 and 1.
Cubic through(const std::array<double, 4>& f) {
  return {f[0], (-11 * f[0] + 18 * f[1] - 9 * f[2] + 2 * f[3]) / 2,
          (18 * f[0] - 45 * f[1] + 36 * f[2] - 9 * f[3]) / 2,
          (-9 * f[0] + 27 * f[1] - 27 * f[2] + 9 * f[3]) / 2};
}

Path straight_path(const Elevation& elevation, const geo::LocalFrame& frame, geo::Enu end) {
  std::array<double, 4> column, row, height_m;
  for (std::size_t i = 0; i < 4; ++i) {
    const geo::Geodetic place =
        i == 0 ? frame.origin() : frame.to_geodetic((static_cast<double>(i) / 3) * end);
    const GridPoint point = elevation.grid_point(place.lat_rad, place.lon_rad);
    column[i] = point.column;
    row[i] = point.row;
    height_m[i] = place.height_m;
  }
  return {through(column), through(row), through(height_m), geo::norm(end)};
}

struct Rectangle {
  int west, east, north, south;  // columns and rows of nodes
};

// Where the path leaves a rectangle, and to which side.
struct Exit {
  double t = 0;
  int column_step = 0;
  int row_step = 0;
};

double time_to(double from, double to, double speed) {
  return speed == 0 ? std::numeric_limits<double>::infinity() : std::max(0.0, (to - from) / speed);
}

// To first order, which within one cell is exact to a centimetre.
Exit exit_of(const Path& path, double t, const Rectangle& rectangle) {
  const GridPoint point = path.point(t);
  const double east = path.column.slope(t), south = path.row.slope(t);
  const double by_column = time_to(point.column, east > 0 ? rectangle.east : rectangle.west, east);
  const double by_row = time_to(point.row, south > 0 ? rectangle.south : rectangle.north, south);
  if (by_column < by_row) return {t + by_column, east > 0 ? 1 : -1, 0};
  return {t + by_row, 0, south > 0 ? 1 : -1};
}

// The exit once more from near it, since a block may be kilometres wide.
Exit refined_exit_of(const Path& path, double t, const Rectangle& block) {
  Exit exit = exit_of(path, t, block);
  if (exit.t >= 1) return exit;
  if (exit.column_step != 0) {
    const int edge = exit.column_step > 0 ? block.east : block.west;
    exit.t += (edge - path.column.at(exit.t)) / path.column.slope(exit.t);
  } else {
    const int edge = exit.row_step > 0 ? block.south : block.north;
    exit.t += (edge - path.row.at(exit.t)) / path.row.slope(exit.t);
  }
  exit.t = std::max(exit.t, t);
  return exit;
}

// How far outside [0, last] a coordinate is, in the time it takes to come in; none where it
// doesn't.
double time_outside(double at, double last, double speed) {
  if (at >= 0 && at <= last) return 0;
  const double time = ((at < 0 ? 0 : last) - at) / speed;
  return time > 0 ? time : std::numeric_limits<double>::infinity();
}

// When the path is first above the grid.
std::optional<double> entry(const Elevation& elevation, const Path& path) {
  double t = 0;
  for (int round = 0; round < 4 && t <= 1; ++round) {
    const GridPoint point = path.point(t);
    t += std::max(time_outside(point.column, elevation.columns() - 1, path.column.slope(t)),
                  time_outside(point.row, elevation.rows() - 1, path.row.slope(t)));
  }
  if (t > 1) return std::nullopt;
  const GridPoint point = path.point(t);
  constexpr double kRounding = 1e-6;
  const bool inside = point.column >= -kRounding && point.row >= -kRounding &&
                      point.column <= elevation.columns() - 1 + kRounding &&
                      point.row <= elevation.rows() - 1 + kRounding;
  return inside ? std::optional(t) : std::nullopt;
}

// The first root in [0, 1] of the parabola with these values at 0, 1/2 and 1; the first is not
// negative.
std::optional<double> first_descent(double start, double middle, double end) {
  const double slope = -3 * start + 4 * middle - end;
  const double bend = 2 * start - 4 * middle + 2 * end;
  const double discriminant = slope * slope - 4 * bend * start;
  if (discriminant < 0 || (slope >= 0 && bend >= 0)) return std::nullopt;
  // The smaller positive root, in the form that doesn't cancel: with slope below 0 both terms of
  // the denominator add; else bend is below 0 and the one positive root is the other formula.
  const double root = slope < 0 ? 2 * start / (-slope + std::sqrt(discriminant))
                                : (-slope - std::sqrt(discriminant)) / (2 * bend);
  return root <= 1 ? std::optional(root) : std::nullopt;
}

// Walks a path over the grid, cell by cell, and block by block where it is high above.
class Walk {
 public:
  Walk(const Elevation& elevation, const Path& path, double lift_m)
      : elevation_(elevation), path_(path), lift_m_(lift_m) {}

  std::optional<Contact> run() {
    const auto start = entry(elevation_, path_);
    if (!start) return std::nullopt;
    t_ = *start;
    const GridPoint point = path_.point(t_);
    column_ = std::clamp(static_cast<int>(point.column), 0, elevation_.columns() - 2);
    row_ = std::clamp(static_cast<int>(point.row), 0, elevation_.rows() - 2);
    height_m_ = height(t_);
    while (!done()) {
      if (skip_block()) continue;
      if (const auto contact = walk_block()) return contact;
    }
    return std::nullopt;
  }

 private:
  double height(double t) const { return path_.height_m.at(t) + lift_m_; }

  bool done() const {
    const bool outside = column_ < 0 || row_ < 0 || column_ > elevation_.columns() - 2 ||
                         row_ > elevation_.rows() - 2;
    // Rays rise ever faster over a round Earth: what is above all and rising stays there.
    const bool gone =
        height_m_ > elevation_.highest_m().value_or(-1e9) && path_.height_m.slope(t_) >= 0;
    return outside || gone || t_ >= 1;
  }

  // The least height between now and `t`: the curve sags below its chord by (1 - k) s² / 8R, which
  // for any k above -1 is less than this.
  double least_height(double t, double height_there_m) const {
    const double step_m = (t - t_) * path_.length_m;
    return std::min(height_m_, height_there_m) - step_m * step_m / (4 * kEarthRadius_m);
  }

  bool skip_block() {
    constexpr int kSide = Elevation::kBlockCells;
    const int block_column = column_ / kSide, block_row = row_ / kSide;
    const double highest = double{elevation_.block_highest_m(block_column, block_row)};
    if (height_m_ <= highest) return false;
    const Rectangle block{
        block_column * kSide, std::min((block_column + 1) * kSide, elevation_.columns() - 1),
        block_row * kSide, std::min((block_row + 1) * kSide, elevation_.rows() - 1)};
    const Exit exit = refined_exit_of(path_, t_, block);
    const double t = std::min(exit.t, 1.0);
    const double height_there_m = height(t);
    if (least_height(t, height_there_m) <= highest) return false;
    const GridPoint point = path_.point(t);
    column_ = std::clamp(static_cast<int>(point.column), block.west, block.east - 1);
    row_ = std::clamp(static_cast<int>(point.row), block.north, block.south - 1);
    if (exit.column_step != 0) column_ = exit.column_step > 0 ? block.east : block.west - 1;
    if (exit.row_step != 0) row_ = exit.row_step > 0 ? block.south : block.north - 1;
    t_ = t;
    height_m_ = height_there_m;
    return true;
  }

  // Cell by cell until the path leaves the block it is in.
  std::optional<Contact> walk_block() {
    const int block_column = column_ / Elevation::kBlockCells;
    const int block_row = row_ / Elevation::kBlockCells;
    while (!done() && column_ / Elevation::kBlockCells == block_column &&
           row_ / Elevation::kBlockCells == block_row) {
      const Exit exit = exit_of(path_, t_, {column_, column_ + 1, row_, row_ + 1});
      const double t = std::min(exit.t, 1.0);
      const double height_there_m = height(t);
      if (const auto contact = contact_in_cell(t, height_there_m)) return contact;
      column_ += exit.column_step;
      row_ += exit.row_step;
      t_ = t;
      height_m_ = height_there_m;
    }
    return std::nullopt;
  }

  std::optional<Contact> contact_in_cell(double t, double height_there_m) const {
    const double nw = double{elevation_.node_m(column_, row_)};
    const double ne = double{elevation_.node_m(column_ + 1, row_)};
    const double sw = double{elevation_.node_m(column_, row_ + 1)};
    const double se = double{elevation_.node_m(column_ + 1, row_ + 1)};
    if (std::isnan(nw + ne + sw + se)) return std::nullopt;
    const double highest = std::max(std::max(nw, ne), std::max(sw, se));
    if (least_height(t, height_there_m) > highest) return std::nullopt;
    const auto ground = [&](double time) {
      const GridPoint point = path_.point(time);
      const double east = point.column - column_, south = point.row - row_;
      return (1 - south) * ((1 - east) * nw + east * ne) + south * ((1 - east) * sw + east * se);
    };
    const double start = height_m_ - ground(t_);
    if (start < 0) return Contact{t_, start < -kEmerged_m};
    const double middle_t = (t_ + t) / 2;
    const auto root =
        first_descent(start, height(middle_t) - ground(middle_t), height_there_m - ground(t));
    if (!root) return std::nullopt;
    return Contact{t_ + *root * (t - t_), false};
  }

  const Elevation& elevation_;
  const Path& path_;
  double lift_m_;
  double t_ = 0;
  double height_m_ = 0;  // of the lifted path, now
  int column_ = 0;       // of the cell the path is in
  int row_ = 0;
};

}  // namespace

Path ray_path(const Elevation& elevation, geo::Geodetic origin, geo::Enu direction, double length_m,
              double refraction) {
  const geo::LocalFrame frame(origin);
  Path path = straight_path(elevation, frame, length_m * direction);
  const double ground_m = length_m * std::hypot(direction.east, direction.north);
  path.height_m.c2 -= refraction * ground_m * ground_m / (2 * kEarthRadius_m);
  return path;
}

Path joining_path(const Elevation& elevation, geo::Geodetic from, geo::Geodetic to,
                  double refraction) {
  const geo::LocalFrame frame(from);
  const geo::Enu end = frame.to_enu(to);
  Path path = straight_path(elevation, frame, end);
  const double bow_m =
      refraction * (end.east * end.east + end.north * end.north) / (2 * kEarthRadius_m);
  path.height_m.c1 += bow_m;
  path.height_m.c2 -= bow_m;
  return path;
}

std::optional<Contact> first_contact(const Elevation& elevation, const Path& path, double lift_m) {
  return Walk(elevation, path, lift_m).run();
}

}  // namespace marsad::terrain
