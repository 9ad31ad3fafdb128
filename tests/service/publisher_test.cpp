// SPDX-License-Identifier: Apache-2.0
#include "service/publisher.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace marsad::service {
namespace {

using nlohmann::json;
using namespace std::chrono_literals;

geo::Geodetic place(double lon_deg, double lat_deg) {
  return {geo::radians(lat_deg), geo::radians(lon_deg), 0};
}

class TrackPublisherTest : public ::testing::Test {
 protected:
  static track::Track track(std::uint64_t id, track::TrackStatus status) {
    track::Track made;
    made.id.value = id;
    made.status = status;
    made.place = place(41.001, 34);
    return made;
  }

  // Shows these after a while, and reads what was published.
  json show(Step step) {
    now_ += 1s;
    step.frame.time = now_;
    publisher_.show(step, now_);
    return json::parse(publisher_.newest());
  }

  geo::BorderLine line_ = *geo::BorderLine::make({place(41, 34.02), place(41, 33.96)}, true);
  TrackPublisher publisher_{line_, [](const LiveMessage&) {}};
  base::Time now_{1000s};
};

TEST_F(TrackPublisherTest, ShowsConfirmedTracksAndKnowsThem) {
  EXPECT_EQ(publisher_.newest(), "");
  EXPECT_FALSE(publisher_.track({4}).has_value());
  Step step;
  step.tracks = {track(2, track::TrackStatus::tentative), track(4, track::TrackStatus::confirmed),
                 track(5, track::TrackStatus::hidden), track(9, track::TrackStatus::lost)};
  const json told = show(step);
  ASSERT_EQ(told["tracks"].size(), 1U);
  EXPECT_EQ(told["tracks"][0]["id"], 4);
  EXPECT_TRUE(publisher_.track({4}).has_value());
  for (const std::uint64_t other : {2U, 3U, 5U, 9U, 10U}) {
    EXPECT_FALSE(publisher_.track({other}).has_value()) << other;
  }
  show({});
  EXPECT_FALSE(publisher_.track({4}).has_value());
}

TEST_F(TrackPublisherTest, TellsOfGroupsOnlyByTracksThatAreShown) {
  Step step;
  step.tracks = {track(4, track::TrackStatus::confirmed), track(5, track::TrackStatus::hidden),
                 track(6, track::TrackStatus::confirmed), track(7, track::TrackStatus::hidden),
                 track(8, track::TrackStatus::hidden)};
  track::Group group;
  group.id.value = 3;
  group.members = {{4}, {5}, {6}};
  group.centre = place(41.001, 34);
  group.extent_m2 = {100, 0, 25};
  group.ve_mps = 1.2;
  track::Group unseen;
  unseen.id.value = 4;
  unseen.members = {{7}, {8}};
  step.groups = {group, unseen};
  const json told = show(step);
  EXPECT_EQ(told["groups"], json::parse(R"([{"id": 3, "tracks": [4, 6], "hidden": 1,
    "at": [41.001, 34.0], "ellipse": {"major_m": 20.0, "minor_m": 10.0, "azimuth_deg": 90.0},
    "speed_mps": 1.2, "heading_deg": 90.0}])"));
  EXPECT_EQ(show({})["groups"], json::array());
}

}  // namespace
}  // namespace marsad::service
