// SPDX-License-Identifier: Apache-2.0
// `marsad calibrate` as somebody types it, on a site of made hills.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <cmath>

#include "terrain/elevation.h"
#include "tests/app/program.h"
#include "tests/service/site_folder.h"
#include "tests/support/locate_scene.h"
#include "tests/support/made_terrain.h"
#include "tests/support/skyline_picture.h"
#include "video/decode.h"
#include "video/encode.h"

namespace marsad::app {
namespace {

using testing::HasSubstr;

class Calibrate : public testing::Test {
 protected:
  Calibrate() {
    const auto hills = test::made_terrain(16'000, 100, [](double e, double n) {
      return 90 * std::sin(e / 1100 + 0.7) * std::cos(n / 900) + 60 * std::sin(n / 2300 + e / 1900);
    });
    EXPECT_TRUE(hills.write_geotiff(folder_.file("ground.tif")));
    std::string head = service::kHead;
    const std::string desert = "desert_seed = 1\ndesert_spacing_m = 60\n";
    head.replace(head.find(desert), desert.size(), "file = \"ground.tif\"\n");
    std::string camera = service::camera("T1", "\"simulated\"");
    const std::string aim = "azimuth_deg = 184\nelevation_deg = -2.6\n";
    camera.replace(camera.find(aim), aim.size(),
                   "azimuth_deg = 184   # by compass\nelevation_deg = -0.9\n");
    const std::string height = "height_above_ground_m = 30\n";
    camera.replace(camera.find(height), height.size(), "height_above_ground_m = 80\n");
    folder_.write("site.toml", head + camera + service::kSimulation);
    const service::Site site = folder_.load();
    ground_ = site.elevation;
    camera_ = site.cameras[0].camera;
    truth_ = camera_.pose;
    truth_.azimuth_rad += geo::radians(1.8);
    truth_.elevation_rad += geo::radians(0.3);
    truth_.roll_rad += geo::radians(0.7);
  }

  Outcome calibrate(std::vector<std::string> more) {
    more.insert(more.begin(), {"calibrate", folder_.path().string(), "T1"});
    return marsad(more);
  }

  void expect_pointing(const sensor::Pose& pose, double within_deg) {
    const sensor::Pose now = folder_.load().cameras[0].camera.pose;
    EXPECT_NEAR(geo::degrees(now.azimuth_rad), geo::degrees(pose.azimuth_rad), within_deg);
    EXPECT_NEAR(geo::degrees(now.elevation_rad), geo::degrees(pose.elevation_rad), within_deg);
    EXPECT_NEAR(geo::degrees(now.roll_rad), geo::degrees(pose.roll_rad), 3 * within_deg);
  }

