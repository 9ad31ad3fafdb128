// SPDX-License-Identifier: Apache-2.0
#include "terrain/viewshed_earthworks.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "terrain/cells_along.h"

namespace marsad::terrain {
namespace {

constexpr double kNothing = -std::numeric_limits<double>::infinity();

// A place as the eye has it, metres along columns and rows.
struct Offset {
  double x_m = 0;
  double y_m = 0;
};
double cross(Offset a, Offset b) { return a.x_m * b.y_m - a.y_m * b.x_m; }
double dot(Offset a, Offset b) { return a.x_m * b.x_m + a.y_m * b.y_m; }
double length_m(Offset a) { return std::sqrt(dot(a, a)); }

Offset offset(const GroundGrid& grid, const Eye& eye, GridPoint point) {
  return {(point.column - eye.at.column) * grid.column_step_m,
          (point.row - eye.at.row) * grid.row_step_m};
}

// Heights along a stretch of a sight line, a parabola by its values at the beginning, the middle
// and the end.
struct Stretch {
  double from = 0, to = 0;  // shares of the line, from the eye
  double start_m = 0, middle_m = 0, end_m = 0;

  // The most that the line must be above the eye's level at its end to pass above the stretch.
  double most_rise_m(double eye_m, double far_drop_m) const {
    const double length = to - from;
    const double slope = (-3 * start_m + 4 * middle_m - end_m) / length;
    const double bend = (2 * start_m - 4 * middle_m + 2 * end_m) / (length * length);
    const auto rise_m = [&](double share) {
      const double on = share - from;
      const double height_m = start_m + on * (slope + on * bend);
      return (height_m - eye_m - far_drop_m * share * share) / share;
    };
    double most_m = std::max(rise_m(to), from > 0 ? rise_m(from) : kNothing);
    // It is a / share + b + c share, which has its summit where both a and c are below 0.
    const double a = start_m - slope * from + bend * from * from - eye_m;
    const double c = bend - far_drop_m;
    if (a < 0 && c < 0) {
      const double summit = std::sqrt(a / c);
      if (summit > from && summit < to) most_m = std::max(most_m, rise_m(summit));
    }
    return most_m;
  }
};

// The wedge of nodes behind a piece, as far as the range.
class Wedge {
 public:
  Wedge(const GroundGrid& grid, const Eye& eye, const EarthworkPiece& piece)
      : grid_(grid), eye_(eye), is_everywhere_(piece.covers(eye.at)) {
    std::array<Offset, 4> corners;
    for (std::size_t i = 0; i < corners.size(); ++i)
      corners[i] = offset(grid, eye, piece.corners()[i]);
    const Offset middle = between(corners[0], corners[2], 0.5);
    double least = 0, most = 0;
    for (std::size_t i = 0; i < corners.size(); ++i) {
      const Offset at = corners[i];
      farthest_m_ = std::max(farthest_m_, length_m(at));
      nearest_m_ = std::min(nearest_m_, distance_m(at, corners[(i + 1) % corners.size()]));
      const double angle = std::atan2(cross(middle, at), dot(middle, at));
      if (angle <= least) least = angle, first_ = at;
      if (angle >= most) most = angle, last_ = at;
    }
    if (is_everywhere_) nearest_m_ = 0;
  }

  // Of the piece from the eye.
  double nearest_m() const { return nearest_m_; }
  double farthest_m() const { return farthest_m_; }

  // The columns of a row in the wedge and within range; empty where the first is above the second.
  std::pair<int, int> columns(int row, double range_m) const {
    const double y_m = (row - eye_.at.row) * grid_.row_step_m;
    const double square_m2 = range_m * range_m - y_m * y_m;
    if (square_m2 < 0) return {0, -1};
    double west_m = -std::sqrt(square_m2), east_m = -west_m;
    if (!is_everywhere_) {
      // Nodes p with first × p >= 0 and p × last >= 0.
      cut(first_.y_m, first_.x_m * y_m, west_m, east_m);
      cut(-last_.y_m, -last_.x_m * y_m, west_m, east_m);
    }
    if (west_m > east_m) return {0, -1};
    const double step_m = grid_.column_step_m;
    const double west = std::ceil(eye_.at.column + west_m / step_m - kRounding);
    const double east = std::floor(eye_.at.column + east_m / step_m + kRounding);
    return {static_cast<int>(std::clamp<double>(west, 0, grid_.columns)),
            static_cast<int>(std::clamp<double>(east, -1, grid_.columns - 1))};
  }

 private:
  static constexpr double kRounding = 1e-6;

  static Offset between(Offset a, Offset b, double share) {
    return {a.x_m + share * (b.x_m - a.x_m), a.y_m + share * (b.y_m - a.y_m)};
  }

  // Of the eye from the line between two points.
  static double distance_m(Offset a, Offset b) {
    const Offset way{b.x_m - a.x_m, b.y_m - a.y_m};
    return length_m(between(a, b, std::clamp(-dot(a, way) / dot(way, way), 0.0, 1.0)));
  }

  // Keeps the x with by * x <= most.
  static void cut(double by, double most, double& west_m, double& east_m) {
    if (by > 0) east_m = std::min(east_m, most / by);
    if (by < 0) west_m = std::max(west_m, most / by);
    if (by == 0 && most < 0) west_m = east_m + 1;
  }

