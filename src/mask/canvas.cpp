// SPDX-License-Identifier: Apache-2.0
#include "mask/canvas.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "terrain/ray.h"

namespace marsad::mask {
namespace {

using sensor::CameraRay;

// What is nearer to the camera's plane than this is cut off.
constexpr double kNearest_m = 0.05;
constexpr double kTolerance_m = 1;

// The vertices of a convex body's part in front of the camera, and other points of it.
std::vector<CameraRay> in_front(std::span<const CameraRay> body) {
  std::vector<CameraRay> out;
  for (const CameraRay& a : body) {
    if (a.z >= kNearest_m) out.push_back(a);
    for (const CameraRay& b : body) {
      if (a.z < kNearest_m || b.z >= kNearest_m) continue;
      const double t = (a.z - kNearest_m) / (a.z - b.z);
      out.push_back({a.x + t * (b.x - a.x), a.y + t * (b.y - a.y), kNearest_m});
    }
  }
  return out;
}

// Points along every line between two of the corners, some pixels apart: through a lens that
// distorts, lines bulge beyond their ends' hull.
template <class Take>
void along_edges(const std::vector<CameraRay>& corners, double focal_px, Take take) {
  constexpr double kApart_px = 12;
  constexpr double kMostPieces = 64;
  for (std::size_t i = 0; i < corners.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const CameraRay &a = corners[i], &b = corners[j];
      const double ax = a.x / a.z, ay = a.y / a.z, bx = b.x / b.z, by = b.y / b.z;
      const double length_px = focal_px * std::hypot(bx - ax, by - ay);
      const double pieces = std::min(std::ceil(length_px / kApart_px), kMostPieces);
      for (double piece = 1; piece < pieces; ++piece) {
        const double t = piece / pieces;
        take({ax + t * (bx - ax), ay + t * (by - ay), 1});
      }
    }
  }
}

// A running maximum over 2 r + 1 neighbours.
void grow_line(std::span<const std::uint8_t> from, int r, std::span<std::uint8_t> to) {
  const int size = static_cast<int>(from.size());
  int last = -r - 1;  // the last painted one seen
  for (int i = -r; i < size; ++i) {
    const int entering = i + r;
    if (entering < size && entering >= 0 && from[static_cast<std::size_t>(entering)] != 0) {
      last = entering;
    }
    if (i >= 0) to[static_cast<std::size_t>(i)] = last >= i - r && last >= 0 ? 255 : 0;
  }
}

int to_int(double value) { return static_cast<int>(std::clamp(value, -1e6, 1e6)); }

}  // namespace

Canvas::Canvas(const sensor::Camera& camera, const terrain::Elevation& elevation, int margin_px,
               double reach_m)
    : camera_(camera),
      elevation_(elevation),
      margin_px_(margin_px),
      reach_m_(reach_m),
      painted_(camera.model.width_px + 2 * margin_px, camera.model.height_px + 2 * margin_px),
      ground_m_(painted_.width() + 1, painted_.height() + 1,
                std::numeric_limits<float>::quiet_NaN()) {}

// The convex hull, by Andrew's monotone chain [Andrew1979].
std::vector<Canvas::Point> Canvas::outline(std::span<const CameraRay> body) const {
  std::vector<Point> points;
  const auto take = [&](CameraRay corner) {
    const auto pixel = camera_.model.project(corner);
    if (pixel) points.push_back({pixel->u + margin_px_, pixel->v + margin_px_});
  };
  const std::vector<CameraRay> corners = in_front(body);
  for (const CameraRay& corner : corners) take(corner);
  if (!camera_.model.distortion.is_none()) along_edges(corners, camera_.model.focal_px(), take);
  std::sort(points.begin(), points.end(),
            [](Point a, Point b) { return a.u != b.u ? a.u < b.u : a.v < b.v; });
  if (points.size() < 3) return points;
  std::vector<Point> hull;
  const auto add = [&](Point p, std::size_t least) {
    const auto turns_back = [&] {
      const Point &a = hull[hull.size() - 2], &b = hull.back();
      return (b.u - a.u) * (p.v - a.v) - (b.v - a.v) * (p.u - a.u) <= 0;
    };
    while (hull.size() > least && turns_back()) hull.pop_back();
    hull.push_back(p);
  };
  for (const Point& p : points) add(p, 1);
  const std::size_t lower = hull.size();
  for (auto p = points.rbegin() + 1; p != points.rend(); ++p) add(*p, lower);
  return hull;
}

