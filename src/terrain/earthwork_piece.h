// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <utility>

#include "terrain/earthwork.h"
#include "terrain/elevation.h"

namespace marsad::terrain {

// Lengths of a step along columns and along rows, metres.
struct Steps {
  double column_m = 0;
  double row_m = 0;
};

// A straight piece of an earthwork on a grid. `rise` is how much higher than the natural ground it
// makes the ground, below 0 where it is dug.
class EarthworkPiece {
 public:
  // The steps are those at the piece; the earthwork gives the profile.
  EarthworkPiece(GridPoint from, GridPoint to, Steps steps, const Earthwork& profile);

  // The same piece on a grid that begins at that column and row of this one, of other steps.
  EarthworkPiece on_part(int column, int row, Steps steps) const;

  bool is_raised() const { return rise_m_ > 0; }
  // At the crest or the floor.
  double rise_m() const { return rise_m_; }
  // Whether the point lies on it, its foot included; and its rise there, 0 beside it.
  bool covers(GridPoint point) const;
  double rise_at_m(GridPoint point) const;

  // Where a straight line comes over the foot, passes an edge and leaves, in order. The rise is
  // linear from knot to knot.
  struct Knot {
    double share = 0;  // of the line
    double rise_m = 0;
  };
  struct Crossing {
    std::array<Knot, 6> knots;
    std::size_t count = 0;  // 0 where it passes beside
  };
  Crossing crossing(GridPoint from, GridPoint to) const;
  // The shares of a straight line between which it may be within so many columns and rows of it.
  std::optional<std::pair<double, double>> shares_near(GridPoint from, GridPoint to,
                                                       GridPoint beside) const;

  // How its surface tilts at a point, beside the natural ground: rise a metre along columns and
  // rows. On an upright face it is the direction into what stands there, of length 1.
  struct Tilt {
    double column = 0;
    double row = 0;
    bool is_upright = false;
  };
  Tilt tilt(GridPoint point) const;

  // The rectangle of its foot: its corners, in order around it.
  std::array<GridPoint, 4> corners() const;
  GridPoint from() const { return from_; }
  GridPoint to() const { return to_; }

 private:
  static constexpr std::size_t kSides = 4;
  // How far inside each side of the foot a point is, metres; below 0 outside.
  std::array<double, kSides> inside_m(GridPoint point) const;
  // The shares of a straight line, told by how far inside its ends are, within a foot so much
  // wider.
  static std::optional<std::pair<double, double>> shares(const std::array<double, kSides>& begin_m,
                                                         const std::array<double, kSides>& end_m,
                                                         double wider_m);
  // Length and direction, from the ends.
  void lay_out();

  GridPoint from_, to_;
  Steps steps_;
  double length_m_ = 0;
  double along_column_ = 1, along_row_ = 0;  // its direction in metres, of length 1
  double half_foot_m_ = 0;
  double flank_m_ = 0;  // width of a flank
  double rise_m_ = 0;
};

}  // namespace marsad::terrain
