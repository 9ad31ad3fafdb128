// SPDX-License-Identifier: Apache-2.0
#include "geo/border_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace marsad::geo {
namespace {

double cross(Enu a, Enu b) { return a.east * b.north - a.north * b.east; }

// A place's foot in a plane. Its own height would shift it: "up" there is not "up" here.
Enu foot(const LocalFrame& frame, Geodetic place) {
  place.height_m = 0;
  const Enu at = frame.to_enu(place);
  return {at.east, at.north, 0};
}

Geodetic halfway(Geodetic a, Geodetic b) {
  return {(a.lat_rad + b.lat_rad) / 2, (a.lon_rad + b.lon_rad) / 2, 0};
}

// The point of a step nearest to another, metres from its beginning.
double nearest_along(Enu step, double length_m, Enu off) {
  return std::clamp(dot(off, step) / length_m, 0.0, length_m);
}

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
  if (const auto pair = self_crossing(line.overview_)) {
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
      along_m_{0},
      home_sign_(home_side_left ? 1 : -1) {
  for (const Geodetic& vertex : vertices_) overview_.push_back(foot(frame_, vertex));
  for (std::size_t i = 0; i + 1 < vertices_.size(); ++i) {
    const LocalFrame here(halfway(vertices_[i], vertices_[i + 1]));
    const Enu from = foot(here, vertices_[i]), step = foot(here, vertices_[i + 1]) - from;
    stretches_.push_back({here, from, step, norm(step)});
    along_m_.push_back(along_m_.back() + norm(step));
  }
  constexpr std::size_t kInBlock = 16;
  for (std::size_t first = 0; first < stretches_.size(); first += kInBlock) {
    add_block(first, std::min(kInBlock, stretches_.size() - first));
  }
}

void BorderLine::add_block(std::size_t first, std::size_t count) {
  Block block{first, count, 0.5 * (overview_[first] + overview_[first + count]), 0};
  for (std::size_t i = first; i <= first + count; ++i) {
    block.radius_m = std::max(block.radius_m, norm(overview_[i] - block.middle));
  }
  blocks_.push_back(block);
}

double BorderLine::overview_distance_m(std::size_t stretch, Enu p) const {
  const Enu step = overview_[stretch + 1] - overview_[stretch], off = p - overview_[stretch];
  const double length_m = norm(step);
  return norm(off - (nearest_along(step, length_m, off) / length_m) * step);
}

Chainage BorderLine::chainage(Geodetic place) const {
  // The overview shrinks lengths far from its middle, by a thousandth at 300 km, a hundredth at
  // 900, so it only tells which stretches may be the nearest; those are then measured in their own
  // frames.
  constexpr double kDistortion = 1.02, kVertex_m = 1;
  const Enu p = foot(frame_, place);
  double limit_m = std::numeric_limits<double>::infinity();
  for (const Block& block : blocks_) {
    const Enu vertex = overview_[block.first];
    limit_m = std::min(limit_m, norm(p - vertex) * kDistortion + kVertex_m);
  }
  std::vector<std::pair<std::size_t, double>> near;  // stretches, and how far off they seem
  for (const Block& block : blocks_) {
    if (norm(p - block.middle) - block.radius_m > limit_m) continue;
    for (std::size_t i = block.first; i < block.first + block.count; ++i) {
      const double distance_m = overview_distance_m(i, p);
      limit_m = std::min(limit_m, distance_m * kDistortion + kVertex_m);
      if (distance_m <= limit_m) near.emplace_back(i, distance_m);
    }
  }

  Chainage best;
  double best_distance = std::numeric_limits<double>::infinity();
  double best_offset = 0;
  for (const auto& [i, distance_m] : near) {
    if (distance_m > limit_m) continue;
    const Stretch& stretch = stretches_[i];
    const Enu off = foot(stretch.frame, place) - stretch.from;
    const double along = nearest_along(stretch.step, stretch.length_m, off);
    const double distance = norm(off - (along / stretch.length_m) * stretch.step);
    // At a shared vertex both stretches are equally near; the one seen more squarely knows the
    // side. Their frames differ by micrometres.
    constexpr double kEqual_m = 1e-4;
    const double offset = std::abs(cross(stretch.step, off)) / stretch.length_m;
    const bool nearer = distance < best_distance - kEqual_m;
    const bool as_near = distance < best_distance + kEqual_m && offset > best_offset;
    if (!nearer && !as_near) continue;
    best_distance = std::min(distance, best_distance);
    best_offset = offset;
    const double side = cross(stretch.step, off) >= 0 ? home_sign_ : -home_sign_;
    best = {along_m_[i] + along, side * distance};
  }
  return best;
}

std::size_t BorderLine::stretch_at(double s_m) const {
  const auto next = std::upper_bound(along_m_.begin() + 1, along_m_.end() - 1, s_m);
  return static_cast<std::size_t>(next - along_m_.begin()) - 1;
}

Geodetic BorderLine::at(double s_m) const {
  s_m = std::clamp(s_m, 0.0, length_m());
  const std::size_t i = stretch_at(s_m);
  const Stretch& stretch = stretches_[i];
  const Enu point = stretch.from + ((s_m - along_m_[i]) / stretch.length_m) * stretch.step;
  return stretch.frame.to_geodetic_at_height(point.east, point.north, 0);
}

std::optional<LineCrossing> BorderLine::crossing(Geodetic from, Geodetic to) const {
  const Enu a = foot(frame_, from), b = foot(frame_, to);
  std::optional<LineCrossing> first;
  for (std::size_t i = 0; i < stretches_.size(); ++i) {
    const auto meeting = meet(a, b, overview_[i], overview_[i + 1]);
    if (!meeting || (first && first->fraction <= meeting->on_first)) continue;
    first =
        LineCrossing{along_m_[i] + meeting->on_second * stretches_[i].length_m, meeting->on_first,
                     cross(overview_[i + 1] - overview_[i], b - a) * home_sign_ > 0};
  }
  return first;
}

Enu BorderLine::toward_home(double s_m) const {
  const Stretch& stretch = stretches_[stretch_at(std::clamp(s_m, 0.0, length_m()))];
  const Enu& step = stretch.step;
  return {-home_sign_ * step.north / stretch.length_m, home_sign_ * step.east / stretch.length_m,
          0};
}

}  // namespace marsad::geo
