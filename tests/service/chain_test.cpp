// SPDX-License-Identifier: Apache-2.0
#include "service/chain.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/service/site_folder.h"

namespace marsad::service {
namespace {

// Plots go straight to the tracker, as if the test site's camera had made them: around its middle,
// where the border runs south and 600 m off.
class ChainTest : public ::testing::Test {
 protected:
  locate::Plot plot(double east_m) const {
    locate::Plot made;
    made.place = frame_.to_geodetic({east_m, 0, 0});
    made.cov_m2 = {1, 0, 1};
    return made;
  }

  // One look, half a second after the last.
  Step look(Chain& chain, std::vector<locate::Plot> plots) {
    now_ += std::chrono::milliseconds(500);
    Step step;
    step.frame.camera = {"T1"};
    step.frame.time = now_;
    step.frame.pose = site_.cameras[0].camera.pose;
    step.scan = {{"T1"}, now_, std::move(plots)};
    chain.track(step);
    return step;
  }

  // The last of so many looks at three who walk east, 12 m apart.
  Step look_at_three(Chain& chain, int looks) {
    Step step;
    for (int i = 0; i < looks; ++i) {
      walked_m_ += 0.5;
      step = look(chain, {plot(walked_m_ - 12), plot(walked_m_), plot(walked_m_ + 12)});
    }
    return step;
  }

  // Where something flies so far east of the middle, 60 m up.
  geo::Geodetic flyer(double east_m) const {
    geo::Geodetic place = frame_.to_geodetic({east_m, 0, 0});
    place.height_m = site_.elevation->surface_m(place.lat_rad, place.lon_rad).value() + 60;
    return place;
  }

  // A look of a camera to the south that sees it before the sky.
  Step look_at_flyer(Chain& chain, const char* camera, double camera_east_m, double east_m) {
    const geo::Geodetic from = frame_.to_geodetic({camera_east_m, -400, 300});
    const geo::Enu to = geo::LocalFrame(from).to_enu(flyer(east_m));
    locate::Plot bearing;
    bearing.from = from;
    bearing.bearing_rad = std::atan2(to.east, to.north);
    bearing.elevation_rad = std::atan2(to.up, std::hypot(to.east, to.north));
    bearing.bearing_sigma_rad = bearing.elevation_sigma_rad = 1e-3;
    now_ += std::chrono::milliseconds(50);
    Step step;
    step.frame.camera = {camera};
    step.frame.time = now_;
    step.frame.pose = site_.cameras[0].camera.pose;
    step.scan = {{camera}, now_, {bearing}};
    chain.track(step);
    return step;
  }

  SiteFolder folder_;
  Site site_ = folder_.load();
  geo::LocalFrame frame_{{geo::radians(33.9945), geo::radians(41.0), 0}};
  base::Time now_{std::chrono::seconds(1000)};
  double walked_m_ = -30;
};

TEST_F(ChainTest, ThreeWhoWalkTogetherAreAGroup) {
  Chain chain(site_, {1});
  const Step step = look_at_three(chain, 50);
  ASSERT_EQ(step.tracks.size(), 3U);
  ASSERT_EQ(step.groups.size(), 1U);
  EXPECT_EQ(step.groups[0].members,
            (std::vector{step.tracks[0].id, step.tracks[1].id, step.tracks[2].id}));
  EXPECT_EQ(step.groups[0].time, step.frame.time);
  EXPECT_NEAR(step.groups[0].ve_mps, 1, 0.1);
}

TEST_F(ChainTest, WhoIsNotShownIsInNoGroup) {
  Chain chain(site_, {1});
  const Step before = look_at_three(chain, 50);
  ASSERT_EQ(before.tracks.size(), 3U);
  const track::TrackId dropped = before.tracks[1].id;
  chain.operators().say({track::WordKind::drop, dropped, {}, {}, "watch 2", {}},
                        [](const store::RecordedWord&) { return base::Result<void>(); });
  const Step after = look_at_three(chain, 1);
  ASSERT_EQ(after.tracks.size(), 2U);
  for (const track::Group& group : after.groups) {
    for (const track::TrackId id : group.members) EXPECT_NE(id, dropped);
  }
}

TEST_F(ChainTest, NothingOfAPrivacyZoneIsInAGroup) {
  folder_.write("zones.geojson", R"({"type": "Feature", "properties": {"name": "homes",
    "kind": "privacy", "height_m": 5}, "geometry": {"type": "Polygon", "coordinates":
    [[[41.0, 33.994], [41.0009, 33.994], [41.0009, 33.995], [41.0, 33.995], [41.0, 33.994]]]}})");
  folder_.write("site.toml", kHead + "[zones]\nfile = \"zones.geojson\"\n" +
                                 camera("T1", "\"simulated\"") + kSimulation);
  site_ = folder_.load();
  Chain chain(site_, {1});
  int grouped = 0;
  for (int i = 0; i < 70; ++i) {
    const Step step = look_at_three(chain, 1);
    for (const track::Group& group : step.groups) {
      ++grouped;
      EXPECT_LT(frame_.to_enu(group.centre).east, 0);
      EXPECT_LE(group.members.size(), step.tracks.size());
      for (const track::TrackId id : group.members) {
        EXPECT_TRUE(std::any_of(step.tracks.begin(), step.tracks.end(),
                                [&](const track::Track& track) { return track.id == id; }));
      }
    }
  }
  EXPECT_GT(grouped, 0);
}

