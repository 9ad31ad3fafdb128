// SPDX-License-Identifier: Apache-2.0
#include "service/look_ahead.h"

#include <gtest/gtest.h>

#include "service/views.h"
#include "tests/service/site_folder.h"

namespace marsad::service {
namespace {

const base::Time kNow{std::chrono::seconds(1000)};

// The test site; its camera looks along the border, which runs south, at 33.9945° N.
class LookAheadTest : public ::testing::Test {
 protected:
  Cameras cameras(const Site& site) const {
    return {{site.cameras[0].camera.id, site.cameras[0].camera}};
  }

  // A person so far east of the line, where the camera looks, well known and going east.
  static track::Track walker(const Site& site, double east_m, double ve_mps) {
    const geo::LocalFrame frame({geo::radians(33.9945), geo::radians(41.0), 0});
    track::Track track;
    track.id.value = 7;
    track.status = track::TrackStatus::confirmed;
    track.time = kNow;
    const geo::Geodetic at = frame.to_geodetic({east_m, 0, 0});
    track.place = at;
    track.place.height_m = *site.elevation->height_m(at.lat_rad, at.lon_rad);
    track.ve_mps = ve_mps;
    track.cov = {4, 0, 0, 0, 4, 0, 0, 0.01, 0, 0.01};
    track.classes = {1, 0, 0, 0, 0, 0};
    return track;
  }

  SiteFolder folder_;
};

TEST_F(LookAheadTest, TellsWhenAWalkerReachesTheBorderAndWhoSeesItNext) {
  const Site site = folder_.load();
  const LookAhead ahead = look_ahead(walker(site, -400, 2), site, cameras(site));
  EXPECT_EQ(ahead.path.size(), 61U);
  ASSERT_TRUE(ahead.arrival.has_value());
  EXPECT_NEAR(base::to_seconds(ahead.arrival->likely - kNow), 200, 2);
  EXPECT_LT(ahead.arrival->earliest, ahead.arrival->likely);
  EXPECT_TRUE(ahead.arrival->to_home);
  EXPECT_NEAR(ahead.arrival->s_m, 2829, 20);
  // The camera's picture is 12° wide: 60 m to either side of the line there.
  ASSERT_TRUE(ahead.next_sight.has_value());
  EXPECT_EQ(ahead.next_sight->sensor.text, "T1");
  EXPECT_NEAR(base::to_seconds(ahead.next_sight->time - kNow), 170, 20);
}

TEST_F(LookAheadTest, NamesNoCameraThatDoesNotWatchOrSeesItAlready) {
  const Site site = folder_.load();
  EXPECT_FALSE(look_ahead(walker(site, -400, 2), site, {}).next_sight.has_value());
  EXPECT_FALSE(look_ahead(walker(site, 0, 1), site, cameras(site)).next_sight.has_value());
}

TEST_F(LookAheadTest, TellsNoPlaceInAPrivacyZone) {
  folder_.write("zones.geojson", R"({"type": "Feature", "properties": {"name": "homes",
    "kind": "privacy", "height_m": 5}, "geometry": {"type": "Polygon", "coordinates":
    [[[40.998, 33.994], [41.0009, 33.994], [41.0009, 33.995], [40.998, 33.995],
      [40.998, 33.994]]]}})");
  folder_.write("site.toml", kHead + "[zones]\nfile = \"zones.geojson\"\n" +
                                 camera("T1", "\"simulated\"") + kSimulation);
  const Site site = folder_.load();
  const LookAhead ahead = look_ahead(walker(site, -400, 2), site, cameras(site));
  EXPECT_GT(ahead.path.size(), 5U);
  EXPECT_LT(ahead.path.size(), 20U);
  for (const track::PathPoint& point : ahead.path) {
    EXPECT_FALSE(is_private(site.border->zones, point.place));
  }
  EXPECT_FALSE(ahead.next_sight.has_value());
  EXPECT_TRUE(look_ahead(walker(site, 0, 2), site, cameras(site)).path.empty());
}

TEST_F(LookAheadTest, IsToldInThePublicWords) {
  const Site site = folder_.load();
  const wire::PredictionView told = view(look_ahead(walker(site, -400, 2), site, cameras(site)));
  EXPECT_EQ(told.track, 7U);
  ASSERT_EQ(told.path.size(), 61U);
  EXPECT_EQ(told.path[1].time, base::to_iso8601(kNow + std::chrono::seconds(10)));
  EXPECT_GT(told.path[60].ellipse.major_m, told.path[0].ellipse.major_m);
  ASSERT_TRUE(told.arrival.has_value());
  EXPECT_NEAR(told.arrival->km, 2.829, 0.02);
  EXPECT_TRUE(told.arrival->latest.has_value());
  ASSERT_TRUE(told.next_sight.has_value());
  EXPECT_EQ(told.next_sight->sensor, "T1");
  const wire::PredictionView along = view(look_ahead(walker(site, -400, 0), site, {}));
  EXPECT_FALSE(along.arrival.has_value());
  EXPECT_FALSE(along.next_sight.has_value());
}

}  // namespace
}  // namespace marsad::service
