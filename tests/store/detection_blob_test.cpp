// SPDX-License-Identifier: Apache-2.0
#include "store/detection_blob.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/store/samples.h"

namespace marsad::store {
namespace {

using Bytes = std::vector<std::uint8_t>;

TEST(DetectionBlob, GivesBackEveryBitOfEveryNumber) {
  const auto frame = sample_frame(7, 3);
  const Bytes bytes = encode(frame.pose, frame.detections);
  const auto blob = decode(bytes);
  ASSERT_TRUE(blob);
  EXPECT_TRUE(std::signbit(blob->pose.position.lon_rad));
  EXPECT_EQ(blob->pose.roll_rad, frame.pose.roll_rad);
  ASSERT_EQ(blob->detections.size(), 3u);
  EXPECT_EQ(blob->detections[2].index, 2u);
  EXPECT_EQ(blob->detections[2].box, frame.detections[2].box);
  EXPECT_EQ(blob->detections[2].classes, frame.detections[2].classes);
  EXPECT_EQ(encode(blob->pose, blob->detections), bytes);
}

TEST(DetectionBlob, HasTheLayoutItsHeaderTells) {
  sensor::Pose pose;
  pose.roll_rad = 1;  // 0x3ff0000000000000
  detect::Detection detection;
  detection.index = 0x01020304;
  detection.box.x = -2;
  detection.classes = {0, 0, 0, 0, 0, 1};
  const Bytes bytes = encode(pose, {detection});
  ASSERT_EQ(bytes.size(), 56u + 128u);
  EXPECT_EQ(Bytes(bytes.begin(), bytes.begin() + 8), (Bytes{1, 0, 0, 0, 1, 0, 0, 0}));
  EXPECT_EQ(Bytes(bytes.begin() + 48, bytes.begin() + 64),
            (Bytes{0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 4, 3, 2, 1, 0xfe, 0xff, 0xff, 0xff}));
  EXPECT_EQ(Bytes(bytes.end() - 8, bytes.end()), (Bytes{0, 0, 0, 0, 0, 0, 0xf0, 0x3f}));
}

TEST(DetectionBlob, KeepsAFrameWithoutDetections) {
  const auto blob = decode(encode({}, {}));
  ASSERT_TRUE(blob);
  EXPECT_TRUE(blob->detections.empty());
}

TEST(DetectionBlob, RefusesEveryTruncationAndTrailingBytes) {
  const auto frame = sample_frame(7, 2);
  Bytes bytes = encode(frame.pose, frame.detections);
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    EXPECT_FALSE(decode(std::span(bytes).first(length))) << length;
  }
  bytes.push_back(0);
  EXPECT_FALSE(decode(bytes));
}

TEST(DetectionBlob, RefusesAnotherVersionAndACountThatDoesNotFit) {
  const auto frame = sample_frame(7, 2);
  const Bytes bytes = encode(frame.pose, frame.detections);
  Bytes newer = bytes;
  newer[0] = 2;
  EXPECT_NE(decode(newer).error().message.find("version 2; expected 1"), std::string::npos);
  Bytes greedy = bytes;
  for (std::size_t i = 4; i < 8; ++i) greedy[i] = 0xff;
  EXPECT_NE(decode(greedy).error().message.find("4294967295"), std::string::npos);
}

RC_GTEST_PROP(DetectionBlob, AnyBytesAreRefusedOrWrittenBackTheSame, ()) {
  Bytes bytes = encode({}, std::vector<detect::Detection>(*rc::gen::inRange<std::size_t>(0, 4)));
  for (int edits = *rc::gen::inRange(0, 5); edits > 0; --edits) {
    bytes[*rc::gen::inRange<std::size_t>(0, bytes.size())] = *rc::gen::arbitrary<std::uint8_t>();
  }
  const auto blob = decode(bytes);
  if (blob) RC_ASSERT(encode(blob->pose, blob->detections) == bytes);
}

}  // namespace
}  // namespace marsad::store
