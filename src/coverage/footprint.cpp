// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <utility>

#include "coverage/coverage.h"
#include "geo/local_frame.h"

namespace marsad::coverage {
namespace {

constexpr double kWidestSector_rad = geo::radians(0.5);
constexpr int kFewestSectors = 48;
constexpr double kShortestStep_m = 5;

// A stretch of one azimuth that is seen.
struct Stretch {
  double near_m = 0;
  double far_m = 0;
};

bool overlap(Stretch a, Stretch b) { return a.near_m < b.far_m && b.near_m < a.far_m; }

// Which azimuths the frame covers.
struct Span {
  double from_rad = 0;
  double to_rad = 0;
};

bool shows_straight_down(const sensor::Camera& camera) {
  const auto pixel = camera.model.project(camera_from_enu(camera.pose, {0, 0, -1}));
  return pixel && pixel->u >= 0 && pixel->v >= 0 && pixel->u < camera.model.width_px &&
         pixel->v < camera.model.height_px;
}

// The azimuths of the frame's edge, which are the outermost unless it shows the nadir.
Span span_of(const sensor::Camera& camera) {
  const double middle = camera.pose.azimuth_rad;
  if (shows_straight_down(camera)) {
    return {middle - std::numbers::pi, middle + std::numbers::pi};
  }
  Span span{middle, middle};
  constexpr int kEdgePoints = 32;
  const double width = camera.model.width_px, height = camera.model.height_px;
  for (int i = 0; i <= kEdgePoints; ++i) {
    const double u = width * i / kEdgePoints - 0.5, v = height * i / kEdgePoints - 0.5;
    for (const sensor::Pixel pixel : {sensor::Pixel{u, -0.5}, sensor::Pixel{u, height - 0.5},
                                      sensor::Pixel{-0.5, v}, sensor::Pixel{width - 0.5, v}}) {
      const geo::Enu ray = enu_from_camera(camera.pose, camera.model.ray(pixel));
      const double azimuth = std::atan2(ray.east, ray.north);
      const double off = std::remainder(azimuth - middle, 2 * std::numbers::pi);
      span.from_rad = std::min(span.from_rad, middle + off);
      span.to_rad = std::max(span.to_rad, middle + off);
    }
  }
  return span;
}

// The camera's surroundings in polar coordinates.
class Sweep {
 public:
  Sweep(const sensor::Camera& camera, const terrain::Elevation& elevation,
        const Conditions& conditions)
      : camera_(camera),
        elevation_(elevation),
        conditions_(conditions),
        frame_({camera.pose.position.lat_rad, camera.pose.position.lon_rad, 0}),
        reach_m_(half_detection_range_m(camera, sensor::MoverClass::person, conditions)),
        step_m_(std::max(kShortestStep_m, elevation.spacing_m() / 3)) {}

  geo::Geodetic place(double azimuth_rad, double range_m) const {
    geo::Geodetic place =
        frame_.to_geodetic({range_m * std::sin(azimuth_rad), range_m * std::cos(azimuth_rad), 0});
    place.height_m = elevation_.surface_m(place.lat_rad, place.lon_rad).value_or(0);
    return place;
  }

  std::vector<Stretch> seen_along(double azimuth_rad) const {
    std::vector<Stretch> stretches;
    bool seen_before = false;
    const int steps = static_cast<int>(std::ceil(reach_m_ / step_m_));
    for (int step = 0; step < steps; ++step) {
      const double near = step * step_m_;
      const double far = std::min(near + step_m_, reach_m_);
      const bool seen = is_seen(azimuth_rad, (near + far) / 2);
      if (seen && !seen_before) stretches.push_back({near, far});
      if (seen) stretches.back().far_m = far;
      seen_before = seen;
    }
    return stretches;
  }

 private:
  bool is_seen(double azimuth_rad, double range_m) const {
    const geo::Geodetic there = place(azimuth_rad, range_m);
    return elevation_.height_m(there.lat_rad, there.lon_rad) &&
           detection_probability(camera_, elevation_, there, sensor::MoverClass::person,
                                 conditions_) >= 0.5;
  }

