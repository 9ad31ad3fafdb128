// SPDX-License-Identifier: Apache-2.0
#include "detect/picture_health.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>

#include "detect/frame_pace.h"
#include "detect/spell.h"

namespace marsad::detect {
namespace {

using sensor::HealthState;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

base::Time at(double time_s) { return base::Time{} + base::from_seconds(time_s); }

std::vector<HealthState> states(const std::vector<sensor::Condition>& conditions) {
  std::vector<HealthState> out;
  for (const sensor::Condition& condition : conditions) out.push_back(condition.state);
  return out;
}

// A made camera of 10 frames a second that looks at hills and bushes.
class MadeCamera {
 public:
  MadeCamera(int width, int height, int bits) : width_(width), height_(height), bits_(bits) {}

  video::Frame next() {
    const double scale = bits_ == 8 ? 1 : 20;
    std::normal_distribution<double> noise(0, scale);
    video::Frame frame;
    frame.number = number_;
    frame.time = at(0.1 * static_cast<double>(number_++));
    frame.bits = bits_;
    frame.counts = video::Image<std::uint16_t>(width_, height_);
    for (int y = 0; y < height_; ++y) {
      for (int x = 0; x < width_; ++x) {
        const double hill = y > height_ / 3 + 10 * std::sin(0.05 * x) ? 60 : 0;
        const double bushes = (x / 9 * 7 + y / 11 * 5) % 13 < 4 && hill > 0 ? 40 : 0;
        frame.counts.at(x, y) =
            static_cast<std::uint16_t>(scale * (80 + hill + bushes) + noise(random_));
      }
    }
    return frame;
  }

 private:
  int width_;
  int height_;
  int bits_;
  std::uint64_t number_ = 0;
  std::mt19937 random_{5};
};

constexpr double kFov_rad = 0.2;

using Change = std::function<void(video::Frame&)>;

class Watched {
 public:
  explicit Watched(int width = 160, int height = 120, int bits = 8)
      : camera_(width, height, bits), health_({width, height, 2, kFov_rad}) {}

  std::vector<sensor::Condition> run(double duration_s, const Change& change = {}) {
    std::vector<sensor::Condition> found;
    for (int i = 0; i < static_cast<int>(10 * duration_s); ++i) {
      video::Frame frame = camera_.next();
      if (change) change(frame);
      found = health_.look(frame);
    }
    return found;
  }