  void write_skyline() {
    const auto hills = terrain::Elevation::open(
        folder_.file("ground.tif"), terrain::grown({test::kMiddle.lat_rad, test::kMiddle.lat_rad,
                                                    test::kMiddle.lon_rad, test::kMiddle.lon_rad},
                                                   30'000));
    ASSERT_TRUE(hills);
    const auto picture = test::skyline_picture(camera_.model, truth_, *hills);
    ASSERT_TRUE(video::write_file(folder_.file("night.png"), video::encode_png(picture)));
  }

  // Rows "name,lat,lon,height,u,v" of places that the camera truly sees.
  std::string landmarks(const std::string& name) {
    std::string rows = fmt::format("{},lat,lon,height,u,v\n", name);
    for (int i = 0; i < 6; ++i) {
      const double azimuth = truth_.azimuth_rad + geo::radians(1.9 * i - 4.7);
      const double range_m = 900 + 500 * i;
      const geo::Geodetic place =
          geo::LocalFrame(truth_.position)
              .to_geodetic({range_m * std::sin(azimuth), range_m * std::cos(azimuth),
                            -0.02 * range_m + 8 * (i % 3)});
      const auto pixel = test::pixel_of(camera_.model, truth_, place);
      rows +=
          fmt::format("{},{:.9f},{:.9f},{:.4f},{:.3f},{:.3f}\n", i + 1, geo::degrees(place.lat_rad),
                      geo::degrees(place.lon_rad), place.height_m, pixel->u, pixel->v);
    }
    return rows;
  }

  service::SiteFolder folder_;
  std::shared_ptr<const terrain::Elevation> ground_;
  sensor::Camera camera_;
  sensor::Pose truth_;
};

TEST_F(Calibrate, BySkylineTellsThatTheCameraWasMovedAndWritesOnlyWhenAsked) {
  write_skyline();
  const std::string before = *service::read_text(folder_.path() / "site.toml");
  const Outcome told =
      calibrate({"--skyline", folder_.file("night.png"), "--png", folder_.file("drawn.png")});
  ASSERT_EQ(told.status, 0) << told.errors;
  EXPECT_THAT(told.output, HasSubstr("does not look where the site file says: moved by 1.8"));
  EXPECT_THAT(told.output, HasSubstr("azimuth_deg = 185.8"));
  EXPECT_EQ(*service::read_text(folder_.path() / "site.toml"), before);
  const auto drawn = video::read_image(folder_.file("drawn.png"));
  ASSERT_TRUE(drawn);
  EXPECT_EQ(drawn->counts.width(), camera_.model.width_px);

  const Outcome written = calibrate({"--skyline", folder_.file("night.png"), "--write"});
  ASSERT_EQ(written.status, 0) << written.errors;
  expect_pointing(truth_, 0.02);
  EXPECT_THAT(*service::read_text(folder_.path() / "site.toml"), HasSubstr("   # by compass"));
  EXPECT_THAT(calibrate({"--skyline", folder_.file("night.png")}).output,
              HasSubstr("looks where the site file says"));
}

TEST_F(Calibrate, ByLandmarksNamesThoseThatDoNotFit) {
  folder_.write("marks.csv", landmarks("name") + "mosque,33.97,41.0,100,30,200\n");
  const Outcome told = calibrate(
      {"--landmarks", folder_.file("marks.csv"), "--write", "--png", folder_.file("drawn.png")});
  ASSERT_EQ(told.status, 0) << told.errors;
  EXPECT_THAT(told.output, HasSubstr("Rests on 6 of 7 landmarks"));
  EXPECT_THAT(told.output, HasSubstr("Does not fit: mosque"));
  expect_pointing(truth_, 0.02);
  EXPECT_TRUE(video::read_image(folder_.file("drawn.png")));
}

TEST_F(Calibrate, ByAnOwnVehicleTakesTheDetectionThatFits) {
  std::string rows = landmarks("t");
  // At the first time something else was seen too.
  const std::size_t second = rows.find("\n2,") + 1;
  std::string other = rows.substr(rows.find('\n') + 1);
  other = other.substr(0, other.find('\n'));
  other = other.substr(0, other.rfind(',', other.rfind(',') - 1));
  rows.insert(second, other + ",300,40\n");
  folder_.write("car.csv", rows);
  const Outcome told = calibrate({"--vehicles", folder_.file("car.csv"), "--write"});
  ASSERT_EQ(told.status, 0) << told.errors;
  EXPECT_THAT(told.output, HasSubstr("Rests on 6 of 6 fixes of the vehicle"));
  expect_pointing(truth_, 0.02);
}

TEST_F(Calibrate, RefusesWithTheReason) {
  folder_.write("one.csv", "name,lat,lon,u,v\nmast,33.99,41.0,100,100\n");
  folder_.write("far.csv", "name,lat,lon,u,v\nmast,93.99,41.0,100,100\n");
  EXPECT_THAT(calibrate({"--landmarks", folder_.file("one.csv")}).errors,
              HasSubstr("1 sighting; expected at least 2"));
  EXPECT_THAT(calibrate({"--landmarks", folder_.file("far.csv")}).errors,
              HasSubstr("far.csv:2: lat is 93.99; expected a number from -89 to 89"));
  EXPECT_THAT(calibrate({"--landmarks", "/nowhere"}).errors, HasSubstr("/nowhere: can't be read"));
  EXPECT_THAT(calibrate({}).errors, HasSubstr("expected --landmarks, --skyline or --vehicles"));
  EXPECT_THAT(calibrate({"--skyline", "/nowhere.png"}).errors, HasSubstr("/nowhere.png"));
  EXPECT_NE(calibrate({"--skyline", "a.png", "--landmarks", "b.csv"}).status, 0);
  const Outcome stranger =
      marsad({"calibrate", folder_.path().string(), "T9", "--landmarks", folder_.file("one.csv")});
  EXPECT_EQ(stranger.status, 1);
  EXPECT_THAT(stranger.errors, HasSubstr("no camera 'T9' in the site; it has T1"));
}

}  // namespace
}  // namespace marsad::app
