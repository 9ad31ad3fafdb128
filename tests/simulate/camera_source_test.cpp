// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "geo/local_frame.h"
#include "simulate/scenario.h"
#include "tests/support/made_terrain.h"

namespace marsad::simulate {
namespace {

using geo::radians;
using test::at;

std::shared_ptr<const terrain::Elevation> flat() {
  return std::make_shared<const terrain::Elevation>(test::flat_terrain(8000));
}

// Level but for a ridge 8 m high across the view, 600 m to the north.
std::shared_ptr<const terrain::Elevation> ridge() {
  return std::make_shared<const terrain::Elevation>(test::made_terrain(
      4000, 25, [](double, double n) { return 8 * std::exp(-std::pow((n - 600) / 50, 2)); }));
}

sensor::Camera tower(double height_m = 30) {
  sensor::Camera camera;
  camera.id = {"T1"};
  camera.model.width_px = 320;
  camera.model.height_px = 256;
  camera.model.horizontal_fov_rad = radians(12);
  camera.pose = {at(0, 0, height_m), 0, radians(-1.5), 0};
  return camera;
}

Party standing(sensor::MoverClass mover, geo::Geodetic place) {
  Party party;
  party.name = "one";
  party.mover = mover;
  party.path = {place};
  return party;
}

std::shared_ptr<const World> world(std::shared_ptr<const terrain::Elevation> ground,
                                   std::vector<Party> parties, Weather weather = {}) {
  Scenario scenario;
  scenario.weather = weather;
  scenario.parties = std::move(parties);
  return std::make_shared<const World>(std::move(scenario), std::move(ground));
}

Weather noiseless() {
  Weather weather;
  weather.noise_counts = 0;
  return weather;
}

std::unique_ptr<video::FrameSource> open(std::shared_ptr<const World> night, double sway_px = 0,
                                         sensor::Camera camera = tower()) {
  return open_camera(std::move(night), std::move(camera), {sway_px}, 10, base::Time());
}

video::Frame next(video::FrameSource& source) {
  return std::get<video::Frame>(source.next(std::stop_token()));
}

// What the movers change: a noiseless picture with them less one without.
video::Image<float> warmth(const std::shared_ptr<const terrain::Elevation>& ground,
                           std::vector<Party> parties, sensor::Camera camera = tower()) {
  const auto with = next(*open(world(ground, std::move(parties), noiseless()), 0, camera)).counts;
  const auto without = next(*open(world(ground, {}, noiseless()), 0, camera)).counts;
  video::Image<float> difference(with.width(), with.height());
  for (int y = 0; y < with.height(); ++y) {
    for (int x = 0; x < with.width(); ++x) {
      difference.at(x, y) =
          static_cast<float>(with.at(x, y)) - static_cast<float>(without.at(x, y));
    }
  }
  return difference;
}

struct Peak {
  int x = 0;
  int y = 0;
  float counts = 0;
};
Peak peak(const video::Image<float>& picture) {
  Peak found;
  for (int y = 0; y < picture.height(); ++y) {
    for (int x = 0; x < picture.width(); ++x) {
      if (picture.at(x, y) > found.counts) found = {x, y, picture.at(x, y)};
    }
  }
  return found;
}

double sum(const video::Image<float>& picture) {
  return std::accumulate(picture.pixels().begin(), picture.pixels().end(), 0.0);
}

sensor::Pixel projected(const sensor::Camera& camera, geo::Geodetic place) {
  const geo::LocalFrame frame(camera.pose.position);
  return *camera.model.project(sensor::camera_from_enu(camera.pose, frame.to_enu(place)));
}

TEST(SimulatedCamera, WhereItIsTurnedItShowsWhatACameraThatLooksThereShows) {
  const auto night =
      world(ridge(), {standing(sensor::MoverClass::vehicle, at(40, 900, 0))}, noiseless());
  sensor::Camera there = tower();
  there.pose.azimuth_rad = radians(3);
  CameraMotion motion;
  motion.pose = [&](double t_s) { return t_s < 0.15 ? tower().pose : there.pose; };
  const auto turning = open_camera(night, tower(), motion, 10, base::Time());
  const auto at_first = open(night);
  const auto at_last = open(night, 0, there);
  for (int i = 0; i < 4; ++i) {
    const video::Frame frame = next(*turning);
    const video::Frame before = next(*at_first);
    const video::Frame after = next(*at_last);
    const video::Frame& expected = i < 2 ? before : after;
    EXPECT_EQ(frame.pose, expected.pose) << i;
    EXPECT_TRUE(std::ranges::equal(frame.counts.pixels(), expected.counts.pixels())) << i;
    EXPECT_FALSE(std::ranges::equal(before.counts.pixels(), after.counts.pixels())) << i;
  }
}

TEST(SimulatedCamera, TellsWhatItSends) {
  Scenario scenario;
  scenario.duration_s = 1;
  const base::Time start{base::from_seconds(1'000'000)};
  const auto source = open_camera(std::make_shared<const World>(scenario, flat()), tower(),
                                  CameraMotion{}, 10, start);
  EXPECT_EQ(source->info().width_px, 320);
  EXPECT_EQ(source->info().height_px, 256);
  EXPECT_FALSE(source->info().live);
  ASSERT_EQ(source->info().frames, 10U);
  for (std::uint64_t i = 0; i < 10; ++i) {
    const video::Frame frame = next(*source);
    EXPECT_EQ(frame.camera.text, "T1");
    EXPECT_EQ(frame.number, i);
    EXPECT_EQ(frame.time, start + base::from_seconds(0.1 * static_cast<double>(i)));
    EXPECT_EQ(frame.bits, 14);
    ASSERT_TRUE(frame.pose.has_value());
    EXPECT_EQ(frame.pose->position, tower().pose.position);
    EXPECT_EQ(frame.counts.width(), 320);
    EXPECT_EQ(frame.counts.height(), 256);
    EXPECT_LT(*std::max_element(frame.counts.pixels().begin(), frame.counts.pixels().end()),
              1 << 14);
  }
  EXPECT_TRUE(std::holds_alternative<video::End>(source->next(std::stop_token())));
}

TEST(SimulatedCamera, EndsWhenAskedTo) {
  const auto source = open(world(flat(), {}));
  EXPECT_FALSE(source->info().frames.has_value());
  std::stop_source stop;
  stop.request_stop();
  EXPECT_TRUE(std::holds_alternative<video::End>(source->next(stop.get_token())));
}

TEST(SimulatedCamera, SendsTheSameFramesAgain) {
  const auto night = world(flat(), {standing(sensor::MoverClass::person, at(20, 800))});
  const auto one = open(night, 0.7), two = open(night, 0.7);
  for (int i = 0; i < 4; ++i) EXPECT_EQ(next(*one).counts, next(*two).counts);
}

TEST(SimulatedCamera, ShowsAWalkerWhereTheCameraModelProjectsIt) {
  for (const auto& [east, north] : {std::pair{-50.0, 600.0}, {35.0, 1000.0}, {130.0, 1500.0}}) {
    const auto picture = warmth(flat(), {standing(sensor::MoverClass::person, at(east, north))});
    const Peak hottest = peak(picture);
    const sensor::Pixel chest = projected(tower(), at(east, north, 1.2));
    EXPECT_NEAR(hottest.x, chest.u, 1) << east;
    EXPECT_NEAR(hottest.y, chest.v, 1) << east;
  }
}

TEST(SimulatedCamera, ShowsEachClassAtItsWarmthCloseBy) {
  sensor::Camera near = tower(3);
  near.pose.elevation_rad = 0;
  const auto hottest = [&](sensor::MoverClass mover) {
    return peak(warmth(flat(), {standing(mover, at(0, 60))}, near)).counts;
  };
  EXPECT_NEAR(hottest(sensor::MoverClass::person), 330, 150);
  EXPECT_NEAR(hottest(sensor::MoverClass::animal), 240, 150);
  EXPECT_NEAR(hottest(sensor::MoverClass::vehicle), 600, 200);
}

TEST(SimulatedCamera, WarmthFallsWithTheSquareOfTheRangeAndTheAir) {
  const auto person = [](double range_m) {
    return sum(warmth(flat(), {standing(sensor::MoverClass::person, at(0, range_m))}));
  };
  const double expected = std::pow(1000.0 / 500.0, 2) * std::exp(0.15e-3 * 500);
  EXPECT_NEAR(person(500) / person(1000), expected, 0.35 * expected);
}

TEST(SimulatedCamera, HidesAWalkerBehindARidge) {
  const auto behind = standing(sensor::MoverClass::person, at(0, 700));
  const auto before = standing(sensor::MoverClass::person, at(0, 480));
  const sensor::Camera low = tower(5);
  EXPECT_LT(peak(warmth(ridge(), {behind}, low)).counts, 2);
  EXPECT_GT(peak(warmth(ridge(), {before}, low)).counts, 60);
  EXPECT_GT(peak(warmth(flat(), {behind}, low)).counts, 60);
}

TEST(SimulatedCamera, ShowsOnlyTheHeadOverARidge) {
  // Behind the crest, low enough that the ground hides a part.
  const sensor::Camera low = tower(9);
  double last = 1e9;
  for (const double north : {600.0, 615.0, 621.0, 640.0}) {
    const double shown =
        sum(warmth(ridge(), {standing(sensor::MoverClass::person, at(0, north))}, low));
    EXPECT_LT(shown, last) << north;
    last = shown;
  }
  EXPECT_LT(last, 30);
}

TEST(SimulatedCamera, SkyIsColderThanTheGround) {
  const auto counts = next(*open(world(flat(), {}))).counts;
  const auto mean = [&](int y) {
    double total = 0;
    for (const std::uint16_t c : counts.row(y)) total += c;
    return total / counts.width();
  };
  // The horizon is in row 82.
  EXPECT_LT(mean(5), mean(60) - 30);
  EXPECT_LT(mean(60), mean(200) - 100);
  EXPECT_NEAR(mean(200), 7000, 150);
}

TEST(SimulatedCamera, NoiseIsAsLargeAsSetAndNewInEveryFrame) {
  Weather weather;
  weather.noise_counts = 9;
  const auto source = open(world(flat(), {}, weather));
  video::Frame last = next(*source);
  for (int i = 0; i < 5; ++i) {
    const video::Frame frame = next(*source);
    double total = 0, total2 = 0, beside = 0;
    double before = 0;
    for (int y = 0; y < 256; ++y) {
      for (int x = 0; x < 320; ++x) {
        const double step = static_cast<double>(frame.counts.at(x, y)) - last.counts.at(x, y);
        total += step;
        total2 += step * step;
        beside += step * before;
        before = step;
      }
    }
    constexpr double kPixels = 320 * 256;
    EXPECT_NEAR(total / kPixels, 0, 0.3);
    // Two noises, and the rounding of each to whole counts.
    EXPECT_NEAR(std::sqrt(total2 / kPixels), std::sqrt(2 * (81 + 1.0 / 12)), 0.15);
    EXPECT_NEAR(beside / total2, 0, 0.01);
    last = frame;
  }
}

// Where the warmth of a picture lies beyond that of another.
sensor::Pixel middle_of_warmth(const video::Frame& with, const video::Frame& without) {
  double weight = 0, u = 0, v = 0;
  for (int y = 0; y < with.counts.height(); ++y) {
    for (int x = 0; x < with.counts.width(); ++x) {
      const double warm = static_cast<double>(with.counts.at(x, y)) - without.counts.at(x, y);
      if (warm < 3) continue;
      weight += warm;
      u += warm * x;
      v += warm * y;
    }
  }
  return {u / weight, v / weight};
}

TEST(SimulatedCamera, SwayMovesThePictureByItsSigma) {
  const auto truck = standing(sensor::MoverClass::vehicle, at(0, 900));
  const auto with = open(world(flat(), {truck}, noiseless()), 1.5);
  const auto without = open(world(flat(), {}, noiseless()), 1.5);
  double u1 = 0, u2 = 0, v1 = 0, v2 = 0;
  constexpr int kFrames = 1500;
  for (int i = 0; i < kFrames; ++i) {
    const sensor::Pixel middle = middle_of_warmth(next(*with), next(*without));
    u1 += middle.u / kFrames;
    v1 += middle.v / kFrames;
    u2 += middle.u * middle.u / kFrames;
    v2 += middle.v * middle.v / kFrames;
  }
  EXPECT_NEAR(std::sqrt(u2 - u1 * u1), 1.5, 0.2);
  EXPECT_NEAR(std::sqrt(v2 - v1 * v1), 1.5, 0.2);
}

// The whole-pixel shift of the lower picture that matches best.
sensor::Pixel best_shift(const video::Frame& from, const video::Frame& to) {
  constexpr int kReach = 9;
  double least = std::numeric_limits<double>::infinity();
  sensor::Pixel best;
  for (int du = -kReach; du <= kReach; ++du) {
    for (int dv = -kReach; dv <= kReach; ++dv) {
      double squares = 0;
      for (int y = 120; y < 240; y += 2) {
        for (int x = 20; x < 300; x += 3) {
          const double step =
              static_cast<double>(to.counts.at(x + du, y + dv)) - from.counts.at(x, y);
          squares += step * step;
        }
      }
      if (squares < least) {
        least = squares;
        best = {static_cast<double>(du), static_cast<double>(dv)};
      }
    }
  }
  return best;
}

TEST(SimulatedCamera, SwayMovesGroundAndMoversTogether) {
  const auto truck = standing(sensor::MoverClass::vehicle, at(0, 900));
  const auto with = open(world(flat(), {truck}, noiseless()), 1.5);
  const auto without = open(world(flat(), {}, noiseless()), 1.5);
  const video::Frame first = next(*without);
  const sensor::Pixel place = middle_of_warmth(next(*with), first);
  for (int i = 0; i < 10; ++i) {
    const video::Frame frame = next(*without);
    const sensor::Pixel moved = middle_of_warmth(next(*with), frame);
    const sensor::Pixel ground = best_shift(first, frame);
    EXPECT_NEAR(moved.u - place.u, ground.u, 0.8) << i;
    EXPECT_NEAR(moved.v - place.v, ground.v, 0.8) << i;
  }
}

}  // namespace
}  // namespace marsad::simulate
