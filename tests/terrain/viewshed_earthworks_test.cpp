// SPDX-License-Identifier: Apache-2.0
#include "terrain/viewshed_earthworks.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "terrain/exact_sight.h"
#include "terrain/ground_earthworks.h"
#include "terrain/viewshed.h"
#include "tests/terrain/earthworks_oracle.h"
#include "tests/terrain/sight_oracle.h"

namespace marsad::terrain {
namespace {

using test::DrawnWork;
using test::made_grid;
using test::PlanePoint;
using testing::HasSubstr;

// The middle of the grid is the plane's.
GridPoint on_grid(const GroundGrid& grid, PlanePoint point) {
  return {(grid.columns - 1) / 2.0 + point.east / grid.column_step_m,
          (grid.rows - 1) / 2.0 - point.north / grid.row_step_m};
}

std::vector<EarthworkPiece> pieces_on(const GroundGrid& grid, const std::vector<DrawnWork>& works) {
  std::vector<EarthworkPiece> pieces;
  for (const DrawnWork& work : works)
    for (std::size_t i = 0; i + 1 < work.line.size(); ++i)
      pieces.emplace_back(on_grid(grid, work.line[i]), on_grid(grid, work.line[i + 1]),
                          Steps{grid.column_step_m, grid.row_step_m}, work.work());
  return pieces;
}

ViewshedSettings from(GridPoint observer, double height_m, double range_m) {
  ViewshedSettings settings;
  settings.observer = observer;
  settings.observer_height_m = height_m;
  settings.range_m = range_m;
  return settings;
}

// By a dense walk from the eye to a cell, what raised works hide there: at least and at most, since
// between two steps an edge may stand.
struct Hidden {
  double surely_m = -std::numeric_limits<double>::infinity();
  double at_most_m = -std::numeric_limits<double>::infinity();
};

class Walk {
 public:
  Walk(const GroundGrid& grid, const std::vector<DrawnWork>& works, const Eye& eye)
      : grid_(grid), eye_(eye) {
    for (const DrawnWork& work : works)
      if (work.kind != EarthworkKind::trench) raised_.push_back(work);
  }

  Hidden to(int column, int row) const {
    const double x_m = (column - eye_.at.column) * grid_.column_step_m;
    const double y_m = (row - eye_.at.row) * grid_.row_step_m;
    const double length_m = std::hypot(x_m, y_m), drop_m = eye_.drop_per_m2 * length_m * length_m;
    const double target_m = double{grid_.height_m(column, row)} - eye_.height_m - drop_m;
    const int steps = static_cast<int>(length_m / 0.02) + 1;
    Hidden hidden;
    // A sharp crest rises 4 m over a metre or more at most.
    constexpr double kBetween_m = 0.045;
    double before_m = 0;
    for (int i = 1; i <= steps; ++i) {
      const double share = double{1} * i / steps;
      const GridPoint at{eye_.at.column + share * (column - eye_.at.column),
                         eye_.at.row + share * (row - eye_.at.row)};
      const PlanePoint point{(at.column - (grid_.columns - 1) / 2.0) * grid_.column_step_m,
                             ((grid_.rows - 1) / 2.0 - at.row) * grid_.row_step_m};
      const double rise_m = test::drawn_rise_m(raised_, point);
      const double most_m = std::max(rise_m, before_m);
      before_m = rise_m;
      if (most_m <= 0) continue;
      const double ground_m = *height_at(grid_, at) - eye_.height_m - drop_m * share * share;
      hidden.surely_m = std::max(
          hidden.surely_m, rise_m > 0 ? (ground_m + rise_m) / share - target_m : hidden.surely_m);
      const double nearer = share - (ground_m + most_m > 0 ? 1.0 / steps : 0);
      hidden.at_most_m =
          std::max(hidden.at_most_m, (ground_m + most_m + kBetween_m) / nearer - target_m);
    }
    return hidden;
  }

