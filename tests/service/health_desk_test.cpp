// SPDX-License-Identifier: Apache-2.0
#include "service/health_desk.h"

#include <gmock/gmock.h>

#include "service/views.h"

namespace marsad::service {
namespace {

using sensor::HealthState;
using testing::ElementsAre;

const sensor::SensorId kCamera{"T1"};

base::Time at(int s) { return base::Time(std::chrono::seconds(1'000'000 + s)); }

class HealthDeskTest : public testing::Test {
 protected:
  HealthDeskTest() {
    desk_.state(kCamera, HealthState::starting, "", at(0));
    for (int s = 1; s < 10; ++s) desk_.frame(kCamera, at(s));
  }

  CameraFigures figures() const { return desk_.cameras().at(kCamera); }
  HealthState state() const { return figures().health.state; }
  std::vector<HealthState> recorded_states() const {
    std::vector<HealthState> out;
    for (const auto& stretch : desk_.unrecorded()) {
      if (out.size() == stretch.number) out.push_back(stretch.state);
    }
    return out;
  }

  HealthDesk desk_;
};

TEST_F(HealthDeskTest, TheWorstConditionNamesTheStateAndAllAreKept) {
  desk_.conditions(kCamera,
                   {{HealthState::noisy, at(5), "noise"}, {HealthState::covered, at(3), "dark"}},
                   at(9), at(10));
  EXPECT_EQ(state(), HealthState::covered);
  EXPECT_EQ(figures().health.detail, "dark");
  EXPECT_EQ(figures().health.since, at(4));
  EXPECT_EQ(figures().health.conditions.size(), 2U);
  desk_.conditions(kCamera, {{HealthState::noisy, at(5), "noise"}}, at(11), at(12));
  EXPECT_EQ(state(), HealthState::noisy);
  EXPECT_EQ(figures().health.since, at(6));
  desk_.conditions(kCamera, {}, at(12), at(13));
  EXPECT_EQ(state(), HealthState::ok);
  EXPECT_EQ(figures().health.since, at(13));
  EXPECT_EQ(figures().troubles, 2U);
}

TEST_F(HealthDeskTest, AnArrivingFrameDoesNotHideWhatItsPictureShows) {
  desk_.conditions(kCamera, {{HealthState::frozen, at(3), "still"}}, at(9), at(9));
  desk_.frame(kCamera, at(10));
  EXPECT_EQ(state(), HealthState::frozen);
}

TEST_F(HealthDeskTest, ALostSignalForgetsThePictures) {
  desk_.conditions(kCamera, {{HealthState::frozen, at(3), "still"}}, at(9), at(9));
  desk_.state(kCamera, HealthState::reconnecting, "silent", at(12));
  EXPECT_EQ(state(), HealthState::reconnecting);
  EXPECT_TRUE(figures().health.conditions.empty());
  desk_.conditions(kCamera, {{HealthState::frozen, at(3), "still"}}, at(12), at(12));
  EXPECT_EQ(state(), HealthState::reconnecting);
  desk_.frame(kCamera, at(15));
  EXPECT_EQ(state(), HealthState::ok);
}

TEST_F(HealthDeskTest, ACameraThatFallsSilentHasNoSignal) {
  desk_.check_silence(at(18));
  EXPECT_EQ(state(), HealthState::ok);
  desk_.check_silence(at(25));
  EXPECT_EQ(state(), HealthState::no_signal);
  EXPECT_EQ(figures().health.detail, "no picture for 16 s");
  desk_.frame(kCamera, at(26));
  EXPECT_EQ(state(), HealthState::ok);
}

TEST_F(HealthDeskTest, AWrongClockDoesNotStirWhenThingsBegan) {
  desk_.conditions(kCamera, {{HealthState::clock_wrong, at(-5000), "back"}}, at(-4000), at(20));
  const base::Time since = figures().health.since;
  EXPECT_GE(since, at(20) - std::chrono::seconds(60));
  EXPECT_LE(since, at(20));
  desk_.conditions(kCamera, {{HealthState::clock_wrong, at(9000), "back"}}, at(9000), at(40));
  EXPECT_EQ(figures().health.since, since);
}

TEST_F(HealthDeskTest, StretchesFollowEachOtherWithoutAGap) {
  desk_.conditions(kCamera, {{HealthState::covered, at(5), "dark"}}, at(9), at(10));
  desk_.state(kCamera, HealthState::no_signal, "gone", at(20));
  desk_.end(at(30));
  EXPECT_THAT(recorded_states(), ElementsAre(HealthState::starting, HealthState::ok,
                                             HealthState::covered, HealthState::no_signal));
  std::map<std::uint32_t, sensor::HealthStretch> newest;
  for (const auto& stretch : desk_.unrecorded()) newest[stretch.number] = stretch;
  ASSERT_EQ(newest.size(), 4U);
  for (std::uint32_t number = 0; number < 3; ++number) {
    EXPECT_EQ(newest[number].until, newest[number + 1].since) << number;
  }
  EXPECT_EQ(newest[3].until, at(30));
  EXPECT_EQ(newest[2].detail, "dark");
}

TEST_F(HealthDeskTest, ForgetsWhatWasRecorded) {
  const std::size_t changes = desk_.unrecorded().size();
  desk_.state(kCamera, HealthState::ended, "", at(20));
  desk_.recorded(changes);
  const auto left = desk_.unrecorded();
  ASSERT_EQ(left.size(), 2U);
  EXPECT_EQ(left[0].until, at(20));
  EXPECT_EQ(left[1].state, HealthState::ended);
  desk_.recorded(99);
  EXPECT_TRUE(desk_.unrecorded().empty());
}

TEST_F(HealthDeskTest, TellsWhatTheTrackerRefusedByReason) {
  EXPECT_TRUE(view(desk_.refused()).empty());
  track::RefusedCounts counts;
  counts[track::Refusal::no_place] = 3;
  counts[track::Refusal::too_late] = 1;
  desk_.refused(counts);
  EXPECT_EQ(desk_.refused(), counts);
  const auto told = view(desk_.refused());
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told[0].reason, "no_place");
  EXPECT_EQ(told[0].count, 3U);
  EXPECT_EQ(told[1].reason, "too_late");
  EXPECT_EQ(told[1].count, 1U);
}

}  // namespace
}  // namespace marsad::service
