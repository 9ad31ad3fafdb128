// SPDX-License-Identifier: Apache-2.0
// What of the live feed an account of some kilometres or sensors is told, and that nothing else of
// it can be read out of what it is told.
#include "service/live_parts.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "wire/json.h"

namespace marsad::service {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

Sensors seen_by(std::vector<sensor::SensorId> sensors) {
  return std::make_shared<const std::vector<sensor::SensorId>>(std::move(sensors));
}

Scope kilometres(double from, double to) { return {"watch", {{from * 1000, to * 1000}}, {}}; }
Scope sensors(std::vector<sensor::SensorId> ids) { return {"watch", {}, std::move(ids)}; }

// Adds a track there, with a tail through these kilometres, seen by these sensors all the time.
void add(TracksToTell& tracks, std::uint64_t id, double km, const std::vector<double>& tail_km,
         const std::vector<sensor::SensorId>& by) {
  wire::TrackView& view = tracks.whole.tracks.emplace_back();
  view.id = id;
  view.km = km;
  for (const sensor::SensorId& sensor : by) view.sensors.push_back(sensor.text);
  tracks.tracks.push_back({km * 1000, seen_by(by)});
  std::vector<Sighting>& tail = tracks.tails.emplace_back();
  for (const double point_km : tail_km) {
    view.tail.push_back({40 + point_km, 34});
    tail.push_back({point_km * 1000, seen_by(by)});
  }
}

std::vector<std::uint64_t> ids(const wire::TracksMessage& message) {
  std::vector<std::uint64_t> out;
  for (const wire::TrackView& track : message.tracks) out.push_back(track.id);
  return out;
}

TEST(LiveParts, HaveTheTracksOfTheKilometresAndSensorsAlone) {
  TracksToTell tracks;
  add(tracks, 1, 2, {}, {{"T1"}});
  add(tracks, 2, 5, {}, {{"T2"}});
  add(tracks, 3, 2.5, {}, {{"T1"}, {"T2"}});
  EXPECT_THAT(ids(part_of(tracks, kilometres(0, 3))), ElementsAre(1, 3));
  EXPECT_THAT(ids(part_of(tracks, sensors({{"T2"}}))), ElementsAre(2, 3));
  EXPECT_THAT(ids(part_of(tracks, {"watch", {{0, 3000}}, {{"T2"}}})), ElementsAre(3));
  EXPECT_THAT(ids(part_of(tracks, kilometres(8, 9))), IsEmpty());
  EXPECT_THAT(part_of(tracks, sensors({{"T2"}})).tracks[1].sensors, ElementsAre("T2"))
      << "not who else saw it";
}

TEST(LiveParts, HaveOfATailTheNewestPieceThatLiesWithin) {
  TracksToTell tracks;
  add(tracks, 1, 2, {1.5, 2.8, 3.2, 2.9, 2.4}, {{"T1"}});
  const auto part = part_of(tracks, kilometres(0, 3));
  EXPECT_THAT(part.tracks[0].tail, ElementsAre(wire::LngLat{42.9, 34}, wire::LngLat{42.4, 34}));
  tracks.tails[0][4].chainage_m = 3100;
  EXPECT_THAT(part_of(tracks, kilometres(0, 3)).tracks[0].tail, IsEmpty());
  EXPECT_EQ(part_of(tracks, kilometres(0, 9)).tracks[0].tail.size(), 5U);
}

TEST(LiveParts, DoNotTellWhereItWasBeforeOnesOwnSensorsSawIt) {
  TracksToTell tracks;
  add(tracks, 1, 2, {1, 2, 3}, {{"T1"}, {"T2"}});
  tracks.tails[0][0].seen_by = tracks.tails[0][1].seen_by = seen_by({{"T1"}});
  EXPECT_THAT(part_of(tracks, sensors({{"T2"}})).tracks[0].tail, ElementsAre(wire::LngLat{43, 34}));
}

TEST(LiveParts, TellOfAGroupOnlyWhereAllItsMembersAreSeen) {
  TracksToTell tracks;
  tracks.whole.groups.resize(3);
  for (std::uint64_t i = 0; i < 3; ++i) tracks.whole.groups[i].id = i + 1;
  const Sensors by = seen_by({{"T1"}});
  tracks.groups = {std::vector<Sighting>{{1000, by}, {2000, by}},
                   std::vector<Sighting>{{1000, by}, {4000, by}}, std::nullopt};
  const auto part = part_of(tracks, kilometres(0, 3));
  ASSERT_EQ(part.groups.size(), 1U) << "its middle would tell where the others are";
  EXPECT_EQ(part.groups[0].id, 1U);
}

TEST(LiveParts, HaveTheHealthOfOnesOwnCamerasAndNoCountsOfTheWholeBorder) {
  wire::HealthMessage health;
  health.cameras.resize(2);
  health.cameras[0].id = "T1";
  health.cameras[1].id = "T2";
  health.queues.push_back({"frames T1", 0, 4, 0, 0, 0});
  health.held_back.push_back({"patrol Falcon", 3});
  health.refused.push_back({"no_place", 7});
  health.recording = false;
  const std::string told = wire::to_json(part_of(health, sensors({{"T2"}})));
  EXPECT_THAT(told, HasSubstr("T2"));
  EXPECT_THAT(told, HasSubstr("\"recording\":false"));
  for (const char* withheld : {"T1", "Falcon", "no_place"}) {
    EXPECT_THAT(told, Not(HasSubstr(withheld)));
  }
}

wire::LedgerMessage ledger() {
  wire::LedgerMessage message;
  message.stretch_km = 1;
  message.enough = 0.5;
  message.kinds = {{"person", {0.9, 0.1, 0.2, 0.05, 0.8}}};
  message.dark = {
      {"person", 1, 4, 0.05, "2026-11-22T03:00:00.000Z", {{"camera", "T7", "frozen", "", ""}}},
      {"person", 3, 4, 0.05, std::nullopt, {}}};
  return message;
}

TEST(LiveParts, HaveOfTheLedgerTheStretchesWithinTheKilometres) {
  const auto part = part_of(ledger(), kilometres(0.5, 3), 4600);
  ASSERT_TRUE(part);
  const std::vector<double>& found = part->kinds[0].found;
  EXPECT_TRUE(std::isnan(found[0])) << "half of it is another's";
  EXPECT_EQ(found[1], 0.1);
  EXPECT_EQ(found[2], 0.2);
  EXPECT_TRUE(std::isnan(found[3]) && std::isnan(found[4]));
  ASSERT_EQ(part->dark.size(), 1U);
  EXPECT_EQ(part->dark[0].from_km, 1);
  EXPECT_EQ(part->dark[0].to_km, 3);
  EXPECT_EQ(part->dark[0].least_found, 0.1) << "not of its worst place, which lies outside";
}

TEST(LiveParts, HaveOfWhoHoldsWhatThePiecesWithinTheKilometres) {
  wire::LedgerMessage message = ledger();
  message.held = {{"far", 0, 2, "held", "Force of the north"}, {"far", 2, 4.6, "nobody", ""}};
  const auto part = part_of(message, kilometres(2.5, 3), 4600);
  ASSERT_TRUE(part);
  EXPECT_EQ(part->held, (std::vector<wire::HeldView>{{"far", 2.5, 3, "nobody", ""}}));
  EXPECT_EQ(part_of(message, {}, 4600)->held, message.held);
}

TEST(LiveParts, HaveTheLedgersLastStretchThoughItPassesTheLinesEnd) {
  EXPECT_EQ(part_of(ledger(), kilometres(4, 4.6), 4600)->kinds[0].found[4], 0.8);
  EXPECT_TRUE(std::isnan(part_of(ledger(), kilometres(4, 4.5), 4600)->kinds[0].found[4]));
}

TEST(LiveParts, HaveNoLedgerWhereSomeSensorsAreWithheld) {
  EXPECT_FALSE(part_of(ledger(), sensors({{"T1"}}), 4600));
  EXPECT_TRUE(part_of(ledger(), {}, 4600));
}

// Whatever the tracks and the scope: no number, tail or sensor that is withheld stands in the text.
RC_GTEST_PROP(LiveParts, HoldNothingThatIsWithheld, ()) {
  const double from = *rc::gen::inRange(0, 20), to = from + *rc::gen::inRange(0, 10);
  const bool by_sensor = *rc::gen::arbitrary<bool>();
  Scope scope = kilometres(from, to);
  if (by_sensor) scope.sensors = {{"Own"}};
  TracksToTell tracks;
  std::vector<std::string> withheld;
  const int count = *rc::gen::inRange(0, 12);
  for (int i = 0; i < count; ++i) {
    const double km = *rc::gen::inRange(0, 30);
    const bool is_own = *rc::gen::arbitrary<bool>();
    std::vector<sensor::SensorId> by = {{"Other" + std::to_string(i)}};
    if (is_own) by.push_back({"Own"});
    const std::uint64_t id = 700'000 + static_cast<std::uint64_t>(i);
    add(tracks, id, km, {km}, by);
    // Each point of a tail at a place of its own, so that it is known again.
    const double outside_km = 50 + i;
    tracks.whole.tracks.back().tail.insert(tracks.whole.tracks.back().tail.begin(),
                                           {90 + i + 0.125, 34});
    tracks.tails.back().insert(tracks.tails.back().begin(), {outside_km * 1000, seen_by(by)});
    withheld.push_back(std::to_string(90 + i) + ".125");
    if (by_sensor) withheld.push_back("Other" + std::to_string(i) + "\"");
    const bool is_told = km >= from && km <= to && (!by_sensor || is_own);
    if (!is_told) withheld.push_back(std::to_string(id));
  }
  const std::string told = wire::to_json(part_of(tracks, scope));
  for (const std::string& text : withheld) RC_ASSERT(told.find(text) == std::string::npos);
}

}  // namespace
}  // namespace marsad::service
