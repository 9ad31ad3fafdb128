// SPDX-License-Identifier: Apache-2.0
#include "terrain/viewshed.h"

#include <gmock/gmock.h>
#include <hwy/targets.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <tuple>

#include "terrain/exact_sight.h"
#include "tests/terrain/sight_oracle.h"

namespace marsad::terrain {
namespace {

using test::made_grid;
using testing::HasSubstr;

constexpr float kVoid = std::numeric_limits<float>::quiet_NaN();

double hills(int east, int south) {
  const double x = 0.11 * east, y = 0.11 * south;
  return 60 * std::sin(x) * std::cos(1.3 * y) + 25 * std::sin(2.7 * x + y) +
         9 * std::cos(5.1 * y - 4.3 * x);
}

GridPoint middle(const GroundGrid& grid) {
  return {(grid.columns - 1) / 2.0, (grid.rows - 1) / 2.0};
}

ViewshedSettings from(GridPoint observer, double height_m, double range_m) {
  ViewshedSettings settings;
  settings.observer = observer;
  settings.observer_height_m = height_m;
  settings.range_m = range_m;
  return settings;
}

struct Agreement {
  int cells = 0;
  int wrong = 0;
  double usual_m = 0;  // error of heights, the 99.9th of a hundred
  double share() const { return 1 - double{1} * wrong / cells; }
};

Agreement agreement(const GroundGrid& grid, const ViewshedSettings& settings, double target_m) {
  const auto seen = sight(grid, settings, target_m);
  const auto heights = least_visible_heights(grid, settings);
  const double drop_share = settings.curvature ? 1 - settings.refraction : 0;
  const test::SightOracle oracle(grid, settings.observer, settings.observer_height_m, drop_share);
  Agreement sum;
  std::vector<double> errors_m;
  for (int row = 0; row < grid.rows; ++row) {
    for (int column = 0; column < grid.columns; ++column) {
      const Sight told = seen->sight[grid.index(column, row)];
      if (told == Sight::not_asked) continue;
      if (column == settings.observer.column && row == settings.observer.row) continue;
      const double truth_m = oracle.least_height_m(column, row);
      ++sum.cells;
      sum.wrong += (told == Sight::seen) != (truth_m <= target_m);
      errors_m.push_back(
          std::abs(std::max(0.0, truth_m) - double{heights->least_m[grid.index(column, row)]}));
    }
  }
  const auto usual = errors_m.begin() + static_cast<std::ptrdiff_t>(0.999 * (sum.cells - 1.0));
  std::nth_element(errors_m.begin(), usual, errors_m.end());
  sum.usual_m = *usual;
  return sum;
}

TEST(ExactSight, IsTheBruteForceOne) {
  GroundGrid grid = made_grid(30, 30, hills);
  grid.heights_m[grid.index(40, 33)] = kVoid;
  const Eye eye{{27.3, 31.8}, *height_at(grid, {27.3, 31.8}) + 5, (1 - 0.2) / (2 * 6'378'137.0)};
  const test::SightOracle oracle(grid, eye.at, 5, 1 - 0.2);
  for (int row = 0; row < grid.rows; ++row) {
    for (int column = 0; column < grid.columns; ++column) {
      const double exact = exact_least_height_m(grid, eye, column, row);
      const double truth = oracle.least_height_m(column, row);
      if (std::isnan(truth)) {
        EXPECT_TRUE(std::isnan(exact));
      } else if (std::isinf(truth)) {
        EXPECT_EQ(exact, truth);
      } else {
        ASSERT_NEAR(exact, truth, 1e-6) << column << ", " << row;
      }
    }
  }
}

TEST(ExactSight, StopsWhereEnoughIsKnown) {
  const GroundGrid grid = made_grid(30, 30, hills);
  const Eye eye{{30, 30}, *height_at(grid, {30, 30}) + 2, 0};
  for (int column = 0; column < grid.columns; ++column) {
    const double exact = exact_least_height_m(grid, eye, column, 3);
    const double enough = exact_least_height_m(grid, eye, column, 3, 1);
    if (exact <= 1) {
      EXPECT_EQ(enough, exact);
    } else {
      EXPECT_GT(enough, 1);
      EXPECT_LE(enough, exact);
    }
  }
}

TEST(ExactSight, KnowsNoHeightOutsideAndOverVoids) {
  GroundGrid grid = made_grid(2, 30, [](int east, int) { return 10.0 * east; });
  grid.heights_m[grid.index(4, 4)] = kVoid;
  EXPECT_DOUBLE_EQ(*height_at(grid, {2.5, 1.25}), 5);
  EXPECT_FALSE(height_at(grid, {-0.01, 0}));
  EXPECT_FALSE(height_at(grid, {4.01, 0}));
  EXPECT_FALSE(height_at(grid, {3.5, 3.5}));
  EXPECT_TRUE(height_at(grid, {4, 3}));
}

class UniformSlope : public testing::TestWithParam<std::tuple<double, double, double, int>> {};

TEST_P(UniformSlope, HidesNothingDownhill) {
  const auto [slope, step_m, observer_m, turned] = GetParam();
  // Down towards the east, or to the east-north-east.
  const auto downhill = [turned = turned](int east, int south) {
    return turned == 0 ? double{1} * east : (2 * east - south) / std::sqrt(5.0);
  };
  const GroundGrid grid = made_grid(100, step_m, [&, s = slope, m = step_m](int east, int south) {
    return -s * m * downhill(east, south);
  });
  ViewshedSettings settings = from(middle(grid), observer_m, 100 * step_m);
  settings.curvature = false;
  const auto seen = sight(grid, settings, 1.5);
  const auto heights = least_visible_heights(grid, settings);
  int hidden = 0, ground_hidden = 0, cells = 0;
  for (int south = -100; south <= 100; ++south) {
    for (int east = -100; east <= 100; ++east) {
      const std::size_t cell = grid.index(east + 100, south + 100);
      if (downhill(east, south) <= 0 || seen->sight[cell] == Sight::not_asked) continue;
      ++cells;
      hidden += seen->sight[cell] != Sight::seen;
      ground_hidden += heights->least_m[cell] != 0;
    }
  }
  EXPECT_GT(cells, 15'000);
  EXPECT_EQ(hidden, 0);
  EXPECT_EQ(ground_hidden, 0);
}

INSTANTIATE_TEST_SUITE_P(Viewshed, UniformSlope,
                         testing::Combine(testing::Values(0.02, 0.05, 0.25),
                                          testing::Values(30.0, 90.0, 900.0),
                                          testing::Values(2.0, 20.0), testing::Values(0, 1)));

TEST(Viewshed, OfRoughFlatGroundIsTheExactOne) {
  // 1.5 m of noise, a tower of 30 m, 20 km at cells of 90 m.
  std::mt19937 random(7);
  std::normal_distribution<double> noise_m(0, 1.5);
  const GroundGrid grid = made_grid(223, 90, [&](int, int) { return noise_m(random); });
  for (const bool curvature : {true, false}) {
    ViewshedSettings settings = from(middle(grid), 30, 20'000);
    settings.curvature = curvature;
    const Agreement found = agreement(grid, settings, 1.5);
    EXPECT_GT(found.cells, 150'000);
    EXPECT_GE(found.share(), 0.9999);
    EXPECT_LT(found.usual_m, kUsualHeightError_m);
    RecordProperty(curvature ? "round" : "flat", std::to_string(found.share()));
  }
}

TEST(Viewshed, OfHillsIsTheExactOneWhereverTheObserverStands) {
  const GroundGrid grid = made_grid(80, 30, hills);
  for (const GridPoint at : {GridPoint{80, 80},
                             {80.3, 79.6},
                             {0, 0},
                             {160, 12.5},
                             {33, 160},
                             {80, 40.5},
                             {0.001, 159.999}}) {
    const Agreement found = agreement(grid, from(at, 3, 3000), 1.5);
    EXPECT_GT(found.cells, 7000);
    EXPECT_LE(found.wrong, found.cells / 10'000) << at.column << ", " << at.row;
    EXPECT_LT(found.usual_m, kUsualHeightError_m);
  }
}

TEST(Viewshed, OfCoarseCellsOnARoundEarthIsTheExactOne) {
  // Between nodes 900 m apart the Earth bulges by a centimetre, which near the eye hides metres far
  // away.
  const GroundGrid grid =
      made_grid(100, 900, [](int east, int south) { return 0.2 * hills(3 * east, 3 * south); });
  const Agreement found = agreement(grid, from({100, 100}, 300, 90'000), 20);
  EXPECT_GT(found.cells, 30'000);
  EXPECT_LE(found.wrong, found.cells / 10'000);
  EXPECT_LT(found.usual_m, kUsualHeightError_m);
}

TEST(Viewshed, TakesCellsThatAreNotSquare) {
  GroundGrid grid = made_grid(80, 30, hills);
  grid.column_step_m = 71;
  const Agreement found = agreement(grid, from({80, 80}, 10, 2400), 1.5);
  EXPECT_LE(found.wrong, found.cells / 10'000);
  int columns = 0, rows = 0;
  const auto layer = sight(grid, from({80, 80}, 10, 2400), 0);
  for (int i = 0; i < 161; ++i) {
    columns += layer->sight[grid.index(i, 80)] != Sight::not_asked;
    rows += layer->sight[grid.index(80, i)] != Sight::not_asked;
  }
  EXPECT_EQ(columns, 2 * 33 + 1);
  EXPECT_EQ(rows, 2 * 80 + 1);
}

TEST(Viewshed, TellsNothingBeyondTheRangeAndOverVoids) {
  GroundGrid grid = made_grid(20, 100, [](int, int) { return 0; });
  grid.heights_m[grid.index(25, 20)] = kVoid;
  const auto layer = least_visible_heights(grid, from({20, 20}, 5, 1000));
  for (int row = 0; row < grid.rows; ++row) {
    for (int column = 0; column < grid.columns; ++column) {
      const bool inside = std::hypot(column - 20, row - 20) <= 10 && !(column == 25 && row == 20);
      EXPECT_EQ(!std::isnan(layer->least_m[grid.index(column, row)]), inside)
          << column << ", " << row;
    }
  }
  // What is unknown hides nothing: the cells behind are seen.
  EXPECT_EQ(layer->least_m[grid.index(30, 20)], 0);
}

TEST(Viewshed, SeesOverAWallWhatIsHighEnough) {
  // A wall of 20 m, 500 m east of an eye 10 m up; similar triangles tell what is hidden at 1000 m.
  const GroundGrid grid = made_grid(20, 100, [](int east, int) { return east == 5 ? 20 : 0; });
  ViewshedSettings settings = from({20, 20}, 10, 2000);
  settings.curvature = false;
  const auto layer = least_visible_heights(grid, settings);
  EXPECT_NEAR(layer->least_m[grid.index(30, 20)], 30, 1e-3);
  EXPECT_EQ(layer->least_m[grid.index(25, 20)], 0);
  EXPECT_EQ(layer->least_m[grid.index(10, 20)], 0);
  EXPECT_EQ(layer->least_m[grid.index(20, 20)], 0);
}

TEST(Viewshed, LosesTheGroundBehindTheCurveOfTheEarth) {
  const GroundGrid grid = made_grid(300, 100, [](int, int) { return 0; });
  const auto round = least_visible_heights(grid, from({300, 300}, 10, 30'000));
  // Horizon at sqrt(2 R h / (1 - k)) = 12.2 km; what must stick out beyond is (d - d0)² (1 - k) /
  // 2R.
  const double horizon_m = std::sqrt(2 * kEarthRadius_m * 10 / (1 - kRefraction));
  EXPECT_EQ(round->least_m[grid.index(420, 300)], 0);
  const double beyond_m = 25'000 - horizon_m;
  EXPECT_NEAR(round->least_m[grid.index(550, 300)],
              beyond_m * beyond_m * (1 - kRefraction) / (2 * kEarthRadius_m), 0.01);
  ViewshedSettings flat = from({300, 300}, 10, 30'000);
  flat.curvature = false;
  EXPECT_EQ(least_visible_heights(grid, flat)->least_m[grid.index(550, 300)], 0);
}

TEST(Viewshed, KeepsToAnAzimuthSectorThatPassesNorth) {
  const GroundGrid grid = made_grid(20, 100, [](int, int) { return 0; });
  ViewshedSettings settings = from({20, 20}, 5, 2000);
  settings.azimuth = Sector{geo::radians(300), geo::radians(60)};
  const auto layer = sight(grid, settings, 0);
  const auto told = [&](int east, int south) {
    return layer->sight[grid.index(20 + east, 20 + south)] != Sight::not_asked;
  };
  EXPECT_TRUE(told(0, -10));
  EXPECT_TRUE(told(10, -10));
  EXPECT_TRUE(told(-10, -10));
  EXPECT_FALSE(told(10, 0));
  EXPECT_FALSE(told(0, 10));
  EXPECT_FALSE(told(-10, 5));
}

TEST(Viewshed, KeepsToAnElevationSector) {
  const GroundGrid grid = made_grid(20, 100, [](int, int) { return 0; });
  ViewshedSettings settings = from({20, 20}, 50, 2000);
  settings.curvature = false;
  settings.elevation = Sector{std::atan(-0.1), std::atan(-0.03)};
  const auto heights = least_visible_heights(grid, settings);
  const auto mask = sight(grid, settings, 0);
  // The ground at 300 m is steeper below than the sector begins: 20 m up there it ends.
  EXPECT_NEAR(heights->least_m[grid.index(23, 20)], 20, 1e-3);
  EXPECT_EQ(mask->sight[grid.index(23, 20)], Sight::hidden);
  EXPECT_EQ(heights->least_m[grid.index(30, 20)], 0);
  EXPECT_EQ(mask->sight[grid.index(30, 20)], Sight::seen);
  // At 2000 m even the ground is above the sector.
  EXPECT_TRUE(std::isnan(heights->least_m[grid.index(40, 20)]));
  EXPECT_EQ(mask->sight[grid.index(40, 20)], Sight::hidden);
}

TEST(Viewshed, RefusesAnObserverOffTheMapOrOverAVoid) {
  GroundGrid grid = made_grid(5, 100, [](int, int) { return 0; });
  grid.heights_m[grid.index(5, 5)] = kVoid;
  for (const GridPoint off : {GridPoint{-1, 3}, {3, 10.5}, {NAN, 3}}) {
    const auto refused = least_visible_heights(grid, from(off, 5, 500));
    ASSERT_FALSE(refused.has_value());
    EXPECT_THAT(refused.error().message, HasSubstr("not on the map"));
  }
  EXPECT_THAT(sight(grid, from({5, 5}, 5, 500), 1).error().message, HasSubstr("void"));
  EXPECT_THAT(sight(grid, from({4.5, 5.5}, 5, 500), 1).error().message, HasSubstr("void"));
  EXPECT_TRUE(sight(grid, from({4, 5}, 5, 500), 1).has_value());
}

TEST(Viewshed, OfNothingButVoidsAroundTellsNothing) {
  GroundGrid grid = made_grid(5, 100, [](int east, int south) {
    return east == 0 && south == 0 ? 7 : std::numeric_limits<double>::quiet_NaN();
  });
  const auto layer = sight(grid, from({5, 5}, 2, 500), 1);
  EXPECT_EQ(std::count(layer->sight.begin(), layer->sight.end(), Sight::not_asked), 120);
}

TEST(Viewshed, WorksOnTheSmallestGridsAndRanges) {
  const GroundGrid one = made_grid(0, 100, [](int, int) { return 3; });
  EXPECT_EQ(least_visible_heights(one, from({0, 0}, 2, 1000))->least_m, std::vector<float>{0});
  const GroundGrid grid = made_grid(2, 100, [](int, int) { return 3; });
  const auto near = sight(grid, from({2, 2}, 2, 1), 0);
  EXPECT_EQ(std::count(near->sight.begin(), near->sight.end(), Sight::seen), 1);
}

TEST(Viewshed, GivesTheSameBitsOnEveryProcessor) {
  const GroundGrid grid = made_grid(60, 30, hills);
  const auto bits = [&](std::int64_t target) {
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
    auto layer = least_visible_heights(grid, from({60.2, 59.9}, 3, 1500));
    std::vector<std::uint32_t> all;
    for (const float least : layer->least_m) all.push_back(std::bit_cast<std::uint32_t>(least));
    return all;
  };
  const std::int64_t here = hwy::SupportedTargets();
  const auto first = bits(here);
  // Each kind of instructions that this processor has, one bit each.
  for (std::int64_t target = 1; target > 0 && target <= here; target <<= 1) {
    if ((target & here) != 0) {
      EXPECT_EQ(bits(target), first) << hwy::TargetName(target);
    }
  }
  hwy::SetSupportedTargetsForTest(0);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}

}  // namespace
}  // namespace marsad::terrain
