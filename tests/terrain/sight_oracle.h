// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <vector>

#include "terrain/ground_grid.h"

namespace marsad::test {

inline constexpr double kOracleRadius_m = 6'378'137;

// A square grid with its middle cell at (0, 0), heights told by steps east and south of it.
inline terrain::GroundGrid made_grid(int half, double step_m,
                                     const std::function<double(int, int)>& height_m) {
  terrain::GroundGrid grid{2 * half + 1, 2 * half + 1, step_m, step_m, {}};
  for (int south = -half; south <= half; ++south)
    for (int east = -half; east <= half; ++east)
      grid.heights_m.push_back(static_cast<float>(height_m(east, south)));
  return grid;
}

// Brute force, another way than the one tested: every point at which the straight line to a cell
// meets a column or a row, in order; the height there bilinear, which on a grid line is linear; the
// sight lines compared by the tangent of their elevation at the eye. `drop_share` is 1 - k, 0 for a
// flat Earth.
class SightOracle {
 public:
  SightOracle(const terrain::GroundGrid& grid, terrain::GridPoint eye, double eye_above_m,
              double drop_share)
      : grid_(grid), eye_(eye), drop_share_(drop_share) {
    eye_m_ = ground(eye.column, eye.row) + eye_above_m;
  }

  // NaN over a void.
  double least_height_m(int column, int row) const {
    const double length = std::hypot(column - eye_.column, row - eye_.row);
    double steepest = -std::numeric_limits<double>::infinity();
    for (const double share : crossings(column, row)) {
      const double c = eye_.column + share * (column - eye_.column);
      const double r = eye_.row + share * (row - eye_.row);
      if (share * length < 1e-9 || (1 - share) * length < 1e-9) continue;
      const double slope = tangent(c, r, ground(c, r));
      if (!std::isnan(slope)) steepest = std::max(steepest, slope);
    }
    const double d_m = distance_m(column, row);
    return steepest * d_m - tangent(column, row, ground(column, row)) * d_m;
  }

 private:
  std::vector<double> crossings(int column, int row) const {
    std::vector<double> shares;
    const auto cross = [&](double from, double to) {
      for (double line = std::ceil(std::min(from, to)); line <= std::max(from, to); ++line)
        if (from != to) shares.push_back((line - from) / (to - from));
    };
    cross(eye_.column, column);
    cross(eye_.row, row);
    std::sort(shares.begin(), shares.end());
    return shares;
  }

  double distance_m(double column, double row) const {
    return std::hypot((column - eye_.column) * grid_.column_step_m,
                      (row - eye_.row) * grid_.row_step_m);
  }

  double tangent(double column, double row, double height_m) const {
    const double d_m = distance_m(column, row);
    return (height_m - drop_share_ * d_m * d_m / (2 * kOracleRadius_m) - eye_m_) / d_m;
  }

  // Bilinear; a node of weight nothing does not count.
  double ground(double column, double row) const {
    const auto near = [](double at) {
      return std::abs(at - std::round(at)) < 1e-9 ? std::round(at) : at;
    };
    const double c = near(column), r = near(row);
    double sum = 0;
    for (const double cc : {std::floor(c), std::floor(c) + 1}) {
      for (const double rr : {std::floor(r), std::floor(r) + 1}) {
        const double weight = (1 - std::abs(c - cc)) * (1 - std::abs(r - rr));
        if (weight > 0)
          sum += weight * double{grid_.height_m(static_cast<int>(cc), static_cast<int>(rr))};
      }
    }
    return sum;
  }

  const terrain::GroundGrid& grid_;
  terrain::GridPoint eye_;
  double drop_share_;
  double eye_m_ = 0;
};

}  // namespace marsad::test
