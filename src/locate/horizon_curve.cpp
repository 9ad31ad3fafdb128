// SPDX-License-Identifier: Apache-2.0
#include "locate/horizon_curve.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace marsad::locate {
namespace {

// Draws from one point to the next; where a curve is over itself the higher one is the skyline.
void draw(Curve& rows, int stride, sensor::Pixel from, sensor::Pixel to) {
  if (from.u > to.u) std::swap(from, to);
  const auto last = static_cast<double>((static_cast<int>(rows.size()) - 1) * stride);
  if (to.u < 0 || from.u > last) return;
  const int first = std::max(0, static_cast<int>(std::ceil(from.u / stride)));
  for (int i = first; i * stride <= std::min(to.u, last); ++i) {
    const double share = to.u > from.u ? (i * stride - from.u) / (to.u - from.u) : 0;
    double& row = rows[static_cast<std::size_t>(i)];
    const double v = from.v + share * (to.v - from.v);
    if (!(row <= v)) row = v;
  }
}

}  // namespace

HorizonCurve::HorizonCurve(sensor::CameraModel model,
                           const std::vector<std::optional<terrain::HorizonPoint>>& points)
    : model_(std::move(model)) {
  bool gap = true;
  for (const auto& point : points) {
    if (point) {
      const double level = std::cos(point->elevation_rad);
      ways_.push_back({{std::sin(point->azimuth_rad) * level, std::cos(point->azimuth_rad) * level,
                        std::sin(point->elevation_rad)},
                       point->range_m,
                       gap});
    }
    gap = !point;
  }
}

Curve HorizonCurve::rows(const sensor::Pose& pose, int stride) const {
  Curve rows(static_cast<std::size_t>((model_.width_px + stride - 1) / stride),
             std::numeric_limits<double>::quiet_NaN());
  // The axes once, since a pose's own take six sines each time.
  const std::array<geo::Enu, 3> axes = {sensor::enu_from_camera(pose, {1, 0, 0}),
                                        sensor::enu_from_camera(pose, {0, 1, 0}),
                                        sensor::enu_from_camera(pose, {0, 0, 1})};
  std::optional<sensor::Pixel> last;
  for (const Way& way : ways_) {
    const sensor::CameraRay ray{dot(axes[0], way.direction), dot(axes[1], way.direction),
                                dot(axes[2], way.direction)};
    const auto pixel = model_.project(ray);
    if (pixel && last && !way.after_gap) draw(rows, stride, *last, *pixel);
    last = pixel;
  }
  return rows;
}

double HorizonCurve::median_range_m() const {
  std::vector<double> ranges_m;
  for (const Way& way : ways_) ranges_m.push_back(way.range_m);
  const auto middle = ranges_m.begin() + static_cast<std::ptrdiff_t>(ranges_m.size() / 2);
  std::nth_element(ranges_m.begin(), middle, ranges_m.end());
  return *middle;
}

HorizonCurve HorizonCurve::thinned(std::size_t of) const {
  HorizonCurve out = *this;
  out.ways_.clear();
  bool gap = true;
  for (std::size_t i = 0; i < ways_.size(); ++i) {
    gap = gap || ways_[i].after_gap;
    if (i % of != 0) continue;
    out.ways_.push_back(ways_[i]);
    out.ways_.back().after_gap = gap;
    gap = false;
  }
  return out;
}

HorizonCurve HorizonCurve::moved(geo::Enu metres) const {
  HorizonCurve out = *this;
  for (Way& way : out.ways_) {
    const geo::Enu to = way.range_m * way.direction - metres;
    way.direction = (1 / norm(to)) * to;
  }
  return out;
}

}  // namespace marsad::locate
