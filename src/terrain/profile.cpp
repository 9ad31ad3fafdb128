// SPDX-License-Identifier: Apache-2.0
#include "terrain/profile.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace marsad::terrain {
namespace {

// Over this length a level line among the nodes is straight to two centimetres.
constexpr double kLeg_m = 1000;
constexpr double kNever = 1e30;

// Shares of a leg after which it crosses the next line of nodes, and from one to the next.
double share_to_line(double from, int cell, double way) {
  if (way == 0) return kNever;
  return (way > 0 ? cell + 1 - from : from - cell) / std::abs(way);
}
double share_between(double way) { return way == 0 ? kNever : 1 / std::abs(way); }

// The cell that a line of nodes belongs to when it is left this way.
int cell_of(double at, double way) {
  const double cell = std::floor(at);
  return static_cast<int>(way < 0 && cell == at ? cell - 1 : cell);
}

}  // namespace

Profile::Profile(const Elevation& elevation, geo::Geodetic eye, double azimuth_rad, double from_m,
                 double to_m, double refraction)
    : elevation_(elevation),
      ground_(elevation),
      line_(ray_path(elevation, eye, {std::sin(azimuth_rad), std::cos(azimuth_rad), 0}, to_m,
                     refraction)),
      to_m_(to_m) {
  CHECK(from_m >= 0 && to_m > 0 && std::abs(refraction) < 1);
  leg_to_ = stand_at(std::min(from_m, to_m));
  share_ = 1;
}

Profile::Stand Profile::stand_at(double along_m) const {
  return {along_m, line_.point(along_m / line_.length_m)};
}

void Profile::begin_leg(double from_m) {
  leg_from_ = leg_to_;
  leg_to_ = stand_at(std::min(from_m + kLeg_m, to_m_));
  share_ = 0;
  const double columns = leg_to_.point.column - leg_from_.point.column;
  const double rows = leg_to_.point.row - leg_from_.point.row;
  column_ = cell_of(leg_from_.point.column, columns);
  row_ = cell_of(leg_from_.point.row, rows);
  at_column_ = share_to_line(leg_from_.point.column, column_, columns);
  at_row_ = share_to_line(leg_from_.point.row, row_, rows);
}

bool Profile::next() {
  while (true) {
    if (share_ >= 1) {
      if (leg_to_.along_m >= to_m_) return false;
      begin_leg(leg_to_.along_m);
    }
    const double columns = leg_to_.point.column - leg_from_.point.column;
    const double rows = leg_to_.point.row - leg_from_.point.row;
    const auto stand = [&](double share) {
      return Stand{leg_from_.along_m + share * (leg_to_.along_m - leg_from_.along_m),
                   {leg_from_.point.column + share * columns, leg_from_.point.row + share * rows}};
    };
    const double end = std::min({at_column_, at_row_, 1.0});
    const bool is_known = end > share_ && enter_cell(stand(share_), stand(end));
    share_ = std::max(share_, end);
    if (at_column_ <= end) {
      column_ += columns > 0 ? 1 : -1;
      at_column_ += share_between(columns);
    }
    if (at_row_ <= end) {
      row_ += rows > 0 ? 1 : -1;
      at_row_ += share_between(rows);
    }
    if (is_known) return true;
  }
}

bool Profile::enter_cell(const Stand& from, const Stand& to) {
  const bool is_inside = column_ >= 0 && row_ >= 0 && column_ <= elevation_.columns() - 2 &&
                         row_ <= elevation_.rows() - 2;
  if (!is_inside) return false;
  const Corners corners = ground_.corners(column_, row_);
  if (std::isnan(corners.nw + corners.ne + corners.sw + corners.se)) return false;
  const auto above_m = [&](double along_m, double column, double row) {
    return corners.at(column - column_, row - row_) - line_.height_m.at(along_m / line_.length_m);
  };
  const double length_m = to.along_m - from.along_m;
  const double a = above_m(from.along_m, from.point.column, from.point.row);
  const double b =
      above_m((from.along_m + to.along_m) / 2, (from.point.column + to.point.column) / 2,
              (from.point.row + to.point.row) / 2);
  const double c = above_m(to.along_m, to.point.column, to.point.row);
  piece_ = {from.along_m,
            to.along_m,
            {from.along_m, a, (4 * b - 3 * a - c) / length_m,
             2 * (a - 2 * b + c) / (length_m * length_m)}};
  return true;
}

}  // namespace marsad::terrain
