// SPDX-License-Identifier: Apache-2.0
#include "track/sight.h"

#include <algorithm>
#include <cmath>

namespace marsad::track {

namespace {

// What a mover is looked for as: one in the air as something that flies, though it be unsure what,
// for all else would be looked for on the ground below.
sensor::MoverClass looked_for_as(const Mover& mover) {
  const sensor::ClassProbabilities classes = mover.classes.probabilities();
  const sensor::MoverClass likeliest = sensor::likeliest(classes);
  if (!mover.in_air || likeliest == sensor::MoverClass::bird) return likeliest;
  return sensor::MoverClass::aircraft;
}

}  // namespace

double Sight::at(double e_m, double n_m, const Mover& mover) const {
  return visibility_(sensor_, frame_.to_geodetic_at_height(e_m, n_m, mover.height_m),
                     looked_for_as(mover));
}

double Sight::detection(const Mover& mover, const Motion& motion) const {
  const Kinematics k = moments(motion);
  return at(k.mean[0], k.mean[1], mover);
}

double Sight::least_detection(const Mover& mover, base::Time time,
                              const TrackerSettings& settings) const {
  constexpr double kPlausible = 1.5;  // sigmas
  const Motion motion = motion_at(mover, time, settings);
  const auto likeliest = static_cast<std::size_t>(
      std::max_element(motion.probability.begin(), motion.probability.end()) -
      motion.probability.begin());
  const Kinematics& now = motion.mode[likeliest];
  const Kinematics& then = mover.motion.mode[likeliest];
  const geo::Ellipse off =
      geo::ellipse(geo::CovEn{now.cov[0], now.cov[1], now.cov[4]} + mover.bias_root.cov_m2());
  const double e_m = now.mean[0], n_m = now.mean[1];
  double least = 1;
  const auto look_at = [&](double e, double n) {
    if (least > 0) least = std::min(least, at(e, n, mover));
  };
  look_at(e_m, n_m);
  const double ue = kPlausible * std::sin(off.azimuth_rad);
  const double un = kPlausible * std::cos(off.azimuth_rad);
  for (const double side : {-1.0, 1.0}) {
    look_at(e_m + side * off.major_m * ue, n_m + side * off.major_m * un);
    look_at(e_m + side * off.minor_m * un, n_m - side * off.minor_m * ue);
  }
  for (const double part : {0.25, 0.5, 0.75}) {
    look_at(then.mean[0] + part * (e_m - then.mean[0]), then.mean[1] + part * (n_m - then.mean[1]));
  }
  return least;
}

}  // namespace marsad::track
