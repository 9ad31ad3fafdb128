// SPDX-License-Identifier: Apache-2.0
#include "video/decode.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <string_view>

#include "tests/support/real_data.h"
#include "tests/video/support.h"

namespace marsad::video {
namespace {

using test::pattern;
using testing::HasSubstr;

Bytes pgm(std::string_view header, const Bytes& counts) {
  Bytes bytes(header.begin(), header.end());
  bytes.insert(bytes.end(), counts.begin(), counts.end());
  return bytes;
}

// Every format below is written by ffmpeg from this picture, without loss.
class DecodeWhatFfmpegWrote : public testing::TestWithParam<const char*> {};

TEST_P(DecodeWhatFfmpegWrote, GivesBackEveryCount) {
  const test::TemporaryFolder folder;
  const std::string format = GetParam();
  const std::string pixels = format.substr(0, format.find(' '));
  const std::string name = format.substr(format.find(' ') + 1);
  const auto image = pattern<std::uint16_t>(37, 21, 5);
  Image<std::uint16_t> expected = image;
  if (pixels == "gray") {
    for (std::uint16_t& count : expected.pixels()) count = static_cast<std::uint16_t>(count >> 8);
    Image<std::uint8_t> low(37, 21);
    std::ranges::transform(expected.pixels(), low.pixels().begin(),
                           [](std::uint16_t count) { return static_cast<std::uint8_t>(count); });
    test::write(folder.file("from.png"), encode_png(low));
  } else {
    test::write(folder.file("from.png"), encode_png(image));
  }
  test::ffmpeg("-i " + folder.file("from.png") + " -pix_fmt " + pixels + " " + folder.file(name));
  const auto read = read_image(folder.file(name));
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(read->bits, pixels == "gray" ? 8 : 16);
  EXPECT_EQ(read->counts, expected);
}

INSTANTIATE_TEST_SUITE_P(, DecodeWhatFfmpegWrote,
                         testing::Values("gray a.png", "gray16be a.png", "gray a.tiff",
                                         "gray16le a.tiff", "gray a.pgm", "gray16be a.pgm"));

TEST(DecodeImage, KeepsThe14BitCountsOfAPgm) {
  const auto read = decode_image(pgm("P5\n# a comment\n2 1 16383\n", {0x3f, 0xff, 0x01, 0x02}), "");
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(read->bits, 14);
  EXPECT_EQ(read->counts.at(0, 0), 16383);
  EXPECT_EQ(read->counts.at(1, 0), 258);
}

TEST(DecodeImage, SpreadsAMaskOfOneBitOver0To255) {
  const test::TemporaryFolder folder;
  Image<std::uint8_t> mask(16, 2, 0);
  for (int x = 8; x < 16; ++x) mask.at(x, 1) = 255;
  test::write(folder.file("a.png"), encode_png(mask));
  test::ffmpeg("-i " + folder.file("a.png") + " -pix_fmt monob " + folder.file("b.png"));
  const auto read = read_image(folder.file("b.png"));
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(read->counts, test::widened(mask));
}

TEST(DecodeImage, MakesLumaOfAPalette) {
  const test::TemporaryFolder folder;
  Image<Rgb> red(8, 8, Rgb{255, 0, 0});
  test::write(folder.file("a.png"), encode_png(red));
  test::ffmpeg("-i " + folder.file("a.png") + " -pix_fmt pal8 " + folder.file("b.png"));
  const auto read = read_image(folder.file("b.png"));
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_NEAR(read->counts.at(4, 4), 76, 1);
}

TEST(DecodeImage, RefusesWhatIsNoImage) {
  EXPECT_EQ(to_string(decode_image({}, "a.png").error()),
            "a.png: an empty file; expected an image");
  const Bytes text = {'h', 'e', 'l', 'l', 'o'};
  EXPECT_THAT(to_string(decode_image(text, "a.png").error()),
              HasSubstr("a.png: not a PNG, TIFF, JPEG or PGM"));
  EXPECT_THAT(to_string(read_image("/none/a.png").error()),
              HasSubstr("/none/a.png: can't be opened: No such file"));
  EXPECT_THAT(to_string(read_image("/").error()), HasSubstr("/: "));
}

TEST(DecodeImage, RefusesAPgmThatPromisesMoreThanItHolds) {
  EXPECT_THAT(to_string(decode_image(pgm("P5 4 4 255 ", {1, 2, 3}), "a").error()),
              HasSubstr("3 bytes of counts; expected 16"));
  for (const char* header : {"P5", "P5 0 4 255 ", "P5 4 4 65536 ", "P5 99999999 99999999 255 ",
                             "P5 4 4", "P5 # no end", "P5 -1 4 255 "}) {
    EXPECT_FALSE(decode_image(pgm(header, {}), "a")) << header;
  }
}

RC_GTEST_PROP(DecodeImage, RefusesAPngCutAnywhere, ()) {
  const Bytes whole = encode_png(pattern<std::uint8_t>(40, 30, 3));
  // The end marker's 12 bytes carry no picture.
  const auto size = *rc::gen::inRange<std::size_t>(0, whole.size() - 12);
  RC_ASSERT(!decode_image(std::span(whole).first(size), "").has_value());
}

RC_GTEST_PROP(DecodeImage, RefusesAPngWithAFlippedBitOrReadsItRight, ()) {
  const auto image = pattern<std::uint8_t>(40, 30, 3);
  Bytes bytes = encode_png(image);
  const auto at = *rc::gen::inRange<std::size_t>(0, bytes.size());
  bytes[at] = static_cast<std::uint8_t>(bytes[at] ^ 1U << *rc::gen::inRange(0, 8));
  const auto read = decode_image(bytes, "");
  if (read) RC_ASSERT(read->counts == test::widened(image));
}

TEST(DecodeImage, RefusesAJpegCutShort) {
  Bytes bytes = encode_jpeg(pattern<std::uint8_t>(64, 64, 3), 80);
  bytes.resize(bytes.size() / 2);
  EXPECT_FALSE(decode_image(bytes, "a.jpg"));
}

TEST(DecodeImage, ReadsA16BitRadiometricTiffOfARealCamera) {
  const auto path = marsad::test::real_data("interop/flir/example_radiometric.tiff");
  if (!path) GTEST_SKIP() << "no real data";
  const auto read = read_image(path->string());
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(read->bits, 16);
  EXPECT_GT(read->counts.width(), 100);
}

}  // namespace
}  // namespace marsad::video
