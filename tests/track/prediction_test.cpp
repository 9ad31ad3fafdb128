// SPDX-License-Identifier: Apache-2.0
#include "track/prediction.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/track/world.h"

namespace marsad::track {
namespace {

using test::at;
using test::plane;

// A walker at (e, n) of the plane with this velocity, known to 5 m and 0.1 m/s.
Track walker(double e_m, double n_m, double ve_mps, double vn_mps) {
  Track track;
  track.time = at(100);
  track.place = plane().to_geodetic({e_m, n_m, 0});
  track.ve_mps = ve_mps;
  track.vn_mps = vn_mps;
  track.cov = {25, 0, 0, 0, 25, 0, 0, 0.01, 0, 0.01};
  return track;
}

// From west to east through the plane's middle; home lies north.
geo::BorderLine border() {
  return *geo::BorderLine::make(
      {plane().to_geodetic({-5000, 0, 0}), plane().to_geodetic({5000, 0, 0})}, true);
}

double seconds(base::Time time) { return base::to_seconds(time.time_since_epoch()); }

TEST(PredictedPath, GoesStraightOnAndWidens) {
  const auto path = predicted_path(walker(10, 20, 1, -0.5), plane(), {});
  ASSERT_EQ(path.size(), 61U);
  EXPECT_EQ(path.front().time, at(100));
  EXPECT_NEAR(path.front().cov_m2.ee, 25, 1e-9);
  const geo::Enu end = plane().to_enu(path[30].place);
  EXPECT_NEAR(end.east, 310, 0.1);
  EXPECT_NEAR(end.north, -130, 0.1);
  for (std::size_t i = 1; i < path.size(); ++i) {
    EXPECT_GT(path[i].cov_m2.ee, path[i - 1].cov_m2.ee);
    EXPECT_GT(path[i].cov_m2.ee * path[i].cov_m2.nn, path[i].cov_m2.en * path[i].cov_m2.en);
  }
  // By hand: place and velocity as known, and the wandering's qt³/3.
  EXPECT_NEAR(path[6].cov_m2.ee, 25 + 0.01 * 3600 + 0.003 * 60 * 60 * 60 / 3.0, 1e-6);
}

TEST(PredictedPath, SpreadsNoWiderThanAMoverCanBe) {
  PredictionSettings settings;
  settings.horizon_s = 10000;
  const auto path = predicted_path(walker(0, 0, 0, 0), plane(), settings);
  const double sigma_mps = std::sqrt(path.back().cov_m2.ee) / 10000;
  EXPECT_LT(sigma_mps, settings.most_on_foot_mps + 0.1);
}

TEST(PredictedPath, OfAVehicleIsLessSure) {
  Track car = walker(0, 0, 10, 0);
  car.classes = {0, 1, 0, 0, 0, 0};
  EXPECT_GT(predicted_path(car, plane(), {})[6].cov_m2.ee,
            4 * predicted_path(walker(0, 0, 10, 0), plane(), {})[6].cov_m2.ee);
}

TEST(ArrivalAtTheBorder, IsWhenTheWayCrossesGiveOrTakeItsSpread) {
  const auto arrival = arrival_at(border(), predicted_path(walker(300, -140, 0, 1.4), plane(), {}));
  ASSERT_TRUE(arrival.has_value());
  EXPECT_NEAR(seconds(arrival->likely), 200, 2);
  EXPECT_LT(arrival->earliest, arrival->likely - std::chrono::seconds(20));
  ASSERT_TRUE(arrival->latest.has_value());
  EXPECT_GT(*arrival->latest, arrival->likely + std::chrono::seconds(20));
  EXPECT_TRUE(arrival->to_home);
  EXPECT_NEAR(border().at(arrival->s_m).lon_rad, plane().to_geodetic({300, 0, 0}).lon_rad, 1e-6);
}

TEST(ArrivalAtTheBorder, IsToldOfTheWayOutToo) {
  const auto arrival = arrival_at(border(), predicted_path(walker(0, 140, 0, -1.4), plane(), {}));
  ASSERT_TRUE(arrival.has_value());
  EXPECT_NEAR(seconds(arrival->likely), 200, 2);
  EXPECT_FALSE(arrival->to_home);
}

TEST(ArrivalAtTheBorder, IsNoneForOneWhoWalksAwayOrAlong) {
  EXPECT_FALSE(arrival_at(border(), predicted_path(walker(0, -500, 0, -1.4), plane(), {})));
  EXPECT_FALSE(arrival_at(border(), predicted_path(walker(0, -500, 1.4, 0), plane(), {})));
  EXPECT_FALSE(arrival_at(border(), {}));
}

TEST(NextSight, IsTheFirstOtherSensorOnTheWay) {
  const std::vector<sensor::SensorId> sensors = {{"here"}, {"near"}, {"far"}, {"blind"}};
  const Visibility visibility = [](const sensor::SensorId& sensor, geo::Geodetic place,
                                   sensor::MoverClass) {
    const double e = plane().to_enu(place).east;
    if (sensor.text == "here") return e < 500 ? 0.9 : 0.0;
    if (sensor.text == "near") return e > 205 ? 0.8 : 0.0;
    if (sensor.text == "far") return e > 405 ? 0.99 : 0.0;
    return 0.3;
  };
  const auto path = predicted_path(walker(0, 0, 1, 0), plane(), {});
  const auto next = next_sight(path, sensors, visibility, sensor::MoverClass::person);
  ASSERT_TRUE(next.has_value());
  EXPECT_EQ(next->sensor.text, "near");
  EXPECT_NEAR(seconds(next->time), 310, 1e-6);
  EXPECT_EQ(next->probability, 0.8);
  const std::vector<sensor::SensorId> only_here = {{"here"}, {"blind"}};
  EXPECT_FALSE(next_sight(path, only_here, visibility, sensor::MoverClass::person));
  EXPECT_FALSE(next_sight({}, sensors, visibility, sensor::MoverClass::person));
}

}  // namespace
}  // namespace marsad::track
