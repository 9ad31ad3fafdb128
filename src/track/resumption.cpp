// SPDX-License-Identifier: Apache-2.0
#include "track/resumption.h"

#include <algorithm>
#include <utility>

namespace marsad::track {
namespace {

constexpr double kDormantAfter_s = 8;

// How much longer movers keep to a way of moving in dead ground than elsewhere.
constexpr double kLasting = 10;

// How many movers never seen before show, where one may come out of dead ground.
constexpr double kNew_pm2 = 1e-8;

// How much likelier two beliefs of class are of one mover than of any two.
double class_likelihood(const Mover& a, const Mover& b) {
  constexpr auto kUnknown = static_cast<std::size_t>(sensor::MoverClass::unknown);
  constexpr double kLeast = 0.02;
  const sensor::ClassProbabilities one = a.classes.probabilities();
  const sensor::ClassProbabilities other = b.classes.probabilities();
  const double told = (1 - one[kUnknown]) * (1 - other[kUnknown]);
  double agree = 0;
  for (std::size_t c = 0; c < kUnknown; ++c) agree += one[c] * other[c];
  // Against classes all as likely as each other.
  return std::max(kLeast, 1 - told + double(kUnknown) * agree);
}

}  // namespace

bool dormant(const Mover& mover, base::Time now) {
  return mover.status == TrackStatus::confirmed &&
         now - mover.in_sight > base::from_seconds(kDormantAfter_s);
}

double resumption_weight(const Mover& dormant, const Mover& fresh, base::Time now,
                         const TrackerSettings& settings) {
  // A walker does not take to driving in there.
  MotionModes lasting = settings.modes;
  for (MotionMode& mode : lasting) mode.mean_stay_s *= kLasting;
  Motion before = dormant.motion;
  predict(before, base::to_seconds(now - dormant.time), lasting);
  Kinematics after = moments(motion_at(fresh, now, settings));
  const geo::CovEn bias = dormant.bias_cov_m2 + fresh.bias_cov_m2;
  after.cov[0] += bias.ee;
  after.cov[1] += bias.en;
  after.cov[4] += bias.nn;
  const Motion anyone = born({0, 0, {}}, settings.modes);
  double same = 0, other = 0;
  for (std::size_t m = 0; m < kModes; ++m) {
    same += before.probability[m] * density(before.mode[m], after);
    other += anyone.probability[m] * velocity_density(anyone.mode[m], after);
  }
  return class_likelihood(dormant, fresh) * same / (kNew_pm2 * other);
}

void resume(const Mover& dormant, Mover& fresh) {
  fresh.id = dormant.id;
  fresh.order = dormant.order;
  fresh.first_seen = dormant.first_seen;
  fresh.plots += dormant.plots;
  fresh.classes = dormant.classes;
  std::vector<std::uint32_t> sensors = dormant.sensors;
  for (const std::uint32_t sensor : fresh.sensors) {
    if (std::find(sensors.begin(), sensors.end(), sensor) == sensors.end()) {
      sensors.push_back(sensor);
    }
  }
  fresh.sensors = std::move(sensors);
}

}  // namespace marsad::track