TEST_F(ChainTest, WhatTwoCamerasSeeFlyIsATrackInTheAir) {
  Chain chain(site_, {1});
  Step step;
  for (double east_m = 0; east_m < 20; east_m += 0.6) {
    look_at_flyer(chain, "T1", -300, east_m);
    step = look_at_flyer(chain, "T2", 300, east_m);
    EXPECT_FALSE(step.scan.plots[0].place) << "the scan stays as it was located";
  }
  ASSERT_EQ(step.tracks.size(), 1U);
  const track::Track& track = step.tracks[0];
  EXPECT_TRUE(track.in_air);
  EXPECT_NEAR(track.place.height_m, flyer(20).height_m, 2);
  EXPECT_LT(geo::norm(geo::LocalFrame(track.place).to_enu(flyer(19.8))), 3);
  EXPECT_EQ(sensor::likeliest(track.classes), sensor::MoverClass::aircraft);
}

TEST_F(ChainTest, WhatOneCameraSeesFlyIsNone) {
  Chain chain(site_, {1});
  for (double east_m = 0; east_m < 20; east_m += 0.6) {
    EXPECT_TRUE(look_at_flyer(chain, "T1", -300, east_m).tracks.empty());
  }
}

TEST_F(ChainTest, NothingThatFliesOverAPrivacyZoneIsATrack) {
  folder_.write("zones.geojson", R"({"type": "Feature", "properties": {"name": "homes",
    "kind": "privacy", "height_m": 5}, "geometry": {"type": "Polygon", "coordinates":
    [[[40.99, 33.994], [41.01, 33.994], [41.01, 33.995], [40.99, 33.995], [40.99, 33.994]]]}})");
  folder_.write("site.toml", kHead + "[zones]\nfile = \"zones.geojson\"\n" +
                                 camera("T1", "\"simulated\"") + kSimulation);
  site_ = folder_.load();
  Chain chain(site_, {1});
  for (double east_m = 0; east_m < 20; east_m += 0.6) {
    look_at_flyer(chain, "T1", -300, east_m);
    EXPECT_TRUE(look_at_flyer(chain, "T2", 300, east_m).tracks.empty());
  }
}

TEST_F(ChainTest, CountsWhatTheTrackerRefuses) {
  Chain chain(site_, {1});
  EXPECT_EQ(chain.refused(), track::RefusedCounts{});
  locate::Plot bearing;
  locate::Plot broken = plot(0);
  broken.cov_m2.ee = std::nan("");
  look(chain, {plot(0), bearing, broken});
  EXPECT_EQ(chain.refused()[track::Refusal::no_place], 1U);
  EXPECT_EQ(chain.refused()[track::Refusal::not_a_number], 1U);
  now_ -= std::chrono::milliseconds(500);
  look(chain, {plot(0)});
  EXPECT_EQ(chain.refused()[track::Refusal::repeated_scan], 1U);
}

}  // namespace
}  // namespace marsad::service
