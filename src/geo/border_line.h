// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "base/result.h"
#include "geo/geodetic.h"
#include "geo/local_frame.h"

namespace marsad::geo {

// Where something is with respect to the border, as people there speak: s metres along the line
// from its northern end, d metres off it, positive on the home side.
struct Chainage {
  double s_m = 0;
  double d_m = 0;
};

// A step over the line.
struct LineCrossing {
  double s_m = 0;        // where on the line
  double fraction = 0;   // how far along the step, 0 to 1
  bool to_home = false;  // true: from the far side to the home side
};

// The border as a line on the ground, with chainage. Every stretch between two vertices has its own
// plane frame at its middle, so that a line of 600 km is measured to a part in a million for
// stretches of 30 km. Heights don't count: a place is where its foot is. Immutable.
class BorderLine {
 public:
  // `vertices` in order along the line, from any end; the line is turned so that chainage starts
  // at its northern end. `home_side_left` says whether the home side lies to the left when walking
  // in the order given. Errors: fewer than two distinct points, a line that crosses itself.
  static base::Result<BorderLine> make(std::vector<Geodetic> vertices, bool home_side_left);

  Chainage chainage(Geodetic place) const;
  // The point of the line at this chainage, at height 0; ends are clamped.
  Geodetic at(double s_m) const;
  // The first time the straight step from a to b passes the line.
  std::optional<LineCrossing> crossing(Geodetic from, Geodetic to) const;
  // The unit vector that points from the far side to home across the line at this chainage, east
  // and north there.
  Enu toward_home(double s_m) const;
  // Whether home lies to the left, in the order of vertices().
  bool home_is_left() const { return home_sign_ > 0; }
  double length_m() const { return along_m_.back(); }
  const std::vector<Geodetic>& vertices() const { return vertices_; }
  // A plane frame at the line's middle.
  const LocalFrame& frame() const { return frame_; }

 private:
  // A stretch between two vertices in the plane at its middle, up = 0.
  struct Stretch {
    LocalFrame frame;
    Enu from;
    Enu step;  // to its other end
    double length_m = 0;
  };

  // Some stretches one after the other, all within a circle of the overview.
  struct Block {
    std::size_t first = 0, count = 0;
    Enu middle;
    double radius_m = 0;
  };

  BorderLine(std::vector<Geodetic> vertices, bool home_side_left, LocalFrame frame);
  void add_block(std::size_t first, std::size_t count);
  double overview_distance_m(std::size_t stretch, Enu p) const;
  std::size_t stretch_at(double s_m) const;

  std::vector<Geodetic> vertices_;
  LocalFrame frame_;
  std::vector<Enu> overview_;  // the vertices in the line's own frame, up = 0
  std::vector<Stretch> stretches_;
  std::vector<Block> blocks_;
  std::vector<double> along_m_;  // chainage of each vertex
  double home_sign_;             // +1 where home is to the left in the line's own order
};

}  // namespace marsad::geo
