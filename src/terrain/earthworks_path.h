// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <optional>

#include "terrain/cells_along.h"
#include "terrain/earthworks.h"
#include "terrain/path.h"

namespace marsad::terrain {

// A stretch of a path over one cell of the ground and one piece of an earthwork, along which the
// piece's rise is linear.
struct WorkStretch {
  int column = 0;  // of the cell
  int row = 0;
  double from = 0;  // of the path's parameter
  double to = 0;
  double rise_from_m = 0;
  double rise_to_m = 0;
};

// The straight line between two points of a path near enough together.
struct Chord {
  Chord(const Path& path, double from_t, double to_t)
      : from(from_t), to(to_t), a(path.point(from_t)), b(path.point(to_t)) {}
  double from, to;
  GridPoint a, b;
  double t(double share) const { return from + share * (to - from); }
};

// How far a path may lie from its chord, columns and rows.
GridPoint bow(const Path& path, double from, double to);

// Over this length a path among the nodes is straight to a millimetre.
inline constexpr double kStraightPath_m = 250;

// The stretches of a chord over a piece, in order, as far as there are cells; ends early where
// `visit(stretch)` answers false.
template <class Visit>
void each_stretch(const Elevation& elevation, const Chord& chord, const EarthworkPiece& piece,
                  Visit visit) {
  const EarthworkPiece::Crossing crossing = piece.crossing(chord.a, chord.b);
  bool goes_on = true;
  for (std::size_t i = 0; i + 1 < crossing.count && goes_on; ++i) {
    const EarthworkPiece::Knot a = crossing.knots[i], b = crossing.knots[i + 1];
    if (a.share == b.share) continue;
    const auto rise_m = [&](double share) {
      return a.rise_m + (share - a.share) / (b.share - a.share) * (b.rise_m - a.rise_m);
    };
    each_cell(chord.a, chord.b, a.share, b.share, [&](int column, int row, double from, double to) {
      const bool is_inside = column >= 0 && row >= 0 && column <= elevation.columns() - 2 &&
                             row <= elevation.rows() - 2;
      if (is_inside)
        goes_on =
            visit(WorkStretch{column, row, chord.t(from), chord.t(to), rise_m(from), rise_m(to)});
      return goes_on;
    });
  }
}

// All stretches of a path over raised pieces, piece by piece, each in order from `from` to `to`;
// goes on to the next piece where `visit(piece, stretch)` answers false.
template <class Visit>
void each_raised_stretch(const Elevation& elevation, const Path& path, double from, double to,
                         Visit visit) {
  const GridPoint a = path.point(from), b = path.point(to), beside = bow(path, from, to);
  const int chords =
      std::max(1, static_cast<int>(std::ceil((to - from) * path.length_m / kStraightPath_m)));
  elevation.earthworks()->each_raised(a, b, beside, [&](const EarthworkPiece& piece) {
    const auto near = piece.shares_near(a, b, beside);
    if (!near) return;
    const int first = std::clamp(static_cast<int>(near->first * chords), 0, chords - 1);
    const int last = std::clamp(static_cast<int>(near->second * chords), 0, chords - 1);
    bool goes_on = true;
    for (int i = first; i <= last && goes_on; ++i) {
      const Chord chord(path, from + (to - from) * i / chords,
                        from + (to - from) * (i + 1) / chords);
      each_stretch(elevation, chord, piece, [&](const WorkStretch& stretch) {
        goes_on = visit(piece, stretch);
        return goes_on;
      });
    }
  });
}

// Where the path, raised by `lift_m`, first is below the ground with its earthworks. What is raised
// can only be met earlier than the natural ground; a path that comes below that within a trench
// goes on to the trench's floor or wall.
std::optional<Contact> first_contact_with_earthworks(const Elevation& elevation, const Path& path,
                                                     double lift_m);

}  // namespace marsad::terrain
