// SPDX-License-Identifier: Apache-2.0
#include "locate/standing.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

#include "terrain/profile.h"
#include "terrain/ray.h"

namespace marsad::locate {
namespace {

// What is off by more sigmas than this is left out, though far behind a crest much ground may be
// seen by a small error.
constexpr double kReach = 5;
// Steps along the ground, in sigmas of the sight. A sum by the middles of steps of a sigma has a
// Gaussian's moments to 1e-7; on uneven ground the steps are not even, and shorter ones change mean
// errors by less than a hundredth (on other ground than that of bench/locate_bench).
constexpr double kStep = 0.35;
// No more steps than this in one cell.
constexpr double kMostSteps = 64;
// A height that is known exactly is still taken to be this uncertain.
constexpr double kLeastHeightSigma_m = 0.01;

double probability_below(double sigmas) {
  constexpr double kSure = 6;
  if (sigmas > kSure) return 1;
  if (sigmas < -kSure) return 0;
  return std::erfc(-sigmas / std::numbers::sqrt2) / 2;
}

// The upper hull of the ground from the eye on.
class Hull {
 public:
  Hull() { points_.reserve(64); }

  // Adds the next place, farther than all before, and tells how high an eye must be to see it.
  double add(double x_m, double z_m) {
    const Point p{x_m, z_m};
    while (points_.size() > 1 && is_below(points_.back(), points_[points_.size() - 2], p)) {
      points_.pop_back();
    }
    double least_m = -std::numeric_limits<double>::infinity();
    if (!points_.empty()) {
      const Point& before = points_.back();
      least_m = (before.z * p.x - p.z * before.x) / (p.x - before.x);
    }
    points_.push_back(p);
    return least_m;
  }

 private:
  struct Point {
    double x = 0;
    double z = 0;
  };
  static bool is_below(const Point& p, const Point& a, const Point& b) {
    return (p.z - a.z) * (b.x - a.x) <= (b.z - a.z) * (p.x - a.x);
  }

  std::vector<Point> points_;
};

class Walk {
 public:
  Walk(const PlaneSight& sight, double about_m, const terrain::Elevation& elevation,
       const LocatorSettings& settings)
      : sight_(sight),
        about_m_(about_m),
        elevation_(elevation),
        settings_(settings),
        slope_sigma2_(sight.slope_sigma * sight.slope_sigma),
        height_sigma_m_(std::max(sight.height_sigma_m, kLeastHeightSigma_m)),
        reach_m_(kReach * height_sigma_m_),
        lowest_slope_(sight.slope - kReach * sight.slope_sigma),
        highest_slope_(sight.slope + kReach * sight.slope_sigma) {}

  Standing run() {
    terrain::Profile profile(elevation_, sight_.eye, sight_.azimuth_rad, first_m(),
                             settings_.max_range_m, settings_.refraction);
    // Beyond ground that stands above the highest sight nothing is seen.
    while (hiding_slope_ < highest_slope_ && profile.next()) take(profile.piece());
    sum_.met = probability_below(most_sigmas_);
    return sum_;
  }

 private:
  // The lowest sight meets ground here. What comes before hides nothing and is not seen.
  double first_m() const {
    geo::Geodetic eye = sight_.eye;
    eye.height_m -= reach_m_;
    const double length = std::hypot(1, lowest_slope_);
    const auto hit = ray_to_ground(elevation_, eye,
                                   {std::sin(sight_.azimuth_rad) / length,
                                    std::cos(sight_.azimuth_rad) / length, lowest_slope_ / length},
                                   settings_.max_range_m, settings_.refraction);
    constexpr double kMargin = 0.999;
    return hit ? kMargin * hit->range_m : 0;
  }

  // Whether ground of this height is seen by a sight within reach.
  bool matters(double x_m, double z_m) const {
    return z_m > lowest_slope_ * x_m - reach_m_ && z_m > hiding_slope_ * x_m + reach_m_;
  }