 private:
  const GroundGrid& grid_;
  const Eye& eye_;
  std::vector<DrawnWork> raised_;
};

RC_GTEST_PROP(ViewshedEarthworks, HideWhatADenseWalkSaysTheyHide, (std::uint64_t seed)) {
  std::mt19937_64 random(seed);
  const auto share = [&](double from, double to) {
    return std::uniform_real_distribution<double>(from, to)(random);
  };
  const double roughness_m = share(0, 3);
  const GroundGrid grid =
      made_grid(24, share(15, 30), [&](int, int) { return share(0, roughness_m); });
  const std::vector<DrawnWork> works = test::random_works(random);
  ViewshedSettings settings = from({share(4, 44), share(4, 44)}, share(1, 12), 900);
  settings.earthworks = pieces_on(grid, works);
  const auto with = least_visible_heights(grid, settings);
  RC_PRE(with.has_value());
  const auto seen_with = sight(grid, settings, 1.5);
  settings.earthworks.clear();
  const auto without = least_visible_heights(grid, settings);
  const auto seen_without = sight(grid, settings, 1.5);
  const Eye eye{settings.observer, *height_at(grid, settings.observer) + settings.observer_height_m,
                (1 - kRefraction) / (2 * kEarthRadius_m)};
  const Walk walk(grid, works, eye);
  for (int i = 0; i < 12; ++i) {
    const int column = static_cast<int>(random() % 49), row = static_cast<int>(random() % 49);
    const std::size_t cell = grid.index(column, row);
    const double plain_m = double{without->least_m[cell]}, found_m = double{with->least_m[cell]};
    RC_ASSERT(std::isnan(plain_m) == std::isnan(found_m));
    if (std::isnan(plain_m)) continue;
    const Hidden hidden = walk.to(column, row);
    constexpr double kRounding_m = 1e-3;
    RC_ASSERT(found_m >= std::max(plain_m, hidden.surely_m) - kRounding_m);
    RC_ASSERT(found_m <= std::max(plain_m, hidden.at_most_m) + kRounding_m);
    const bool was_seen = seen_without->sight[cell] == Sight::seen;
    const bool is_seen = seen_with->sight[cell] == Sight::seen;
    if (hidden.at_most_m < 1.5) RC_ASSERT(is_seen == was_seen);
    if (hidden.surely_m > 1.5 + kRounding_m) RC_ASSERT(!is_seen);
  }
}

// From south to north 50 m east of the middle: 3 m high, 8 m wide, its crest 2 m.
const DrawnWork kBerm{EarthworkKind::berm, {{50, -400}, {50, 400}}, 3, 8, 2};

GroundGrid level(int half = 40) {
  return made_grid(half, 30, [](int, int) { return 100; });
}

TEST(ViewshedEarthworks, ABermHidesBySimilarTriangles) {
  const GroundGrid grid = level();
  ViewshedSettings settings = from({40, 40}, 2, 1200);
  settings.curvature = false;
  settings.earthworks = pieces_on(grid, {kBerm});
  auto layer = least_visible_heights(grid, settings);
  // The eye is 1 m below the crest, whose near edge is 49 m away.
  EXPECT_NEAR(layer->least_m[grid.index(60, 40)], 2 + 600.0 / 49, 1e-3);
  EXPECT_EQ(layer->least_m[grid.index(41, 40)], 0);
  EXPECT_EQ(layer->least_m[grid.index(20, 40)], 0);
  // From a mast the far edge of the crest, 51 m away, hides the ground up to 58 m.
  settings.observer_height_m = 30;
  layer = least_visible_heights(grid, settings);
  EXPECT_EQ(layer->least_m[grid.index(42, 40)], 0);
  settings.earthworks = pieces_on(grid, {{EarthworkKind::berm, {{57, -400}, {57, 400}}, 3, 4, 2}});
  layer = least_visible_heights(grid, settings);
  EXPECT_NEAR(layer->least_m[grid.index(42, 40)], 30 - 27 * 60 / 58.0, 1e-3);
  // A cell's own ground may be within the berm.
  settings.earthworks = pieces_on(grid, {{EarthworkKind::berm, {{60, -400}, {60, 400}}, 3, 8, 2}});
  layer = least_visible_heights(grid, settings);
  EXPECT_NEAR(layer->least_m[grid.index(42, 40)], 3, 1e-3);
}

TEST(ViewshedEarthworks, AWallHidesButForItsGap) {
  const GroundGrid grid = level();
  ViewshedSettings settings = from({40, 40}, 2, 1200);
  settings.earthworks = pieces_on(grid, {{EarthworkKind::wall, {{50, -400}, {50, -2}}, 4, 0.4, 0},
                                         {EarthworkKind::wall, {{50, 2}, {50, 400}}, 4, 0.4, 0}});
  const auto layer = sight(grid, settings, 1.5);
  for (int row = 30; row <= 50; ++row)
    EXPECT_EQ(layer->sight[grid.index(60, row)], row == 40 ? Sight::seen : Sight::hidden) << row;
}

TEST(ViewshedEarthworks, TrenchesDoNotCount) {
  const GroundGrid grid = level();
  ViewshedSettings settings = from({40, 40}, 2, 1200);
  const auto plain = least_visible_heights(grid, settings);
  settings.earthworks =
      pieces_on(grid, {{EarthworkKind::trench, {{50, -400}, {50, 400}}, 3, 8, 2}});
  const auto layer = least_visible_heights(grid, settings);
  for (std::size_t i = 0; i < plain->least_m.size(); ++i)
    EXPECT_TRUE(std::isnan(plain->least_m[i]) || layer->least_m[i] == plain->least_m[i]);
}

TEST(ViewshedEarthworks, KeepWithinTheSectorAndTheRange) {
  const GroundGrid grid = level();
  ViewshedSettings settings = from({40, 40}, 2, 600);
  settings.azimuth = Sector{geo::radians(80), geo::radians(100)};
  settings.earthworks = pieces_on(grid, {kBerm});
  const auto layer = least_visible_heights(grid, settings);
  EXPECT_GT(layer->least_m[grid.index(55, 40)], 1);
  EXPECT_TRUE(std::isnan(layer->least_m[grid.index(55, 50)]));
  EXPECT_TRUE(std::isnan(layer->least_m[grid.index(65, 40)]));
}

TEST(ViewshedEarthworks, AnEyeWithinOneIsRefusedAndOneAboveItSeesDownBothSides) {
  const GroundGrid grid = level();
  ViewshedSettings settings = from({40 + 50 / 30.0, 40}, 2, 600);
  settings.earthworks = pieces_on(grid, {kBerm});
  const auto refused = least_visible_heights(grid, settings);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("within an earthwork that is 3.00 m high"));
  settings.observer_height_m = 5;
  const auto layer = least_visible_heights(grid, settings);
  EXPECT_EQ(layer->least_m[grid.index(50, 40)], 0);
  EXPECT_EQ(layer->least_m[grid.index(30, 40)], 0);
}

TEST(ViewshedEarthworks, OverVoidsHideNothing) {
  GroundGrid grid = level();
  for (int row = 0; row < grid.rows; ++row)
    grid.heights_m[grid.index(41, row)] = std::numeric_limits<float>::quiet_NaN();
  ViewshedSettings settings = from({40, 40}, 2, 1200);
  settings.curvature = false;
  settings.earthworks = pieces_on(grid, {kBerm});
  EXPECT_EQ(least_visible_heights(grid, settings)->least_m[grid.index(60, 40)], 0);
}

}  // namespace
}  // namespace marsad::terrain
