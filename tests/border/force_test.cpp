// SPDX-License-Identifier: Apache-2.0
#include "border/force.h"

#include <gtest/gtest.h>

#include "tests/border/entries.h"

namespace marsad::border {
namespace {

ForceReport heard(const std::string& name, int on_day, double uncertainty_m = 0) {
  ForceReport report;
  report.name = name;
  report.heard = day(on_day);
  report.uncertainty_m = uncertainty_m;
  return report;
}

TEST(Forces, AreWhereTheyWereHeardOfLast) {
  const std::vector<ForceReport> reports = {heard("patrol 4", 3), heard("post 2", 0),
                                            heard("patrol 4", 1), heard("patrol 4", 5)};
  const auto known = newest_reports(reports, day(4));
  ASSERT_EQ(known.size(), 2U);
  EXPECT_EQ(known[0], reports[0]);
  EXPECT_EQ(known[1], reports[1]);
  EXPECT_TRUE(newest_reports(reports, day(-1)).empty());
}

TEST(Forces, BecomeLessSureUnlessTheyStandStill) {
  ForceReport patrol = heard("patrol 4", 0, 30);
  const base::Time later = patrol.heard + std::chrono::seconds(20);
  EXPECT_EQ(drift_m(patrol, patrol.heard), 30);
  EXPECT_NEAR(drift_m(patrol, later), 50, 1e-9);  // 30 m and 40 m gone, at right angles
  patrol.role = ForceRole::post;
  EXPECT_EQ(drift_m(patrol, later), 30);
}

}  // namespace
}  // namespace marsad::border
