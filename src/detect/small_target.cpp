// SPDX-License-Identifier: Apache-2.0
#include "detect/small_target.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <span>

namespace marsad::detect {
namespace {

constexpr int kLevels = 4;
constexpr int kReach = 4;  // level pixels from a place to those it is compared with
constexpr int kEdge = kReach + 1;
constexpr int kSmallest = 2 * kEdge + 2;
constexpr std::size_t kMost = 64;
constexpr float kShare = 0.35F;  // of the peak's contrast that a target's pixels have
constexpr double kMedianToSigma = 1.4826;

video::Image<float> halved(const video::Image<float>& picture) {
  video::Image<float> half(picture.width() / 2, picture.height() / 2);
  for (int y = 0; y < half.height(); ++y) {
    const float* const upper = picture.row(2 * y).data();
    const float* const lower = picture.row(2 * y + 1).data();
    const std::span<float> out = half.row(y);
    for (std::size_t x = 0; x < out.size(); ++x)
      out[x] = 0.25F * (upper[2 * x] + upper[2 * x + 1] + lower[2 * x] + lower[2 * x + 1]);
  }
  return half;
}

// Smoothed by 1 2 1 both ways; the outermost pixels are left 0.
video::Image<float> smoothed(const video::Image<float>& picture) {
  const int width = picture.width();
  video::Image<float> smooth(width, picture.height());
  std::vector<float> column(static_cast<std::size_t>(width));
  for (int y = 1; y + 1 < picture.height(); ++y) {
    const float* const above = picture.row(y - 1).data();
    const float* const here = picture.row(y).data();
    const float* const below = picture.row(y + 1).data();
    float* const sums = column.data();
    for (int x = 0; x < width; ++x) sums[x] = above[x] + 2 * here[x] + below[x];
    float* const out = smooth.row(y).data();
    for (int x = 1; x + 1 < width; ++x)
      out[x] = 0.0625F * (sums[x - 1] + 2 * sums[x] + sums[x + 1]);
  }
  return smooth;
}

// How a row of a level stands against its surroundings.
struct Contrasts {
  std::vector<float> over;   // to the warmest of eight places around
  std::vector<float> under;  // to the coldest
};

float least(float a, float b) { return a < b ? a : b; }
float most(float a, float b) { return a < b ? b : a; }

void contrasts_of_row(const video::Image<float>& smooth, int y, Contrasts& contrasts) {
  const float* const above = smooth.row(y - kReach).data();
  const float* const here = smooth.row(y).data();
  const float* const below = smooth.row(y + kReach).data();
  float* const over = contrasts.over.data();
  float* const under = contrasts.under.data();
  for (int x = kEdge; x < smooth.width() - kEdge; ++x) {
    const float a = above[x - kReach];
    const float b = above[x];
    const float c = above[x + kReach];
    const float d = here[x - kReach];
    const float e = here[x + kReach];
    const float f = below[x - kReach];
    const float g = below[x];
    const float h = below[x + kReach];
    const float high = most(most(most(a, b), most(c, d)), most(most(e, f), most(g, h)));
    const float low = least(least(least(a, b), least(c, d)), least(least(e, f), least(g, h)));
    over[x] = here[x] - high;
    under[x] = low - here[x];
  }
}

// How rough a level is in each of its blocks: the median difference of pixels to the mean of two
// opposite ones around, as a standard deviation.
class Clutter {
 public:
  Clutter(const video::Image<float>& smooth, int block, int step) : block_(block) {
    blocks_ = video::Image<float>((smooth.width() + block - 1) / block,
                                  (smooth.height() + block - 1) / block);
    std::vector<float> magnitudes;
    for (int v = 0; v < blocks_.height(); ++v) {
      for (int u = 0; u < blocks_.width(); ++u) {
        magnitudes.clear();
        const int right = std::min((u + 1) * block, smooth.width() - kEdge);
        const int bottom = std::min((v + 1) * block, smooth.height() - kEdge);
        for (int y = std::max(v * block, kEdge); y < bottom; y += step)
          for (int x = std::max(u * block, kEdge); x < right; x += step)
            magnitudes.push_back(roughness(smooth, x, y));
        blocks_.at(u, v) = median(magnitudes);
      }
    }
  }
  float at(int x, int y) const { return blocks_.at(x / block_, y / block_); }
  // The column behind the block that x is in.
  int block_end(int x) const { return (x / block_ + 1) * block_; }

 private:
  static float roughness(const video::Image<float>& s, int x, int y) {
    const float across = s.at(x, y) - 0.5F * (s.at(x - kReach, y) + s.at(x + kReach, y));
    const float down = s.at(x, y) - 0.5F * (s.at(x, y - kReach) + s.at(x, y + kReach));
    return most(std::abs(across), std::abs(down));
  }
  static float median(std::vector<float>& values) {
    if (values.empty()) return 0;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return static_cast<float>(kMedianToSigma) * *middle;
  }

