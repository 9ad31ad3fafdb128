// SPDX-License-Identifier: Apache-2.0
// What accounting finds in a record.
#include <gtest/gtest.h>

#include "store/store.h"
#include "tests/store/samples.h"
#include "tests/support/temporary_folder.h"

namespace marsad::store {
namespace {

class AccountingRows : public ::testing::Test {
 protected:
  void put(const incident::Incident& incident) {
    ASSERT_TRUE(store_.put_incident(run_, incident, std::nullopt));
  }

  test::TemporaryFolder folder_;
  Store store_ = Store::open(folder_.file("record.db")).value();
  RunId run_ = store_.begin_run(sample_time(0), "").value();
};

TEST_F(AccountingRows, FindsWhatWasToldInTheTimeAndNotWhatWasMerged) {
  for (std::uint64_t id = 1; id <= 9; ++id) put(sample_incident(id));  // even ones are merged
  // Told two seconds after they happened.
  const auto found = store_.accounted(sample_time(5), sample_time(9)).value();
  ASSERT_EQ(found.size(), 2U);
  const incident::Incident third = sample_incident(3);
  EXPECT_EQ(found[0].told, third.told);
  EXPECT_EQ(found[0].chainage_m, third.chainage_m);
  EXPECT_EQ(found[0].kind, third.kind);
  EXPECT_EQ(found[0].state, third.state);
  EXPECT_EQ(found[0].outcome, third.outcome);
  EXPECT_EQ(found[0].acknowledged, third.reached.acknowledged);
  EXPECT_EQ(found[0].arrived, third.reached.arrived);
  EXPECT_EQ(found[0].sensors, third.sensors);
  EXPECT_EQ(found[1].told, sample_incident(5).told);
}

TEST_F(AccountingRows, CountsFramesAndDetectionsByCameraAndHour) {
  std::vector<detect::FrameDetections> frames = {sample_frame(0, 2), sample_frame(1, 3),
                                                 sample_frame(7200, 1), sample_frame(86'400, 5)};
  ASSERT_TRUE(store_.append(run_, frames));
  frames = {sample_frame(2, 1)};
  frames.front().camera.text = "T4";
  ASSERT_TRUE(store_.append(run_, frames));
  ASSERT_TRUE(store_.append(run_, {sample_frame(3, 0)}));
  const auto found = store_.watch(sample_time(0), sample_time(7201)).value();
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].camera.text, "T3");
  EXPECT_EQ(found[0].hours, 2U);
  EXPECT_EQ(found[0].frames, 4U);
  EXPECT_EQ(found[0].detections, 6U);
  EXPECT_EQ(found[1].camera.text, "T4");
  EXPECT_EQ(found[1].detections, 1U);
}

}  // namespace
}  // namespace marsad::store
