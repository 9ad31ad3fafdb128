// SPDX-License-Identifier: Apache-2.0
#include "sensor/thermal_range.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "sensor/air.h"

namespace marsad::sensor {
namespace {

constexpr double kAlmostNoAir_per_km = 1e-6;

ThermalCamera camera_of(double focal_mm, double pitch_um) {
  ThermalCamera camera;
  camera.focal_px = focal_mm * 1000 / pitch_um;
  camera.optics.pitch_um = pitch_um;
  return camera;
}

// The range at which a chance that falls with it is one half.
template <class Chance>
double half_range_m(Chance chance) {
  double near_m = 1, far_m = 200'000;
  while (far_m - near_m > 0.1) {
    const double middle_m = (near_m + far_m) / 2;
    (chance(middle_m) > 0.5 ? near_m : far_m) = middle_m;
  }
  return near_m;
}

double person_half_m(const ThermalCamera& camera, MoverClass mover, Task task,
                     double extinction_per_km) {
  return half_range_m([&](double range_m) {
    return person_succeeds(camera, usual_target(mover), range_m, extinction_per_km, task);
  });
}

double machine_half_m(const ThermalCamera& camera, MoverClass mover, double extinction_per_km) {
  return half_range_m([&](double range_m) {
    return machine_detects(camera, usual_target(mover), range_m, extinction_per_km);
  });
}

// Hikvision DS-2TD8166, quick start guide, table 2-1 (17 µm) and 2-2 (25 µm): half of the looks in
// fine weather, person of 0.75 m, vehicle of 2.3 m.
TEST(ThermalRange, is_what_a_maker_says_where_the_air_takes_nothing) {
  struct Row {
    double focal_mm, pitch_um, vehicle_m, person_m, recognised_person_m;
  };
  for (const Row& row : {Row{75, 17, 6765, 2206, 551}, Row{100, 17, 9020, 2941, 735},
                         Row{150, 25, 9200, 3000, 750}}) {
    const ThermalCamera camera = camera_of(row.focal_mm, row.pitch_um);
    const auto half_m = [&](MoverClass mover, Task task) {
      return person_half_m(camera, mover, task, kAlmostNoAir_per_km);
    };
    EXPECT_NEAR(half_m(MoverClass::vehicle, Task::detect), row.vehicle_m, 2);
    EXPECT_NEAR(half_m(MoverClass::person, Task::detect), row.person_m, 2);
    EXPECT_NEAR(half_m(MoverClass::person, Task::recognise), row.recognised_person_m, 2);
  }
}

// Published for a tower's camera, without its lens: a person at 2.4 km and a vehicle at 4 km. Such
// a lens exists, and the two ranges fit one lens: in clear air the machine's are in that
// proportion.
TEST(ThermalRange, of_a_towers_camera_is_2_4_km_for_a_person_and_4_km_for_a_vehicle) {
  const double extinction_per_km = kClearAir_per_km;
  double focal_mm = 20;
  while (machine_half_m(camera_of(focal_mm, 17), MoverClass::person, extinction_per_km) < 2400)
    focal_mm += 1;
  EXPECT_LT(focal_mm, 100);
  EXPECT_NEAR(machine_half_m(camera_of(focal_mm, 17), MoverClass::vehicle, extinction_per_km), 4000,
              1000);
}

TEST(ThermalRange, of_a_walker_of_4_by_8_pixels_at_3_sigmas_is_nearly_sure) {
  ThermalCamera camera = camera_of(100, 12);
  camera.optics.f_number = 0.01;  // no blur, as the walkers of walker_bench
  ThermalTarget walker = usual_target(MoverClass::person);
  walker.width_m = 0.85;
  walker.contrast_K = 3 * camera.optics.netd_K;
  const double range_m = camera.focal_px * walker.height_m / 8;
  EXPECT_NEAR(detection_snr(camera, walker, range_m, 0), 9, 1e-6);
  EXPECT_GT(machine_detects(camera, walker, range_m, 0), 0.97);
}

RC_GTEST_PROP(ThermalRange, falls_with_range_noise_and_bad_air_and_grows_with_contrast, ()) {
  ThermalCamera camera = camera_of(*rc::gen::inRange(20, 300), *rc::gen::element(12, 17, 25));
  ThermalTarget target = usual_target(static_cast<MoverClass>(*rc::gen::inRange(0, 6)));
  const double range_m = *rc::gen::inRange(50, 20'000);
  const double extinction_per_km = *rc::gen::inRange(0, 100) / 50.0;
  const double more = 1 + *rc::gen::inRange(1, 100) / 50.0;
  const auto chances = [](const ThermalCamera& c, const ThermalTarget& t, double r, double e) {
    return std::pair(machine_detects(c, t, r, e), person_succeeds(c, t, r, e, Task::recognise));
  };
  const auto [machine, person] = chances(camera, target, range_m, extinction_per_km);
  RC_ASSERT(machine >= 0 && machine <= 1 && person >= 0 && person <= 1);
  const auto is_no_better = [&](std::pair<double, double> other) {
    constexpr double kRounding = 1e-9;
    return other.first <= machine + kRounding && other.second <= person + kRounding;
  };
  RC_ASSERT(is_no_better(chances(camera, target, more * range_m, extinction_per_km)));
  RC_ASSERT(is_no_better(chances(camera, target, range_m, extinction_per_km + more)));
  ThermalCamera noisy = camera;
  noisy.optics.netd_K *= more;
  RC_ASSERT(is_no_better(chances(noisy, target, range_m, extinction_per_km)));
  ThermalTarget fainter = target;
  fainter.contrast_K /= more;
  RC_ASSERT(is_no_better(chances(camera, fainter, range_m, extinction_per_km)));
}

TEST(ThermalRange, blurs_what_is_small) {
  ThermalCamera sharp = camera_of(75, 12), blurred = sharp;
  blurred.optics.jitter_px = 1.5;
  const ThermalTarget person = usual_target(MoverClass::person);
  EXPECT_LT(detection_snr(blurred, person, 2000, 0), 0.7 * detection_snr(sharp, person, 2000, 0));
  EXPECT_NEAR(detection_snr(blurred, person, 20, 0) / detection_snr(sharp, person, 20, 0), 1, 0.01);
}

TEST(ThermalRange, resolves_nothing_finer_than_two_pixels_a_cycle) {
  const ThermalCamera camera = camera_of(75, 12);
  EXPECT_TRUE(std::isinf(least_resolved_K(camera, 0.5)));
  EXPECT_LT(least_resolved_K(camera, 0.1), least_resolved_K(camera, 0.3));
  EXPECT_LT(least_resolved_K(camera, 0.3), least_resolved_K(camera, 0.45));
}

}  // namespace
}  // namespace marsad::sensor
