// SPDX-License-Identifier: Apache-2.0
#include "service/operator_desk.h"

#include <gtest/gtest.h>

namespace marsad::service {
namespace {

base::Time at(int seconds) { return base::Time(std::chrono::seconds(seconds)); }

track::Track track(std::uint64_t id, base::Time time) {
  track::Track made;
  made.id = {id};
  made.status = track::TrackStatus::confirmed;
  made.time = made.first_seen = made.last_seen = time;
  return made;
}

track::OperatorWord drop(std::uint64_t id) {
  return {track::WordKind::drop, {id}, {}, sensor::MoverClass::unknown, "watch 2", {}};
}

TEST(OperatorDesk, GivesAWordItsPlaceAmongTheFrames) {
  OperatorDesk desk;
  desk.apply({track(1, at(10))}, at(10));
  desk.apply({track(1, at(11))}, at(11));
  std::vector<store::RecordedWord> kept;
  const auto said = desk.say(drop(1), [&](const store::RecordedWord& word) {
    kept.push_back(word);
    return base::Result<void>();
  });
  ASSERT_TRUE(std::holds_alternative<track::OperatorWord>(said));
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(kept[0].frames, 2U);
  EXPECT_EQ(kept[0].word.time, at(11));
  EXPECT_TRUE(desk.apply({track(1, at(12))}, at(12)).empty());
}

TEST(OperatorDesk, TakesNoWordThatIsNotRecorded) {
  OperatorDesk desk;
  desk.apply({track(1, at(10))}, at(10));
  const auto said = desk.say(drop(1), [](const store::RecordedWord&) -> base::Result<void> {
    return base::Error{"record", "no room"};
  });
  EXPECT_EQ(std::get<WordRefusal>(said).reason, WordRefusal::Reason::not_recorded);
  EXPECT_EQ(desk.apply({track(1, at(11))}, at(11)).size(), 1U);
}

TEST(OperatorDesk, RecordsNoWordOnATrackThatIsNotShown) {
  OperatorDesk desk;
  desk.apply({track(1, at(10))}, at(10));
  bool kept = false;
  const auto said = desk.say(drop(2), [&](const store::RecordedWord&) {
    kept = true;
    return base::Result<void>();
  });
  EXPECT_EQ(std::get<WordRefusal>(said).reason, WordRefusal::Reason::unknown_track);
  EXPECT_FALSE(kept);
}

}  // namespace
}  // namespace marsad::service
