// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <utility>

#include "tests/track/track_record.h"
#include "tests/track/world.h"
#include "track/tracker.h"

namespace marsad::track {
namespace {

using test::confirmed_of;
using test::Dice;
using test::distance_m;
using test::noisy_plot;
using test::plane;
using test::plot;
using test::scan;

constexpr geo::CovEn kGood = {4, 0, 4};

// Three walkers and a car among clutter, seen by three sensors in turn, some misses; of one walker
// a fourth sensor tells the bearing alone.
std::vector<Scan> some_world(std::uint64_t seed, double duration_s) {
  Dice dice(seed);
  std::vector<Scan> scans;
  for (int i = 0; 0.5 * i < duration_s; ++i) {
    const double t = 0.5 * i;
    std::vector<locate::Plot> plots;
    for (int walker = 0; walker < 3; ++walker) {
      if (dice.uniform() < 0.8) plots.push_back(noisy_plot(20 * walker, 1.3 * t, 6, 3, dice));
    }
    if (dice.uniform() < 0.9) plots.push_back(noisy_plot(12 * t, 400, 10, 4, dice));
    for (int left = dice.poisson(0.3); left > 0; --left) {
      plots.push_back(plot(dice.uniform(-500, 1000), dice.uniform(-500, 1000), {100, 0, 25}));
    }
    const char* const sensors[] = {"T2", "T10", "T1"};
    scans.push_back(scan(sensors[i % 3], t, plots));
    if (i % 3 == 0) {
      scans.push_back(scan("T4", t, {test::bearing({-900, -300}, {20, 1.3 * t}, 0.002)}));
    }
    if (i % 4 == 0) scans.push_back(scan("T3", t, {noisy_plot(0, 1.3 * t, 4, 4, dice)}));
  }
  return scans;
}

// The order in which they come when each is delayed by up to `most_s`.
std::vector<Scan> delayed(const std::vector<Scan>& scans, double most_s, Dice& dice) {
  std::vector<std::pair<double, std::size_t>> arrivals;
  for (std::size_t i = 0; i < scans.size(); ++i) {
    arrivals.emplace_back(
        base::to_seconds(scans[i].time.time_since_epoch()) + dice.uniform(0, most_s), i);
  }
  std::sort(arrivals.begin(), arrivals.end());
  std::vector<Scan> late;
  for (const auto& [arrives_s, i] : arrivals) late.push_back(scans[i]);
  return late;
}

// All that is told of the tracks but their numbers, in an order of its own.
std::vector<Track> without_numbers(std::vector<Track> tracks) {
  for (Track& track : tracks) track.id = {};
  std::sort(tracks.begin(), tracks.end(), [](const Track& a, const Track& b) {
    return std::pair(a.place.lat_rad, a.place.lon_rad) <
           std::pair(b.place.lat_rad, b.place.lon_rad);
  });
  return tracks;
}

// Dead ground between 30 and 60 m north, if it is told of.
std::vector<Track> live_after(const std::vector<Scan>& scans, bool ask_after_each,
                              bool watched = false) {
  const Visibility band = [](const sensor::SensorId&, geo::Geodetic place, sensor::MoverClass) {
    const double n = plane().to_enu(place).north;
    return n > 30 && n < 60 ? 0.0 : 0.8;
  };
  Tracker tracker({}, plane(), watched ? band : Visibility{});
  for (const Scan& look : scans) {
    tracker.process(look);
    if (ask_after_each) (void)tracker.tracks();
  }
  tracker.settle();
  std::vector<Track> tracks = tracker.tracks();
  std::erase_if(tracks, [](const Track& t) { return t.status == TrackStatus::lost; });
  return without_numbers(std::move(tracks));
}

RC_GTEST_PROP(LateScans, GiveTheSameTracksInWhateverOrderTheyCome, ()) {
  Dice dice(*rc::gen::arbitrary<std::uint64_t>());
  const double most_s = *rc::gen::element(0.0, 0.7, 6.0, 30.0);
  const std::vector<Scan> scans = some_world(*rc::gen::inRange<std::uint64_t>(1, 1000), 75);
  const bool watched = *rc::gen::arbitrary<bool>();
  const std::vector<Track> expected = live_after(scans, false, watched);
  RC_ASSERT(expected.size() >= 3U);
  const bool ask_after_each = *rc::gen::arbitrary<bool>();
  RC_ASSERT(live_after(delayed(scans, most_s, dice), ask_after_each, watched) == expected);
}

RC_GTEST_PROP(LateScans, CountOnceHoweverOftenTheyCome, ()) {
  Dice dice(*rc::gen::arbitrary<std::uint64_t>());
  std::vector<Scan> scans = some_world(*rc::gen::inRange<std::uint64_t>(1, 1000), 40);
  const std::vector<Track> expected = live_after(scans, false);
  const std::size_t single = scans.size();
  for (std::size_t i = 0; i < single; ++i) {
    for (int more = dice.poisson(0.5); more > 0; --more) scans.push_back(scans[i]);
  }
  RC_ASSERT(live_after(delayed(scans, 20, dice), true) == expected);
}

// The tracks of each second, their numbers left out; none of those lost, which are told once, when
// that is found.
std::vector<std::vector<Track>> recorded(const std::vector<Scan>& scans) {
  Tracker tracker({}, plane());
  test::TrackRecord record;
  for (const Scan& look : scans) {
    tracker.process(look);
    record.take(tracker, look.time);
  }
  record.settle(tracker);
  std::vector<std::vector<Track>> seconds;
  for (auto& [second, tracks] : record.states) {
    std::erase_if(tracks, [](const Track& t) { return t.status == TrackStatus::lost; });
    if (!tracks.empty()) seconds.push_back(without_numbers(std::move(tracks)));
  }
  return seconds;
}

RC_GTEST_PROP(LateScans, CorrectARecordToWhatItWouldBeHadTheyComeInTime, ()) {
  Dice dice(*rc::gen::arbitrary<std::uint64_t>());
  const double most_s = *rc::gen::element(0.0, 0.7, 6.0, 30.0);
  const std::vector<Scan> scans = some_world(*rc::gen::inRange<std::uint64_t>(1, 1000), 60);
  RC_ASSERT(recorded(delayed(scans, most_s, dice)) == recorded(scans));
}

// Three of the orders in which a scan came when the first of its second was forgotten already.
TEST(LateScans, CorrectNoSecondWhoseFirstScanIsForgotten) {
  for (const std::uint64_t seed : {10U, 47U, 83U}) {
    Dice dice(seed);
    const std::vector<Scan> scans = some_world(seed, 60);
    EXPECT_TRUE(recorded(delayed(scans, 30, dice)) == recorded(scans)) << seed;
  }
}

TEST(LateScans, KeepTheNumbersOfTracksInACorrectedPast) {
  Tracker tracker({}, plane());
  for (int t = 10; t <= 20; ++t) tracker.process(scan("T1", t, {plot(1.3 * t, 0, kGood)}));
  ASSERT_FALSE(tracker.amended());
  tracker.process(scan("T2", 15, {plot(1.3 * 15, 0, kGood)}));
  ASSERT_EQ(confirmed_of(tracker).size(), 1U);
  ASSERT_TRUE(tracker.amended());
  EXPECT_EQ(tracker.amended()->first.time_since_epoch().count(), 16);  // 15 begins with T1's scan
  EXPECT_EQ(tracker.amended()->last.time_since_epoch().count(), 20);
  EXPECT_EQ(tracker.amended()->tracks.size(), 5U);
  for (const Track& track : tracker.amended()->tracks) EXPECT_EQ(track.id, TrackId{1});
}

TEST(LateScans, LeaveShownTracksTheirNumbers) {
  const std::vector<Scan> scans = some_world(5, 120);
  Dice dice(6);
  Tracker tracker({}, plane());
  std::map<TrackId, int> shown;  // for the third walker, once well under way
  for (const Scan& look : delayed(scans, 3, dice)) {
    tracker.process(look);
    const double t = base::to_seconds(look.time.time_since_epoch());
    if (t < 20) continue;
    for (const Track& track : confirmed_of(tracker)) {
      const double now_s = base::to_seconds(track.time.time_since_epoch());
      if (distance_m(track, 40, 1.3 * now_s) < 9) ++shown[track.id];
    }
  }
  EXPECT_EQ(shown.size(), 1U);
}

TEST(LateScans, LetATrackBeginEarlierUnderItsNumber) {
  Tracker tracker({}, plane());
  for (int t = 10; t <= 20; ++t) tracker.process(scan("T1", t, {plot(1.3 * t, 0, kGood)}));
  ASSERT_EQ(confirmed_of(tracker).size(), 1U);
  for (int t = 0; t < 10; ++t) {
    tracker.process(scan("T2", t, {plot(1.3 * t, 0, kGood)}));
    ASSERT_EQ(confirmed_of(tracker).size(), 1U);
  }
  const Track track = confirmed_of(tracker)[0];
  EXPECT_EQ(track.id, TrackId{1});
  EXPECT_EQ(track.first_seen, test::at(0));
  EXPECT_EQ(track.plots, 21U);
}

TEST(LateScans, BringBackATrackHeldForLost) {
  Tracker tracker({.most_lateness_s = 60}, plane());
  for (int t = 0; t <= 10; ++t) tracker.process(scan("T1", t, {plot(1.3 * t, 0, kGood)}));
  tracker.process(scan("T1", 36, {plot(13, 0, kGood)}));
  ASSERT_EQ(tracker.tracks().front().status, TrackStatus::lost);
  tracker.process(scan("T1", 37, {}));
  // Two late plots: it was there all along.
  tracker.process(scan("T2", 19, {plot(1.3 * 19, 0, kGood)}));
  tracker.process(scan("T2", 28, {plot(1.3 * 28, 0, kGood)}));
  const auto tracks = confirmed_of(tracker);
  ASSERT_EQ(tracks.size(), 1U);
  EXPECT_EQ(tracks[0].id, TrackId{1});
}

TEST(LateScans, AreWorkedInAtLastHoweverManyThereAre) {
  // One sensor's scans all come 25 s late, and nobody settles.
  std::vector<Scan> scans;
  Dice dice(8);
  for (int i = 0; i < 1500; ++i) {
    const double t = 0.1 * i;
    scans.push_back(scan("T1", t, {noisy_plot(0, 1.3 * t, 3, 3, dice)}));
    if (t > 25) scans.push_back(scan("T2", t - 25, {noisy_plot(500, 1.3 * (t - 25), 3, 3, dice)}));
  }
  Tracker tracker({}, plane());
  for (const Scan& look : scans) tracker.process(look);
  const auto tracks = confirmed_of(tracker);
  ASSERT_GE(tracks.size(), 1U);
  EXPECT_EQ(tracker.refused()[Refusal::too_late], 0U);
  tracker.settle();
  // Its newest plot is 25 s old, which is too long unseen: but it was followed to there.
  EXPECT_EQ(confirmed_of(tracker).size(), 1U);
}

}  // namespace
}  // namespace marsad::track
