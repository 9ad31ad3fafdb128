// SPDX-License-Identifier: Apache-2.0
#include "plan/route.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "tests/plan/desert.h"

namespace marsad::plan {
namespace {

using test::at;

constexpr std::size_t kPerson = 0, kVehicle = 1;

Obstacle trench(double east_m, double from_north_m, double to_north_m) {
  return {{at(east_m, from_north_m), at(east_m, to_north_m)}, {60.0, std::nullopt, 20.0, 0.0}};
}

// A belt small enough to try every way, on ground with a hill.
Belt small_belt() {
  const auto hill = marsad::test::made_terrain(3000, 100, [](double east, double north) {
    return 60 * std::exp(-(east * east + north * north) / (2 * 300.0 * 300.0));
  });
  return {*geo::BorderLine::make({at(0, 900), at(0, -900)}, true),
          hill,
          {.far_m = 500, .home_m = 500, .along_m = 200, .across_m = 100}};
}

std::vector<double> any_rates(const Belt& belt) {
  std::vector<double> rates(belt.cells());
  for (double& rate : rates) rate = *rc::gen::inRange(0, 50) / 1000.0;
  return rates;
}

// The fewest chances of any way, by trying every step until none helps.
double brute_force(const Belt& belt, const Going& going, const std::vector<double>& rates,
                   std::size_t kind) {
  constexpr double kNoWay = std::numeric_limits<double>::infinity();
  std::vector<double> chances(belt.cells(), kNoWay);
  for (std::size_t c = 0; c < belt.columns(); ++c) chances[belt.index(c, 0)] = 0;
  for (bool better = true; better;) {
    better = false;
    for (std::size_t a = 0; a < belt.cells(); ++a) {
      for (std::size_t b = 0; b < belt.cells(); ++b) {
        const auto columns =
            std::abs(static_cast<int>(belt.column_of(a)) - static_cast<int>(belt.column_of(b)));
        const auto rows =
            std::abs(static_cast<int>(belt.row_of(a)) - static_cast<int>(belt.row_of(b)));
        const bool step = columns + rows > 0 && columns <= 2 && rows <= 2 && columns * rows != 4 &&
                          !(columns == 0 && rows == 2) && !(columns == 2 && rows == 0);
        const bool back = belt.row_of(a) >= belt.line_row() && belt.row_of(b) < belt.line_row();
        if (!step || back || chances[a] == kNoWay) continue;
        const auto time_s = going.time_s(a, b, kind);
        if (!time_s) continue;
        const double there = chances[a] + *time_s * (rates[a] + rates[b]) / 2;
        if (there >= chances[b] - 1e-12) continue;
        chances[b] = there;
        better = true;
      }
    }
  }
  double least = kNoWay;
  for (std::size_t c = 0; c < belt.columns(); ++c) {
    least = std::min(least, chances[belt.index(c, belt.rows() - 1)]);
  }
  return least;
}

RC_GTEST_PROP(WeakestRoutes, AreNoBetterAndNoWorseThanTheBestOfAllWays, ()) {
  const Belt belt = small_belt();
  const double east_m = *rc::gen::inRange(-400, 400);
  const std::vector<Obstacle> obstacles{trench(east_m, 1500, *rc::gen::inRange(-900, 900))};
  const Going going(belt, obstacles);
  const auto rates = any_rates(belt);
  for (const std::size_t kind : {kPerson, kVehicle}) {
    const WeakestRoutes routes(belt, going, rates, kind, Heading::inbound);
    const auto weakest = routes.anywhere();
    const double least = brute_force(belt, going, rates, kind);
    RC_ASSERT(weakest.has_value() == std::isfinite(least));
    if (!weakest) continue;
    constexpr double kHaste = 1e-4;
    RC_ASSERT(std::abs(weakest->chances - least) < kHaste);
  }
}

RC_GTEST_PROP(WeakestRoutes, ThroughAColumnAreWaysThroughItAndNoBetterThanAnywhere, ()) {
  const Belt belt = small_belt();
  const Going going(belt, {});
  const auto rates = any_rates(belt);
  const auto heading = *rc::gen::element(Heading::inbound, Heading::outbound);
  const WeakestRoutes routes(belt, going, rates, kPerson, heading);
  const double least = routes.anywhere()->chances;
  double best = std::numeric_limits<double>::infinity();
  for (std::size_t column = 0; column < belt.columns(); ++column) {
    const Route route = *routes.through(column);
    const std::size_t begin = belt.row_of(route.cells.front()),
                      end = belt.row_of(route.cells.back());
    const std::size_t last = belt.rows() - 1;
    RC_ASSERT(begin == (heading == Heading::inbound ? 0 : last));
    RC_ASSERT(end == (heading == Heading::inbound ? last : 0));
    RC_ASSERT(line_column(belt, route) == column);
    std::size_t passages = 0;
    for (std::size_t i = 0; i + 1 < route.cells.size(); ++i) {
      const auto home = [&](std::size_t cell) { return belt.row_of(cell) >= belt.line_row(); };
      passages += home(route.cells[i]) != home(route.cells[i + 1]) ? 1U : 0U;
    }
    RC_ASSERT(passages == 1U);
    RC_ASSERT(route.chances >= least - 1e-4);
    best = std::min(best, route.chances);
  }
  RC_ASSERT(std::abs(best - least) < 1e-4);
}

TEST(WeakestRoutes, OfVehiclesGoThroughTheBreachOfATrench) {
  const Belt belt(test::straight_border(), marsad::test::flat_terrain(8000), {});
  // A trench along the whole line, 250 m into the far side, but for a breach at 1 km south.
  const std::vector<Obstacle> obstacles{trench(-250, 6000, -800), trench(-250, -1200, -6000)};
  const Going going(belt, obstacles);
  const std::vector<double> unseen(belt.cells(), 0.0);
  const WeakestRoutes vehicles(belt, going, unseen, kVehicle, Heading::inbound);
  const auto route = vehicles.through(5);
  ASSERT_TRUE(route);
  bool through_breach = false;
  for (const std::size_t cell : route->cells) {
    through_breach = through_breach || std::abs(belt.s_m(belt.column_of(cell)) - 6000) < 250;
  }
  EXPECT_TRUE(through_breach);
  // People climb over it, which takes them a minute.
  const WeakestRoutes people(belt, going, unseen, kPerson, Heading::inbound);
  const Going open(belt, {});
  const WeakestRoutes free_people(belt, open, unseen, kPerson, Heading::inbound);
  EXPECT_NEAR(people.through(5)->time_s, free_people.through(5)->time_s + 60, 1);
}

TEST(WeakestRoutes, DoNotExistForVehiclesOverATrenchWithoutABreach) {
  const Belt belt(test::straight_border(), marsad::test::flat_terrain(8000), {});
  const std::vector<Obstacle> obstacles{trench(-250, 6000, -6000)};
  const Going going(belt, obstacles);
  const WeakestRoutes vehicles(belt, going, std::vector<double>(belt.cells(), 0.0), kVehicle,
                               Heading::outbound);
  EXPECT_FALSE(vehicles.anywhere());
  EXPECT_FALSE(vehicles.through(10));
}

TEST(WeakestRoutes, HideInDeadGroundFromATower) {
  // A wadi 20 m deep and 300 m wide runs from west to east at 2 km north of the tower.
  const auto ground = marsad::test::made_terrain(
      8000, 50, [](double, double north) { return std::abs(north - 2000) < 150 ? -20 : 0; });
  const Belt belt(test::straight_border(), ground, {.along_m = 100});
  Watcher watcher = test::tower(500, 0, 0, 12);
  watcher.sweep_rad = 2 * 3.14159265;
  const Watch watch(belt, ground, watcher, {});
  const std::vector<Post> posts{{&watch, 1}};
  const Going going(belt, {});
  // A walker so far away hardly moves in the picture and isn't found on open ground either.
  const WeakestRoutes routes(belt, going, mean_rates_ps(belt, posts, kVehicle), kVehicle,
                             Heading::inbound);
  const auto wadi = belt.column_at(3000), open = belt.column_at(3500);
  const double hidden = found_on(*routes.through(wadi), going, posts, kVehicle);
  EXPECT_LT(hidden, 0.2);
  EXPECT_GT(found_on(*routes.through(open), going, posts, kVehicle), hidden);
}

TEST(FoundOn, IsWhatTheLedgerSaysOfAStraightWay) {
  const auto ground = marsad::test::flat_terrain(8000);
  const Belt belt(test::straight_border(), ground, {});
  const Watch watch(belt, ground, test::tower(1500, 0, 270, 12), {.extinction_per_km = 3});
  const Chances sums = chances(belt, watch);
  const std::size_t column = sums.first_column;
  Route straight;
  for (std::size_t row = 0; row < belt.rows(); ++row) {
    straight.cells.push_back(belt.index(column, row));
  }
  double found = 0;
  for (std::size_t level = 0; level < kLevels; ++level) {
    found +=
        kContrastLevels[level].weight * -std::expm1(-double{sums.of_column[0][kPerson][level]});
  }
  const std::vector<Post> posts{{&watch, 1}};
  EXPECT_NEAR(found_on(straight, Going(belt, {}), posts, kPerson), found, 0.02);
}

}  // namespace
}  // namespace marsad::plan
