// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "base/check.h"
#include "simulate/air.h"
#include "simulate/backdrop.h"
#include "simulate/body.h"
#include "simulate/painter.h"
#include "simulate/projection.h"
#include "simulate/random.h"
#include "simulate/scenario.h"

namespace marsad::simulate {
namespace {

constexpr int kBits = 14;
constexpr float kFullScale = (1 << kBits) - 1;
// Pixels around the picture in which a mover's foot may stand while its body reaches in.
constexpr double kMargin_px = 200;
// What each pixel keeps of its own, as a share of the noise.
constexpr double kFixedPattern = 0.3;
// How a cloth over the lens glows, beside the ground.
constexpr double kCloth = 1.05;

// A shift of the picture: four slow waves an axis, of periods without a common measure.
class Sway {
 public:
  Sway(double sigma_px, std::uint64_t seed) : amplitude_px_(sigma_px / std::numbers::sqrt2) {
    for (std::size_t i = 0; i < kWaves; ++i) {
      constexpr std::array<double, kWaves> kPeriods_s = {3.1, 5.3, 9.7, 17.9};
      rates_[i] = 2 * std::numbers::pi / (kPeriods_s[i] * between(0.9, 1.1, hash(seed, i)));
      phases_u_[i] = 2 * std::numbers::pi * uniform(hash(seed, i, 1));
      phases_v_[i] = 2 * std::numbers::pi * uniform(hash(seed, i, 2));
    }
  }

  // Never more than this on either axis.
  double reach_px() const { return kWaves * amplitude_px_; }

  sensor::Pixel at(double t_s) const {
    sensor::Pixel shift;
    for (std::size_t i = 0; i < kWaves; ++i) {
      shift.u += amplitude_px_ * std::sin(rates_[i] * t_s + phases_u_[i]);
      shift.v += amplitude_px_ * std::sin(1.13 * rates_[i] * t_s + phases_v_[i]);
    }
    return shift;
  }

 private:
  static constexpr std::size_t kWaves = 4;
  double amplitude_px_;
  std::array<double, kWaves> rates_{}, phases_u_{}, phases_v_{};
};

// Gaussian noise for frames. Each row of each frame reads a long table from a place of its own,
// which costs a memory read a pixel, and no row comes again at the same place but by chance.
class Noise {
 public:
  Noise(double sigma, std::uint64_t seed) : seed_(seed), table_(kLength + kMaxWidth) {
    for (std::size_t i = 0; i < table_.size(); ++i) {
      table_[i] = static_cast<float>(sigma * gaussian(hash(seed, i)));
    }
  }

  const float* row(std::uint64_t frame, int y) const {
    return table_.data() + hash(seed_, frame, y) % kLength;
  }

  static constexpr std::size_t kMaxWidth = 4096;

 private:
  static constexpr std::size_t kLength = 1 << 18;
  std::uint64_t seed_;
  std::vector<float> table_;
};

// What a camera sees in one pose, without movers.
struct View {
  View(const World& world, const sensor::Camera& of, const Air& air, int margin_px)
      : camera(of),
        profile(look_around(world.elevation(), camera, margin_px)),
        projection(camera, profile),
        backdrop(draw_backdrop(world, camera, profile, air, margin_px)) {}
  View(const View&) = delete;
  View& operator=(const View&) = delete;

  sensor::Camera camera;
  SightProfile profile;
  Projection projection;
  video::Image<float> backdrop;
};

class SimulatedCamera final : public video::FrameSource {
 public:
  SimulatedCamera(std::shared_ptr<const World> world, sensor::Camera camera, CameraMotion motion,
                  double fps, base::Time start)
      : world_(std::move(world)),
        camera_(std::move(camera)),
        seed_(hash(world_->scenario().seed, hash_text(camera_.id.text))),
        fps_(fps),
        start_(start),
        pose_(std::move(motion.pose)),
        sway_(motion.sway_px, hash(seed_, 1)),
        margin_px_(static_cast<int>(std::ceil(sway_.reach_px())) + 1),
        air_(world_->scenario().weather),
        noise_(world_->scenario().weather.noise_counts, hash(seed_, 2)),
        scene_(camera_.model.width_px, camera_.model.height_px),
        fixed_pattern_(camera_.model.width_px, camera_.model.height_px) {
    const double sigma = kFixedPattern * world_->scenario().weather.noise_counts;
    std::uint64_t pixel = hash(seed_, 3);
    for (float& counts : fixed_pattern_.pixels()) {
      counts = static_cast<float>(sigma * gaussian(++pixel));
    }
    info_.width_px = camera_.model.width_px;
    info_.height_px = camera_.model.height_px;
    info_.description = fmt::format("simulated, {} bits, {}×{}, {:g} frames/s", kBits,
                                    info_.width_px, info_.height_px, fps_);
    const double duration_s = world_->scenario().duration_s;
    if (duration_s > 0) info_.frames = static_cast<std::uint64_t>(std::llround(duration_s * fps_));
    look(0);
  }

  const video::SourceInfo& info() const override { return info_; }