 private:
  MadeCamera camera_;
  PictureHealth health_;
};

void blacken(video::Frame& frame) {
  for (std::uint16_t& count : frame.counts.pixels()) count = 0;
}

TEST(PictureHealth, IsSilentOnAHealthyCameraOf8And16Bits) {
  EXPECT_THAT(Watched(160, 120, 8).run(60), IsEmpty());
  EXPECT_THAT(Watched(320, 256, 16).run(60), IsEmpty());
}

TEST(PictureHealth, TakesPicturesOfAnySize) {
  for (const auto& [width, height] : {std::pair{1, 1}, {3, 200}, {16, 16}, {17, 40}, {63, 48}}) {
    Watched watched(width, height);
    if (std::min(width, height) > 1) {
      EXPECT_THAT(watched.run(30), IsEmpty()) << width << "×" << height;
    }
    watched.run(30, blacken);
  }
  PictureHealth health({0, 0, 2});
  EXPECT_THAT(health.look({}), IsEmpty());
}

TEST(PictureHealth, TellsAtOnceOfAnotherSizeThanTheSites) {
  MadeCamera camera(160, 120, 8);
  PictureHealth health({320, 240, 2});
  const auto found = health.look(camera.next());
  ASSERT_THAT(states(found), ElementsAre(HealthState::wrong_size));
  EXPECT_EQ(found[0].detail, "pictures of 160×120 px; the site says 320×240");
}

TEST(PictureHealth, WrongSizeEndsWithTheFirstRightPicture) {
  MadeCamera camera(160, 120, 8);
  MadeCamera other(80, 60, 8);
  PictureHealth health({160, 120, 2});
  EXPECT_THAT(states(health.look(other.next())), ElementsAre(HealthState::wrong_size));
  camera.next();
  EXPECT_THAT(health.look(camera.next()), IsEmpty());
}

// The camera looks `right_px` further to the right, and its pose says by how much it does.
Change turned(int right_px, double told_px) {
  return [=](video::Frame& frame) {
    const double focal_px = sensor::CameraModel{160, 120, kFov_rad}.focal_px();
    frame.pose = sensor::Pose{};
    frame.pose->azimuth_rad = std::atan(told_px / focal_px);
    for (int y = 0; y < frame.counts.height(); ++y) {
      const auto row = frame.counts.row(y);
      std::rotate(row.begin(), row.begin() + right_px, row.end());
    }
  };
}

TEST(PictureHealth, ACameraThatTurnedAsItsPoseSaysHasNotMoved) {
  Watched watched;
  EXPECT_THAT(watched.run(30, turned(0, 0)), IsEmpty());
  EXPECT_THAT(watched.run(60, turned(30, 30)), IsEmpty());
  EXPECT_THAT(watched.run(60, turned(0, 0)), IsEmpty());
}

TEST(PictureHealth, ACameraThatMovedWhileItsPoseStaysHasMoved) {
  Watched still;
  EXPECT_THAT(still.run(30, turned(0, 0)), IsEmpty());
  EXPECT_THAT(states(still.run(60, turned(30, 0))), ElementsAre(HealthState::moved));
  Watched after_a_turn;
  after_a_turn.run(30, turned(0, 0));
  EXPECT_THAT(after_a_turn.run(30, turned(30, 30)), IsEmpty());
  EXPECT_THAT(states(after_a_turn.run(60, turned(60, 30))), ElementsAre(HealthState::moved));
}

// A coarse or loose encoder, on a camera that stares.
TEST(PictureHealth, APoseThatJittersHidesNoTrouble) {
  Watched watched;
  int n = 0;
  const auto jitter = [&](video::Frame& frame) { turned(0, ++n % 3 == 0 ? 6 : 0)(frame); };
  EXPECT_THAT(watched.run(30, jitter), IsEmpty());
  const auto covered = watched.run(30, [&](video::Frame& frame) {
    jitter(frame);
    blacken(frame);
    for (std::size_t i = 0; i < frame.counts.pixels().size(); ++i)
      frame.counts.pixels()[i] =
          static_cast<std::uint16_t>(90 + (i + static_cast<std::size_t>(n)) * 7919 % 5);
  });
  EXPECT_THAT(states(covered), ElementsAre(HealthState::covered));
}

TEST(PictureHealth, ACameraThatPansIsNeverFoundMoved) {
  Watched watched;
  for (int right_px = 0; right_px < 60; ++right_px) {
    EXPECT_THAT(watched.run(1, turned(right_px, right_px)), IsEmpty()) << right_px;
  }
}

TEST(PictureHealth, ABlackPictureIsCoveredAndAWhiteOneBlinded) {
  for (const int bits : {8, 14, 16}) {
    EXPECT_THAT(states(Watched(160, 120, bits).run(8, blacken)), ElementsAre(HealthState::covered));
    const auto whiten = [&](video::Frame& frame) {
      for (std::uint16_t& count : frame.counts.pixels()) {
        count = static_cast<std::uint16_t>((1 << bits) - 1);
      }
    };
    EXPECT_THAT(states(Watched(160, 120, bits).run(8, whiten)), ElementsAre(HealthState::blinded));
  }
}

TEST(PictureHealth, ACoverTakenOffIsForgottenAfterSomeSeconds) {
  Watched watched;
  watched.run(30);
  EXPECT_THAT(states(watched.run(10, blacken)), ElementsAre(HealthState::covered));
  EXPECT_THAT(states(watched.run(3)), ElementsAre(HealthState::covered));
  EXPECT_THAT(watched.run(5), IsEmpty());
}

TEST(PictureHealth, AShutterOfTwoSecondsIsNoTrouble) {
  Watched watched;
  watched.run(30);
  for (int i = 0; i < 5; ++i) {
    EXPECT_THAT(watched.run(2, blacken), IsEmpty());
    EXPECT_THAT(watched.run(10), IsEmpty());
  }
}

TEST(PictureHealth, FollowsASceneThatSlowlyWarmsAndGainsContrast) {
  Watched watched(160, 120, 16);
  watched.run(60);
  double gain = 1;
  const auto warm = [&](video::Frame& frame) {
    gain *= 1.0002;  // 2.7 times in eight minutes
    for (std::uint16_t& count : frame.counts.pixels()) {
      count = static_cast<std::uint16_t>(gain * count);
    }
  };
  for (int i = 0; i < 8; ++i) EXPECT_THAT(watched.run(60, warm), IsEmpty()) << i;
}

TEST(PictureHealth, SeveralTroublesHoldAtOnceAndTheWorstIsFound) {
  Watched watched;
  watched.run(40);
  const auto worse = [](video::Frame& frame) {
    for (std::uint16_t& count : frame.counts.row(50)) count = 0;
    frame.time -= std::chrono::hours(1);
  };
  const auto found = watched.run(15, worse);
  EXPECT_THAT(states(found), ElementsAre(HealthState::dead_pixels, HealthState::clock_wrong));
  EXPECT_EQ(sensor::worst(found)->state, HealthState::dead_pixels);
}

TEST(PictureHealth, TheSameFramesGiveTheSameAnswers) {
  Watched one;
  Watched other;
  const auto dim = [](video::Frame& frame) {
    for (std::uint16_t& count : frame.counts.pixels())
      count = static_cast<std::uint16_t>(100 + count / 40);
  };
  EXPECT_EQ(one.run(30), other.run(30));
  EXPECT_EQ(one.run(30, dim), other.run(30, dim));
}

TEST(Spell, BeginsAfterItsTimeAndCountsFromTheFirstSuspicion) {
  Spell spell(HealthState::covered, 5, 3);
  for (int s = 0; s < 5; ++s) spell.update(Suspicion::yes, 1, at(s), "dark");
  EXPECT_FALSE(spell.holds());
  spell.update(Suspicion::yes, 1, at(5), "dark");
  ASSERT_TRUE(spell.holds());
  EXPECT_EQ(spell.condition(), (sensor::Condition{HealthState::covered, at(0), "dark"}));
}

TEST(Spell, DoubtNeitherBeginsNorEndsIt) {
  Spell spell(HealthState::covered, 2, 2);
  for (int s = 0; s < 9; ++s) spell.update(Suspicion::unsure, 1, at(s));
  EXPECT_FALSE(spell.holds());
  for (int s = 9; s < 12; ++s) spell.update(Suspicion::yes, 1, at(s));
  EXPECT_TRUE(spell.holds());
  for (int s = 12; s < 30; ++s) spell.update(Suspicion::unsure, 1, at(s));
  EXPECT_TRUE(spell.holds());
  spell.update(Suspicion::no, 1, at(30));
  spell.update(Suspicion::no, 1, at(31));
  EXPECT_FALSE(spell.holds());
}

TEST(Spell, ABreakInTheSuspicionBeginsItAnew) {
  Spell spell(HealthState::covered, 5, 3);
  for (int s = 0; s < 40; ++s) {
    spell.update(s % 5 == 4 ? Suspicion::no : Suspicion::yes, 1, at(s));
    EXPECT_FALSE(spell.holds());
  }
}

TEST(FramePace, TellsOfAClockThatRunsBackStandsOrLeaps) {
  for (const auto& [step_s, words] :
       {std::pair{-3.0, "went back by 3.0 s"}, {0.0, "stand still"}, {9.0, "leapt by 9.0 s"}}) {
    FramePace pace(2);
    for (std::uint64_t n = 0; n < 50; ++n) pace.take(n, at(0.1 * static_cast<double>(n)), {});
    EXPECT_FALSE(pace.clock_wrong().holds());
    pace.take(50, at(4.9 + step_s), {});
    ASSERT_TRUE(pace.clock_wrong().holds()) << step_s;
    EXPECT_THAT(pace.clock_wrong().condition().detail, HasSubstr(words));
  }
}

TEST(FramePace, ForgetsALeapAfterAMinute) {
  FramePace pace(2);
  for (std::uint64_t n = 0; n < 50; ++n) pace.take(n, at(0.1 * static_cast<double>(n)), {});
  for (std::uint64_t n = 50; n < 640; ++n) pace.take(n, at(100 + 0.1 * static_cast<double>(n)), {});
  EXPECT_TRUE(pace.clock_wrong().holds());
  for (std::uint64_t n = 640; n < 660; ++n)
    pace.take(n, at(100 + 0.1 * static_cast<double>(n)), {});
  EXPECT_FALSE(pace.clock_wrong().holds());
}

TEST(FramePace, FramesThatAreMissingExplainTheTimeThatPassed) {
  FramePace pace(2);
  for (std::uint64_t n = 0; n < 50; ++n) pace.take(n, at(0.1 * static_cast<double>(n)), {});
  pace.take(200, at(20), {});
  EXPECT_FALSE(pace.clock_wrong().holds());
}

TEST(FramePace, ALiveCamerasClockIsHeldAgainstTheHosts) {
  for (const double off_s : {-4.0, 4.0}) {
    FramePace pace(2);
    for (std::uint64_t n = 0; n < 100; ++n) {
      const double time_s = 0.1 * static_cast<double>(n);
      pace.take(n, at(time_s + off_s), at(time_s));
      EXPECT_EQ(pace.clock_wrong().holds(), n >= 51) << n;
    }
    EXPECT_THAT(pace.clock_wrong().condition().detail, HasSubstr("4.0 s"));
  }
}

TEST(FramePace, AnOutageOfALiveCameraIsNeitherALeapNorSlow) {
  FramePace pace(2);
  for (std::uint64_t n = 0; n < 300; ++n) {
    const double time_s = 0.1 * static_cast<double>(n) + (n >= 200 ? 60 : 0);
    pace.take(n, at(time_s), at(time_s + 0.2));
    EXPECT_FALSE(pace.clock_wrong().holds());
    EXPECT_FALSE(pace.slow().holds());
  }
}

TEST(FramePace, FramesThatMarsadGaveUpDoNotMakeACameraSlow) {
  FramePace pace(2);
  for (std::uint64_t n = 0; n < 400; n += n < 200 ? 1 : 3) {
    pace.take(n, at(0.1 * static_cast<double>(n)), {});
    EXPECT_FALSE(pace.slow().holds());
  }
}

TEST(FramePace, UnevenFramesOfTheSameRateAreNotSlow) {
  FramePace pace(2);
  double time_s = 0;
  for (std::uint64_t n = 0; n < 2000; ++n) {
    time_s += n % 8 == 0 ? 0.45 : 0.05;
    pace.take(n, at(time_s), {});
    EXPECT_FALSE(pace.slow().holds());
  }
}

}  // namespace
}  // namespace marsad::detect
