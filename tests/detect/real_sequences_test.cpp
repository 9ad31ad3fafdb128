// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <variant>
#include <vector>

#include "detect/components.h"
#include "detect/detector.h"
#include "tests/support/real_data.h"
#include "video/decode.h"
#include "video/source.h"

namespace marsad::detect {
namespace {

// What is asked of one sequence; somewhat less than what was measured.
struct Floor {
  const char* sequence;
  double f_px;
  double objects_found;
  double false_per_1000_frames;
};

struct Tally {
  double true_px = 0, false_px = 0, missed_px = 0;
  double objects = 0, found = 0, false_objects = 0, frames = 0;
};

using Mask = video::Image<std::uint8_t>;

double touching(const std::vector<Component>& components, const Mask& mask) {
  return static_cast<double>(
      std::count_if(components.begin(), components.end(), [&](const Component& component) {
        return std::any_of(component.runs.begin(), component.runs.end(), [&](const Run& run) {
          const auto row = mask.row(run.y);
          return std::any_of(row.begin() + run.x_begin, row.begin() + run.x_end,
                             [](std::uint8_t pixel) { return pixel != 0; });
        });
      }));
}

void add(const Mask& truth, const Mask& mask, Tally& tally) {
  for (std::size_t i = 0; i < truth.pixels().size(); ++i) {
    tally.true_px += truth.pixels()[i] != 0 && mask.pixels()[i] != 0 ? 1 : 0;
    tally.false_px += truth.pixels()[i] == 0 && mask.pixels()[i] != 0 ? 1 : 0;
    tally.missed_px += truth.pixels()[i] != 0 && mask.pixels()[i] == 0 ? 1 : 0;
  }
  const auto objects = connected_components(truth);
  const auto detected = connected_components(mask);
  tally.objects += static_cast<double>(objects.size());
  tally.found += touching(objects, mask);
  tally.false_objects += static_cast<double>(detected.size()) - touching(detected, truth);
  tally.frames += 1;
}

std::optional<Mask> read_truth(const std::filesystem::path& folder, std::uint64_t number) {
  std::string digits = std::to_string(number);
  digits.insert(0, 6 - digits.size(), '0');
  const auto image = video::read_image((folder / ("gt" + digits + ".png")).string());
  if (!image) return std::nullopt;
  Mask mask(image->counts.width(), image->counts.height());
  for (std::size_t i = 0; i < mask.pixels().size(); ++i)
    mask.pixels()[i] = image->counts.pixels()[i] > 127 ? 255 : 0;
  return mask;
}

std::vector<video::Frame> read_frames(const std::filesystem::path& path) {
  const auto source = video::open_source({{}, path.string(), {}, {}});
  std::vector<video::Frame> frames;
  if (!source) return frames;
  for (;;) {
    video::Event event = (*source)->next({});
    if (std::holds_alternative<video::End>(event)) return frames;
    if (auto* frame = std::get_if<video::Frame>(&event)) frames.push_back(std::move(*frame));
  }
}

class RealSequence : public testing::TestWithParam<Floor> {};

TEST_P(RealSequence, IsDetectedAsWellAsMeasured) {
  const Floor& floor = GetParam();
  const auto folder = test::real_data("thermal/remote-scene-ir/" + std::string(floor.sequence));
  if (!folder) GTEST_SKIP() << "needs the real data";
  Detector detector({});
  Tally tally;
  for (const video::Frame& frame : read_frames(*folder / "input")) {
    const DetectorOutput output = detector.process(frame);
    if (const auto truth = read_truth(*folder / "groundtruth", frame.number))
      add(*truth, output.mask, tally);
  }
  ASSERT_GT(tally.frames, 20);
  const double f = 2 * tally.true_px / (2 * tally.true_px + tally.false_px + tally.missed_px);
  EXPECT_GE(f, floor.f_px);
  EXPECT_GE(tally.found / tally.objects, floor.objects_found);
  EXPECT_LE(1000 * tally.false_objects / tally.frames, floor.false_per_1000_frames);
}

INSTANTIATE_TEST_SUITE_P(
    RemoteScene, RealSequence,
    testing::Values(Floor{"Sequence_1", 0.88, 0.98, 20}, Floor{"Sequence_2", 0.76, 0.89, 20},
                    Floor{"Sequence_4", 0.75, 0.94, 40}, Floor{"Sequence_5", 0.58, 0.94, 20},
                    Floor{"Sequence_7-1", 0.84, 0.87, 60}, Floor{"Sequence_8-1", 0.88, 0.95, 80}),
    [](const auto& sequence) {
      std::string name = sequence.param.sequence;
      std::replace(name.begin(), name.end(), '-', '_');
      return name;
    });

struct Clip {
  const char* name;
  double least_active;  // share of frames with a detection
  double most_active;
};

class RealClip : public testing::TestWithParam<Clip> {};

TEST_P(RealClip, IsSilentOrNotAsTheSceneIs) {
  const Clip& clip = GetParam();
  const auto file =
      test::real_data("thermal/cacophony-cptv/cptv/" + std::string(clip.name) + ".cptv");
  if (!file) GTEST_SKIP() << "needs the real data";
  Detector detector({});
  double active = 0;
  const std::vector<video::Frame> frames = read_frames(*file);
  ASSERT_FALSE(frames.empty());
  for (const video::Frame& frame : frames)
    active += detector.process(frame).detections.empty() ? 0 : 1;
  active /= static_cast<double>(frames.size());
  EXPECT_GE(active, clip.least_active);
  EXPECT_LE(active, clip.most_active);
}

INSTANTIATE_TEST_SUITE_P(Cacophony, RealClip,
                         testing::Values(Clip{"noise_01", 0, 0.2}, Clip{"noise_02", 0, 0.25},
                                         Clip{"noise_03", 0, 0.3}, Clip{"noise_05", 0, 0.2},
                                         Clip{"skyline", 0, 0.25}, Clip{"hedgehog_v1", 0.9, 1},
                                         Clip{"bird_1", 0.65, 1}),
                         [](const auto& clip) { return std::string(clip.param.name); });

}  // namespace
}  // namespace marsad::detect
