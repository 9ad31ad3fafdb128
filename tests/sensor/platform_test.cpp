// SPDX-License-Identifier: Apache-2.0
#include "sensor/platform.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "geo/local_frame.h"
#include "tests/support/real_data.h"

namespace marsad::sensor {
namespace {

using geo::degrees;
using geo::radians;

geo::Enu boresight(const Pose& pose) { return enu_from_camera(pose, {0, 0, 1}); }

TEST(PlatformPose, OfALevelPlatformAddsItsHeadingToTheCamerasAzimuth) {
  PlatformPose platform;
  platform.heading_rad = radians(300);
  platform.relative_azimuth_rad = radians(80);
  platform.relative_elevation_rad = radians(-12);
  platform.relative_roll_rad = radians(3);
  const Pose pose = camera_pose(platform);
  EXPECT_NEAR(degrees(pose.azimuth_rad), 20, 1e-9);
  EXPECT_NEAR(degrees(pose.elevation_rad), -12, 1e-9);
  EXPECT_NEAR(degrees(pose.roll_rad), 3, 1e-9);
}

TEST(PlatformPose, LooksUpWithItsNoseAndDownOverItsLowWing) {
  PlatformPose platform;
  platform.pitch_rad = radians(10);
  EXPECT_NEAR(degrees(camera_pose(platform).elevation_rad), 10, 1e-9);
  platform = {};
  platform.roll_rad = radians(15);
  EXPECT_NEAR(degrees(camera_pose(platform).roll_rad), 15, 1e-9);
  platform.relative_azimuth_rad = radians(90);
  EXPECT_NEAR(degrees(camera_pose(platform).elevation_rad), -15, 1e-9);
  EXPECT_NEAR(degrees(camera_pose(platform).azimuth_rad), 90, 1e-9);
}

TEST(PlatformPose, StraightDownIsAPoseToo) {
  PlatformPose platform;
  platform.heading_rad = radians(70);
  platform.relative_elevation_rad = radians(-90);
  const Pose pose = camera_pose(platform);
  EXPECT_NEAR(boresight(pose).up, -1, 1e-12);
  // The top of its picture points where the nose does.
  const geo::Enu top = enu_from_camera(pose, {0, -1, 0});
  EXPECT_NEAR(degrees(std::atan2(top.east, top.north)), 70, 1e-6);
}

using Packet = std::map<std::string, double>;

std::vector<Packet> packets(const std::filesystem::path& file) {
  std::ifstream in(file);
  const auto cells = [](std::string line) {
    if (line.ends_with('\r')) line.pop_back();
    std::vector<std::string> out;
    std::istringstream row(line);
    for (std::string cell; std::getline(row, cell, ',');) out.push_back(cell);
    return out;
  };
  std::string line;
  std::getline(in, line);
  const std::vector<std::string> names = cells(line);
  std::vector<Packet> out;
  while (std::getline(in, line)) {
    const std::vector<std::string> values = cells(line);
    Packet packet;
    for (std::size_t i = 0; i < std::min(names.size(), values.size()); ++i) {
      packet[names[i]] = std::stod(values[i]);
    }
    out.push_back(packet);
  }
  return out;
}

Pose told_pose(Packet packet) {
  const auto angle = [&](const char* key) { return radians(packet.at(key)); };
  return camera_pose({{angle("sensor_lat"), angle("sensor_lon"), packet.at("sensor_alt_m")},
                      angle("platform_heading"),
                      angle("platform_pitch"),
                      angle("platform_roll"),
                      angle("rel_az"),
                      angle("rel_el"),
                      angle("rel_roll")});
}

TEST(RealPlatform, LooksAtTheCentreThatItsOwnStreamRecorded) {
  const auto file = test::real_data("interop/misb/osh/sample-stream.expected.csv");
  if (!file) GTEST_SKIP();
  const std::vector<Packet> stream = packets(*file);
  ASSERT_EQ(stream.size(), 277u);
  double worst_deg = 0, sum_deg = 0, worst_m = 0;
  for (const Packet& packet : stream) {
    const Pose pose = told_pose(packet);
    const geo::Geodetic centre{radians(packet.at("fc_lat")), radians(packet.at("fc_lon")),
                               packet.at("fc_elev_m")};
    const geo::Enu to_centre = geo::LocalFrame(pose.position).to_enu(centre);
    const double range_m = geo::norm(to_centre);
    const geo::Enu apart = (1 / range_m) * to_centre - boresight(pose);
    const double off_deg = degrees(2 * std::asin(geo::norm(apart) / 2));
    worst_deg = std::max(worst_deg, off_deg);
    sum_deg += off_deg;
    worst_m = std::max(worst_m, std::abs(range_m - packet.at("slant_range_m")));
  }
  std::cout << "off by " << sum_deg / 277 << " degrees in the mean, " << worst_deg
            << " at worst; range by " << worst_m << " m at worst\n";
  EXPECT_LE(worst_deg, 0.005);
  EXPECT_LE(worst_m, 0.2);
}

}  // namespace
}  // namespace marsad::sensor
