// SPDX-License-Identifier: Apache-2.0
#include "locate/skyline_search.h"

#include <algorithm>
#include <cmath>

namespace marsad::locate {
namespace {

// Steps of azimuth, and of what the roll moves the picture's sides by.
constexpr double kAzimuthStep_px = 3;
constexpr double kRollStep_px = 3;
// Elevations this far apart are each tried by sliding the curve up and down.
constexpr double kSlide_rad = geo::radians(1);
// About so many columns are asked, with one of so many of the horizon's directions.
constexpr int kColumns = 160;
constexpr std::size_t kDirections = 4;
// An edge below another one is less likely the sky's.
constexpr double kLowerEdge = 0.5;
constexpr double kSurelyStrong = 8;

// Evenly over ±reach, no further apart than `step`.
std::vector<double> offsets(double reach, double step) {
  const int count = std::max(1, static_cast<int>(std::ceil(reach / step)));
  std::vector<double> out;
  for (int i = -count; i <= count; ++i) out.push_back(reach * i / count);
  return out;
}

// Counts by how much a curve must slide for the edges to lie on it.
class Slides {
 public:
  Slides(int reach_px, int stride, const std::vector<std::vector<SkyEdge>>& edges)
      : reach_px_(reach_px),
        stride_(stride),
        edges_(edges),
        votes_(static_cast<std::size_t>(2 * reach_px + 1)) {}

  struct Best {
    double slide_px = 0;
    double score = 0;
  };
  Best best(const Curve& curve) {
    std::fill(votes_.begin(), votes_.end(), 0);
    for (std::size_t i = 0; i < curve.size(); ++i) {
      if (!std::isnan(curve[i])) vote(edges_[i * static_cast<std::size_t>(stride_)], curve[i]);
    }
    Best out;
    for (std::size_t i = 1; i + 1 < votes_.size(); ++i) {
      const double score = votes_[i - 1] + 2 * votes_[i] + votes_[i + 1];
      if (score > out.score) out = {static_cast<double>(static_cast<int>(i) - reach_px_), score};
    }
    return out;
  }

 private:
  void vote(const std::vector<SkyEdge>& edges, double row) {
    double weight = 1;
    for (const SkyEdge& edge : edges) {
      const double slide = std::round(edge.v_px - row) + reach_px_;
      if (slide >= 0 && slide < static_cast<double>(votes_.size())) {
        votes_[static_cast<std::size_t>(slide)] +=
            weight * std::min(1.0, edge.strength / kSurelyStrong);
      }
      weight = kLowerEdge;
    }
  }

  int reach_px_;
  int stride_;
  const std::vector<std::vector<SkyEdge>>& edges_;
  std::vector<double> votes_;
};

}  // namespace

std::vector<SkylineGuess> search_skyline(const HorizonCurve& curve,
                                         const sensor::CameraModel& model,
                                         const sensor::Pose& around, double search_rad,
                                         const std::vector<std::vector<SkyEdge>>& edges,
                                         std::size_t most) {
  const double focal = model.focal_px();
  const int stride = std::max(1, model.width_px / kColumns);
  const auto elevations = offsets(search_rad, kSlide_rad);
  const double apart_rad = elevations.size() > 1 ? elevations[1] - elevations[0] : search_rad;
  Slides slides(static_cast<int>(std::ceil(0.55 * apart_rad * focal)) + 2, stride, edges);
  const HorizonCurve coarse = curve.thinned(kDirections);
  std::vector<SkylineGuess> by_azimuth;
  for (const double azimuth : offsets(search_rad, kAzimuthStep_px / focal)) {
    SkylineGuess best;
    for (const double roll : offsets(search_rad, 2 * kRollStep_px / model.width_px)) {
      for (const double elevation : elevations) {
        sensor::Pose pose = around;
        pose.azimuth_rad += azimuth;
        pose.elevation_rad += elevation;
        pose.roll_rad += roll;
        const auto [slide_px, score] = slides.best(coarse.rows(pose, stride));
        if (score <= best.score) continue;
        pose.elevation_rad += slide_px / focal;
        best = {pose, score};
      }
    }
    by_azimuth.push_back(best);
  }
  std::stable_sort(by_azimuth.begin(), by_azimuth.end(),
                   [](const SkylineGuess& a, const SkylineGuess& b) { return a.score > b.score; });
  std::vector<SkylineGuess> out;
  const double apart = 0.1 * model.horizontal_fov_rad;
  for (const SkylineGuess& guess : by_azimuth) {
    if (out.size() == most || guess.score <= 0) break;
    const bool near = std::any_of(out.begin(), out.end(), [&](const SkylineGuess& one) {
      return std::abs(one.pose.azimuth_rad - guess.pose.azimuth_rad) < apart;
    });
    if (!near) out.push_back(guess);
  }
  return out;
}

}  // namespace marsad::locate
