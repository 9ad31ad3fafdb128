// SPDX-License-Identifier: Apache-2.0
#include "detect/small_target.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "detect/small_target_search.h"

namespace marsad::detect {
namespace {

constexpr std::size_t kMost = 64;
constexpr float kShare = 0.35F;  // of the peak's contrast that a target's pixels have

// Grows targets from seeds and remembers their pixels, so that none is found twice.
class Grower {
 public:
  Grower(const video::Image<std::uint16_t>& frame, const SmallTargetSettings& settings)
      : frame_(frame), settings_(settings), taken_(frame.width(), frame.height(), 0) {}

  // Appends the target around a seed, unless it is part of another or larger than targets are.
  void grow(const Seed& seed, std::vector<Candidate>& candidates) {
    const float sign = seed.is_hot ? 1.0F : -1.0F;
    const float around = surroundings(seed, sign);
    const Pixel peak = climb(seed, sign);
    if (taken_.at(peak.x, peak.y) != 0 || taken_.at(seed.x, seed.y) != 0) return;
    const float contrast = sign * (frame_.at(peak.x, peak.y) - around);
    if (contrast < static_cast<float>(settings_.least_contrast)) return;
    if (!flood(peak, sign, sign * around + kShare * contrast)) return;
    Candidate candidate = measure(sign, around);
    candidate.contrast = static_cast<double>(sign * contrast);
    candidate.snr = static_cast<double>(seed.snr);
    candidates.push_back(std::move(candidate));
  }

 private:
  struct Pixel {
    int x = 0;
    int y = 0;
  };

  float at(int x, int y) const {
    return frame_.at(std::clamp(x, 0, frame_.width() - 1), std::clamp(y, 0, frame_.height() - 1));
  }

  // The median of eight places around: what would be there without the target.
  float surroundings(const Seed& seed, float sign) const {
    const int reach = (kSmallTargetReach_px + 1) * seed.factor;
    std::array<float, 8> around{};
    std::size_t i = 0;
    for (int v = -1; v <= 1; ++v)
      for (int u = -1; u <= 1; ++u)
        if (u != 0 || v != 0) around[i++] = sign * at(seed.x + u * reach, seed.y + v * reach);
    std::sort(around.begin(), around.end());
    return sign * 0.5F * (around[4] + around[5]);
  }

  Pixel climb(const Seed& seed, float sign) const {
    Pixel peak{seed.x, seed.y};
    const int reach = seed.factor;
    for (int y = std::max(seed.y - reach, 0); y <= std::min(seed.y + reach, frame_.height() - 1);
         ++y)
      for (int x = std::max(seed.x - reach, 0); x <= std::min(seed.x + reach, frame_.width() - 1);
           ++x)
        if (sign * frame_.at(x, y) > sign * frame_.at(peak.x, peak.y)) peak = {x, y};
    return peak;
  }

  // Collects the 8-connected pixels beyond a level around the peak; false where they spread further
  // than targets do. What was collected stays taken all the same.
  bool flood(const Pixel& peak, float sign, float level) {
    pixels_.assign(1, peak);
    taken_.at(peak.x, peak.y) = 1;
    box_ = {peak.x, peak.y, 1, 1};
    for (std::size_t i = 0; i < pixels_.size(); ++i) {
      const Pixel from = pixels_[i];
      for (int y = std::max(from.y - 1, 0); y <= std::min(from.y + 1, frame_.height() - 1); ++y) {
        for (int x = std::max(from.x - 1, 0); x <= std::min(from.x + 1, frame_.width() - 1); ++x) {
          if (taken_.at(x, y) != 0 || sign * frame_.at(x, y) <= level) continue;
          taken_.at(x, y) = 1;
          pixels_.push_back({x, y});
          box_ = enclosing(box_, {x, y, 1, 1});
          if (box_.width > settings_.largest_width_px || box_.height > settings_.largest_height_px)
            return false;
        }
      }
    }
    return true;
  }

  Candidate measure(float sign, float around) {
    std::sort(pixels_.begin(), pixels_.end(),
              [](const Pixel& a, const Pixel& b) { return a.y != b.y ? a.y < b.y : a.x < b.x; });
    Candidate candidate;
    candidate.box = box_;
    double weights = 0;
    for (const Pixel& pixel : pixels_) {
      const double weight = static_cast<double>(sign * (frame_.at(pixel.x, pixel.y) - around));
      weights += weight;
      candidate.centroid.u += weight * pixel.x;
      candidate.centroid.v += weight * pixel.y;
      std::vector<Run>& runs = candidate.runs;
      if (!runs.empty() && runs.back().y == pixel.y && runs.back().x_end == pixel.x)
        ++runs.back().x_end;
      else
        runs.push_back({pixel.y, pixel.x, pixel.x + 1});
    }
    candidate.centroid.u /= weights;
    candidate.centroid.v /= weights;
    return candidate;
  }

  const video::Image<std::uint16_t>& frame_;
  const SmallTargetSettings& settings_;
  video::Image<std::uint8_t> taken_;
  std::vector<Pixel> pixels_;
  Box box_;
};

}  // namespace

std::vector<Candidate> find_small_targets(const video::Image<std::uint16_t>& frame,
                                          const SmallTargetSettings& settings) {
  std::vector<Seed> seeds = find_seeds(frame, settings);
  std::vector<Candidate> candidates;
  if (seeds.empty()) return candidates;
  if (seeds.size() > 4 * kMost) seeds.resize(4 * kMost);
  Grower grower(frame, settings);
  for (const Seed& seed : seeds) {
    if (candidates.size() == kMost) break;
    grower.grow(seed, candidates);
  }
  return candidates;
}

}  // namespace marsad::detect
