// SPDX-License-Identifier: Apache-2.0
#include "detect/components.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <set>
#include <string>

namespace marsad::detect {
namespace {

using Labels = video::Image<std::uint8_t>;

Labels draw(const std::vector<std::string>& rows) {
  Labels labels(static_cast<int>(rows.front().size()), static_cast<int>(rows.size()));
  for (int y = 0; y < labels.height(); ++y)
    for (int x = 0; x < labels.width(); ++x) {
      const char c = rows[static_cast<std::size_t>(y)][static_cast<std::size_t>(x)];
      labels.at(x, y) = static_cast<std::uint8_t>(c == '.' ? 0 : c - '0');
    }
  return labels;
}

TEST(Components, HangTogetherByCorners) {
  const auto components = connected_components(draw({"1...", ".1..", "..1.", "1..."}));
  ASSERT_EQ(components.size(), 2U);
  EXPECT_EQ(components[0].area_px, 3);
  EXPECT_EQ(components[0].box, (Box{0, 0, 3, 3}));
  EXPECT_EQ(components[1].box, (Box{0, 3, 1, 1}));
}

TEST(Components, JoinTheArmsOfAFork) {
  const auto components = connected_components(draw({"1.1.1", "1.1.1", "11111"}));
  ASSERT_EQ(components.size(), 1U);
  EXPECT_EQ(components[0].area_px, 11);
}

TEST(Components, DoNotMixValues) {
  const auto components = connected_components(draw({"1122", "1122"}));
  ASSERT_EQ(components.size(), 2U);
  EXPECT_EQ(components[0].value, 1);
  EXPECT_EQ(components[1].value, 2);
  EXPECT_EQ(components[1].box, (Box{2, 0, 2, 2}));
}

TEST(Components, OfNothingAreNone) {
  EXPECT_TRUE(connected_components(Labels{}).empty());
  EXPECT_TRUE(connected_components(Labels(20, 20)).empty());
}

// Grows from each pixel to its neighbours, the plain way.
void flood(const Labels& labels, int x, int y, std::set<std::pair<int, int>>& seen) {
  if (!seen.insert({y, x}).second) return;
  for (int v = std::max(y - 1, 0); v <= std::min(y + 1, labels.height() - 1); ++v)
    for (int u = std::max(x - 1, 0); u <= std::min(x + 1, labels.width() - 1); ++u)
      if (labels.at(u, v) == labels.at(x, y)) flood(labels, u, v, seen);
}

RC_GTEST_PROP(Components, AreWhatAFloodReaches, ()) {
  const int width = *rc::gen::inRange(1, 30);
  const int height = *rc::gen::inRange(1, 12);
  Labels labels(width, height);
  for (std::uint8_t& label : labels.pixels())
    label = *rc::gen::element<std::uint8_t>(0, 0, 1, 1, 2);

  std::set<std::pair<int, int>> covered;
  for (const Component& component : connected_components(labels)) {
    std::set<std::pair<int, int>> pixels;
    for (const Run& run : component.runs)
      for (int x = run.x_begin; x < run.x_end; ++x) pixels.insert({run.y, x});
    std::set<std::pair<int, int>> reached;
    flood(labels, component.runs[0].x_begin, component.runs[0].y, reached);
    RC_ASSERT(pixels == reached);
    RC_ASSERT(component.area_px == static_cast<int>(pixels.size()));
    covered.insert(pixels.begin(), pixels.end());
  }
  const auto marked = std::count_if(labels.pixels().begin(), labels.pixels().end(),
                                    [](std::uint8_t label) { return label != 0; });
  RC_ASSERT(covered.size() == static_cast<std::size_t>(marked));
}

TEST(Gap, CountsThePixelsBetweenBoxes) {
  EXPECT_EQ(gap_px({0, 0, 4, 4}, {6, 0, 4, 4}), 2);
  EXPECT_EQ(gap_px({0, 0, 4, 4}, {4, 4, 4, 4}), 0);
  EXPECT_LT(gap_px({0, 0, 4, 4}, {2, 2, 4, 4}), 0);
  EXPECT_EQ(gap_px({0, 0, 4, 4}, {6, 9, 4, 4}), 5);
}

}  // namespace
}  // namespace marsad::detect