  video::Event next(std::stop_token stop) override {
    if (stop.stop_requested() || (info_.frames && number_ >= *info_.frames)) return video::End{};
    const double t_s = static_cast<double>(number_) / fps_;
    const sensor::Pixel shift = sway_.at(t_s);
    look(t_s);
    if (is_under(Interference::Kind::covered, t_s)) {
      std::fill(scene_.pixels().begin(), scene_.pixels().end(),
                static_cast<float>(kCloth * world_->scenario().weather.ground_counts));
    } else {
      copy_backdrop(shift);
      paint_movers(t_s, shift);
    }
    video::Frame frame;
    frame.camera = camera_.id;
    frame.number = number_;
    frame.time = start_ + base::from_seconds(t_s);
    frame.bits = kBits;
    frame.pose = camera_.pose;
    frame.counts = digitize();
    ++number_;
    return frame;
  }

 private:
  // What is done to this camera at a time, if anything.
  const Interference* is_under(Interference::Kind kind, double t_s) const {
    for (const Interference& one : world_->scenario().interferences) {
      if (one.camera == camera_.id && one.kind == kind && t_s >= one.from_s) return &one;
    }
    return nullptr;
  }

  void look(double t_s) {
    if (pose_) camera_.pose = pose_(t_s);
    sensor::Camera truly = camera_;
    if (const Interference* const turned = is_under(Interference::Kind::turned, t_s)) {
      truly.pose.azimuth_rad += turned->turn_rad;
    }
    if (view_ && view_->camera.pose == truly.pose) return;
    view_ = std::make_unique<const View>(*world_, truly, air_, margin_px_);
  }

  // The scene moves by `shift` in the picture, so each pixel looks up what lies opposite.
  void copy_backdrop(sensor::Pixel shift) {
    const double left = margin_px_ - shift.u, top = margin_px_ - shift.v;
    const int x0 = static_cast<int>(std::floor(left)), y0 = static_cast<int>(std::floor(top));
    const auto fx = static_cast<float>(left - x0), fy = static_cast<float>(top - y0);
    const auto width = static_cast<std::size_t>(scene_.width());
    for (int y = 0; y < scene_.height(); ++y) {
      const float* const upper = view_->backdrop.row(y + y0).data() + x0;
      float* const to = scene_.row(y).data();
      if (fx == 0 && fy == 0) {
        std::copy_n(upper, width, to);
        continue;
      }
      const float* const lower = view_->backdrop.row(y + y0 + 1).data() + x0;
      const float a = (1 - fx) * (1 - fy), b = fx * (1 - fy), c = (1 - fx) * fy, d = fx * fy;
      for (std::size_t x = 0; x < width; ++x) {
        to[x] = a * upper[x] + b * upper[x + 1] + c * lower[x] + d * lower[x + 1];
      }
    }
  }

  void paint_movers(double t_s, sensor::Pixel shift) {
    struct Seen {
      Stance stance;
      TruthState mover;
    };
    std::vector<Seen> seen;
    for (TruthState& mover : world_->truth(t_s)) {
      if (auto stance = view_->projection.stance(mover.place, kMargin_px)) {
        seen.push_back({*stance, std::move(mover)});
      }
    }
    // From the farthest on, so that the nearer cover them.
    std::stable_sort(seen.begin(), seen.end(), [](const Seen& a, const Seen& b) {
      return a.stance.range_m > b.stance.range_m;
    });
    for (Seen& each : seen) {
      each.stance.foot_u += shift.u;
      each.stance.foot_v += shift.v;
      each.stance.hidden_below_v += shift.v;
      paint(scene_,
            body(each.mover, t_s, each.stance, air_, world_->scenario().weather.ground_counts));
    }
  }

  video::Image<std::uint16_t> digitize() const {
    video::Image<std::uint16_t> counts(scene_.width(), scene_.height());
    const auto width = static_cast<std::size_t>(scene_.width());
    for (int y = 0; y < scene_.height(); ++y) {
      const float* const noise = noise_.row(number_, y);
      const float* const scene = scene_.row(y).data();
      const float* const fixed = fixed_pattern_.row(y).data();
      std::uint16_t* const to = counts.row(y).data();
      for (std::size_t x = 0; x < width; ++x) {
        const float value = scene[x] + fixed[x] + noise[x] + 0.5F;
        to[x] = static_cast<std::uint16_t>(std::min(std::max(value, 0.0F), kFullScale));
      }
    }
    return counts;
  }

  std::shared_ptr<const World> world_;
  sensor::Camera camera_;
  std::uint64_t seed_;
  double fps_;
  base::Time start_;
  std::function<sensor::Pose(double t_s)> pose_;  // empty where it stays
  Sway sway_;
  int margin_px_;
  Air air_;
  std::unique_ptr<const View> view_;
  Noise noise_;
  video::Image<float> scene_;
  video::Image<float> fixed_pattern_;
  video::SourceInfo info_;
  std::uint64_t number_ = 0;
};

}  // namespace

std::unique_ptr<video::FrameSource> open_camera(std::shared_ptr<const World> world,
                                                sensor::Camera camera, CameraMotion motion,
                                                double fps, base::Time start) {
  CHECK(world != nullptr && fps > 0 && motion.sway_px >= 0);
  CHECK(camera.model.width_px > 0 && camera.model.height_px > 0);
  CHECK(static_cast<std::size_t>(camera.model.width_px) <= Noise::kMaxWidth);
  return std::make_unique<SimulatedCamera>(std::move(world), std::move(camera), std::move(motion),
                                           fps, start);
}

}  // namespace marsad::simulate
