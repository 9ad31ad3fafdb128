// SPDX-License-Identifier: Apache-2.0
#include "video/encode.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/video/support.h"
#include "video/decode.h"

namespace marsad::video {
namespace {

using test::pattern;
using test::widened;

RC_GTEST_PROP(EncodePng, GivesBackEveryCountOf8Bits, ()) {
  const int width = *rc::gen::inRange(1, 50);
  const int height = *rc::gen::inRange(1, 50);
  const auto image = pattern<std::uint8_t>(width, height, *rc::gen::arbitrary<unsigned>());
  const auto read = decode_image(encode_png(image), "");
  RC_ASSERT(read.has_value());
  RC_ASSERT(read->bits == 8);
  RC_ASSERT(read->counts == widened(image));
}

RC_GTEST_PROP(EncodePng, GivesBackEveryCountOf16Bits, ()) {
  const int width = *rc::gen::inRange(1, 50);
  const int height = *rc::gen::inRange(1, 50);
  const auto image = pattern<std::uint16_t>(width, height, *rc::gen::arbitrary<unsigned>());
  const auto read = decode_image(encode_png(image), "");
  RC_ASSERT(read.has_value());
  RC_ASSERT(read->bits == 16);
  RC_ASSERT(read->counts == image);
}

TEST(EncodePng, WritesColourInTheOrderRedGreenBlue) {
  Image<Rgb> image(3, 1);
  image.at(0, 0) = {255, 0, 0};
  image.at(1, 0) = {0, 255, 0};
  image.at(2, 0) = {0, 0, 255};
  const auto read = decode_image(encode_png(image), "");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->counts.at(0, 0), 76);
  EXPECT_EQ(read->counts.at(1, 0), 150);
  EXPECT_EQ(read->counts.at(2, 0), 29);
}

TEST(EncodePng, GivesTheSameBytesForTheSamePicture) {
  const auto image = pattern<std::uint8_t>(33, 17, 1);
  EXPECT_EQ(encode_png(image), encode_png(image));
}

TEST(EncodeJpeg, IsCloseAtHighQualityAndSmallAtLow) {
  Image<std::uint8_t> slope(65, 47);
  for (int y = 0; y < slope.height(); ++y) {
    for (int x = 0; x < slope.width(); ++x) slope.at(x, y) = static_cast<std::uint8_t>(2 * x + y);
  }
  const Bytes fine = encode_jpeg(slope, 100);
  const auto read = decode_image(fine, "");
  ASSERT_TRUE(read);
  for (int y = 0; y < slope.height(); ++y) {
    for (int x = 0; x < slope.width(); ++x) {
      EXPECT_NEAR(read->counts.at(x, y), slope.at(x, y), 3);
    }
  }
  const auto noise = pattern<std::uint8_t>(64, 64, 2);
  EXPECT_LT(2 * encode_jpeg(noise, 10).size(), encode_jpeg(noise, 90).size());
}

TEST(To8Bit, StretchesTheMiddle99PercentToTheWholeRange) {
  Image<std::uint16_t> counts(100, 10);
  for (int i = 0; i < 1000; ++i) counts.at(i % 100, i / 100) = static_cast<std::uint16_t>(5000 + i);
  counts.at(0, 0) = 0;       // a dead pixel
  counts.at(99, 9) = 65535;  // and a stuck one
  const Image<std::uint8_t> image = to_8_bit(counts);
  EXPECT_EQ(image.at(0, 0), 0);
  EXPECT_EQ(image.at(99, 9), 255);
  EXPECT_NEAR(image.at(0, 5), 127, 2);
  EXPECT_NEAR(image.at(0, 2), 50, 3);
}

TEST(To8Bit, TakesFlatAndEmptyPictures) {
  EXPECT_EQ(to_8_bit(Image<std::uint16_t>(4, 4, 7000)), Image<std::uint8_t>(4, 4, 0));
  EXPECT_TRUE(to_8_bit(Image<std::uint16_t>()).empty());
}

}  // namespace
}  // namespace marsad::video