  int block_;
  video::Image<float> blocks_;
};

// A place that stands out, in the frame's pixels.
struct Seed {
  int x = 0;
  int y = 0;
  int factor = 1;  // of the level it was found on
  bool is_hot = true;
  float snr = 0;
};

bool is_summit(const video::Image<float>& smooth, int x, int y, float sign) {
  const float here = sign * smooth.at(x, y);
  for (int v = y - 1; v <= y + 1; ++v)
    for (int u = x - 1; u <= x + 1; ++u)
      if (sign * smooth.at(u, v) > here) return false;
  return true;
}

// Finds what stands out on one level.
class LevelSearch {
 public:
  LevelSearch(const video::Image<float>& level, int factor, const SmallTargetSettings& settings,
              std::vector<Seed>& seeds)
      : smooth_(smoothed(level)),
        clutter_(smooth_, factor == 1 ? 32 : 16, factor == 1 ? 4 : 2),
        factor_(factor),
        settings_(settings),
        seeds_(seeds) {}

  void run() {
    Contrasts contrasts{std::vector<float>(static_cast<std::size_t>(smooth_.width())),
                        std::vector<float>(static_cast<std::size_t>(smooth_.width()))};
    for (int y = kEdge; y < smooth_.height() - kEdge; ++y) {
      contrasts_of_row(smooth_, y, contrasts);
      if (settings_.hot) collect(contrasts.over, y, 1);
      if (settings_.cold) collect(contrasts.under, y, -1);
    }
  }

 private:
  // Block by block, as the clutter is told; in nearly all of them nothing stands out.
  void collect(const std::vector<float>& contrasts, int y, float sign) {
    const auto threshold = static_cast<float>(settings_.threshold_snr);
    const auto least_contrast = static_cast<float>(settings_.least_contrast);
    const int right = smooth_.width() - kEdge;
    for (int begin = kEdge; begin < right;) {
      const int end = std::min(right, clutter_.block_end(begin));
      // The steps of the counts are noise too, also where a flat sky shows none.
      const float noise = clutter_.at(begin, y) + 0.25F * least_contrast;
      const float limit = std::max(least_contrast, threshold * noise);
      int over_limit = 0;
      for (int x = begin; x < end; ++x)
        over_limit += contrasts[static_cast<std::size_t>(x)] >= limit ? 1 : 0;
      for (int x = begin; x < end && over_limit > 0; ++x) {
        const float contrast = contrasts[static_cast<std::size_t>(x)];
        if (contrast < limit || !is_summit(smooth_, x, y, sign)) continue;
        seeds_.push_back({factor_ * x + factor_ / 2, factor_ * y + factor_ / 2, factor_, sign > 0,
                          contrast / noise});
      }
      begin = end;
    }
  }

  video::Image<float> smooth_;
  Clutter clutter_;
  int factor_;
  const SmallTargetSettings& settings_;
  std::vector<Seed>& seeds_;
};

// Grows targets from seeds and remembers their pixels, so that none is found twice.
class Grower {
 public:
  Grower(const video::Image<float>& frame, const SmallTargetSettings& settings)
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
    const int reach = (kReach + 1) * seed.factor;
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

  const video::Image<float>& frame_;
  const SmallTargetSettings& settings_;
  video::Image<std::uint8_t> taken_;
  std::vector<Pixel> pixels_;
  Box box_;
};

}  // namespace

std::vector<Candidate> find_small_targets(const video::Image<std::uint16_t>& frame,
                                          const SmallTargetSettings& settings) {
  std::vector<video::Image<float>> levels(1, video::Image<float>(frame.width(), frame.height()));
  std::copy(frame.pixels().begin(), frame.pixels().end(), levels[0].pixels().begin());
  std::vector<Seed> seeds;
  int factor = 1;
  for (int i = 0; i < kLevels; ++i) {
    const video::Image<float>& level = levels.back();
    if (std::min(level.width(), level.height()) < kSmallest) break;
    LevelSearch(level, factor, settings, seeds).run();
    levels.push_back(halved(level));
    factor *= 2;
  }
  std::stable_sort(seeds.begin(), seeds.end(),
                   [](const Seed& a, const Seed& b) { return a.snr > b.snr; });
  if (seeds.size() > 4 * kMost) seeds.resize(4 * kMost);

  std::vector<Candidate> candidates;
  Grower grower(levels[0], settings);
  for (const Seed& seed : seeds) {
    if (candidates.size() == kMost) break;
    grower.grow(seed, candidates);
  }
  return candidates;
}

}  // namespace marsad::detect
