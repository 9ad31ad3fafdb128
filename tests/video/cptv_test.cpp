// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <chrono>
#include <sstream>

#include "tests/support/real_data.h"
#include "tests/video/cptv_writer.h"
#include "tests/video/support.h"

namespace marsad::video {
namespace {

using test::CptvWriter;
using test::pattern;
using test::settings_for;
using testing::HasSubstr;
using namespace std::chrono_literals;

constexpr std::uint64_t kRecorded_us = 1'700'000'000'000'000;
const base::Time kRecorded{base::Duration(kRecorded_us)};

struct Outcome {
  std::string error;  // of opening
  test::Drained drained;
};

Outcome read_recording(const Bytes& file) {
  const test::TemporaryFolder folder;
  test::write(folder.file("a.cptv"), file);
  SourceSettings settings = settings_for(folder.file("a.cptv"));
  settings.start = base::Time(5s);
  const auto source = open_source(settings);
  if (!source) return {to_string(source.error()), {}};
  return {"", test::drain(**source)};
}

RC_GTEST_PROP(Cptv, GivesBackWhatAWriterStored, ()) {
  const int version = *rc::gen::inRange(1, 3);
  const int compression = *rc::gen::inRange(0, 2);
  const int width = *rc::gen::inRange(1, 20);
  const int height = *rc::gen::inRange(1, 20);
  const auto seeds = *rc::gen::arbitrary<std::vector<unsigned>>();
  CptvWriter writer(version, width, height, kRecorded_us, compression);
  for (const unsigned seed : seeds) writer.add(pattern<std::uint16_t>(width, height, seed), 0);
  const Outcome outcome = read_recording(test::gzip(writer.bytes()));
  RC_ASSERT(outcome.error.empty());
  RC_ASSERT(outcome.drained.faults.empty());
  RC_ASSERT(outcome.drained.frames.size() == seeds.size());
  for (std::size_t i = 0; i < seeds.size(); ++i) {
    RC_ASSERT(outcome.drained.frames[i].number == i);
    RC_ASSERT(outcome.drained.frames[i].bits == 16);
    RC_ASSERT(outcome.drained.frames[i].counts == pattern<std::uint16_t>(width, height, seeds[i]));
  }
}

TEST(Cptv, TimesVersion1InMicrosecondsSinceTheRecordingBegan) {
  CptvWriter writer(1, 4, 4, kRecorded_us);
  for (const unsigned stamp : {0U, 111'000U, 230'000U}) writer.add({4, 4, 3000}, stamp);
  const auto frames = read_recording(test::gzip(writer.bytes())).drained.frames;
  ASSERT_EQ(frames.size(), 3U);
  EXPECT_EQ(frames[0].time, kRecorded);
  EXPECT_EQ(frames[2].time, kRecorded + 230ms);
}

TEST(Cptv, TimesVersion2InMillisecondsAndSkipsTheBackground) {
  CptvWriter writer(2, 4, 4, kRecorded_us);
  writer.add({4, 4, 2900}, std::nullopt, true);
  writer.add({4, 4, 3000}, 418'175'752);
  writer.add({4, 4, 3001}, 418'175'866);
  const auto frames = read_recording(test::gzip(writer.bytes())).drained.frames;
  ASSERT_EQ(frames.size(), 2U);
  EXPECT_EQ(frames[0].number, 0U);
  EXPECT_EQ(frames[0].time, kRecorded);
  EXPECT_EQ(frames[0].counts.at(0, 0), 3000);
  EXPECT_EQ(frames[1].time, kRecorded + 114ms);
}

TEST(Cptv, StartsAtTheSettingsTimeWhereTheRecorderKnewNone) {
  CptvWriter writer(2, 4, 4, 0);
  writer.add({4, 4, 3000}, 1000);
  writer.add({4, 4, 3000}, 1100);
  const auto frames = read_recording(test::gzip(writer.bytes())).drained.frames;
  ASSERT_EQ(frames.size(), 2U);
  EXPECT_EQ(frames[1].time, base::Time(5s + 100ms));
}

TEST(Cptv, ReadsARecordingThatIsNotZipped) {
  CptvWriter writer(2, 4, 4, kRecorded_us);
  writer.add({4, 4, 3000}, 0);
  EXPECT_EQ(read_recording(writer.bytes()).drained.frames.size(), 1U);
}

RC_GTEST_PROP(Cptv, GivesTheFramesBeforeACutAndOneFault, ()) {
  CptvWriter writer(2, 8, 6, kRecorded_us);
  std::vector<std::size_t> ends = {writer.bytes().size()};
  for (unsigned i = 0; i < 5; ++i) {
    writer.add(pattern<std::uint16_t>(8, 6, i), 100 * i);
    ends.push_back(writer.bytes().size());
  }
  const auto size = *rc::gen::inRange<std::size_t>(0, writer.bytes().size());
  const Outcome outcome = read_recording(
      Bytes(writer.bytes().begin(), writer.bytes().begin() + static_cast<std::ptrdiff_t>(size)));
  const auto whole = static_cast<std::size_t>(std::ranges::upper_bound(ends, size) - ends.begin());
  RC_ASSERT(outcome.error.empty() == (whole > 0));
  if (whole == 0) return;
  const bool between_frames = ends[whole - 1] == size;
  RC_ASSERT(outcome.drained.frames.size() == whole - 1);
  RC_ASSERT(outcome.drained.faults.size() == (between_frames ? 0U : 1U));
}

TEST(Cptv, TellsWhereTheZippedDataAreCutOrCorrupt) {
  CptvWriter writer(2, 40, 30, kRecorded_us);
  for (unsigned i = 0; i < 20; ++i) writer.add(pattern<std::uint16_t>(40, 30, i), 100 * i);
  Bytes zipped = test::gzip(writer.bytes());
  zipped.resize(zipped.size() / 2);
  const auto cut = read_recording(zipped).drained;
  EXPECT_GT(cut.frames.size(), 5U);
  EXPECT_LT(cut.frames.size(), 12U);
  ASSERT_EQ(cut.faults.size(), 1U);
  EXPECT_THAT(cut.faults[0].what, HasSubstr("the compressed data are cut short"));

  zipped = test::gzip(writer.bytes());
  zipped[zipped.size() - 6] ^= 0xff;  // of the checksum
  const auto corrupt = read_recording(zipped).drained;
  ASSERT_EQ(corrupt.faults.size(), 1U);
  EXPECT_THAT(corrupt.faults[0].what, HasSubstr("incorrect data check"));
}

TEST(Cptv, RefusesHeadersThatMakeNoSense) {
  const auto error = [](Bytes bytes) { return read_recording(bytes).error; };
  EXPECT_THAT(error({}), HasSubstr("ends within the header"));
  EXPECT_THAT(error({'R', 'I', 'F', 'F', 0, 0, 0, 0}), HasSubstr("not \"CPTV\""));
  EXPECT_THAT(error(CptvWriter(3, 4, 4, 0).bytes()), HasSubstr("CPTV version 3; expected 1 or 2"));
  EXPECT_THAT(error(CptvWriter(2, 0, 4, 0).bytes()), HasSubstr("0×4 pixels"));
  EXPECT_THAT(error(CptvWriter(2, 400, 300, 0, 7).bytes()), HasSubstr("compression scheme 7"));
}

class RealCptv : public testing::TestWithParam<const char*> {};

// Counts from the data's own manifest: clip, frames with the background one, least and most count.
TEST_P(RealCptv, HasTheFramesAndCountsOfTheManifest) {
  const auto folder = marsad::test::real_data("thermal/cacophony-cptv");
  if (!folder) GTEST_SKIP() << "no real data";
  std::ifstream manifest(*folder / "manifest.csv");
  std::string line;
  const std::string clip = GetParam();
  while (std::getline(manifest, line) && !line.starts_with(clip + ",")) continue;
  std::vector<std::string> cells;
  std::istringstream row(line);
  for (std::string cell; std::getline(row, cell, ',');) cells.push_back(cell);
  ASSERT_GE(cells.size(), 7U);

  const auto drained =
      test::open_and_drain(settings_for((*folder / "cptv" / (clip + ".cptv")).string()));
  EXPECT_TRUE(drained.faults.empty());
  const bool has_background = clip == "possum_lepton35" || clip == "possum_ospri13";
  EXPECT_EQ(drained.frames.size() + (has_background ? 1 : 0), std::stoul(cells[2]));
  std::uint16_t least = 65535;
  std::uint16_t most = 0;
  for (const Frame& frame : drained.frames) {
    const auto pixels = frame.counts.pixels();
    least = std::min(least, *std::ranges::min_element(pixels));
    most = std::max(most, *std::ranges::max_element(pixels));
  }
  EXPECT_TRUE(std::ranges::is_sorted(drained.frames, {}, &Frame::time));
  EXPECT_EQ(least, std::stoul(cells[5]));
  EXPECT_EQ(most, std::stoul(cells[6]));
}

INSTANTIATE_TEST_SUITE_P(, RealCptv,
                         testing::Values("bird_1", "cat", "cat_trigger", "hedgehog_hubble",
                                         "hedgehog_v1", "noise_01", "noise_02", "noise_03",
                                         "noise_05", "possum02", "possum_lepton35",
                                         "possum_ospri13", "rat", "rat02", "skyline"),
                         [](const auto& clip) { return std::string(clip.param); });

}  // namespace
}  // namespace marsad::video
