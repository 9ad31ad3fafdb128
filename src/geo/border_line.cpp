// SPDX-License-Identifier: Apache-2.0
#include "geo/border_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace marsad::geo {
namespace {

double cross(Enu a, Enu b) { return a.east * b.north - a.north * b.east; }

Enu flat(Enu a) { return {a.east, a.north, 0}; }

// How far along each of the steps a→b and c→d they meet, where they do.
struct Meeting {
  double on_first = 0;
  double on_second = 0;
};
std::optional<Meeting> meet(Enu a, Enu b, Enu c, Enu d) {
  const Enu first = b - a, second = d - c;
  const double denominator = cross(first, second);
  if (denominator == 0) return std::nullopt;
  const double on_first = cross(c - a, second) / denominator;
  const double on_second = cross(c - a, first) / denominator;
  if (on_first < 0 || on_first > 1 || on_second < 0 || on_second > 1) return std::nullopt;
  return Meeting{on_first, on_second};
}

// The first pair of segments, not neighbours, that meet.
std::optional<std::pair<std::size_t, std::size_t>> self_crossing(const std::vector<Enu>& points) {
  for (std::size_t i = 0; i + 1 < points.size(); ++i) {
    for (std::size_t j = i + 2; j + 1 < points.size(); ++j) {
      if (meet(points[i], points[i + 1], points[j], points[j + 1])) return {{i, j}};
    }
  }
  return std::nullopt;
}

}  // namespace

base::Result<BorderLine> BorderLine::make(std::vector<Geodetic> vertices, bool home_side_left) {
  for (Geodetic& vertex : vertices) vertex.height_m = 0;
  vertices.erase(std::unique(vertices.begin(), vertices.end()), vertices.end());
  if (vertices.size() < 2) {
    return base::Error{"",
                       fmt::format("the border line has {} distinct point{}; expected at least 2",
                                   vertices.size(), vertices.size() == 1 ? "" : "s")};
  }
  if (vertices.front().lat_rad < vertices.back().lat_rad) {
    std::reverse(vertices.begin(), vertices.end());
    home_side_left = !home_side_left;
  }
  const LocalFrame frame(vertices[vertices.size() / 2]);
  BorderLine line(std::move(vertices), home_side_left, frame);
  if (const auto pair = self_crossing(line.points_)) {
    const auto km = [&](std::size_t i) { return line.along_m_[i] / 1000; };
    return base::Error{"", fmt::format("the border line crosses itself: the stretch at km {:.2f} "
                                       "meets the stretch at km {:.2f}; expected a simple line",
                                       km(pair->first), km(pair->second))};
  }
  return line;
}

BorderLine::BorderLine(std::vector<Geodetic> vertices, bool home_side_left, LocalFrame frame)
    : vertices_(std::move(vertices)),
      frame_(std::move(frame)),
      home_sign_(home_side_left ? 1 : -1) {
  double along = 0;
  for (const Geodetic& vertex : vertices_) {
    const Enu point = flat(frame_.to_enu(vertex));
    if (!points_.empty()) along += norm(point - points_.back());
    points_.push_back(point);
    along_m_.push_back(along);
  }
}

Chainage BorderLine::chainage(Geodetic place) const {
  const Enu p = flat(frame_.to_enu(place));
  Chainage best;
  double best_distance = std::numeric_limits<double>::infinity();
  double best_offset = 0;
  for (std::size_t i = 0; i + 1 < points_.size(); ++i) {
    const Enu step = points_[i + 1] - points_[i];
    const double length = norm(step);
    const Enu off = p - points_[i];
    const double along = std::clamp(dot(off, step) / length, 0.0, length);
    const double distance = norm(off - (along / length) * step);
    // At a shared vertex both segments are equally near; the one seen more squarely knows the side.
    const double offset = std::abs(cross(step, off)) / length;
    const bool nearer = distance < best_distance - 1e-6;
    const bool as_near = distance < best_distance + 1e-6 && offset > best_offset;
    if (!nearer && !as_near) continue;
    best_distance = std::min(distance, best_distance);
    best_offset = offset;
    const double side = cross(step, off) >= 0 ? home_sign_ : -home_sign_;
    best = {along_m_[i] + along, side * distance};
  }
  return best;
}

std::size_t BorderLine::segment_at(double s_m) const {
  const auto next = std::upper_bound(along_m_.begin() + 1, along_m_.end() - 1, s_m);
  return static_cast<std::size_t>(next - along_m_.begin()) - 1;
}

Geodetic BorderLine::at(double s_m) const {
  s_m = std::clamp(s_m, 0.0, length_m());
  const std::size_t i = segment_at(s_m);
  const double fraction = (s_m - along_m_[i]) / (along_m_[i + 1] - along_m_[i]);
  const Enu point = points_[i] + fraction * (points_[i + 1] - points_[i]);
  return frame_.to_geodetic_at_height(point.east, point.north, 0);
}

std::optional<LineCrossing> BorderLine::crossing(Geodetic from, Geodetic to) const {
  const Enu a = flat(frame_.to_enu(from)), b = flat(frame_.to_enu(to));
  std::optional<LineCrossing> first;
  for (std::size_t i = 0; i + 1 < points_.size(); ++i) {
    const auto meeting = meet(a, b, points_[i], points_[i + 1]);
    if (!meeting || (first && first->fraction <= meeting->on_first)) continue;
    const Enu step = points_[i + 1] - points_[i];
    first = LineCrossing{along_m_[i] + meeting->on_second * norm(step), meeting->on_first,
                         cross(step, b - a) * home_sign_ > 0};
  }
  return first;
}

Enu BorderLine::toward_home(double s_m) const {
  const std::size_t i = segment_at(std::clamp(s_m, 0.0, length_m()));
  const Enu step = points_[i + 1] - points_[i];
  const double length = norm(step);
  return {-home_sign_ * step.north / length, home_sign_ * step.east / length, 0};
}

}  // namespace marsad::geo
