// SPDX-License-Identifier: Apache-2.0
#include "incident/judge.h"

#include <gmock/gmock.h>

#include "tests/incident/drawn.h"

namespace marsad::incident {
namespace {

using namespace test;
using testing::HasSubstr;

Judge fresh_judge(std::uint64_t next_id = 1) { return Judge({}, straight_border(), {next_id}); }

std::vector<track::Track> together(std::vector<track::Track> a,
                                   const std::vector<track::Track>& b) {
  a.insert(a.end(), b.begin(), b.end());
  std::stable_sort(a.begin(), a.end(),
                   [](const track::Track& x, const track::Track& y) { return x.time < y.time; });
  return a;
}

TEST(Judge, TellsOfACrossingWithAllThatAWatchOfficerAsks) {
  Judge judge = fresh_judge();
  const auto found = judged(judge, walk({.east_m = -15, .north_m = 1000, .id = 7}, 1.5, 20));
  ASSERT_EQ(found.size(), 1U);
  const Incident& incident = found[0];
  EXPECT_EQ(incident.id, IncidentId{1});
  EXPECT_EQ(incident.kind, Kind::crossing);
  EXPECT_EQ(incident.direction, Direction::inbound);
  EXPECT_EQ(incident.state, LifecycleState::open);
  EXPECT_NEAR(incident.chainage_m, 4000, 1);
  EXPECT_NEAR(incident.speed_mps, 1.5, 1e-9);
  EXPECT_NEAR(geo::degrees(incident.heading_rad), 90, 1e-9);
  EXPECT_EQ(incident.tracks, std::vector{track::TrackId{7}});
  EXPECT_EQ(incident.sensors, std::vector{sensor::SensorId{"T1"}});
  EXPECT_EQ(incident.evidence.sensor, sensor::SensorId{"T1"});
  EXPECT_GT(incident.evidence.cause.frame, 100U);
  EXPECT_THAT(incident.because,
              HasSubstr("1 person passed from the far side to the home side at km 4.0"));
  EXPECT_THAT(incident.because, HasSubstr("seen by T1"));
}

TEST(Judge, SaysNothingOfATrackNotConfirmed) {
  Judge judge = fresh_judge();
  auto tracks = walk({.east_m = -15}, 1.5, 20);
  for (track::Track& track : tracks) track.status = track::TrackStatus::tentative;
  EXPECT_TRUE(judged(judge, tracks).empty());
}

TEST(Judge, SaysNothingOfABirdInTheAir) {
  for (const bool in_air : {true, false}) {
    Judge judge = fresh_judge();
    auto tracks = walk({.east_m = -15}, 1.5, 20);
    for (track::Track& track : tracks) {
      track.in_air = in_air;
      track.classes = {0, 0, 0, 0.4, 0.6, 0};
    }
    EXPECT_EQ(judged(judge, tracks).empty(), in_air) << "on the ground it may be a person";
    for (track::Track& track : tracks) track.classes = {0, 0, 0, 0.6, 0.4, 0};
    judge = fresh_judge();
    EXPECT_EQ(judged(judge, tracks).size(), 1U) << "an aircraft, or what was taken for one";
  }
}

TEST(Judge, MakesAGroupOneIncidentThatGrows) {
  Judge judge = fresh_judge();
  const auto tracks = together(walk({.east_m = -15, .north_m = 0, .id = 1}, 1.5, 30),
                               walk({.east_m = -30, .north_m = 40, .id = 2}, 1.5, 30));
  std::vector<Incident> told;
  for (const track::Track& track : tracks) {
    for (Incident& incident : judge.judge({&track, 1})) told.push_back(std::move(incident));
  }
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told[0].id, told[1].id);
  EXPECT_EQ(told[1].tracks, (std::vector<track::TrackId>{{1}, {2}}));
  EXPECT_GE(told[1].probability, told[0].probability);
  EXPECT_THAT(told[1].because, HasSubstr("2 persons passed"));
}

TEST(Judge, CountsAMoverOfAGroupOnce) {
  Judge judge = fresh_judge();
  auto tracks = walk({.east_m = -15}, 1.5, 20);
  tracks = together(tracks, walk({.t_s = 20, .east_m = 15}, -1.5, 20));
  tracks = together(tracks, walk({.t_s = 40, .east_m = -15}, 1.5, 20));
  const auto found = judged(judge, tracks);
  ASSERT_EQ(found.size(), 2U);  // inbound, and outbound in between
  for (const Incident& incident : found) EXPECT_EQ(incident.tracks.size(), 1U);
}

TEST(Judge, MakesTwoOfEventsFarApartInPlaceTimeOrDirection) {
  const auto first = walk({.east_m = -15, .id = 1}, 1.5, 20);
  for (const auto& second : {walk({.east_m = -15, .north_m = 400, .id = 2}, 1.5, 20),
                             walk({.t_s = 90, .east_m = -15, .id = 2}, 1.5, 20),
                             walk({.east_m = 15, .id = 2}, -1.5, 20)}) {
    Judge judge = fresh_judge();
    EXPECT_EQ(judged(judge, together(first, second)).size(), 2U);
  }
}

TEST(Judge, NumbersOnFromTheIdGiven) {
  Judge judge = fresh_judge(41);
  const auto found = judged(judge, together(walk({.east_m = -15, .id = 1}, 1.5, 20),
                                            walk({.t_s = 200, .east_m = -15, .id = 2}, 1.5, 20)));
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].id.value, 41U);
  EXPECT_EQ(found[1].id.value, 42U);
}

TEST(Judge, ForgetsALostTrack) {
  Judge judge = fresh_judge();
  auto tracks = walk({.east_m = -15}, 0, 5);
  tracks.push_back(lost({.t_s = 5, .east_m = -15}));
  tracks = together(tracks, walk({.t_s = 6, .east_m = 15}, 0, 5));
  EXPECT_TRUE(judged(judge, tracks).empty());
}

TEST(Judge, GivesTheSameIncidentsForTheSameTracks) {
  const auto tracks = together(walk({.east_m = -15, .north_m = 0, .id = 1}, 1.5, 30),
                               walk({.east_m = -30, .north_m = 40, .id = 2}, 1.4, 40));
  Judge one = fresh_judge(), other = fresh_judge();
  EXPECT_EQ(judged(one, tracks), judged(other, tracks));
}

}  // namespace
}  // namespace marsad::incident