std::vector<Canvas::Span> Canvas::spans(const std::vector<Point>& outline) const {
  std::vector<Span> out;
  if (outline.empty()) return out;
  double top = outline[0].v, bottom = outline[0].v;
  for (const Point& p : outline) top = std::min(top, p.v), bottom = std::max(bottom, p.v);
  const int first_row = std::max(to_int(std::floor(top + 0.5)), 0);
  const int last_row = std::min(to_int(std::floor(bottom + 0.5)), painted_.height() - 1);
  for (int row = first_row; row <= last_row; ++row) {
    double left = 1e9, right = -1e9;
    for (std::size_t i = 0; i < outline.size(); ++i) {
      const Point a = outline[i], b = outline[(i + 1) % outline.size()];
      const double way = b.v - a.v;
      double from = 0, to = 1;  // the part of this side within the row
      if (way != 0) {
        const auto [enter, leave] =
            std::minmax<double>({(row - 0.5 - a.v) / way, (row + 0.5 - a.v) / way});
        from = std::max(enter, 0.0), to = std::min(leave, 1.0);
      } else if (std::abs(a.v - row) > 0.5) {
        continue;
      }
      if (from > to) continue;
      const auto [west, east] =
          std::minmax<double>({a.u + from * (b.u - a.u), a.u + to * (b.u - a.u)});
      left = std::min(left, west), right = std::max(right, east);
    }
    const int first = std::max(to_int(std::floor(left + 0.5)), 0);
    const int last = std::min(to_int(std::floor(right + 0.5)), painted_.width() - 1);
    if (first <= last) out.push_back({row, first, last});
  }
  return out;
}

double Canvas::ground_m(int column, int row) {
  float& known = ground_m_.at(column, row);
  if (std::isnan(known)) {
    const sensor::Pixel corner{column - margin_px_ - 0.5, row - margin_px_ - 0.5};
    // A wall drawn a little off must not leave open what it only nearly hides.
    const auto hit = ray_to_ground(elevation_, camera_.pose.position,
                                   enu_from_camera(camera_.pose, camera_.model.ray(corner)),
                                   reach_m_, terrain::kRefraction, terrain::Surface::natural);
    known = hit ? static_cast<float>(hit->range_m) : std::numeric_limits<float>::infinity();
  }
  return double{known};
}

double Canvas::depth_m(int column, int row) {
  return std::max({ground_m(column, row), ground_m(column + 1, row), ground_m(column, row + 1),
                   ground_m(column + 1, row + 1)});
}

bool Canvas::is_in_sight(const std::vector<Span>& spans, double near_m) {
  for (const Span& span : spans) {
    for (int column = span.first; column <= span.last; ++column) {
      if (near_m <= depth_m(column, span.row) + kTolerance_m) return true;
    }
  }
  return false;
}

void Canvas::paint(const Block& block, double lower_m) {
  if (!is_in_sight(spans(outline(block.corners)), block.near_m)) return;
  const CameraRay down = camera_from_enu(camera_.pose, {0, 0, -lower_m});
  std::vector<CameraRay> body(block.corners.begin(), block.corners.end());
  for (const CameraRay& c : block.corners) {
    body.push_back({c.x + down.x, c.y + down.y, c.z + down.z});
  }
  for (const Span& span : spans(outline(body))) {
    const auto row = painted_.row(span.row);
    std::fill(row.begin() + span.first, row.begin() + span.last + 1, std::uint8_t{255});
  }
}

video::Image<std::uint8_t> Canvas::finish() const {
  const int width = camera_.model.width_px, height = camera_.model.height_px;
  video::Image<std::uint8_t> wide(painted_.width(), painted_.height());
  for (int y = 0; y < painted_.height(); ++y) grow_line(painted_.row(y), margin_px_, wide.row(y));
  video::Image<std::uint8_t> out(width, height);
  std::vector<std::uint8_t> column(static_cast<std::size_t>(painted_.height())), grown = column;
  for (int x = 0; x < width; ++x) {
    for (int y = 0; y < painted_.height(); ++y) {
      column[static_cast<std::size_t>(y)] = wide.at(x + margin_px_, y);
    }
    grow_line(column, margin_px_, grown);
    for (int y = 0; y < height; ++y) {
      out.at(x, y) = grown[static_cast<std::size_t>(y + margin_px_)];
    }
  }
  return out;
}

}  // namespace marsad::mask
