// SPDX-License-Identifier: Apache-2.0
#include "detect/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace marsad::detect {
namespace {

using testing::HasSubstr;

const std::string kTime = "2026-11-22T03:12:05.250Z";

std::string header() {
  std::ostringstream out;
  write_detection_header(out);
  return out.str();
}

base::Result<std::vector<FrameDetections>> read(const std::string& table) {
  std::istringstream in(table);
  std::vector<FrameDetections> frames;
  const auto read = read_detections(
      in, "detections.csv", [&](FrameDetections frame) { frames.push_back(std::move(frame)); });
  if (!read) return read.error();
  return frames;
}

// A row of frame 7 that begins so after its time.
std::string row(const std::string& begin) {
  return "7," + kTime + "," + begin + ",12.5,30.25,0.25,-0.1,0.5,40,-17.5,9,0.5,0.25,0.25,0,0,0\n";
}

TEST(DetectionTable, ComesBackAsItWasWritten) {
  FrameDetections frame;
  frame.frame = 7;
  frame.time = base::parse_iso8601(kTime).value();
  Detection& detection = frame.detections.emplace_back();
  detection.index = 3;
  detection.box = {-1, 20, 5, 12};
  detection.centroid = {1.0 / 3, 30.25};
  detection.cov_px2 = {0.25, -0.1, 0.5};
  detection.area_px = 40;
  detection.contrast = -17.5;
  detection.snr = 9;
  detection.classes = {0.5, 0.25, 0.25, 0, 0, 0};
  std::ostringstream out;
  write_detection_header(out);
  write_detections(out, frame);
  write_detections(out, {{}, 8, frame.time, {}, {}});

  const auto frames = read(out.str());
  ASSERT_TRUE(frames) << to_string(frames.error());
  ASSERT_EQ(frames->size(), 2U);
  EXPECT_EQ((*frames)[0].frame, 7U);
  EXPECT_EQ((*frames)[0].time, frame.time);
  ASSERT_EQ((*frames)[0].detections.size(), 1U);
  const Detection& back = (*frames)[0].detections[0];
  EXPECT_EQ(back.index, 3U);
  EXPECT_EQ(back.box, detection.box);
  EXPECT_EQ(back.centroid.u, detection.centroid.u);
  EXPECT_EQ(back.cov_px2.uv, detection.cov_px2.uv);
  EXPECT_EQ(back.area_px, 40);
  EXPECT_EQ(back.contrast, -17.5);
  EXPECT_EQ(back.classes, detection.classes);
  EXPECT_EQ((*frames)[1].frame, 8U);
  EXPECT_TRUE((*frames)[1].detections.empty());
}

TEST(DetectionTable, SaysWhatIsWrongAndWhere) {
  ASSERT_TRUE(read(header() + row("0,1,2,3,4")));
  const std::string without_covariance =
      "frame,time,index,x,y,width,height,u,v,area_px,contrast,snr,"
      "person,vehicle,animal,aircraft,bird,unknown\n";
  const struct {
    std::string table;
    std::string complaint;
  } bad[] = {
      {"", "detections.csv: empty"},
      {without_covariance, "no column 'var_u'"},
      {header() + row("-1,1,2,3,4"), "detections.csv:2: index is -1; expected 0 to 4294967295"},
      {header() + row("0,9999999999,2,3,4"), "x is 9999999999; expected -2147483648 to"},
      {header() + row("0,1.5,2,3,4"), "x is '1.5'; expected a whole number"},
      {header() + row("0,1,2,3,1e300"), "height is '1e300'; expected a whole number"},
      {header() + "-7" + row("0,1,2,3,4").substr(1), "frame is -7; expected 0 to"},
      {header() + "7,noon" + row("0,1,2,3,4").substr(2 + kTime.size()), "'noon' is not a time"},
  };
  for (const auto& [table, complaint] : bad) {
    const auto frames = read(table);
    ASSERT_FALSE(frames) << table;
    EXPECT_THAT(to_string(frames.error()), HasSubstr(complaint)) << table;
  }
}

}  // namespace
}  // namespace marsad::detect
