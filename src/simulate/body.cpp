// SPDX-License-Identifier: Apache-2.0
#include "simulate/body.h"

#include <cmath>
#include <numbers>

#include "simulate/random.h"

namespace marsad::simulate {
namespace {

// A box of a body: metres along its way from the middle, metres above its foot, and metres to each
// side of its way.
struct Box {
  double back_m = 0;
  double front_m = 0;
  double low_m = 0;
  double high_m = 0;
  double half_width_m = 0;
  double counts = 0;  // above the ground's
  bool glows = false;
};

std::vector<Box> person(double stature, double stride) {
  const double hip = 0.47 * stature, neck = 0.84 * stature;
  const double step = 0.16 * stride;
  return {{step - 0.08, step + 0.08, 0, hip, 0.1, 170},
          {-step - 0.08, -step + 0.08, 0, hip, 0.1, 170},
          {-0.18, 0.18, hip, neck, 0.24, 250},
          {-0.10, 0.10, neck, stature, 0.09, 330}};
}

std::vector<Box> vehicle(double size) {
  const double l = size, w = 0.95 * size;
  return {{-2.5 * l, 2.5 * l, 0.55, 1.15, w, 110},
          {-0.9 * l, 1.0 * l, 1.15, 1.85, 0.9 * w, 70},
          {1.2 * l, 2.0 * l, 0, 0.55, w, 260},
          {-2.0 * l, -1.2 * l, 0, 0.55, w, 260},
          {1.1 * l, 2.5 * l, 0.55, 1.15, w, 490, true},
          {-0.2 * l, 0.3 * l, 1.2, 1.8, 0.9 * w, 60, true}};
}

std::vector<Box> animal(double size, double stride) {
  const double step = 0.1 * stride;
  return {{-0.65 * size, 0.55 * size, 0.5 * size, 0.85 * size, 0.2 * size, 200},
          {-0.5 * size, 0.4 * size, 0.85 * size, 1.0 * size, 0.16 * size, 170},
          {0.55 * size, 0.85 * size, 0.75 * size, 1.2 * size, 0.1 * size, 240},
          {0.38 * size + step, 0.5 * size + step, 0, 0.5 * size, 0.14 * size, 130},
          {-0.6 * size - step, -0.48 * size - step, 0, 0.5 * size, 0.14 * size, 130}};
}

std::vector<Box> boxes(const TruthState& mover, double t_s) {
  const std::uint64_t own = hash_text(mover.id);
  const double size = between(0.93, 1.07, own);
  const double speed_mps = std::hypot(mover.ve_mps, mover.vn_mps);
  // About a step every 0.75 m, each mover in its own rhythm.
  const double phase = 2 * std::numbers::pi * (uniform(mix(own)) + speed_mps * t_s / 1.5);
  const double stride = speed_mps > 0.1 ? std::abs(std::sin(phase)) : 0.6;
  switch (mover.mover) {
    case sensor::MoverClass::person:
    case sensor::MoverClass::unknown:
      return person(1.7 * size, stride);
    case sensor::MoverClass::vehicle:
      return vehicle(size);
    case sensor::MoverClass::animal:
      return animal(size, stride);
    case sensor::MoverClass::aircraft:
      return {{-0.3, 0.3, 0, 0.15, 0.3, 200}, {-0.1, 0.1, 0, 0.15, 0.1, 300, true}};
    case sensor::MoverClass::bird:
      return {{-0.25, 0.25, 0, 0.15, 0.4, 150}};
  }
  return {};
}

}  // namespace

std::vector<Patch> body(const TruthState& mover, double t_s, const Stance& stance, const Air& air,
                        double ground_counts) {
  const double heading = std::atan2(mover.ve_mps, mover.vn_mps);
  const double turned = heading - stance.bearing_rad;
  const double along = std::sin(turned), across = std::abs(std::cos(turned));
  std::vector<Patch> patches;
  for (const Box& box : boxes(mover, t_s)) {
    const double middle = along * (box.front_m + box.back_m) / 2;
    const double reach =
        std::abs(along) * (box.front_m - box.back_m) / 2 + across * box.half_width_m;
    const double top = stance.foot_v - box.high_m * stance.px_per_m_up;
    const double bottom =
        std::min(stance.foot_v - box.low_m * stance.px_per_m_up, stance.hidden_below_v);
    if (top >= bottom) continue;
    const double counts = box.glows
                              ? air.transmission(stance.range_m) * box.counts
                              : air.seen(ground_counts + box.counts, stance.range_m, stance.slope);
    patches.push_back({stance.foot_u + (middle - reach) * stance.px_per_m_across,
                       stance.foot_u + (middle + reach) * stance.px_per_m_across, top, bottom,
                       counts, box.glows});
  }
  return patches;
}

}  // namespace marsad::simulate