  double sigma_m(double x_m) const {
    return std::sqrt(slope_sigma2_ * x_m * x_m + height_sigma_m_ * height_sigma_m_);
  }

  void take(const terrain::ProfilePiece& piece) {
    const terrain::Parabola& ground = piece.above_m;
    const double middle_m = (piece.from_m + piece.to_m) / 2;
    const bool some = matters(piece.from_m, ground.at(piece.from_m)) ||
                      matters(middle_m, ground.at(middle_m)) ||
                      matters(piece.to_m, ground.at(piece.to_m));
    if (!some) return;
    const double least_m = (piece.to_m - piece.from_m) / kMostSteps;
    for (double from_m = piece.from_m; from_m < piece.to_m;) {
      const double to_m = std::min(piece.to_m, from_m + std::max(least_m, step_m(ground, from_m)));
      take_step(ground, from_m, to_m);
      from_m = to_m;
    }
  }

  // How far ground appears to rise or sink by a step of so many sigmas.
  double step_m(const terrain::Parabola& ground, double x_m) const {
    const double sigma = sigma_m(x_m);
    const double off = (ground.at(x_m) - sight_.slope * x_m) / sigma;
    const double rate =
        (ground.slope(x_m) - sight_.slope - off * slope_sigma2_ * x_m / sigma) / sigma;
    const double bend = 2 * std::abs(ground.c2) / sigma;
    return 2 * kStep / (std::abs(rate) + std::sqrt(rate * rate + 2 * bend * kStep) + 1e-9);
  }

  void take_step(const terrain::Parabola& ground, double from_m, double to_m) {
    const double x_m = (from_m + to_m) / 2;
    const double z_m = ground.at(x_m);
    const double sigma = sigma_m(x_m);
    const double off_m = z_m - sight_.slope * x_m;
    const double e = off_m / sigma;
    const double least_m = hull_.add(x_m, z_m);
    const double end_m = ground.at(to_m);
    hull_.add(to_m, end_m);
    hiding_slope_ = std::max({hiding_slope_, (z_m - reach_m_) / x_m, (end_m - reach_m_) / to_m});
    most_sigmas_ = std::max(most_sigmas_, e);
    if (std::abs(e) > kReach) return;
    // The eye's height, given that the sight passes here.
    const double share = height_sigma_m_ / sigma;
    const double likeliest_m = e * share * height_sigma_m_;
    const double left_m = height_sigma_m_ * std::sqrt(slope_sigma2_) * x_m / sigma;
    const double seen = probability_below((likeliest_m - least_m) / left_m);
    const double weight = seen * x_m * x_m * (to_m - from_m) / sigma * std::exp(-e * e / 2);
    const double d_m = x_m - about_m_;
    sum_.weight += weight;
    sum_.d_m += weight * d_m;
    sum_.dd_m2 += weight * d_m * d_m;
    sum_.ddd_m3 += weight * d_m * d_m * d_m;
    sum_.dddd_m4 += weight * d_m * d_m * d_m * d_m;
    sum_.e += weight * e;
    sum_.ee += weight * e * e;
    sum_.de_m += weight * d_m * e;
  }

  const PlaneSight& sight_;
  double about_m_;
  const terrain::Elevation& elevation_;
  const LocatorSettings& settings_;
  double slope_sigma2_;
  double height_sigma_m_;
  double reach_m_;
  double lowest_slope_;
  double highest_slope_;
  // Ground below the line from the highest eye with this slope is seen by none.
  double hiding_slope_ = -std::numeric_limits<double>::infinity();
  double most_sigmas_ = -std::numeric_limits<double>::infinity();
  Hull hull_;
  Standing sum_;
};

}  // namespace

Standing standing_along(const PlaneSight& sight, double about_m,
                        const terrain::Elevation& elevation, const LocatorSettings& settings) {
  return Walk(sight, about_m, elevation, settings).run();
}

}  // namespace marsad::locate
