// SPDX-License-Identifier: Apache-2.0
#include "mask/blocks.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "geo/local_frame.h"
#include "terrain/ground_reader.h"
#include "terrain/ray.h"

namespace marsad::mask {
namespace {

using sensor::CameraRay;
using terrain::GridPoint;

constexpr double kSmallest_m = 0.25;
constexpr double kFine_px = 2;
// Boxes of more cells than this are not flat enough to be judged by their corners.
constexpr double kMostCells = 64;
constexpr double kNearest_m = 0.1;  // to the camera's plane, for a box whose size in pixels counts
// Distances by the grid's spacing are right to half of this.
constexpr double kSurelyNearer = 0.99;

// Columns and rows of the elevation's grid.
struct Square {
  double west = 0;
  double north = 0;
  double size = 0;
};

struct Edge {
  GridPoint from;
  GridPoint to;
};

struct Heights {
  double low_m = 0;
  double high_m = 0;
};

// What a frame and a margin around it show, one focal length before the camera.
struct View {
  double left = 0;
  double right = 0;
  double top = 0;
  double bottom = 0;
};

View view_of(const sensor::CameraModel& model, double around_px) {
  constexpr int kSteps = 64;  // along an edge, which a lens bends
  const double right = model.width_px - 0.5 + around_px, left = -0.5 - around_px;
  const double bottom = model.height_px - 0.5 + around_px, top = -0.5 - around_px;
  View view;
  for (int i = 0; i <= kSteps; ++i) {
    const double u = left + (right - left) * i / kSteps, v = top + (bottom - top) * i / kSteps;
    for (const sensor::Pixel edge : {sensor::Pixel{left, v}, sensor::Pixel{right, v},
                                     sensor::Pixel{u, top}, sensor::Pixel{u, bottom}}) {
      const CameraRay ray = model.ray(edge);
      const double x = ray.x / ray.z, y = ray.y / ray.z;
      view.left = std::min(view.left, x), view.right = std::max(view.right, x);
      view.top = std::min(view.top, y), view.bottom = std::max(view.bottom, y);
    }
  }
  return view;
}

// Shortens the part [first, last] of an edge to where its coordinate lies within [low, high].
bool clip(double from, double to, double low, double high, double& first, double& last) {
  const double way = to - from;
  if (way == 0) return from >= low && from <= high;
  const auto [enter, leave] = std::minmax<double>({(low - from) / way, (high - from) / way});
  first = std::max(first, enter);
  last = std::min(last, leave);
  return first <= last;
}

// Cuts one zone into blocks for one camera.
class Cutter {
 public:
  Cutter(const sensor::Camera& camera, const terrain::Elevation& elevation,
         const border::Zone& zone, const BlockSettings& settings,
         const std::function<void(const Block&)>& take)
      : camera_(camera),
        elevation_(elevation),
        ground_(elevation),
        zone_(zone),
        settings_(settings),
        take_(take),
        frame_(camera.pose.position),
        focal_px_(camera.model.focal_px()),
        view_(view_of(camera.model, settings.around_px)) {
    const GridPoint here = grid(camera.pose.position);
    const auto way = [&](GridPoint to) {
      return geo::norm(
          frame_.to_enu(at_height(elevation_.place(to), camera.pose.position.height_m)));
    };
    foot_ = here;
    column_m_ = way({here.column + 1, here.row});
    row_m_ = way({here.column, here.row + 1});
  }

  void run() {
    std::vector<Edge> edges;
    GridPoint low{1e12, 1e12}, high{-1e12, -1e12};
    for (std::size_t i = 0; i < zone_.ring.size(); ++i) {
      edges.push_back({grid(zone_.ring[i]), grid(zone_.ring[(i + 1) % zone_.ring.size()])});
      const GridPoint at = edges.back().from;
      low = {std::min(low.column, at.column), std::min(low.row, at.row)};
      high = {std::max(high.column, at.column), std::max(high.row, at.row)};
    }
    if (edges.empty()) return;
    const double more = settings_.wider_m / std::min(column_m_, row_m_);
    Square all{std::floor(low.column - more), std::floor(low.row - more), 1};
    while (all.west + all.size < high.column + more || all.north + all.size < high.row + more) {
      all.size *= 2;
    }
    visit(all, edges);
  }

 private:
  static geo::Geodetic at_height(geo::Geodetic place, double height_m) {
    return {place.lat_rad, place.lon_rad, height_m};
  }
  GridPoint grid(geo::Geodetic place) const {
    return elevation_.grid_point(place.lat_rad, place.lon_rad);
  }

  void visit(const Square& square, const std::vector<Edge>& around) {
    std::vector<Edge> edges;
    std::copy_if(around.begin(), around.end(), std::back_inserter(edges),
                 [&](const Edge& edge) { return touches(edge, square); });
    const bool is_edge = !edges.empty();
    if (!is_edge && !is_inside(square)) return;
    if (square.size > kMostCells) {
      split(square, edges);
      return;
    }
    const Heights ground = heights(square);
    const Block block = block_of(square, ground);
    if (!in_frame(block)) return;
    if (is_worth_splitting(square, block, is_edge, ground.high_m - ground.low_m)) {
      split(square, edges);
    } else {
      take_(block);
    }
  }

  void split(const Square& square, const std::vector<Edge>& edges) {
    const double half = square.size / 2;
    for (const double south : {0.0, half}) {
      for (const double east : {0.0, half}) {
        visit({square.west + east, square.north + south, half}, edges);
      }
    }
  }

