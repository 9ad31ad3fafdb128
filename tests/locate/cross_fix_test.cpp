// SPDX-License-Identifier: Apache-2.0
#include "locate/cross_fix.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <limits>
#include <random>

#include "geo/distance2.h"
#include "geo/local_frame.h"
#include "locate/locator.h"
#include "tests/support/locate_scene.h"
#include "tests/support/made_terrain.h"

namespace marsad::locate {
namespace {

using sensor::MoverClass;
using test::at;

const auto kLevel = std::make_shared<const terrain::Elevation>(test::flat_terrain(10'000));
const base::Time kStart{std::chrono::seconds(1000)};

base::Time after(double seconds) { return kStart + base::from_seconds(seconds); }

// What a camera there tells of a drone there: a bearing, with a milliradian of error each way, of
// which half stays.
Plot bearing(const char* sensor, geo::Geodetic from, geo::Geodetic drone) {
  const geo::Enu to = geo::LocalFrame(from).to_enu(drone);
  Plot plot;
  plot.sensor = {sensor};
  plot.time = kStart;
  plot.from = from;
  plot.bearing_rad = std::atan2(to.east, to.north);
  plot.elevation_rad = std::atan2(to.up, std::hypot(to.east, to.north));
  plot.bearing_sigma_rad = plot.elevation_sigma_rad = 1e-3;
  plot.bearing_bias_sigma_rad = plot.elevation_bias_sigma_rad = 0.5e-3;
  return plot;
}

double apart_m(const geo::Geodetic& one, const geo::Geodetic& other) {
  return norm(geo::LocalFrame(one).to_enu(other));
}

const geo::Geodetic kWest = at(-400, 0, 30), kEast = at(400, 0, 30);

// Two cameras 800 m apart that see the same moment.
class CrossFixTest : public ::testing::Test {
 protected:
  // What becomes of one's plots after the other's, seen so much earlier.
  std::vector<Plot> fix(const std::vector<Plot>& west, std::vector<Plot> east, double apart_s = 0) {
    CrossFix crosses(settings_, ground_);
    const std::vector<Plot> alone = crosses.fix({"W"}, after(0), west);
    for (const Plot& plot : alone) EXPECT_FALSE(plot.place);
    return crosses.fix({"E"}, after(apart_s), std::move(east));
  }
  // Of one drone.
  Plot fix(geo::Geodetic drone, double apart_s = 0) {
    return fix({bearing("W", kWest, drone)}, {bearing("E", kEast, drone)}, apart_s)[0];
  }

  CrossFixSettings settings_;
  std::shared_ptr<const terrain::Elevation> ground_ = kLevel;
};

geo::Geodetic drawn_place(double reach_m, double low_m, double high_m) {
  const auto share = [] { return *rc::gen::inRange(0, 1'000'001) / 1e6; };
  const double east = share(), north = share(), up = share();
  return at((2 * east - 1) * reach_m, (2 * north - 1) * reach_m, low_m + up * (high_m - low_m));
}

RC_GTEST_PROP(SightCrossing, OfExactBearingsIsTheExactPlace, ()) {
  const geo::Geodetic drone = drawn_place(2000, 20, 300);
  const Plot one = bearing("W", drawn_place(2000, 0, 50), drone);
  const Plot other = bearing("E", drawn_place(2000, 0, 50), drone);
  const auto crossing = cross(one, other, 0, 30);
  RC_PRE(crossing && crossing->angle_rad > 0.02);
  RC_ASSERT(apart_m(crossing->place, drone) < 1e-3);
  RC_ASSERT(crossing->misfit2 < 1e-6);
}

RC_GTEST_PROP(SightCrossing, IsTheSameWhicheverSensorComesFirst, ()) {
  const geo::Geodetic drone = drawn_place(2000, 20, 300);
  Plot one = bearing("W", drawn_place(2000, 0, 50), drone);
  Plot other = bearing("E", drawn_place(2000, 0, 50), drone);
  one.bearing_rad += 1e-3;
  other.elevation_rad -= 2e-3;
  other.elevation_sigma_rad = 3e-3;
  const auto there = cross(one, other, 0, 30), back = cross(other, one, 0, 30);
  RC_PRE(there && there->angle_rad > 0.02);
  RC_ASSERT(back.has_value());
  RC_ASSERT(apart_m(there->place, back->place) < 1e-2);
  // Their norths differ by the way between the sensors, a two-thousandth of a radian.
  const double size_m2 = there->bias_cov_m2.ee + there->bias_cov_m2.nn;
  RC_ASSERT(std::abs(there->bias_cov_m2.ee - back->bias_cov_m2.ee) < 2e-3 * size_m2);
  RC_ASSERT(std::abs(there->bias_cov_m2.en - back->bias_cov_m2.en) < 2e-3 * size_m2);
  RC_ASSERT(std::abs(there->misfit2 - back->misfit2) < 1e-3 * (1 + there->misfit2));
}

TEST(SightCrossing, IsNoneOfLinesThatRunAbreastOrApart) {
  const Plot north = bearing("W", at(0, 0, 30), at(0, 1000, 60));
  EXPECT_FALSE(cross(north, north, 0, 30));
  EXPECT_FALSE(cross(bearing("W", at(-100, 0, 30), at(-300, 1000, 60)),
                     bearing("E", at(100, 0, 30), at(300, 1000, 60)), 0, 30));
}

TEST(SightCrossing, IsNoneOfWhatIsNoNumber) {
  const Plot good = bearing("W", kWest, at(0, 500, 60));
  const Plot other = bearing("E", kEast, at(0, 500, 60));
  ASSERT_TRUE(cross(good, other, 0, 30));
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (double Plot::* const field : {&Plot::bearing_rad, &Plot::elevation_rad,
                                     &Plot::bearing_sigma_rad, &Plot::bearing_bias_sigma_rad,
                                     &Plot::elevation_sigma_rad, &Plot::elevation_bias_sigma_rad}) {
    Plot bad = good;
    bad.*field = nan;
    EXPECT_FALSE(cross(bad, other, 0, 30));
    EXPECT_FALSE(cross(other, bad, 0, 30));
  }
  Plot bad = good;
  bad.from->height_m = nan;
  EXPECT_FALSE(cross(bad, other, 0, 30));
  bad.from.reset();
  EXPECT_FALSE(cross(bad, other, 0, 30));
}

TEST_F(CrossFixTest, GivesADroneItsPlaceInTheAir) {
  const geo::Geodetic drone = at(50, 500, 60);
  const Plot plot = fix(drone);
  ASSERT_TRUE(plot.place);
  EXPECT_TRUE(plot.in_air);
  EXPECT_LT(apart_m(*plot.place, drone), 0.01);
  EXPECT_EQ(plot.sensor.text, "E");
  EXPECT_GT(plot.classes[std::size_t(MoverClass::aircraft)], 0.5);
  EXPECT_EQ(plot.classes[std::size_t(MoverClass::person)], 0);
}

TEST_F(CrossFixTest, LeavesABearingThatOneSensorAloneHas) {
  EXPECT_FALSE(fix({}, {bearing("E", kEast, at(0, 500, 60))})[0].place);
  // Nor does a sensor cross itself.
  CrossFix crosses(settings_, ground_);
  crosses.fix({"E"}, after(0), {bearing("E", kEast, at(0, 500, 60))});
  const auto again = crosses.fix({"E"}, after(0.1), {bearing("E", at(420, 0, 30), at(0, 500, 60))});
  EXPECT_FALSE(again[0].place);
}

TEST_F(CrossFixTest, LeavesWhatHasAPlaceOnTheGround) {
  Plot walker = bearing("E", kEast, at(0, 500, 60));
  walker.place = at(0, 480, 0);
  const Plot after = fix({bearing("W", kWest, at(0, 500, 60))}, {walker})[0];
  EXPECT_EQ(after.place, walker.place);
  EXPECT_FALSE(after.in_air);
}

TEST_F(CrossFixTest, ErrorsAreLongWhereTheLinesMeetSharply) {
  const geo::Ellipse near = geo::ellipse(fix(at(0, 400, 60)).bias_cov_m2);
  const Plot plot = fix(at(0, 4000, 250));
  ASSERT_TRUE(plot.place);
  const geo::Ellipse far = geo::ellipse(plot.cov_m2 + plot.bias_cov_m2);
  EXPECT_LT(near.major_m, 1.5 * near.minor_m);
  EXPECT_GT(far.major_m, 5 * far.minor_m);
  EXPECT_NEAR(std::sin(far.azimuth_rad), 0, 0.05);  // along the lines of sight
}

TEST_F(CrossFixTest, IsNoneWhereTheAngleIsTooSmallToTell) {
  settings_.least_angle_rad = 0.25;
  EXPECT_TRUE(fix(at(0, 3000, 200)).place);
  EXPECT_FALSE(fix(at(0, 3300, 200)).place);
  EXPECT_FALSE(fix(at(0, 2, 60)).place);  // between the two, who look at each other
}

TEST_F(CrossFixTest, IsNoneUnlessInTheAir) {
  EXPECT_FALSE(fix(at(0, 500, 4)).place);
  EXPECT_TRUE(fix(at(0, 500, 12)).place);
  EXPECT_FALSE(fix(at(0, 500, 800)).place);
  ground_ = std::make_shared<const terrain::Elevation>(test::flat_terrain(10'000, 50));
  EXPECT_FALSE(fix(at(0, 500, 52)).place);
  EXPECT_FALSE(fix(at(0, 500, 40)).place);
  ground_ = std::make_shared<const terrain::Elevation>(test::flat_terrain(300));
  EXPECT_FALSE(fix(at(0, 2000, 60)).place) << "nobody knows the ground there";
}

TEST_F(CrossFixTest, NeedsTheLinesToPassAsCloselyAsTheirErrorsAllow) {
  const geo::Geodetic drone = at(0, 500, 60);
  for (const double off_sigmas : {1.0, 8.0}) {
    Plot east = bearing("E", kEast, drone);
    east.elevation_rad += off_sigmas * east.elevation_sigma_rad;
    EXPECT_EQ(fix({bearing("W", kWest, drone)}, {east})[0].place.has_value(), off_sigmas < 3);
  }
}

TEST_F(CrossFixTest, TwoAtDifferentHeightsAreTwoPlacesAndNoGhosts) {
  const geo::Geodetic low = at(-60, 450, 50), high = at(60, 550, 80);
  const auto plots = fix({bearing("W", kWest, low), bearing("W", kWest, high)},
                         {bearing("E", kEast, high), bearing("E", kEast, low)});
  ASSERT_TRUE(plots[0].place && plots[1].place);
  EXPECT_LT(apart_m(*plots[0].place, high), 0.01);
  EXPECT_LT(apart_m(*plots[1].place, low), 0.01);
  // Seen by one each, they cross where nobody is.
  EXPECT_FALSE(fix({bearing("W", kWest, low)}, {bearing("E", kEast, high)})[0].place);
}

TEST_F(CrossFixTest, OfThreeSensorsTheSharpestPairCounts) {
  const geo::Geodetic drone = at(0, 2000, 100), beside = at(420, 0, 30);
  CrossFix crosses(settings_, ground_);
  crosses.fix({"A"}, after(0), {bearing("A", beside, drone)});
  crosses.fix({"W"}, after(0), {bearing("W", kWest, drone)});
  const Plot of_three = crosses.fix({"E"}, after(0), {bearing("E", kEast, drone)})[0];
  EXPECT_EQ(of_three.bias_cov_m2, fix(drone).bias_cov_m2);
}

TEST_F(CrossFixTest, LooksTooLongApartAreOfDifferentMoments) {
  EXPECT_TRUE(fix(at(0, 500, 60), 0.2).place);
  EXPECT_FALSE(fix(at(0, 500, 60), 0.4).place);
}

TEST_F(CrossFixTest, TheWayMadeBetweenTwoLooksIsInTheError) {
  const geo::Geodetic before = at(0, 500, 60), now = at(4, 500, 60);  // at 20 m/s
  const Plot plot = fix({bearing("W", kWest, before)}, {bearing("E", kEast, now)}, 0.2)[0];
  ASSERT_TRUE(plot.place);
  const double off_m = apart_m(*plot.place, now);
  EXPECT_GT(off_m, 1);
  EXPECT_LT(off_m, 2 * geo::ellipse(plot.bias_cov_m2).major_m);
}

TEST_F(CrossFixTest, ALateLookIsFixedByThoseAboutIt) {
  CrossFix crosses(settings_, ground_);
  for (double t_s = 0; t_s < 1.5; t_s += 0.1) {
    crosses.fix({"W"}, after(t_s), {bearing("W", kWest, at(10 * t_s, 500, 60))});
  }
  const auto late = crosses.fix({"E"}, after(0.5), {bearing("E", kEast, at(5, 500, 60))});
  ASSERT_TRUE(late[0].place);
  EXPECT_LT(apart_m(*late[0].place, at(5, 500, 60)), 0.05);
  crosses.fix({"W"}, after(10), {});
  EXPECT_FALSE(crosses.fix({"E"}, after(0.6), {bearing("E", kEast, at(6, 500, 60))})[0].place)
      << "kept no longer";
}

TEST_F(CrossFixTest, ItIsAnAircraftUnlessBothLooksCallItABird) {
  const geo::Geodetic flyer = at(0, 500, 60);
  const auto aircraft = [&](const sensor::ClassProbabilities& west,
                            const sensor::ClassProbabilities& east) {
    Plot one = bearing("W", kWest, flyer), other = bearing("E", kEast, flyer);
    one.classes = west;
    other.classes = east;
    const sensor::ClassProbabilities classes = fix({one}, {other})[0].classes;
    EXPECT_DOUBLE_EQ(
        classes[std::size_t(MoverClass::aircraft)] + classes[std::size_t(MoverClass::bird)], 1);
    return classes[std::size_t(MoverClass::aircraft)];
  };
  const sensor::ClassProbabilities bird = {0.02, 0, 0, 0.06, 0.92, 0},
                                   drone = {0, 0, 0, 0.9, 0.1, 0},
                                   walker = {0.9, 0.02, 0.02, 0.03, 0.03, 0},
                                   either = {0, 0, 0, 0.4, 0.6, 0};
  EXPECT_LT(aircraft(bird, bird), 0.4);
  EXPECT_GT(aircraft(either, either), 0.6);
  EXPECT_GT(aircraft(sensor::kUnknownClass, sensor::kUnknownClass), 0.7);
  EXPECT_GT(aircraft(walker, walker), 0.7);
  EXPECT_GT(aircraft(drone, drone), 0.9);
  EXPECT_GT(aircraft(drone, bird), aircraft(bird, bird));
}

// Draws a drone's pictures by two cameras whose poses are off by as much as their sigmas tell, and
// lets the locator tell the bearings.
class FixTrial {
 public:
  explicit FixTrial(unsigned seed) : random_(seed) {}

  struct Error {
    double nees = 0;
    double up_sigmas = 0;
    double off_m = 0;
  };
  std::optional<Error> draw() {
    const geo::Geodetic drone = at(1200 * (share() - 0.5), 400 + 1600 * share(), 90 + 60 * share());
    const auto west = seen("W", -400, drone), east = seen("E", 400, drone);
    if (!west || !east) return std::nullopt;
    const auto crossing = cross(*west, *east, 0, 30);
    if (!crossing) return std::nullopt;
    const geo::Enu off = geo::LocalFrame(crossing->place).to_enu(drone);
    const geo::CovEn cov = crossing->cov_m2 + crossing->bias_cov_m2;
    return Error{geo::distance2(off.east, off.north, cov), off.up / crossing->up_sigma_m,
                 std::hypot(off.east, off.north)};
  }

 private:
  std::optional<Plot> seen(const char* id, double east_m, geo::Geodetic drone) {
    sensor::Camera camera = test::camera_at(at(east_m, 0, 30), east_m < 0 ? 15 : -15, 5);
    camera.id = {id};
    camera.model.horizontal_fov_rad = geo::radians(60);
    camera.sigma = {.azimuth_rad = 0.002,
                    .elevation_rad = 0.002,
                    .roll_rad = 0.003,
                    .position_m = 1,
                    .height_m = 1};
    sensor::Pose truth = camera.pose;
    truth.azimuth_rad += normal(camera.sigma.azimuth_rad);
    truth.elevation_rad += normal(camera.sigma.elevation_rad);
    truth.roll_rad += normal(camera.sigma.roll_rad);
    truth.position =
        geo::LocalFrame(camera.pose.position).to_geodetic({normal(1), normal(1), normal(1)});
    const geo::Enu to = geo::LocalFrame(truth.position).to_enu(drone);
    const auto pixel = camera.model.project(camera_from_enu(truth, to));
    if (!pixel) return std::nullopt;
    constexpr double kSigma_px = 0.4;
    detect::Detection detection;
    detection.centroid = {pixel->u + normal(kSigma_px), pixel->v + normal(kSigma_px)};
    detection.box = {int(detection.centroid.u) - 1, int(detection.centroid.v) - 1, 3, 2};
    detection.cov_px2 = {kSigma_px * kSigma_px, 0, kSigma_px * kSigma_px};
    const Plot plot = Locator(camera, kLevel).locate(test::frame_of(camera, {detection})).front();
    if (plot.place) return std::nullopt;
    return plot;
  }
  double normal(double sigma) { return sigma * normal_(random_); }
  double share() { return uniform_(random_); }

  std::mt19937_64 random_;
  std::normal_distribution<double> normal_;
  std::uniform_real_distribution<double> uniform_{0, 1};
};

// The errors told are no smaller than those made: of a sensor's place they are told somewhat larger
// than they are farther off than kBearingRange_m, and of its pointing nearer.
TEST(SightCrossing, IsAsFarOffAsItTells) {
  FixTrial trial(5);
  int count = 0;
  double nees = 0, below_5_99 = 0, up2 = 0, off_m = 0;
  for (int i = 0; i < 4000; ++i) {
    const auto error = trial.draw();
    if (!error) continue;
    ++count;
    nees += error->nees;
    below_5_99 += error->nees < 5.991;
    up2 += error->up_sigmas * error->up_sigmas;
    off_m += error->off_m;
  }
  ASSERT_GT(count, 2000);
  std::cout << count << " fixes, NEES mean " << nees / count << ", share below 5.99 "
            << below_5_99 / count << ", of the height " << up2 / count << ", off by "
            << off_m / count << " m in the mean\n";
  EXPECT_GT(nees / count, 1.5);
  EXPECT_LT(nees / count, 2.1);
  EXPECT_GT(below_5_99 / count, 0.94);
  EXPECT_GT(up2 / count, 0.7);
  EXPECT_LT(up2 / count, 1.1);
}

}  // namespace
}  // namespace marsad::locate
