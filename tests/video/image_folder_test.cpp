// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <chrono>

#include "tests/video/support.h"

namespace marsad::video {
namespace {

using test::drain;
using test::pattern;
using test::settings_for;
using test::widened;
using testing::HasSubstr;
using namespace std::chrono_literals;

std::string open_error(const std::string& location) {
  const auto source = open_source(settings_for(location));
  return source ? "opened" : to_string(source.error());
}

TEST(ImageFolder, NumbersFramesByTheirFilesNames) {
  const test::TemporaryFolder folder;
  for (const unsigned number : {9U, 10U, 17U}) {
    test::write(folder.file("in" + std::to_string(number) + ".png"),
                encode_png(pattern<std::uint8_t>(8, 6, number)));
  }
  test::write(folder.file("notes.txt"), {1});
  test::write(folder.file("background.png"), {1});
  SourceSettings settings = settings_for(folder.path());
  settings.fps = 10;
  settings.start = base::Time(100s);
  const auto drained = test::open_and_drain(settings);
  EXPECT_TRUE(drained.faults.empty());
  ASSERT_EQ(drained.frames.size(), 3U);
  EXPECT_EQ(drained.frames[0].number, 9U);
  EXPECT_EQ(drained.frames[1].number, 10U);
  EXPECT_EQ(drained.frames[2].number, 17U);
  EXPECT_EQ(drained.frames[0].time, base::Time(100s));
  EXPECT_EQ(drained.frames[1].time, base::Time(100s + 100ms));
  EXPECT_EQ(drained.frames[2].time, base::Time(100s + 800ms));
  EXPECT_EQ(drained.frames[2].camera.text, "T1");
  EXPECT_EQ(drained.frames[2].counts, widened(pattern<std::uint8_t>(8, 6, 17)));
}

TEST(ImageFolder, TakesTheLastNumberOfANameAndAnyCaseOfExtension) {
  const test::TemporaryFolder folder;
  const Bytes png = encode_png(Image<std::uint8_t>(8, 8));
  test::write(folder.file("cam2_7400i.PNG"), png);
  const auto drained = test::open_and_drain(settings_for(folder.path()));
  ASSERT_EQ(drained.frames.size(), 1U);
  EXPECT_EQ(drained.frames[0].number, 7400U);
}

TEST(ImageFolder, TellsItsSizeAndLength) {
  const test::TemporaryFolder folder;
  test::write(folder.file("1.png"), encode_png(Image<std::uint16_t>(12, 8)));
  test::write(folder.file("2.png"), encode_png(Image<std::uint16_t>(12, 8)));
  const auto source = open_source(settings_for(folder.path()));
  ASSERT_TRUE(source);
  EXPECT_EQ((*source)->info().width_px, 12);
  EXPECT_EQ((*source)->info().height_px, 8);
  EXPECT_EQ((*source)->info().frames, 2U);
  EXPECT_EQ((*source)->info().description, "images, 12×8, 16 bit");
  EXPECT_FALSE((*source)->info().live);
}

TEST(ImageFolder, KeepsRaw16BitCountsOfPngAndTiff) {
  const test::TemporaryFolder folder;
  const auto image = pattern<std::uint16_t>(20, 10, 4);
  test::write(folder.file("1.png"), encode_png(image));
  test::ffmpeg("-i " + folder.file("1.png") + " " + folder.file("2.tiff"));
  const auto drained = test::open_and_drain(settings_for(folder.path()));
  ASSERT_EQ(drained.frames.size(), 2U);
  for (const Frame& frame : drained.frames) {
    EXPECT_EQ(frame.bits, 16);
    EXPECT_EQ(frame.counts, image);
  }
}

TEST(ImageFolder, NamesACorruptImageAndGoesOn) {
  const test::TemporaryFolder folder;
  const Bytes png = encode_png(pattern<std::uint8_t>(20, 10, 1));
  test::write(folder.file("0.png"), {});
  test::write(folder.file("1.png"), png);
  test::write(folder.file("2.png"), Bytes(png.begin(), png.begin() + 60));
  test::write(folder.file("3.png"), png);
  const auto drained = test::open_and_drain(settings_for(folder.path()));
  ASSERT_EQ(drained.frames.size(), 2U);
  EXPECT_EQ(drained.frames[1].number, 3U);
  EXPECT_EQ(drained.frames[1].time, base::Time(120ms));
  ASSERT_EQ(drained.faults.size(), 2U);
  EXPECT_EQ(drained.faults[1].kind, Fault::Kind::corrupt_frame);
  EXPECT_THAT(drained.faults[1].what, HasSubstr(folder.file("2.png")));
}

TEST(ImageFolder, DeliversAFrameOfAnotherSize) {
  const test::TemporaryFolder folder;
  test::write(folder.file("1.png"), encode_png(Image<std::uint8_t>(8, 8)));
  test::write(folder.file("2.png"), encode_png(Image<std::uint8_t>(9, 7)));
  const auto drained = test::open_and_drain(settings_for(folder.path()));
  ASSERT_EQ(drained.frames.size(), 2U);
  EXPECT_EQ(drained.frames[1].counts.width(), 9);
}

TEST(ImageFolder, SaysWhatIsWrongWithAFolder) {
  const test::TemporaryFolder folder;
  EXPECT_THAT(open_error(folder.file("none")),
              HasSubstr("no such file or folder; expected a folder"));
  EXPECT_THAT(open_error(folder.path()), HasSubstr("no numbered images; expected PNG"));
  test::write(folder.file("in1.png"), {1});
  EXPECT_THAT(open_error(folder.path()), HasSubstr("none of its 1 images can be read"));
  test::write(folder.file("gt1.png"), {1});
  EXPECT_THAT(open_error(folder.path()), HasSubstr("gt1.png and in1.png are both frame 1"));
}

TEST(ImageFolder, RefusesNumbersThatAreNoCount) {
  const test::TemporaryFolder folder;
  const Bytes png = encode_png(Image<std::uint8_t>(8, 8));
  test::write(folder.file("1.png"), png);
  test::write(folder.file("1795363200000000.png"), png);
  EXPECT_THAT(open_error(folder.path()), HasSubstr("expected them counted by one"));
}

TEST(ImageFolder, EndsWhenAskedToStop) {
  const test::TemporaryFolder folder;
  test::write(folder.file("1.png"), encode_png(Image<std::uint8_t>(8, 8)));
  const auto source = open_source(settings_for(folder.path()));
  ASSERT_TRUE(source);
  std::stop_source stop;
  stop.request_stop();
  EXPECT_TRUE(std::holds_alternative<End>((*source)->next(stop.get_token())));
}

TEST(OpenSource, RefusesAFrameRateThatIsNone) {
  for (const double fps : {0.0, -1.0, 1e-300, std::numeric_limits<double>::quiet_NaN()}) {
    SourceSettings settings = settings_for("/");
    settings.fps = fps;
    const auto source = open_source(settings);
    ASSERT_FALSE(source);
    EXPECT_THAT(to_string(source.error()), HasSubstr("expected 0.001 to 10000 frames/s"));
  }
}

}  // namespace
}  // namespace marsad::video
