// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <chrono>
#include <cstdlib>
#include <random>

#include "tests/support/real_data.h"
#include "tests/video/support.h"

namespace marsad::video {
namespace {

using test::Drained;
using test::ffmpeg;
using test::open_and_drain;
using test::settings_for;
using testing::HasSubstr;
using testing::IsEmpty;
using namespace std::chrono_literals;

constexpr const char* kMoving = "-f lavfi -i testsrc2=size=160x128:rate=10 -frames:v 20 ";

double mean_difference(const Image<std::uint16_t>& a, const Image<std::uint16_t>& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.pixels().size(); ++i)
    sum += std::abs(a.pixels()[i] - b.pixels()[i]);
  return sum / static_cast<double>(a.pixels().size());
}

struct Coding {
  const char* encoder;
  const char* file;
  const char* description;
};

class VideoFile : public testing::TestWithParam<Coding> {};

TEST_P(VideoFile, GivesEveryPictureInOrderWithItsTime) {
  const test::TemporaryFolder folder;
  ffmpeg(kMoving + std::string("-pix_fmt yuv420p -c:v ffv1 ") + folder.file("exact.mkv"));
  ffmpeg("-i " + folder.file("exact.mkv") + " -c:v " + GetParam().encoder + " " +
         folder.file(GetParam().file));
  SourceSettings settings = settings_for(folder.file(GetParam().file));
  settings.start = base::Time(1000s);
  auto source = open_source(settings);
  ASSERT_TRUE(source) << to_string(source.error());
  EXPECT_EQ((*source)->info().width_px, 160);
  EXPECT_EQ((*source)->info().height_px, 128);
  EXPECT_EQ((*source)->info().description,
            std::string(GetParam().description) + ", 160×128, 10 frames/s");
  const Drained coded = test::drain(**source);
  const Drained exact = open_and_drain(settings_for(folder.file("exact.mkv")));
  EXPECT_THAT(coded.faults, IsEmpty());
  ASSERT_EQ(exact.frames.size(), 20U);
  ASSERT_EQ(coded.frames.size(), 20U);
  for (std::size_t i = 0; i < 20; ++i) {
    EXPECT_EQ(coded.frames[i].number, i);
    EXPECT_EQ(coded.frames[i].time, base::Time(1000s + i * 100ms));
    EXPECT_EQ(coded.frames[i].bits, 8);
    EXPECT_LT(mean_difference(coded.frames[i].counts, exact.frames[i].counts), 3) << i;
  }
}

INSTANTIATE_TEST_SUITE_P(
    , VideoFile,
    testing::Values(Coding{"libx264", "a.mp4", "H.264"}, Coding{"libx264", "a.mkv", "H.264"},
                    Coding{"libx264 -bf 0", "a.avi", "H.264"}, Coding{"libx264", "a.ts", "H.264"},
                    Coding{"libx265 -x265-params log-level=none", "a.mp4", "H.265"},
                    Coding{"libx265 -x265-params log-level=none", "a.mkv", "H.265"},
                    Coding{"libx265 -x265-params log-level=none", "a.ts", "H.265"},
                    Coding{"mpeg2video -q:v 2 -strict -2", "a.mp4", "MPEG-2"},
                    Coding{"mpeg2video -q:v 2 -strict -2", "a.mkv", "MPEG-2"},
                    Coding{"mpeg2video -q:v 2 -strict -2", "a.ts", "MPEG-2"},
                    Coding{"mpeg2video -q:v 2 -strict -2", "a.avi", "MPEG-2"},
                    Coding{"mjpeg -q:v 2 -color_range tv -strict -2", "a.avi", "MJPEG"},
                    Coding{"mjpeg -q:v 2 -color_range tv -strict -2", "a.mkv", "MJPEG"},
                    Coding{"mjpeg -q:v 2 -color_range tv -strict -2", "a.mp4", "MJPEG"},
                    Coding{"ffv1", "a.avi", "FFV1"}, Coding{"ffv1", "a.mkv", "FFV1"}),
    [](const auto& coding) {
      std::string name = coding.param.description + std::string("In") + coding.param.file;
      std::erase_if(name, [](char letter) { return std::isalnum(letter) == 0; });
      return name;
    });

struct Depth {
  const char* pixels;
  int bits;
};

class DeepVideo : public testing::TestWithParam<Depth> {};

TEST_P(DeepVideo, KeepsEveryCountOfFfv1) {
  const test::TemporaryFolder folder;
  const auto [pixels, bits] = GetParam();
  std::vector<Image<std::uint16_t>> images;
  for (unsigned i = 0; i < 3; ++i) {
    images.push_back(test::pattern<std::uint16_t>(64, 48, i));
    for (std::uint16_t& count : images.back().pixels()) {
      count = static_cast<std::uint16_t>(count >> (16 - bits));
    }
    // Raw video: counts one after the other, low byte first.
    Bytes raw;
    for (const std::uint16_t count : images.back().pixels()) {
      raw.push_back(static_cast<std::uint8_t>(count & 0xff));
      raw.push_back(static_cast<std::uint8_t>(count >> 8));
    }
    std::ofstream(folder.file("raw"), std::ios::binary | std::ios::app)
        .write(reinterpret_cast<const char*>(raw.data()), static_cast<std::streamsize>(raw.size()));
  }
  ffmpeg("-f rawvideo -pixel_format " + std::string(pixels) + " -video_size 64x48 -i " +
         folder.file("raw") + " -c:v ffv1 " + folder.file("a.mkv"));
  const Drained drained = open_and_drain(settings_for(folder.file("a.mkv")));
  ASSERT_EQ(drained.frames.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(drained.frames[i].bits, bits);
    EXPECT_EQ(drained.frames[i].counts, images[i]);
  }
}

INSTANTIATE_TEST_SUITE_P(, DeepVideo,
                         testing::Values(Depth{"gray10le", 10}, Depth{"gray12le", 12},
                                         Depth{"gray16le", 16}),
                         [](const auto& depth) { return std::string(depth.param.pixels); });

TEST(VideoFileTimes, TakesTheFrameRateOfTheSettingsWhereTheFileHasNoTimes) {
  const test::TemporaryFolder folder;
  ffmpeg(kMoving + std::string("-c:v libx264 ") + folder.file("a.h264"));
  SourceSettings settings = settings_for(folder.file("a.h264"));
  settings.fps = 5;
  const Drained drained = open_and_drain(settings);
  ASSERT_EQ(drained.frames.size(), 20U);
  EXPECT_EQ(drained.frames[19].time, base::Time(3800ms));
}

TEST(VideoFileTimes, FollowsUnevenTimes) {
  const test::TemporaryFolder folder;
  ffmpeg(kMoving + std::string("-vf \"select='not(between(n,5,14))'\" -vsync vfr -c:v ffv1 ") +
         folder.file("a.mkv"));
  const Drained drained = open_and_drain(settings_for(folder.file("a.mkv")));
  ASSERT_EQ(drained.frames.size(), 20U);
  EXPECT_EQ(drained.frames[4].time, base::Time(400ms));
  EXPECT_EQ(drained.frames[5].time, base::Time(1500ms));
  EXPECT_EQ(drained.frames[5].number, 5U);
}

class DamagedVideo : public testing::TestWithParam<Coding> {
 protected:
  // Twenty pictures; the file's bytes.
  Bytes record() {
    ffmpeg(kMoving + std::string("-c:v ") + GetParam().encoder + " " + path());
    return test::read(path());
  }
  std::string path() const { return folder_.file(GetParam().file); }

