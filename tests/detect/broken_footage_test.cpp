// SPDX-License-Identifier: Apache-2.0
// Breaks recorded footage in every way a camera breaks, and asks for exactly that to be told. The
// limits in picture_health.cpp were chosen on the clips marked so. The others were held out at
// first: 12 of the 59 of their cases that were run then failed (late, or named otherwise), and the
// rules were mended with them in view, so today's success on them is no measure of what new
// footage would give.
#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>

#include "base/words.h"
#include "detect/alignment.h"
#include "detect/picture_figures.h"
#include "tests/detect/footage.h"

namespace marsad::detect {

namespace {

using sensor::HealthState;

constexpr double kHealthy_s = 40;

// "moved (the scene lies …), noisy (…)"
std::string words_of(const Told& told, const std::set<HealthState>& states) {
  std::string out;
  for (const HealthState state : states) {
    out += (out.empty() ? "" : ", ") + std::string(base::word(state)) + " (" +
           told.details.at(state) + ")";
  }
  return out;
}

struct Clip {
  const char* path;
  double fps;
  std::size_t every;  // of its frames are used, which leaves the wind's and the movers' motion
};

void PrintTo(const Clip& clip, std::ostream* out) { *out << clip.path; }

std::string name_of(const testing::TestParamInfo<Clip>& clip) {
  std::string name = clip.param.path;
  for (const char* part : {"/input", ".mp4", ".cptv"}) {
    if (const auto at = name.find(part); at != std::string::npos) name.erase(at);
  }
  name.erase(0, name.rfind('/') + 1);
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

class Unbroken : public testing::TestWithParam<Clip> {};

TEST_P(Unbroken, TellsOfNothing) {
  const Clip& clip = GetParam();
  const Footage footage(clip.path, clip.fps, clip.every);
  if (footage.empty()) GTEST_SKIP() << "needs the real data";
  const Told told = play(footage, 90, 0, {});
  EXPECT_EQ(words_of(told, told.before), "");
}

class Broken : public testing::TestWithParam<Clip> {
 protected:
  void SetUp() override {
    if (footage_.empty()) GTEST_SKIP() << "needs the real data";
    const video::Image<std::uint16_t>& first = footage_.first();
    live_ = live_part(first);
    noise_ = std::max(0.5, figures_of(first, live_).noise);
    scale_ = live_.width < 300 ? 1 : 2;
  }

  // Exactly `state` is told, within so many seconds, and is what holds at last.
  void expect(HealthState state, double within_s, const Break& broken) const {
    SCOPED_TRACE(base::word(state));
    const Told told = play(footage_, kHealthy_s, within_s + 10, broken);
    EXPECT_EQ(words_of(told, told.before), "");
    EXPECT_EQ(told.at_end, std::set{state}) << words_of(told, told.at_end);
    for (const auto& [found, at_s] : told.first_after_s) {
      EXPECT_EQ(found, state) << told.details.at(found);
      EXPECT_LE(at_s, within_s);
      EXPECT_FALSE(told.details.at(found).empty());
    }
  }

  Footage footage_{GetParam().path, GetParam().fps, GetParam().every};
  Box live_;
  double noise_ = 0;
  int scale_ = 1;  // px; twice for large pictures
};

TEST_P(Broken, FrozenWithin6s) { expect(HealthState::frozen, 6, freeze()); }

TEST_P(Broken, CoveredWithin8s) {
  expect(HealthState::covered, 8, cover(noise_));
  expect(HealthState::covered, 8, cover(4 * noise_));
  expect(HealthState::covered, 8, cover(0));
}

TEST_P(Broken, OverexposedWithin8s) {
  expect(HealthState::saturated, 8, overexpose(0.1));
  expect(HealthState::blinded, 8, overexpose(0.6));
}

TEST_P(Broken, MovedWithin14s) {
  expect(HealthState::moved, 14, shift(8 * scale_, 0));
  expect(HealthState::moved, 14, shift(-6 * scale_, 5 * scale_));
  expect(HealthState::moved, 14, shift(20 * scale_, -10 * scale_));
}

TEST_P(Broken, TurnedWithin20s) {
  expect(HealthState::moved, 20, turn(5));
  expect(HealthState::moved, 20, turn(-10));
}

TEST_P(Broken, DefocusedWithin20s) {
  expect(HealthState::defocused, 20, blur(4));
  expect(HealthState::defocused, 20, defocus(4, noise_));
}

TEST_P(Broken, NoisyWithin20s) {
  expect(HealthState::noisy, 20, add_noise(4 * noise_));
  expect(HealthState::noisy, 20, add_noise(8 * noise_));
}

TEST_P(Broken, DeadPixelsWithin20s) {
  expect(HealthState::dead_pixels, 14,
         dead_lines(live_.y + 2 * live_.height / 3, live_.x + live_.width / 2));
  expect(HealthState::dead_pixels, 20, dead_dots(0.005));
}

TEST_P(Broken, SlowWithin20s) { expect(HealthState::slow, 20, drop_frames(0.5)); }

TEST_P(Broken, ClockWrongAtOnce) { expect(HealthState::clock_wrong, 0.5, wind_clock_back(30)); }

INSTANTIATE_TEST_SUITE_P(ChosenOn, Broken,
                         testing::Values(Clip{"remote-scene-ir/Sequence_1/input", 25, 5},
                                         Clip{"remote-scene-ir/Sequence_4/input", 25, 5},
                                         Clip{"halmstad-ir/clips/IR_DRONE_001.mp4", 30, 6},
                                         Clip{"halmstad-ir/clips/IR_DRONE_142.mp4", 30, 6},
                                         Clip{"cacophony-cptv/cptv/noise_01.cptv", 9, 1},
                                         Clip{"cacophony-cptv/cptv/skyline.cptv", 9, 1}),
                         name_of);

INSTANTIATE_TEST_SUITE_P(HeldOut, Broken,
                         testing::Values(Clip{"remote-scene-ir/Sequence_2/input", 25, 5},
                                         Clip{"remote-scene-ir/Sequence_5/input", 25, 5},
                                         Clip{"remote-scene-ir/Sequence_7-1/input", 25, 5},
                                         Clip{"halmstad-ir/clips/IR_BIRD_027.mp4", 30, 6},
                                         Clip{"halmstad-ir/clips/IR_DRONE_096.mp4", 30, 6},
                                         Clip{"halmstad-ir/clips/IR_DRONE_148.mp4", 30, 6},
                                         Clip{"cacophony-cptv/cptv/noise_03.cptv", 9, 1},
                                         Clip{"cacophony-cptv/cptv/noise_05.cptv", 9, 1},
                                         Clip{"cacophony-cptv/cptv/possum_ospri13.cptv", 9, 1},
                                         Clip{"ltir-crowd", 25, 5}),
                         name_of);

// Two clips of the collection are left out: IR_AIRPLANE_001 pans and IR_HELICOPTER_001 is held by
// hand, so both do move.
INSTANTIATE_TEST_SUITE_P(RemoteScene, Unbroken,
                         testing::Values(Clip{"remote-scene-ir/Sequence_1/input", 25, 1},
                                         Clip{"remote-scene-ir/Sequence_2/input", 25, 1},
                                         Clip{"remote-scene-ir/Sequence_4/input", 25, 1},
                                         Clip{"remote-scene-ir/Sequence_5/input", 25, 1},
                                         Clip{"remote-scene-ir/Sequence_7-1/input", 25, 1},
                                         Clip{"remote-scene-ir/Sequence_8-1/input", 25, 1}),
                         name_of);
INSTANTIATE_TEST_SUITE_P(Halmstad, Unbroken,
                         testing::Values(Clip{"halmstad-ir/clips/IR_BIRD_007.mp4", 30, 1},
                                         Clip{"halmstad-ir/clips/IR_BIRD_027.mp4", 30, 1},
                                         Clip{"halmstad-ir/clips/IR_BIRD_038.mp4", 30, 1},
                                         Clip{"halmstad-ir/clips/IR_BIRD_071.mp4", 30, 1},
                                         Clip{"halmstad-ir/clips/IR_DRONE_001.mp4", 30, 1},
                                         Clip{"halmstad-ir/clips/IR_DRONE_090.mp4", 30, 1},
                                         Clip{"halmstad-ir/clips/IR_DRONE_096.mp4", 30, 1},
                                         Clip{"halmstad-ir/clips/IR_DRONE_101.mp4", 30, 1},
                                         Clip{"halmstad-ir/clips/IR_DRONE_142.mp4", 30, 1},
                                         Clip{"halmstad-ir/clips/IR_DRONE_143.mp4", 30, 1},
                                         Clip{"halmstad-ir/clips/IR_DRONE_144.mp4", 30, 1},
                                         Clip{"halmstad-ir/clips/IR_DRONE_145.mp4", 30, 1},
                                         Clip{"halmstad-ir/clips/IR_DRONE_147.mp4", 30, 1},
                                         Clip{"halmstad-ir/clips/IR_DRONE_148.mp4", 30, 1}),
                         name_of);
INSTANTIATE_TEST_SUITE_P(Cacophony, Unbroken,
                         testing::Values(Clip{"cacophony-cptv/cptv/bird_1.cptv", 9, 1},
                                         Clip{"cacophony-cptv/cptv/cat.cptv", 9, 1},
                                         Clip{"cacophony-cptv/cptv/cat_trigger.cptv", 9, 1},
                                         Clip{"cacophony-cptv/cptv/hedgehog_hubble.cptv", 9, 1},
                                         Clip{"cacophony-cptv/cptv/hedgehog_v1.cptv", 9, 1},
                                         Clip{"cacophony-cptv/cptv/noise_01.cptv", 9, 1},
                                         Clip{"cacophony-cptv/cptv/noise_02.cptv", 9, 1},
                                         Clip{"cacophony-cptv/cptv/noise_03.cptv", 9, 1},
                                         Clip{"cacophony-cptv/cptv/noise_05.cptv", 9, 1},
                                         Clip{"cacophony-cptv/cptv/possum02.cptv", 9, 1},
                                         Clip{"cacophony-cptv/cptv/possum_lepton35.cptv", 9, 1},
                                         Clip{"cacophony-cptv/cptv/possum_ospri13.cptv", 9, 1},
                                         Clip{"cacophony-cptv/cptv/rat.cptv", 9, 1},
                                         Clip{"cacophony-cptv/cptv/rat02.cptv", 9, 1},
                                         Clip{"cacophony-cptv/cptv/skyline.cptv", 9, 1}),
                         name_of);
INSTANTIATE_TEST_SUITE_P(Crowd, Unbroken, testing::Values(Clip{"ltir-crowd", 25, 1}), name_of);

}  // namespace
}  // namespace marsad::detect