  // Whether an edge comes within the widening of a square.
  bool touches(const Edge& edge, const Square& square) const {
    const double columns = settings_.wider_m / column_m_, rows = settings_.wider_m / row_m_;
    double first = 0, last = 1;
    return clip(edge.from.column, edge.to.column, square.west - columns,
                square.west + square.size + columns, first, last) &&
           clip(edge.from.row, edge.to.row, square.north - rows, square.north + square.size + rows,
                first, last);
  }

  bool is_inside(const Square& square) const {
    return contains(
        zone_, elevation_.place({square.west + square.size / 2, square.north + square.size / 2}));
  }

  // Within one cell of the grid the ground is bilinear, so a square's corners are its extremes.
  Heights heights(const Square& square) const {
    const double column = std::floor(square.west), row = std::floor(square.north);
    const bool is_known = square.size <= 1 && column >= 0 && row >= 0 &&
                          column <= elevation_.columns() - 2 && row <= elevation_.rows() - 2;
    Heights found{1e9, -1e9};
    for (int corner = 0; is_known && corner < 4; ++corner) {
      const double east = square.west - column + (corner % 2 == 1 ? square.size : 0);
      const double south = square.north - row + (corner >= 2 ? square.size : 0);
      const double height_m =
          bilinear_m(static_cast<int>(column), static_cast<int>(row), east, south);
      found = {std::min(found.low_m, height_m), std::max(found.high_m, height_m)};
      if (std::isnan(height_m)) return anywhere();
    }
    return is_known ? found : anywhere();
  }

  Heights anywhere() const {
    return {elevation_.lowest_m().value_or(0), elevation_.highest_m().value_or(0)};
  }

  double bilinear_m(int column, int row, double east, double south) const {
    return ground_.corners(column, row).at(east, south);
  }

  Block block_of(const Square& square, Heights ground) const {
    const double size_m = square.size * std::max(column_m_, row_m_);
    const double bulge_m = size_m * size_m / (4 * terrain::kEarthRadius_m);  // of a round Earth
    const double top_m = ground.high_m + zone_.height_m + settings_.higher_m + bulge_m;
    Block block;
    for (std::size_t i = 0; i < 8; ++i) {
      const bool east = i % 2 == 1, south = (i / 2) % 2 == 1;
      const geo::Geodetic at = elevation_.place(
          {square.west + (east ? square.size : 0), square.north + (south ? square.size : 0)});
      block.corners[i] = seen(at_height(at, i < 4 ? ground.low_m - bulge_m : top_m));
    }
    const double columns = outside(foot_.column, square.west, square.size);
    const double rows = outside(foot_.row, square.north, square.size);
    block.near_m = kSurelyNearer * std::hypot(columns * column_m_, rows * row_m_);
    return block;
  }

  // Where a place appears, refraction included, in the camera's frame.
  CameraRay seen(geo::Geodetic place) const {
    geo::Enu at = frame_.to_enu(place);
    at.up += terrain::kRefraction * (at.east * at.east + at.north * at.north) /
             (2 * terrain::kEarthRadius_m);
    return camera_from_enu(camera_.pose, at);
  }

  static double outside(double at, double begin, double size) {
    return std::max({begin - at, at - begin - size, 0.0});
  }

  // False where all corners lie beyond one of the frame's sides, or behind.
  bool in_frame(const Block& block) const {
    const auto all = [&](auto beyond) {
      return std::all_of(block.corners.begin(), block.corners.end(), beyond);
    };
    return !(all([](CameraRay c) { return c.z <= 0; }) ||
             all([&](CameraRay c) { return c.x > view_.right * c.z; }) ||
             all([&](CameraRay c) { return c.x < view_.left * c.z; }) ||
             all([&](CameraRay c) { return c.y > view_.bottom * c.z; }) ||
             all([&](CameraRay c) { return c.y < view_.top * c.z; }));
  }

  bool is_worth_splitting(const Square& square, const Block& block, bool is_edge,
                          double relief_m) const {
    if (square.size > 1) return true;
    if (square.size * std::max(column_m_, row_m_) <= kSmallest_m) return false;
    double nearest_z = block.corners[0].z;
    for (const CameraRay& corner : block.corners) nearest_z = std::min(nearest_z, corner.z);
    if (nearest_z < kNearest_m) return true;
    if (ground_extent_px(block) <= kFine_px) return false;
    return is_edge || relief_m * focal_px_ / nearest_z > kFine_px;
  }

  // How large the box's foot and top are in the picture; its height does not count.
  double ground_extent_px(const Block& block) const {
    double extent = 0;
    for (const std::size_t first : {std::size_t{0}, std::size_t{4}}) {
      double left = 1e9, right = -1e9, top = 1e9, bottom = -1e9;
      for (std::size_t i = first; i < first + 4; ++i) {
        const CameraRay& corner = block.corners[i];
        const double u = corner.x / corner.z, v = corner.y / corner.z;
        left = std::min(left, u), right = std::max(right, u);
        top = std::min(top, v), bottom = std::max(bottom, v);
      }
      extent = std::max({extent, right - left, bottom - top});
    }
    return extent * focal_px_;
  }

  const sensor::Camera& camera_;
  const terrain::Elevation& elevation_;
  terrain::GroundReader ground_;
  const border::Zone& zone_;
  const BlockSettings& settings_;
  const std::function<void(const Block&)>& take_;
  geo::LocalFrame frame_;
  double focal_px_;
  View view_;
  GridPoint foot_;
  double column_m_ = 0;
  double row_m_ = 0;
};

}  // namespace

void for_each_block(const sensor::Camera& camera, const terrain::Elevation& elevation,
                    const border::Zone& zone, const BlockSettings& settings,
                    const std::function<void(const Block&)>& take) {
  Cutter(camera, elevation, zone, settings, take).run();
}

}  // namespace marsad::mask
