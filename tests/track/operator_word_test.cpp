// SPDX-License-Identifier: Apache-2.0
#include "track/operator_word.h"

#include <gtest/gtest.h>

#include "tests/track/world.h"

namespace marsad::track {
namespace {

using test::at;

// A confirmed track of the tracker's, first and last seen at these seconds.
Track track(std::uint64_t id, double first_s, double last_s, const std::string& sensor = "a") {
  Track made;
  made.id = TrackId{id};
  made.status = TrackStatus::confirmed;
  made.time = made.last_seen = at(last_s);
  made.first_seen = at(first_s);
  made.place = test::plane().to_geodetic({double(id), 0, 0});
  made.existence = 0.9;
  made.plots = 10;
  made.sensors = {{sensor}};
  return made;
}

OperatorWord word(WordKind kind, std::uint64_t id, std::uint64_t other = 0) {
  return {kind, TrackId{id}, TrackId{other}, sensor::MoverClass::unknown, "Kay", at(100)};
}

std::vector<std::uint64_t> numbers(const std::vector<Track>& tracks) {
  std::vector<std::uint64_t> numbers;
  for (const Track& t : tracks) numbers.push_back(t.id.value);
  return numbers;
}

using Numbers = std::vector<std::uint64_t>;

TEST(OperatorWords, LeaveTracksAloneOfWhichNothingWasSaid) {
  OperatorWords words;
  const std::vector<Track> tracks = {track(1, 0, 10), track(2, 5, 10)};
  EXPECT_EQ(words.apply(tracks), tracks);
}

TEST(OperatorWords, MergeTwoUnderTheOlderNumber) {
  OperatorWords words;
  const std::vector<Track> tracks = {track(4, 5, 9, "a"), track(7, 2, 10, "b")};
  words.apply(tracks);
  ASSERT_TRUE(words.say(word(WordKind::merge, 4, 7)).has_value());
  const std::vector<Track> shown = words.apply(tracks);
  ASSERT_EQ(numbers(shown), Numbers{7});
  EXPECT_EQ(shown[0].first_seen, at(2));
  EXPECT_EQ(shown[0].place, tracks[1].place);  // seen last
  EXPECT_EQ(shown[0].plots, 20U);
  EXPECT_EQ(shown[0].sensors, (std::vector<sensor::SensorId>{{"a"}, {"b"}}));
}

TEST(OperatorWords, GiveAMoverFoundAgainItsOldNumber) {
  OperatorWords words;
  words.apply({track(1, 0, 10)});
  words.apply({track(2, 60, 70)});
  ASSERT_TRUE(words.say(word(WordKind::merge, 2, 1)).has_value());
  const std::vector<Track> shown = words.apply({track(2, 60, 80)});
  ASSERT_EQ(numbers(shown), Numbers{1});
  EXPECT_EQ(shown[0].first_seen, at(0));
}

TEST(OperatorWords, StickWhileTheTracksLive) {
  OperatorWords words;
  words.apply({track(1, 0, 10), track(2, 1, 10), track(3, 2, 10)});
  ASSERT_TRUE(words.say(word(WordKind::merge, 1, 2)).has_value());
  ASSERT_TRUE(words.say(word(WordKind::merge, 3, 1)).has_value());
  for (int t = 11; t < 20; ++t) {
    EXPECT_EQ(numbers(words.apply({track(1, 0, t), track(2, 1, t), track(3, 2, t)})), Numbers{1});
  }
  // The first is lost; the others go on under its number.
  EXPECT_EQ(numbers(words.apply({track(2, 1, 30), track(3, 2, 30)})), Numbers{1});
}

TEST(OperatorWords, SplitTakesApartWhatWasMerged) {
  OperatorWords words;
  const std::vector<Track> tracks = {track(1, 0, 10), track(2, 1, 10), track(3, 2, 10)};
  words.apply(tracks);
  ASSERT_TRUE(words.say(word(WordKind::merge, 1, 2)).has_value());
  ASSERT_TRUE(words.say(word(WordKind::merge, 1, 3)).has_value());
  ASSERT_TRUE(words.say(word(WordKind::split, 1)).has_value());
  EXPECT_EQ(words.apply(tracks), tracks);
}

TEST(OperatorWords, SplitGivesATrackThatIsAnotherMoverNowANewNumber) {
  OperatorWords words;
  words.apply({track(1, 0, 10)});
  ASSERT_TRUE(words.say(word(WordKind::split, 1)).has_value());
  const std::vector<Track> shown = words.apply({track(1, 0, 110)});
  ASSERT_EQ(numbers(shown), Numbers{OperatorWords::kFirstNewNumber});
  EXPECT_EQ(shown[0].first_seen, at(100));
  // And again, and merged with the one before.
  ASSERT_TRUE(words.say(word(WordKind::split, OperatorWords::kFirstNewNumber)).has_value());
  EXPECT_EQ(numbers(words.apply({track(1, 0, 120)})), Numbers{OperatorWords::kFirstNewNumber + 1});
  ASSERT_TRUE(words.say(word(WordKind::merge, OperatorWords::kFirstNewNumber + 1, 1)).has_value());
  EXPECT_EQ(numbers(words.apply({track(1, 0, 130)})), Numbers{1});
}

TEST(OperatorWords, LabelIsFinalUntilTakenBack) {
  OperatorWords words;
  Track car = track(1, 0, 10);
  car.classes = {0, 1, 0, 0, 0, 0};
  words.apply({car});
  OperatorWord camel = word(WordKind::label, 1);
  camel.label = sensor::MoverClass::animal;
  ASSERT_TRUE(words.say(camel).has_value());
  EXPECT_EQ(sensor::likeliest(words.apply({car})[0].classes), sensor::MoverClass::animal);
  ASSERT_TRUE(words.say(word(WordKind::label, 1)).has_value());
  EXPECT_EQ(words.apply({car}), std::vector<Track>{car});
}

TEST(OperatorWords, DroppedTracksStayAway) {
  OperatorWords words;
  words.apply({track(1, 0, 10), track(2, 0, 10)});
  ASSERT_TRUE(words.say(word(WordKind::drop, 1)).has_value());
  for (int t = 11; t < 20; ++t) {
    EXPECT_EQ(numbers(words.apply({track(1, 0, t), track(2, 0, t)})), Numbers{2});
  }
  EXPECT_FALSE(words.say(word(WordKind::label, 1)).has_value());
}

TEST(OperatorWords, DropTakesAllThatWasMerged) {
  OperatorWords words;
  words.apply({track(1, 0, 10), track(2, 0, 10)});
  ASSERT_TRUE(words.say(word(WordKind::merge, 1, 2)).has_value());
  ASSERT_TRUE(words.say(word(WordKind::drop, 1)).has_value());
  EXPECT_TRUE(words.apply({track(1, 0, 11), track(2, 0, 11)}).empty());
}

TEST(OperatorWords, RefuseWhatCannotBe) {
  OperatorWords words;
  words.apply({track(1, 0, 10)});
  const auto unknown = words.say(word(WordKind::drop, 5));
  ASSERT_FALSE(unknown.has_value());
  EXPECT_NE(base::to_string(unknown.error()).find("track 5"), std::string::npos);
  EXPECT_FALSE(words.say(word(WordKind::merge, 1, 1)).has_value());
  EXPECT_FALSE(words.say(word(WordKind::merge, 1, 5)).has_value());
  EXPECT_EQ(numbers(words.apply({track(1, 0, 11)})), Numbers{1});
}

TEST(OperatorWords, ForgetNumbersNotShownForADay) {
  OperatorWords words;
  words.apply({track(1, 0, 10)});
  words.apply({track(2, 90'000, 90'000)});
  EXPECT_FALSE(words.say(word(WordKind::merge, 2, 1)).has_value());
}

}  // namespace
}  // namespace marsad::track