  const sensor::Camera& camera_;
  const terrain::Elevation& elevation_;
  Conditions conditions_;
  geo::LocalFrame frame_;
  double reach_m_;
  double step_m_;
};

// Neighbouring stretches that belong together, one an azimuth.
struct Patch {
  std::size_t first_sector = 0;
  std::vector<Stretch> stretches;
};

// Which of the others a stretch overlaps, where that is exactly one.
std::optional<std::size_t> only_overlap(Stretch stretch, const std::vector<Stretch>& others) {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < others.size(); ++i) {
    if (!overlap(stretch, others[i])) continue;
    if (found) return std::nullopt;
    found = i;
  }
  return found;
}

// Joins stretches of neighbouring azimuths to patches. Where one stretch meets two, patches end
// and new ones begin, which keeps every patch without holes.
std::vector<Patch> patches_of(const std::vector<std::vector<Stretch>>& sectors) {
  std::vector<Patch> patches;
  std::vector<std::size_t> patch_before;  // of each stretch of the sector before
  for (std::size_t sector = 0; sector < sectors.size(); ++sector) {
    std::vector<std::size_t> patch_now;
    for (const Stretch stretch : sectors[sector]) {
      const auto before = sector == 0 ? std::nullopt : only_overlap(stretch, sectors[sector - 1]);
      if (before && only_overlap(sectors[sector - 1][*before], sectors[sector])) {
        patch_now.push_back(patch_before[*before]);
      } else {
        patch_now.push_back(patches.size());
        patches.push_back({sector, {}});
      }
      patches[patch_now.back()].stretches.push_back(stretch);
    }
    patch_before = std::move(patch_now);
  }
  return patches;
}

// Out along the near side of a patch and back along its far side. Corners lie in the middle of
// each sector; the first and last reach half a sector further, to its edge.
std::vector<geo::Geodetic> ring_of(const Patch& patch, const Sweep& sweep, double from_rad,
                                   double sector_rad) {
  struct Corner {
    double azimuth_rad;
    Stretch stretch;
  };
  const auto edge_rad = [&](std::size_t sector) {
    return from_rad + static_cast<double>(sector) * sector_rad;
  };
  std::vector<Corner> corners = {{edge_rad(patch.first_sector), patch.stretches.front()}};
  for (std::size_t i = 0; i < patch.stretches.size(); ++i) {
    corners.push_back({edge_rad(patch.first_sector + i) + sector_rad / 2, patch.stretches[i]});
  }
  corners.push_back(
      {edge_rad(patch.first_sector + patch.stretches.size()), patch.stretches.back()});
  std::vector<geo::Geodetic> ring;
  for (const Corner& corner : corners) {
    ring.push_back(sweep.place(corner.azimuth_rad, corner.stretch.near_m));
  }
  for (auto corner = corners.rbegin(); corner != corners.rend(); ++corner) {
    ring.push_back(sweep.place(corner->azimuth_rad, corner->stretch.far_m));
  }
  ring.erase(std::unique(ring.begin(), ring.end()), ring.end());
  ring.push_back(ring.front());
  return ring;
}

}  // namespace

Footprint footprint(const sensor::Camera& camera, const terrain::Elevation& elevation,
                    const Conditions& conditions) {
  const Sweep sweep(camera, elevation, conditions);
  const Span span = span_of(camera);
  const double width_rad = span.to_rad - span.from_rad;
  const int count =
      std::max(kFewestSectors, static_cast<int>(std::ceil(width_rad / kWidestSector_rad)));
  const double sector_rad = width_rad / count;
  std::vector<std::vector<Stretch>> sectors;
  for (int i = 0; i < count; ++i) {
    sectors.push_back(sweep.seen_along(span.from_rad + (i + 0.5) * sector_rad));
  }
  Footprint footprint{camera.id, {}};
  for (const Patch& patch : patches_of(sectors)) {
    footprint.rings.push_back(ring_of(patch, sweep, span.from_rad, sector_rad));
  }
  return footprint;
}

}  // namespace marsad::coverage
