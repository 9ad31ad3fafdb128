// SPDX-License-Identifier: Apache-2.0
#include "service/picture_watch.h"

#include <gmock/gmock.h>

#include "service/offline.h"
#include "tests/service/site_folder.h"
#include "video/encode.h"

namespace marsad::service {
namespace {

using testing::HasSubstr;

// A folder of pictures at 5 frames/s of a scene, of which those from `covered_from` on are black.
void write_scene(const SiteFolder& folder, int count, int covered_from) {
  unsigned noise = 1;
  for (int number = 0; number < count; ++number) {
    video::Image<std::uint16_t> counts(320, 256);
    for (int y = 0; y < 256; ++y) {
      for (int x = 0; x < 320; ++x) {
        noise = noise * 1664525U + 1013904223U;
        const int bush = (x / 9 * 7 + y / 11 * 5) % 13 < 4 ? 400 : 0;
        if (number < covered_from) {
          counts.at(x, y) = static_cast<std::uint16_t>(7000 + bush + static_cast<int>(noise >> 28));
        }
      }
    }
    const video::Bytes bytes = video::encode_png(counts);
    folder.write("frames/" + std::to_string(number) + ".png",
                 std::string(bytes.begin(), bytes.end()));
  }
}

struct Offline {
  std::vector<std::uint64_t> steps;  // the frames that made one
  std::vector<std::string> faults;
};

Offline run(const SiteFolder& folder) {
  Offline out;
  const Site site = folder.load();
  const auto ran = run_offline(
      site, base::Time{},
      [&](const Step& step) {
        out.steps.push_back(step.frame.frame);
        return true;
      },
      [&](const std::string& fault) { out.faults.push_back(fault); });
  EXPECT_TRUE(ran);
  return out;
}

std::string site_text(const std::string& width_px) {
  std::string text = kHead + camera("T1", "\"frames\"");
  text.replace(text.find("width_px = 320"), 14, "width_px = " + width_px);
  text.replace(text.find("fps = 10"), 8, "fps = 5");
  return text;
}

TEST(PictureWatch, FramesOfAHealthyCameraAllMakeAStep) {
  const SiteFolder folder;
  write_scene(folder, 60, 60);
  folder.write("site.toml", site_text("320"));
  const Offline out = run(folder);
  EXPECT_EQ(out.steps.size(), 60U);
  EXPECT_TRUE(out.faults.empty());
}

TEST(PictureWatch, ACoveredCameraMakesNoStepsAfterItIsFoundCovered) {
  const SiteFolder folder;
  write_scene(folder, 100, 40);
  folder.write("site.toml", site_text("320"));
  const Offline out = run(folder);
  ASSERT_FALSE(out.steps.empty());
  EXPECT_GE(out.steps.back(), 40U + 25);
  EXPECT_LE(out.steps.back(), 40U + 40);
  ASSERT_EQ(out.faults.size(), 1U);
  EXPECT_THAT(out.faults[0], HasSubstr("camera T1: from frame"));
  EXPECT_THAT(out.faults[0], HasSubstr("covered"));
}

TEST(PictureWatch, PicturesOfAnotherSizeMakeNoStepAtAll) {
  const SiteFolder folder;
  write_scene(folder, 10, 10);
  folder.write("site.toml", site_text("640"));
  const Offline out = run(folder);
  EXPECT_TRUE(out.steps.empty());
  ASSERT_EQ(out.faults.size(), 1U);
  EXPECT_THAT(out.faults[0], HasSubstr("320×256 px; the site says 640×256"));
}

TEST(PictureWatch, TheClocksToleranceIsTheSites) {
  const SiteFolder folder;
  folder.write("site.toml",
               kHead + camera("T1", "\"simulated\"") + "clock_tolerance_s = 30\n" + kSimulation);
  const Site site = folder.load();
  EXPECT_EQ(site.cameras[0].clock_tolerance_s, 30);
  PictureWatch watch(site.cameras[0]);
  video::Frame frame;
  frame.counts = video::Image<std::uint16_t>(320, 256);
  for (std::uint64_t n = 0; n < 40; ++n) {
    frame.number = n;
    frame.time = base::Time(std::chrono::milliseconds(200 * n));
    for (std::uint16_t& count : frame.counts.pixels())
      count = static_cast<std::uint16_t>(count + 7);
    frame.counts.at(5, 5) = static_cast<std::uint16_t>(n % 2);
    watch.look(frame, frame.time + std::chrono::seconds(20));
    for (const sensor::Condition& condition : watch.conditions()) {
      EXPECT_NE(condition.state, sensor::HealthState::clock_wrong);
    }
  }
}

}  // namespace
}  // namespace marsad::service