  const GroundGrid& grid_;
  const Eye& eye_;
  bool is_everywhere_;
  Offset first_, last_;
  double nearest_m_ = std::numeric_limits<double>::infinity(), farthest_m_ = 0;
};

// The highest node of the cells that a piece touches; minus infinity where all are void.
double highest_m(const GroundGrid& grid, const EarthworkPiece& piece) {
  double west = grid.columns, east = -1, north = grid.rows, south = -1;
  for (const GridPoint corner : piece.corners()) {
    west = std::min(west, corner.column), east = std::max(east, corner.column);
    north = std::min(north, corner.row), south = std::max(south, corner.row);
  }
  const auto node = [](double at, int count) {
    return static_cast<int>(std::clamp<double>(at, 0, count - 1));
  };
  double most_m = kNothing;
  for (int row = node(std::floor(north), grid.rows); row <= node(std::ceil(south), grid.rows);
       ++row)
    for (int column = node(std::floor(west), grid.columns);
         column <= node(std::ceil(east), grid.columns); ++column)
      most_m = std::fmax(most_m, double{grid.height_m(column, row)});
  return most_m;
}

// Whether it is still open if a cell is hidden up to some height, and what is known then.
bool is_open(float least_m, double, double at_most_m) { return at_most_m > double{least_m}; }
void hide(double, double least_over_m, float& least_m) {
  least_m = std::max(least_m, static_cast<float>(least_over_m));
}

bool is_open(Sight sight, double wanted_m, double at_most_m) {
  return sight == Sight::seen && at_most_m > wanted_m;
}
void hide(double wanted_m, double least_over_m, Sight& sight) {
  if (least_over_m > wanted_m) sight = Sight::hidden;
}

template <class Cell>
void cast_shadow(const GroundGrid& grid, const Eye& eye, const EarthworkPiece& piece,
                 const ShadowSettings& settings, std::vector<Cell>& cells) {
  const Wedge wedge(grid, eye, piece);
  if (wedge.nearest_m() > settings.range_m) return;
  // No line of sight need be steeper than to its crest where that is nearest, or farthest if below.
  const double above_eye_m = highest_m(grid, piece) + piece.rise_m() - eye.height_m;
  if (above_eye_m == kNothing) return;
  const double steepest = above_eye_m / (above_eye_m > 0 ? wedge.nearest_m() : wedge.farthest_m());
  for (int row = 0; row < grid.rows; ++row) {
    const auto [first, last] = wedge.columns(row, settings.range_m);
    for (int column = first; column <= last; ++column) {
      Cell& cell = cells[grid.index(column, row)];
      const Offset at = offset(grid, eye, {double{1} * column, double{1} * row});
      const double square_m2 = dot(at, at);
      const double above_m =
          double{grid.height_m(column, row)} - eye.height_m - eye.drop_per_m2 * square_m2;
      if (!is_open(cell, settings.wanted_m, steepest * std::sqrt(square_m2) - above_m)) continue;
      hide(settings.wanted_m, least_height_over_m(grid, eye, piece, column, row), cell);
    }
  }
}

template <class Cell>
void cast_all(const GroundGrid& grid, const Eye& eye, const std::vector<EarthworkPiece>& pieces,
              const ShadowSettings& settings, std::vector<Cell>& cells) {
  for (const EarthworkPiece& piece : pieces)
    if (piece.is_raised()) cast_shadow(grid, eye, piece, settings, cells);
}

}  // namespace

double least_height_over_m(const GroundGrid& grid, const Eye& eye, const EarthworkPiece& piece,
                           int column, int row) {
  const GridPoint there{double{1} * column, double{1} * row};
  const Offset at = offset(grid, eye, there);
  const double far_drop_m = eye.drop_per_m2 * dot(at, at);
  const EarthworkPiece::Crossing crossing = piece.crossing(eye.at, there);
  double most_m = kNothing;
  for (std::size_t i = 0; i + 1 < crossing.count; ++i) {
    const EarthworkPiece::Knot a = crossing.knots[i], b = crossing.knots[i + 1];
    if (a.share == b.share) continue;
    each_cell(eye.at, there, a.share, b.share, [&](int west, int north, double from, double to) {
      if (west < 0 || north < 0 || west > grid.columns - 2 || north > grid.rows - 2) return true;
      const auto nw = double{grid.height_m(west, north)};
      const auto ne = double{grid.height_m(west + 1, north)};
      const auto sw = double{grid.height_m(west, north + 1)};
      const auto se = double{grid.height_m(west + 1, north + 1)};
      const auto surface_m = [&](double share) {
        const double x = eye.at.column + share * (there.column - eye.at.column) - west;
        const double y = eye.at.row + share * (there.row - eye.at.row) - north;
        return (1 - y) * ((1 - x) * nw + x * ne) + y * ((1 - x) * sw + x * se) + a.rise_m +
               (share - a.share) / (b.share - a.share) * (b.rise_m - a.rise_m);
      };
      const Stretch stretch{from, to, surface_m(from), surface_m((from + to) / 2), surface_m(to)};
      most_m = std::fmax(most_m, stretch.most_rise_m(eye.height_m, far_drop_m));
      return true;
    });
  }
  return most_m - (double{grid.height_m(column, row)} - eye.height_m - far_drop_m);
}

void cast_shadows(const GroundGrid& grid, const Eye& eye, const std::vector<EarthworkPiece>& pieces,
                  const ShadowSettings& settings, std::vector<float>& least_m) {
  cast_all(grid, eye, pieces, settings, least_m);
}

void cast_shadows(const GroundGrid& grid, const Eye& eye, const std::vector<EarthworkPiece>& pieces,
                  const ShadowSettings& settings, std::vector<Sight>& sight) {
  cast_all(grid, eye, pieces, settings, sight);
}

}  // namespace marsad::terrain
