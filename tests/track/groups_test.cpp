// SPDX-License-Identifier: Apache-2.0
#include "track/groups.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "tests/track/world.h"
#include "track/tracker.h"

namespace marsad::track {
namespace {

using test::at;
using test::Dice;
using test::noisy_plot;
using test::plane;
using test::scan;

Track track(std::uint64_t id, double t_s, double e_m, double n_m, double ve_mps, double vn_mps) {
  Track made;
  made.id = TrackId{id};
  made.status = TrackStatus::confirmed;
  made.time = at(t_s);
  made.place = plane().to_geodetic({e_m, n_m, 0});
  made.ve_mps = ve_mps;
  made.vn_mps = vn_mps;
  return made;
}

TEST(Groups, AreDeclaredOnceTheirMembersWentTogetherForAWhile) {
  Groups groups({}, plane());
  for (int t = 0; t <= 30; ++t) {
    const auto found =
        groups.update({track(1, t, 0, 1.3 * t, 0, 1.3), track(2, t, 15, 1.3 * t, 0, 1.3),
                       track(3, t, 500, 1.3 * t, 0, 1.3)});
    if (t < 10) {
      EXPECT_TRUE(found.empty()) << t;
    }
    if (t < 11) continue;
    ASSERT_EQ(found.size(), 1U) << t;
    EXPECT_EQ(found[0].id, GroupId{1});
    EXPECT_EQ(found[0].members, (std::vector{TrackId{1}, TrackId{2}}));
    EXPECT_NEAR(plane().to_enu(found[0].centre).east, 7.5, 0.01);
    EXPECT_NEAR(std::sqrt(found[0].extent_m2.ee), 7.5, 0.01);
    EXPECT_NEAR(found[0].vn_mps, 1.3, 1e-9);
  }
}

TEST(Groups, DoNotTakeInWhoOnlyPassesBy) {
  Groups groups({}, plane());
  for (int t = 0; t <= 100; ++t) {
    EXPECT_TRUE(
        groups.update({track(1, t, 0, 0.7 * t, 0, 0.7), track(2, t, 5, 70 - 0.7 * t, 0, -0.7)})
            .empty())
        << t;
  }
}

TEST(Groups, KeepTheirIdWithMostMembersWhenTheyPart) {
  Groups groups({}, plane());
  std::vector<Group> found;
  for (int t = 0; t <= 120; ++t) {
    std::vector<Track> tracks;
    for (std::uint64_t i = 1; i <= 5; ++i) {
      const double away = i > 3 && t > 30 ? 3.0 * (t - 30) : 0;
      tracks.push_back(track(i, t, 15 * double(i) + away, 1.3 * t, away > 0 ? 3 : 0, 1.3));
    }
    found = groups.update(tracks);
  }
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].id, GroupId{1});
  EXPECT_EQ(found[0].members.size(), 3U);
  EXPECT_EQ(found[1].id, GroupId{2});
  EXPECT_EQ(found[1].members.size(), 2U);
}

TEST(Groups, WaitForHiddenMembers) {
  Groups groups({}, plane());
  std::vector<Group> found;
  for (int t = 0; t <= 90; ++t) {
    std::vector<Track> tracks = {track(1, t, 0, 0, 0, 0), track(2, t, 15, 0, 0, 0)};
    if (t > 20) {
      tracks[1].status = TrackStatus::hidden;
      tracks[1].place = plane().to_geodetic({15 + 2.0 * (t - 20), 0, 0});
    }
    found = groups.update(tracks);
  }
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].members.size(), 2U);
  EXPECT_NEAR(plane().to_enu(found[0].centre).east, 0, 0.01);
}

TEST(Groups, OfFiveWalkersAreOneOfFiveAllTheTime) {
  // Simulated: 10 to 20 m apart, seen each second 2.5 km off, now and then missed.
  int steady = 0;
  constexpr int kRuns = 10;
  for (int run = 0; run < kRuns; ++run) {
    Dice dice(std::uint64_t(run) + 1);
    const double spacing = dice.uniform(10, 20);
    Tracker tracker({}, plane());
    Groups groups({}, plane());
    bool always = true;
    for (int t = 0; t <= 240; ++t) {
      std::vector<locate::Plot> plots;
      for (int walker = 0; walker < 5; ++walker) {
        if (dice.uniform() < 0.1) continue;
        plots.push_back(noisy_plot(spacing * walker, 2500 - 1.3 * t, 2, 25, dice));
      }
      tracker.process(scan("T1", t, plots));
      const auto found = groups.update(tracker.tracks());
      if (t < 60) continue;
      always = always && found.size() == 1 && found[0].members.size() == 5;
    }
    steady += always ? 1 : 0;
  }
  EXPECT_GE(steady, 9);
}

}  // namespace
}  // namespace marsad::track
