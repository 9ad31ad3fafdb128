// SPDX-License-Identifier: Apache-2.0
#include "coverage/coverage.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "terrain/earthwork.h"
#include "tests/support/made_terrain.h"

namespace marsad::coverage {
namespace {

using sensor::MoverClass;
using test::at;

sensor::Camera looking(double azimuth_deg, double elevation_deg = -1) {
  sensor::Camera camera;
  camera.id = {"T1"};
  camera.model.horizontal_fov_rad = geo::radians(12);
  camera.pose = {at(0, 0, 30), geo::radians(azimuth_deg), geo::radians(elevation_deg), 0};
  return camera;
}

TEST(DetectionProbability, IsHalfAtTheHalfRange) {
  const sensor::Camera camera = looking(0);
  for (const MoverClass mover : {MoverClass::person, MoverClass::vehicle, MoverClass::animal}) {
    const double range_m = half_detection_range_m(camera, mover);
    EXPECT_NEAR(detection_probability_at(camera, range_m, mover), 0.5, 1e-3);
  }
}

TEST(DetectionProbability, FallsInBadAirAndWithLessContrastAndBetterInACoolerCamera) {
  const sensor::Camera camera = looking(0);
  const auto half_m = [](const sensor::Camera& c, Conditions conditions) {
    return half_detection_range_m(c, MoverClass::person, conditions);
  };
  EXPECT_LT(half_m(camera, {.extinction_per_km = 1}), 0.8 * half_m(camera, {}));
  EXPECT_LT(half_m(camera, {.contrast = 0.25}), 0.7 * half_m(camera, {}));
  sensor::Camera cooled = camera;
  cooled.optics.netd_K = 0.02;
  EXPECT_GT(half_m(cooled, {}), 1.2 * half_m(camera, {}));
}

TEST(DetectionProbability, NeverGrowsWithRange) {
  const sensor::Camera camera = looking(0);
  for (int mover = 0; mover < int{sensor::kMoverClasses}; ++mover) {
    double before = 1;
    for (double range_m = 1; range_m < 50'000; range_m *= 1.1) {
      const double p = detection_probability_at(camera, range_m, static_cast<MoverClass>(mover));
      EXPECT_LE(p, before);
      EXPECT_GE(p, 0);
      before = p;
    }
  }
}

TEST(DetectionProbability, OfAVehicleReachesMuchFurtherThanOfAPerson) {
  const sensor::Camera camera = looking(0);
  EXPECT_GT(half_detection_range_m(camera, MoverClass::vehicle),
            1.4 * half_detection_range_m(camera, MoverClass::person));
}

TEST(DetectionProbability, IsZeroOutsideTheFrame) {
  const auto ground = test::flat_terrain(5000);
  EXPECT_GT(detection_probability(looking(0), ground, at(0, 900), MoverClass::person), 0.85);
  EXPECT_GT(detection_probability(looking(0), ground, at(90, 900), MoverClass::person), 0.85);
  EXPECT_EQ(detection_probability(looking(0), ground, at(110, 900), MoverClass::person), 0);
  EXPECT_EQ(detection_probability(looking(0), ground, at(0, -900), MoverClass::person), 0);
  EXPECT_EQ(detection_probability(looking(0), ground, at(0, 60), MoverClass::person), 0);
}

TEST(DetectionProbability, IsZeroBehindAWallUnlessTallEnough) {
  const auto ground = test::made_terrain(
      4000, 10, [](double, double north) { return std::abs(north - 500) < 10 ? 16.5 : 0; });
  // The sight over the wall comes down to about 1.5 m at 1075 m.
  EXPECT_EQ(detection_probability(looking(0), ground, at(0, 1075), MoverClass::animal), 0);
  EXPECT_GT(detection_probability(looking(0), ground, at(0, 1075), MoverClass::vehicle), 0.9);
  EXPECT_EQ(detection_probability(looking(0), ground, at(0, 900), MoverClass::person), 0);
  EXPECT_GT(detection_probability(looking(0), ground, at(0, 1300), MoverClass::person), 0.5);
}

TEST(DetectionProbability, StandsAMoverOnTheGroundWhateverItsHeightSays) {
  const auto ground = test::flat_terrain(5000);
  geo::Geodetic place = at(0, 900);
  const double p = detection_probability(looking(0), ground, place, MoverClass::person);
  EXPECT_GT(p, 0.85);
  for (const double height_m : {-50.0, 400.0}) {
    place.height_m = height_m;
    EXPECT_EQ(detection_probability(looking(0), ground, place, MoverClass::person), p);
  }
}

TEST(DetectionProbability, TakesAnAircraftsHeightAsGiven) {
  const auto ground = test::flat_terrain(5000);
  EXPECT_GT(detection_probability(looking(0, 3), ground, at(0, 500, 60), MoverClass::aircraft),
            0.5);
  EXPECT_EQ(detection_probability(looking(0, 3), ground, at(0, 500, 0), MoverClass::aircraft), 0);
  EXPECT_EQ(detection_probability(looking(0), ground, at(0, 500, 300), MoverClass::bird), 0);
}

TEST(DetectionProbability, OfAnAircraftIsLessBeforeGroundThanBeforeSky) {
  const auto ground = test::flat_terrain(5000);
  const geo::Geodetic place = at(0, 2300, 60);
  sensor::Camera balloon = looking(0, -4);
  balloon.pose.position.height_m += 200;
  EXPECT_EQ(contrast_there(looking(0, 1), place, sensor::usual_target(MoverClass::aircraft)), 1);
  EXPECT_LT(contrast_there(balloon, place, sensor::usual_target(MoverClass::aircraft)), 1);
  EXPECT_EQ(contrast_there(balloon, at(0, 1300), sensor::usual_target(MoverClass::person)), 1);
  const double above = detection_probability(balloon, ground, place, MoverClass::aircraft);
  EXPECT_GT(above, 0);
  EXPECT_LT(above, 0.9 * detection_probability(looking(0, 1), ground, place, MoverClass::aircraft));
}

TEST(DetectionProbability, AtTheCameraItselfIsZero) {
  const auto ground = test::flat_terrain(5000);
  EXPECT_EQ(detection_probability(looking(0), ground, looking(0).pose.position, MoverClass::bird),
            0);
}

TEST(DetectionProbability, KnowsWhoStandsInATrenchAndOnABerm) {
  using terrain::EarthworkKind;
  const auto line = [](double north_m) {
    return std::vector<geo::Geodetic>{at(-300, north_m), at(300, north_m)};
  };
  const auto ground = test::flat_terrain(5000).with(
      {{EarthworkKind::trench, line(1000), 2.5, 4, 2}, {EarthworkKind::berm, line(1200), 3, 8, 2}});
  const auto plain = test::flat_terrain(5000);
  const auto seen = [&](const terrain::Elevation& on, double north_m) {
    return detection_probability(looking(0, -1.5), on, at(0, north_m), MoverClass::person);
  };
  EXPECT_GT(seen(plain, 1000), 0.5);
  EXPECT_EQ(seen(ground, 1000), 0);
  EXPECT_GT(seen(ground, 1200), 0.5);
  EXPECT_EQ(seen(ground, 1210), 0);
  EXPECT_GT(seen(plain, 1210), 0.5);
}

TEST(ContrastLeft, GrowsWithTheSpeedInThePictureFromNothing) {
  sensor::Camera camera;
  camera.optics.frames_per_s = 10;
  EXPECT_EQ(contrast_left(camera, 0), 0);
  EXPECT_LT(contrast_left(camera, 0.4), 0.1);
  EXPECT_GT(contrast_left(camera, 2), 0.75);
  EXPECT_LE(contrast_left(camera, 100), 1);
  // The more frames a second, the less a mover gets on from one to the next.
  const double at_ten = contrast_left(camera, 1.2);
  camera.optics.frames_per_s = 25;
  EXPECT_LT(contrast_left(camera, 1.2), at_ten);
}

}  // namespace
}  // namespace marsad::coverage
