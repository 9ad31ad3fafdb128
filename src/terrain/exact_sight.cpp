// SPDX-License-Identifier: Apache-2.0
#include "terrain/exact_sight.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace marsad::terrain {
namespace {

// Nearer than this to a node, in steps, a crossing is at the node.
constexpr double kAtNode = 1e-9;

// The height between two nodes of a line of nodes that lie `stride` apart in memory.
double between(const float* line, std::ptrdiff_t stride, double at) {
  const auto node = static_cast<std::ptrdiff_t>(at);
  const double part = at - static_cast<double>(node);
  const float* here = line + node * stride;
  if (part < kAtNode) return double{*here};
  const double next = double{here[stride]};
  if (part > 1 - kAtNode) return next;
  return double{*here} + part * (next - double{*here});
}

// A sight line's crossings of all lines of nodes across one axis.
struct Crossings {
  const float* origin;         // the grid's first node
  std::ptrdiff_t line_stride;  // from one crossed line to the next
  std::ptrdiff_t node_stride;  // from node to node along a line
  double from, to;             // along the axis, in steps
  double aside, aside_step;    // where it starts along the lines, and how far it goes
};

double steepest(const Crossings& c, const Eye& eye, double far_drop_m, double enough, double best) {
  if (c.from == c.to) return best;
  const int direction = c.to > c.from ? 1 : -1;
  const int last = static_cast<int>(c.to) - direction;
  const int first =
      static_cast<int>(direction > 0 ? std::floor(c.from) + 1 : std::ceil(c.from) - 1);
  const double length = c.to - c.from;
  // From the target back to the eye.
  for (int line = last; (line - first) * direction >= 0; line -= direction) {
    const double share = (line - c.from) / length;
    const double ground_m =
        between(c.origin + line * c.line_stride, c.node_stride, c.aside + share * c.aside_step);
    const double rise_m = (ground_m - eye.height_m - far_drop_m * share * share) / share;
    if (rise_m > best) {  // false beside a void
      best = rise_m;
      if (best > enough) break;
    }
  }
  return best;
}

}  // namespace

std::optional<double> height_at(const GroundGrid& grid, GridPoint point) {
  if (!grid.contains(point)) return std::nullopt;
  const double row = std::floor(point.row);
  const double part = point.row - row;
  const float* line = grid.heights_m.data() + grid.index(0, static_cast<int>(row));
  double height_m = between(line, 1, point.column);
  if (part > 0) height_m += part * (between(line + grid.columns, 1, point.column) - height_m);
  if (std::isnan(height_m)) return std::nullopt;
  return height_m;
}

double exact_least_height_m(const GroundGrid& grid, const Eye& eye, int column, int row,
                            double enough_m) {
  const double east = column - eye.at.column, south = row - eye.at.row;
  const double x_m = east * grid.column_step_m, y_m = south * grid.row_step_m;
  const double drop_m = eye.drop_per_m2 * (x_m * x_m + y_m * y_m);
  const float* origin = grid.heights_m.data();
  const std::ptrdiff_t down = grid.columns;
  const double above_m = double{grid.height_m(column, row)} - eye.height_m - drop_m;
  if (std::isnan(above_m)) return above_m;
  const double enough = enough_m + above_m;
  // How far above the eye's level the line must be at the target to pass all that lies before it.
  double rise_m = -std::numeric_limits<double>::infinity();
  rise_m = steepest({origin, 1, down, eye.at.column, double(column), eye.at.row, south}, eye,
                    drop_m, enough, rise_m);
  if (rise_m <= enough) {
    rise_m = steepest({origin, down, 1, eye.at.row, double(row), eye.at.column, east}, eye, drop_m,
                      enough, rise_m);
  }
  return rise_m - above_m;
}

}  // namespace marsad::terrain
