// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "geo/distance2.h"
#include "geo/local_frame.h"
#include "simulate/scenario.h"
#include "tests/support/made_terrain.h"

namespace marsad::simulate {
namespace {

using geo::radians;
using test::at;
using test::kFrame;

sensor::Camera tower(const std::string& id) {
  sensor::Camera camera;
  camera.id = {id};
  camera.model.horizontal_fov_rad = radians(24);
  camera.pose = {at(0, 0, 30), 0, radians(-1.5), 0};
  return camera;
}

World night(geo::Geodetic place, int count = 1) {
  Party party;
  party.name = "guard";
  party.count = count;
  party.spacing_m = 0;
  party.path = {place};
  Scenario scenario;
  scenario.parties = {party};
  return World(scenario, std::make_shared<const terrain::Elevation>(test::flat_terrain(9000)));
}

bool is_person(const locate::Plot& plot) {
  return sensor::likeliest(plot.classes) == sensor::MoverClass::person;
}

bool equal(const locate::Plot& a, const locate::Plot& b) {
  return a.sensor == b.sensor && a.time == b.time && a.cause == b.cause && a.place == b.place &&
         a.cov_m2 == b.cov_m2 && a.bearing_rad == b.bearing_rad && a.classes == b.classes;
}

TEST(Plots, ErrorsAreAsLargeAsTheirCovarianceTells) {
  const geo::Geodetic place = at(100, 1500);
  const World world = night(place);
  constexpr int kScans = 4000;
  double squares = 0;
  int reports = 0;
  for (int scan = 0; scan < kScans; ++scan) {
    for (const locate::Plot& plot : plots(world, {tower("T1")}, scan, base::Time())) {
      if (!is_person(plot)) continue;
      const geo::Enu off = kFrame.to_enu(*plot.place) - kFrame.to_enu(place);
      const geo::CovEn c = plot.cov_m2;
      ASSERT_GT(c.ee * c.nn - c.en * c.en, 0);
      squares += geo::distance2(off.east, off.north, c);
      ++reports;
    }
  }
  EXPECT_NEAR(squares / reports, 2, 0.15);
  EXPECT_NEAR(static_cast<double>(reports) / kScans, 0.87, 0.03);
}

TEST(Plots, ABiasIsTheSameInEveryScanAndToldApart) {
  sensor::Camera camera = tower("T1");
  camera.sigma.azimuth_rad = 5e-3;
  const geo::Geodetic place = at(0, 1500);
  const World world = night(place);
  double off_m = 0;
  int reports = 0;
  for (int scan = 0; scan < 500; ++scan) {
    for (const locate::Plot& plot : plots(world, {camera}, scan, base::Time())) {
      if (!is_person(plot)) continue;
      EXPECT_NEAR(plot.bias_cov_m2.ee, std::pow(7.5, 2), 1);
      off_m += kFrame.to_enu(*plot.place).east;
      ++reports;
    }
  }
  // What is left after averaging is the camera's own error.
  EXPECT_GT(std::abs(off_m / reports), 0.3);
  EXPECT_LT(std::abs(off_m / reports), 4 * 7.5);
}

TEST(Plots, NobodyIsReportedOutOfViewOrTooFar) {
  for (const geo::Geodetic place : {at(0, -500), at(900, 900), at(0, 7000)}) {
    const World world = night(place);
    for (int scan = 0; scan < 60; ++scan) {
      for (const locate::Plot& plot : plots(world, {tower("T1")}, scan, base::Time())) {
        EXPECT_FALSE(is_person(plot));
      }
    }
  }
}

TEST(Plots, TellSensorTimeAndCause) {
  const World world = night(at(0, 800), 5);
  const base::Time start{base::from_seconds(50)};
  const auto found = plots(world, {tower("T1"), tower("T2")}, 12.5, start);
  ASSERT_GT(found.size(), 5U);
  EXPECT_EQ(found.front().sensor.text, "T1");
  EXPECT_EQ(found.back().sensor.text, "T2");
  for (const locate::Plot& plot : found) {
    EXPECT_EQ(plot.time, start + base::from_seconds(12.5));
    EXPECT_EQ(plot.cause.frame, 12'500U);
    EXPECT_NEAR(std::accumulate(plot.classes.begin(), plot.classes.end(), 0.0), 1, 1e-9);
    EXPECT_GE(plot.bearing_rad, 0);
    EXPECT_LT(plot.bearing_rad, 2 * M_PI);
    ASSERT_TRUE(plot.place.has_value());
  }
  EXPECT_NE(found[0].cause, found[1].cause);
}

TEST(Plots, AreAFunctionOfTheTimeAlone) {
  const World world = night(at(0, 800), 5);
  const auto first = plots(world, {tower("T1")}, 3, base::Time());
  (void)plots(world, {tower("T1")}, 9, base::Time());
  const auto again = plots(world, {tower("T1")}, 3, base::Time());
  ASSERT_EQ(first.size(), again.size());
  for (std::size_t i = 0; i < first.size(); ++i) EXPECT_TRUE(equal(first[i], again[i]));
}

TEST(Plots, HoldAFewFalseOnes) {
  const World world = night(at(0, -500));
  std::size_t falsely = 0;
  for (int scan = 0; scan < 1000; ++scan) {
    falsely += plots(world, {tower("T1")}, scan, base::Time()).size();
  }
  EXPECT_GT(falsely, 100U);
  EXPECT_LT(falsely, 400U);
}

}  // namespace
}  // namespace marsad::simulate
