// SPDX-License-Identifier: Apache-2.0
#include "locate/locator.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/locate_scene.h"
#include "tests/support/made_terrain.h"

namespace marsad::locate {
namespace {

using test::at;
using test::camera_at;
using test::frame_of;
using test::kFrame;
using test::pixel_of;
using test::standing_at;

std::shared_ptr<const terrain::Elevation> flat() {
  return std::make_shared<const terrain::Elevation>(test::flat_terrain(10'000));
}

// What T1, 40 m up and looking north-east, reports of something standing there.
Plot plot_of(geo::Geodetic mover, sensor::PoseSigma sigma = {}, LocatorSettings settings = {}) {
  sensor::Camera camera = camera_at(at(0, 0, 40), 45, -2);
  camera.sigma = sigma;
  const auto foot = pixel_of(camera.model, camera.pose, mover);
  return Locator(camera, flat(), settings).locate(frame_of(camera, {standing_at(*foot)}))[0];
}

TEST(Locator, PutsAMoverWhereItsFootIs) {
  for (const double range : {600.0, 1200.0}) {
    const geo::Geodetic mover = at(range * std::sin(0.8), range * std::cos(0.8));
    const Plot plot = plot_of(mover);
    ASSERT_TRUE(plot.place.has_value());
    // Half a row, at this depression.
    const double focal = camera_at({}, 0, 0).model.focal_px();
    const double half_a_row_m = 0.5 / focal * range * range / 40;
    EXPECT_LT(geo::norm(kFrame.to_enu(*plot.place) - kFrame.to_enu(mover)), 1.2 * half_a_row_m);
    EXPECT_NEAR(plot.bearing_rad, 0.8, 1e-5);
    EXPECT_NEAR(plot.elevation_rad, std::atan2(-40, range), 2e-4);
  }
}

TEST(Locator, KeepsTheNameAndTheOrderOfTheDetections) {
  const sensor::Camera camera = camera_at(at(0, 0, 40), 45, -2);
  detect::Detection first = standing_at({100, 300}), second = standing_at({400, 280});
  first.index = 3, second.index = 5;
  second.snr = 12;
  second.classes = {1, 0, 0, 0, 0, 0};
  const auto plots = Locator(camera, flat()).locate(frame_of(camera, {first, second}));
  ASSERT_EQ(plots.size(), 2u);
  EXPECT_EQ(plots[0].cause, (Cause{17, 3}));
  EXPECT_EQ(plots[1].cause, (Cause{17, 5}));
  EXPECT_EQ(plots[1].sensor.text, "T1");
  EXPECT_EQ(plots[1].snr, 12);
  EXPECT_GT(plots[1].classes[0], 0.99);  // certain of the class, whatever the size
  EXPECT_TRUE(Locator(camera, flat()).locate(frame_of(camera, {})).empty());
}

TEST(Locator, LooksAlongThePoseOfTheFrameNotOfTheSite) {
  const sensor::Camera camera = camera_at(at(0, 0, 40), 45, -2);
  auto frame = frame_of(camera, {standing_at({319.5, 255.5})});
  frame.pose.azimuth_rad = geo::radians(120);
  EXPECT_NEAR(Locator(camera, flat()).locate(frame)[0].bearing_rad, geo::radians(120), 1e-6);
}

TEST(Locator, TellsOnlyTheBearingOfWhatIsAgainstTheSky) {
  const sensor::Camera camera = camera_at(at(0, 0, 40), 300, 1);
  const auto plots = Locator(camera, flat()).locate(frame_of(camera, {standing_at({319.5, 100})}));
  EXPECT_FALSE(plots[0].place.has_value());
  EXPECT_NEAR(plots[0].bearing_rad, geo::radians(300), 1e-6);
  EXPECT_GT(plots[0].elevation_rad, geo::radians(1));
  EXPECT_GT(plots[0].bearing_sigma_rad, 0);
}

TEST(Locator, TellsOnlyTheBearingBeyondTheMapAndBeyondTheRange) {
  EXPECT_FALSE(plot_of(at(12'000, 12'000)).place.has_value());
  EXPECT_TRUE(plot_of(at(1000, 1000)).place.has_value());
  EXPECT_FALSE(plot_of(at(1000, 1000), {}, {.max_range_m = 1300}).place.has_value());
}

TEST(Locator, TellsOnlyTheBearingWhereOneSigmaOfElevationReachesBeyondTheRange) {
  sensor::PoseSigma sigma;
  EXPECT_TRUE(plot_of(at(2500, 2500), sigma, {.max_range_m = 5000}).place.has_value());
  sigma.elevation_rad = geo::radians(0.3);
  EXPECT_FALSE(plot_of(at(2500, 2500), sigma, {.max_range_m = 5000}).place.has_value());
}

TEST(Locator, OfACameraThatLiesOnTheGroundEndsToo) {
  sensor::Camera camera = camera_at(at(0, 0, 0), 45, -2);
  camera.sigma = {0.01, 0.01, 0.01, 5, 3};
  for (const double height_m : {0.0, 1e-9, 0.2}) {
    camera.pose.position.height_m = height_m;
    for (const double row : {0.0, 255.5, 511.0}) {
      const auto plots =
          Locator(camera, flat()).locate(frame_of(camera, {standing_at({300, row})}));
      ASSERT_EQ(plots.size(), 1u);
      EXPECT_TRUE(!plots[0].place || std::isfinite(plots[0].bias_cov_m2.ee));
    }
  }
}

TEST(Locator, TellsOnlyTheBearingOfWhatFlies) {
  const sensor::Camera camera = camera_at(at(0, 0, 40), 45, -15);
  detect::Detection detection = standing_at({300, 300});
  detection.box = {298, 297, 5, 4};  // some 10 cm, 150 m off
  detection.classes = {0.01, 0, 0, 0.01, 0.98, 0};
  EXPECT_FALSE(Locator(camera, flat()).locate(frame_of(camera, {detection}))[0].place);
  detection.classes = {0.4, 0, 0, 0.2, 0.4, 0};
  EXPECT_TRUE(Locator(camera, flat()).locate(frame_of(camera, {detection}))[0].place);
}

TEST(Locator, KeepsOnTheGroundWhatMayBeAVehicleHoweverSureTheDetectorIsThatItFlies) {
  const sensor::Camera camera = camera_at(at(0, 0, 40), 45, -2);
  detect::Detection detection = standing_at({300, 300});
  detection.box = {292, 293, 14, 8};
  for (const int width : {14, 40, 60}) {
    detection.box.width = width;
    detection.classes = {0, 0, 0, 0.99, 0.01, 0};
    EXPECT_TRUE(Locator(camera, flat()).locate(frame_of(camera, {detection}))[0].place) << width;
  }
}

TEST(Locator, KeepsOnTheGroundWhatTheDetectorTakesForABirdButIsAsLargeAsAPerson) {
  const sensor::Camera camera = camera_at(at(0, 0, 40), 45, -2);
  detect::Detection detection = standing_at({300, 300});
  detection.classes = {0.05, 0, 0, 0.05, 0.88, 0.02};
  const Plot plot = Locator(camera, flat()).locate(frame_of(camera, {detection}))[0];
  EXPECT_TRUE(plot.place);
  EXPECT_GT(plot.classes[static_cast<std::size_t>(sensor::MoverClass::person)], 0.3);
}

TEST(Locator, PixelErrorIsLongAlongTheSightAndShortAcross) {
  const double range = 1000;
  const Plot plot = plot_of(at(range / std::sqrt(2), range / std::sqrt(2)), {}, {.size_sigma = 0});
  const geo::Ellipse ellipse = geo::ellipse(plot.cov_m2);
  const double focal = camera_at({}, 0, 0).model.focal_px();
  // One row is range² / (focal height) on level ground, one column range / focal.
  EXPECT_NEAR(ellipse.major_m, 0.7 * range * range / (focal * 40), 0.5);
  EXPECT_NEAR(ellipse.minor_m, 0.2 * range / focal, 0.01);
  EXPECT_NEAR(ellipse.azimuth_rad, geo::radians(45), 0.01);
}

TEST(Locator, PlacesALargeBoxNoBetterThanAShareOfItsSize) {
  const double range = 1000;
  const Plot plot =
      plot_of(at(range / std::sqrt(2), range / std::sqrt(2)), {}, {.size_sigma = 0.2});
  const geo::Ellipse ellipse = geo::ellipse(plot.cov_m2);
  const double focal = camera_at({}, 0, 0).model.focal_px();
  // The box is 5 px wide and 10 px high.
  EXPECT_NEAR(ellipse.minor_m, 0.2 * 5 * range / focal, 0.05);
  EXPECT_NEAR(ellipse.major_m, 0.2 * 10 * range * range / (focal * 40), 1);
}

TEST(Locator, EachErrorOfThePoseLeavesItsShareInTheBias) {
  const double range = 1000;
  const geo::Geodetic mover = at(range / std::sqrt(2), range / std::sqrt(2));
  const LocatorSettings exact_ground{.elevation_sigma_m = 0};
  const auto bias = [&](sensor::PoseSigma sigma) {
    return geo::ellipse(plot_of(mover, sigma, exact_ground).bias_cov_m2);
  };
  EXPECT_EQ(bias({}).major_m, 0);
  EXPECT_NEAR(bias({.azimuth_rad = 0.002}).major_m, 2, 0.1);
  EXPECT_NEAR(bias({.azimuth_rad = 0.002}).azimuth_rad, geo::radians(-45), 0.01);
  EXPECT_NEAR(bias({.elevation_rad = 0.001}).major_m, 25, 1.5);
  EXPECT_NEAR(bias({.elevation_rad = 0.001}).azimuth_rad, geo::radians(45), 0.01);
  EXPECT_NEAR(bias({.position_m = 3}).minor_m, 3, 0.01);
  EXPECT_NEAR(bias({.height_m = 1}).major_m, 25, 1.5);
  EXPECT_NEAR(geo::ellipse(plot_of(mover).bias_cov_m2).major_m, 75, 6);
}

TEST(Locator, BearingSigmaHoldsPointingPixelAndPosition) {
  const geo::Geodetic mover = at(700, 700);
  const double pixel_only = plot_of(mover).bearing_sigma_rad;
  // A tenth of a box 5 px wide.
  EXPECT_NEAR(pixel_only, 0.5 / camera_at({}, 0, 0).model.focal_px(), 1e-6);
  EXPECT_NEAR(plot_of(mover, {.azimuth_rad = 0.003}).bearing_sigma_rad,
              std::hypot(0.003, pixel_only), 1e-6);
  EXPECT_NEAR(plot_of(mover, {.position_m = 5}).bearing_sigma_rad,
              std::hypot(5 / std::hypot(700, 700), pixel_only), 2e-5);
}

TEST(Locator, PlacesAMoverOnACrestThoughTheRayAboveFindsNoGround) {
  const auto ridge = std::make_shared<const terrain::Elevation>(test::made_terrain(
      5000, 20,
      [](double, double north) { return std::max(0.0, 60 - std::abs(north - 1500) / 5); }));
  const sensor::Camera camera = camera_at(at(0, 0, 20), 0, 0);
  const auto crest = pixel_of(camera.model, camera.pose, at(0, 1490, 57.5));
  sensor::Camera unsure = camera;
  unsure.sigma.elevation_rad = 0.004;
  const Plot plot = Locator(unsure, ridge).locate(frame_of(unsure, {standing_at(*crest)}))[0];
  ASSERT_TRUE(plot.place.has_value());
  EXPECT_NEAR(kFrame.to_enu(*plot.place).north, 1490, 10);
  EXPECT_GT(geo::ellipse(plot.bias_cov_m2).major_m, 15);
  EXPECT_LT(geo::ellipse(plot.bias_cov_m2).major_m, 120);
}

// A crest 60 m high with level ground before it, and behind it from `behind_m` on.
std::shared_ptr<const terrain::Elevation> crest(double behind_m) {
  return std::make_shared<const terrain::Elevation>(
      test::made_terrain(22'000, 30, [=](double, double north) {
        if (north > 1500) return std::max(behind_m, 60 - (north - 1500) / 5);
        return std::max(0.0, 60 - (1500 - north) / 5);
      }));
}

// What T1 reports of somebody who stands just before the crest.
Plot plot_at_crest(double behind_m, double elevation_sigma_rad) {
  sensor::Camera camera = camera_at(at(0, 0, 90), 0, -1);
  camera.sigma.elevation_rad = elevation_sigma_rad;
  const auto foot = pixel_of(camera.model, camera.pose, at(0, 1450, 50));
  return Locator(camera, crest(behind_m), {.elevation_sigma_m = 0.5})
      .locate(frame_of(camera, {standing_at(*foot)}))[0];
}

TEST(Locator, HoldsTheGroundBehindACrestThatAnErrorMayHaveHidden) {
  const Plot sure = plot_at_crest(40, 0.0001);
  const Plot unsure = plot_at_crest(40, 0.004);
  ASSERT_TRUE(sure.place && unsure.place);
  EXPECT_NEAR(kFrame.to_enu(*unsure.place).north, 1450, 15);
  EXPECT_LT(geo::ellipse(sure.bias_cov_m2).major_m, 100);
  // Ground behind comes into sight 1 km farther off.
  EXPECT_GT(geo::ellipse(unsure.bias_cov_m2).major_m, 250);
}

TEST(Locator, TellsOnlyTheBearingWhereAPlaceMayAsWellBeAsFarOffAgain) {
  EXPECT_TRUE(plot_at_crest(40, 0.004).place.has_value());
  EXPECT_FALSE(plot_at_crest(-50, 0.006).place.has_value());
}

TEST(Locator, PlacesWhatABalloonSeesBelowIt) {
  sensor::Camera camera = camera_at(at(0, 0, 1000), 30, -80);
  camera.sigma = {.azimuth_rad = 0.01, .elevation_rad = 0.002, .roll_rad = 0.003};
  for (const double elevation_deg : {-50.0, -57.9, -58.3, -75.0, -90.0}) {
    camera.pose.elevation_rad = geo::radians(elevation_deg);
    const auto axis = camera.model.axis_px();
    const Plot plot = Locator(camera, flat(), {.elevation_sigma_m = 0, .size_sigma = 0})
                          .locate(frame_of(camera, {standing_at({axis.u, axis.v - 0.5})}))[0];
    ASSERT_TRUE(plot.place.has_value()) << elevation_deg;
    const double slant_m = 1000 / std::sin(geo::radians(-elevation_deg));
    const geo::Ellipse ellipse = geo::ellipse(plot.bias_cov_m2);
    const double along_m = slant_m * 0.002 * slant_m / 1000;
    const double across_m = slant_m * 0.01 * std::cos(geo::radians(elevation_deg));
    EXPECT_NEAR(ellipse.major_m, std::max(along_m, across_m), 0.05 * ellipse.major_m)
        << elevation_deg;
    EXPECT_NEAR(ellipse.minor_m, std::min(along_m, across_m), 0.05 * ellipse.major_m)
        << elevation_deg;
  }
}

}  // namespace
}  // namespace marsad::locate