 private:
  test::TemporaryFolder folder_;
};

TEST_P(DamagedVideo, GivesThePicturesBeforeACutAndSaysSo) {
  Bytes bytes = record();
  bytes.resize(bytes.size() * 6 / 10);
  test::write(path(), bytes);
  const Drained drained = open_and_drain(settings_for(path()));
  EXPECT_GE(drained.frames.size(), 5U);
  EXPECT_LT(drained.frames.size(), 20U);
  EXPECT_GE(drained.faults.size(), 1U);
  for (const Fault& fault : drained.faults) {
    EXPECT_EQ(fault.kind, Fault::Kind::corrupt_frame);
    EXPECT_THAT(fault.what, HasSubstr(path()));
  }
}

TEST_P(DamagedVideo, GoesOnBehindADamagedPlace) {
  Bytes bytes = record();
  for (std::size_t i = bytes.size() / 2; i < bytes.size() / 2 + 300; ++i) bytes[i] ^= 0x5a;
  test::write(path(), bytes);
  const Drained drained = open_and_drain(settings_for(path()));
  EXPECT_GE(drained.frames.size(), 10U);
  EXPECT_GE(drained.faults.size(), 1U);
  EXPECT_GE(drained.frames.back().number, 15U);
}

INSTANTIATE_TEST_SUITE_P(
    , DamagedVideo,
    testing::Values(Coding{"libx264 -g 5 -movflags +faststart", "a.mp4", "H264Mp4"},
                    Coding{"libx264 -g 5", "a.mkv", "H264Mkv"},
                    Coding{"libx264 -g 5", "a.ts", "H264Ts"},
                    Coding{"mpeg2video -g 5", "a.ts", "Mpeg2Ts"},
                    Coding{"mjpeg -pix_fmt yuvj420p", "a.avi", "MjpegAvi"},
                    Coding{"ffv1 -level 3 -slicecrc 1 -g 1", "a.mkv", "Ffv1Mkv"}),
    [](const auto& coding) { return std::string(coding.param.description); });

TEST(VideoFileErrors, SaysWhatIsWrongWithAFile) {
  const test::TemporaryFolder folder;
  test::write(folder.file("a.mp4"), {1, 2, 3});
  auto source = open_source(settings_for(folder.file("a.mp4")));
  ASSERT_FALSE(source);
  EXPECT_THAT(to_string(source.error()), HasSubstr("a.mp4: can't be opened as video: "));
  ffmpeg("-f lavfi -i sine=duration=1 " + folder.file("sound.mp4"));
  source = open_source(settings_for(folder.file("sound.mp4")));
  ASSERT_FALSE(source);
  EXPECT_THAT(to_string(source.error()), HasSubstr("no video in it"));
}

TEST(VideoFileErrors, FollowsNoPlaylistToOtherFiles) {
  const test::TemporaryFolder folder;
  ffmpeg(kMoving + std::string("-c:v libx264 ") + folder.file("a.ts"));
  std::ofstream(folder.file("list.m3u8")) << "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n"
                                          << folder.file("a.ts") << "\n#EXT-X-ENDLIST\n";
  EXPECT_FALSE(open_source(settings_for(folder.file("list.m3u8"))));
}

TEST(VideoFileErrors, KeepsLibavFromWritingOnStandardError) {
  const test::TemporaryFolder folder;
  ffmpeg(kMoving + std::string("-c:v libx264 ") + folder.file("a.ts"));
  Bytes bytes = test::read(folder.file("a.ts"));
  for (std::size_t i = 1000; i < bytes.size(); i += 500) bytes[i] ^= 0xff;
  test::write(folder.file("a.ts"), bytes);
  testing::internal::CaptureStderr();
  open_and_drain(settings_for(folder.file("a.ts")));
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST(VideoFileErrors, EndsWhateverBytesAreDamaged) {
  const test::TemporaryFolder folder;
  std::minstd_rand random(1);
  for (const char* name : {"a.mp4", "a.mkv", "a.avi", "a.ts"}) {
    ffmpeg(kMoving + std::string("-c:v libx264 -g 5 ") + folder.file(name));
    const Bytes whole = test::read(folder.file(name));
    for (int run = 0; run < 25; ++run) {
      Bytes bytes = whole;
      for (int i = 0; i < 40; ++i) {
        bytes[random() % bytes.size()] = static_cast<std::uint8_t>(random());
      }
      test::write(folder.file(name), bytes);
      const auto source = open_source(settings_for(folder.file(name)));
      if (!source) continue;
      const Drained drained = test::drain(**source);
      EXPECT_LE(drained.frames.size(), 25U);
      EXPECT_TRUE(std::ranges::is_sorted(drained.frames, {}, &Frame::time));
    }
  }
}

TEST(RealVideo, ReadsTheH264ClipsOfAThermalCamera) {
  const auto folder = marsad::test::real_data("thermal/halmstad-ir/clips");
  if (!folder) GTEST_SKIP() << "no real data";
  const Drained drained = open_and_drain(settings_for((*folder / "IR_DRONE_001.mp4").string()));
  EXPECT_THAT(drained.faults, IsEmpty());
  ASSERT_EQ(drained.frames.size(), 301U);
  EXPECT_EQ(drained.frames[300].time, base::Time(10s));
  for (const auto& clip : std::filesystem::directory_iterator(*folder)) {
    const auto source = open_source(settings_for(clip.path().string()));
    ASSERT_TRUE(source) << to_string(source.error());
    EXPECT_EQ((*source)->info().description, "H.264, 320×256, 30 frames/s");
  }
}

TEST(RealVideo, CountsTheImagesOfTheDesertSequences) {
  const auto folder = marsad::test::real_data("thermal/remote-scene-ir");
  if (!folder) GTEST_SKIP() << "no real data";
  for (const char* sequence :
       {"Sequence_1", "Sequence_2", "Sequence_4", "Sequence_5", "Sequence_7-1", "Sequence_8-1"}) {
    const auto input = *folder / sequence / "input";
    const auto files = std::distance(std::filesystem::directory_iterator(input), {});
    const Drained drained = open_and_drain(settings_for(input.string()));
    EXPECT_THAT(drained.faults, IsEmpty());
    ASSERT_EQ(drained.frames.size(), static_cast<std::size_t>(files));
    EXPECT_EQ(drained.frames.back().number, static_cast<std::uint64_t>(files) - 1);
    EXPECT_EQ(drained.frames.back().counts.width(), 480);
    EXPECT_EQ(drained.frames.back().counts.height(), 320);
  }
}

}  // namespace
}  // namespace marsad::video
