// SPDX-License-Identifier: Apache-2.0
#include "terrain/path.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "geo/local_frame.h"
#include "terrain/ground_reader.h"
#include "terrain/ray.h"

namespace marsad::terrain {
namespace {

// The cubic with this value and slope at t = 0 and these values at 1/2 and 1.
Cubic through(double start, double slope, double middle, double end) {
  const double a = middle - start - slope / 2, b = end - start - slope;
  return {start, slope, 8 * a - b, 2 * b - 8 * a};
}

Path straight_path(const Elevation& elevation, const geo::LocalFrame& frame, geo::Enu end) {
  const geo::Geodetic from = frame.origin();
  const geo::Geodetic middle = frame.to_geodetic(0.5 * end), to = frame.to_geodetic(end);
  const geo::Geodetic rates = frame.rates(end);
  const GridPoint a = elevation.grid_point(from.lat_rad, from.lon_rad);
  const GridPoint b = elevation.grid_point(middle.lat_rad, middle.lon_rad);
  const GridPoint c = elevation.grid_point(to.lat_rad, to.lon_rad);
  const GridPoint ahead =
      elevation.grid_point(from.lat_rad + rates.lat_rad, from.lon_rad + rates.lon_rad);
  return {through(a.column, ahead.column - a.column, b.column, c.column),
          through(a.row, ahead.row - a.row, b.row, c.row),
          through(from.height_m, rates.height_m, middle.height_m, to.height_m), geo::norm(end)};
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

// Where a path is at a time, among the nodes, and how high with its lift.
struct Stand {
  double t = 0;
  double column = 0;
  double row = 0;
  double height_m = 0;
};

// Walks a path over the grid in short pieces: over as many at once as are above the highest blocks
// there, and cell by cell where it is near the ground.
class Walk {
 public:
  Walk(const Elevation& elevation, const Path& path, double lift_m)
      : elevation_(elevation),
        ground_(elevation),
        path_(path),
        lift_m_(lift_m),
        last_column_(elevation.columns() - 2),
        last_row_(elevation.rows() - 2) {}

  std::optional<Contact> run() {
    const auto start = entry(elevation_, path_);
    if (!start) return std::nullopt;
    start_ = *start;
    count_pieces();
    const Highest& highest = elevation_.highest();
    const int top = highest.top();
    int level = std::min(kFirstLevel, top);
    Stand from = stand_at(start_);
    for (std::int64_t piece = 0; piece < pieces_ && is_above_grid(from);) {
      const std::int64_t next = std::min(piece + (std::int64_t{1} << (2 * level)), pieces_);
      const Stand to = stand_at(start_ + static_cast<double>(next) * piece_);
      if (least_height(from, to) <= double{highest_between(highest, level, from, to)}) {
        if (level > 0) {
          --level;
          continue;
        }
        if (const auto contact = contact_in_piece(from, to)) return contact;
      }
      piece = next;
      from = to;
      // One level up where that level's pieces begin.
      if (level < top && (piece >> (2 * level) & 3) == 0) ++level;
    }
    return std::nullopt;
  }

 private:
  static constexpr int kFirstLevel = 1;
  // Over this length a path among the nodes is straight to a millimetre.
  static constexpr double kStraight_m = 250;
  // A little shorter than a block's side, since a path's speed over the grid changes a little.
  static constexpr double kPiece_cells = 0.98 * Highest::kFinestCells;

  Stand stand_at(double t) const {
    return {t, path_.column.at(t), path_.row.at(t), path_.height_m.at(t) + lift_m_};
  }

  void count_pieces() {
    const double cells = std::max({std::abs(path_.column.slope(0)), std::abs(path_.column.slope(1)),
                                   std::abs(path_.row.slope(0)), std::abs(path_.row.slope(1))});
    const double most = std::max(cells / kPiece_cells, path_.length_m / kStraight_m);
    pieces_ = static_cast<std::int64_t>(std::ceil((1 - start_) * most));
    pieces_ = std::max<std::int64_t>(pieces_, 1);
    piece_ = (1 - start_) / static_cast<double>(pieces_);
  }

  bool is_above_grid(const Stand& stand) const {
    constexpr double kRounding = 1e-6;
    return stand.column >= -kRounding && stand.row >= -kRounding &&
           stand.column <= last_column_ + 1 + kRounding && stand.row <= last_row_ + 1 + kRounding;
  }

  int column_of(double column) const {
    return static_cast<int>(std::clamp<double>(column, 0, last_column_));
  }
  int row_of(double row) const { return static_cast<int>(std::clamp<double>(row, 0, last_row_)); }

  float highest_between(const Highest& highest, int level, const Stand& a, const Stand& b) const {
    return highest.along(level, column_of(a.column), row_of(a.row), column_of(b.column),
                         row_of(b.row));
  }

  // The curve sags below its chord by (1 - k) s² / 8R, which for any k above -1 is less than this.
  double least_height(const Stand& a, const Stand& b) const {
    const double step_m = (b.t - a.t) * path_.length_m;
    return std::min(a.height_m, b.height_m) - step_m * step_m / (4 * kEarthRadius_m);
  }

  // Cell by cell along a piece, which is straight among the nodes.
  std::optional<Contact> contact_in_piece(const Stand& from, const Stand& to) const {
    const double columns = to.column - from.column, rows = to.row - from.row;
    int column = column_of(from.column), row = row_of(from.row);
    // Shares of the piece after which it crosses the next column and row of nodes.
    constexpr double kNever = 1e30;
    const double per_column = columns != 0 ? 1 / std::abs(columns) : kNever;
    const double per_row = rows != 0 ? 1 / std::abs(rows) : kNever;
    double at_column = per_column * (columns > 0 ? column + 1 - from.column : from.column - column);
    double at_row = per_row * (rows > 0 ? row + 1 - from.row : from.row - row);
    Stand here = from;
    for (double share = 0; share < 1;) {
      share = std::min({at_column, at_row, 1.0});
      const double t = from.t + share * (to.t - from.t);
      const Stand there{t, from.column + share * columns, from.row + share * rows,
                        path_.height_m.at(t) + lift_m_};
      if (const auto contact = contact_in_cell(column, row, here, there)) return contact;
      if (at_column <= at_row) {
        column += columns > 0 ? 1 : -1;
        at_column += per_column;
      } else {
        row += rows > 0 ? 1 : -1;
        at_row += per_row;
      }
      if (column < 0 || row < 0 || column > last_column_ || row > last_row_) break;
      here = there;
    }
    return std::nullopt;
  }

  std::optional<Contact> contact_in_cell(int column, int row, const Stand& from,
                                         const Stand& to) const {
    const Corners corners = ground_.corners(column, row);
    const auto& [nw, ne, sw, se] = corners;
    if (std::isnan(nw + ne + sw + se)) return std::nullopt;
    if (least_height(from, to) > std::max(std::max(nw, ne), std::max(sw, se))) return std::nullopt;
    const auto above = [&](double at_column, double at_row, double height_m) {
      return height_m - corners.at(at_column - column, at_row - row);
    };
    const double start = above(from.column, from.row, from.height_m);
    if (start < 0) return Contact{from.t, start < -kEmerged_m, nullptr};
    const double middle_t = (from.t + to.t) / 2;
    const auto root = first_descent(start,
                                    above((from.column + to.column) / 2, (from.row + to.row) / 2,
                                          path_.height_m.at(middle_t) + lift_m_),
                                    above(to.column, to.row, to.height_m));
    if (!root) return std::nullopt;
    return Contact{from.t + *root * (to.t - from.t), false, nullptr};
  }

  const Elevation& elevation_;
  GroundReader ground_;
  const Path& path_;
  double lift_m_;
  int last_column_;  // of the last cell
  int last_row_;
  double start_ = 0;  // when it comes over the grid
  std::int64_t pieces_ = 0;
  double piece_ = 0;  // of t
};

}  // namespace

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
