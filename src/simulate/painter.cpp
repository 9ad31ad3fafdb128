// SPDX-License-Identifier: Apache-2.0
#include "simulate/painter.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

namespace marsad::simulate {
namespace {

// The blur, and the area of the pixel that gathers the light, as one Gaussian.
const double kSigma_px = std::sqrt(kBlur_px * kBlur_px + 1.0 / 12);
constexpr double kReach_px = 3;

struct Window {
  int first_x = 0, last_x = -1;
  int first_y = 0, last_y = -1;
  int width() const { return last_x - first_x + 1; }
};

// The pixels that patches may touch.
Window window(const video::Image<float>& picture, std::span<const Patch> patches) {
  double left = picture.width(), right = -1, top = picture.height(), bottom = -1;
  for (const Patch& patch : patches) {
    left = std::min(left, patch.left - kReach_px);
    right = std::max(right, patch.right + kReach_px);
    top = std::min(top, patch.top - kReach_px);
    bottom = std::max(bottom, patch.bottom + kReach_px);
  }
  return {static_cast<int>(std::max(0.0, std::ceil(left))),
          static_cast<int>(std::min(picture.width() - 1.0, std::floor(right))),
          static_cast<int>(std::max(0.0, std::ceil(top))),
          static_cast<int>(std::min(picture.height() - 1.0, std::floor(bottom)))};
}

// How much of each pixel from first to last lies between two edges.
void shares(double low, double high, int first, int last, std::vector<float>& into) {
  into.clear();
  const double scale = 1 / (kSigma_px * std::numbers::sqrt2);
  for (int i = first; i <= last; ++i) {
    into.push_back(
        static_cast<float>(0.5 * (std::erf((high - i) * scale) - std::erf((low - i) * scale))));
  }
}

}  // namespace

void paint(video::Image<float>& picture, std::span<const Patch> patches) {
  const Window at = window(picture, patches);
  if (at.last_x < at.first_x || at.last_y < at.first_y) return;
  const auto width = static_cast<std::size_t>(at.width());
  const std::size_t pixels = width * static_cast<std::size_t>(at.last_y - at.first_y + 1);
  std::vector<float> covered(pixels), warmth(pixels), glow(pixels), across, down;
  for (const Patch& patch : patches) {
    shares(patch.left, patch.right, at.first_x, at.last_x, across);
    shares(patch.top, patch.bottom, at.first_y, at.last_y, down);
    const auto counts = static_cast<float>(patch.counts);
    std::vector<float>& heat = patch.glows ? glow : warmth;
    const float covers = patch.glows ? 0 : 1;
    std::size_t i = 0;
    for (const float share_y : down) {
      for (const float share_x : across) {
        const float share = share_x * share_y;
        covered[i] += covers * share;
        heat[i++] += share * counts;
      }
    }
  }
  std::size_t i = 0;
  for (int y = at.first_y; y <= at.last_y; ++y) {
    for (int x = at.first_x; x <= at.last_x; ++x, ++i) {
      float& pixel = picture.at(x, y);
      pixel = pixel * (1 - std::min(covered[i], 1.0F)) + warmth[i] / std::max(covered[i], 1.0F) +
              glow[i];
    }
  }
}

void blur(video::Image<float>& picture) {
  constexpr int kReach = 3;
  std::array<float, 2 * kReach + 1> kernel{};
  float sum = 0;
  for (int i = -kReach; i <= kReach; ++i) {
    const double weight = std::exp(-0.5 * i * i / (kBlur_px * kBlur_px));
    kernel[static_cast<std::size_t>(i + kReach)] = static_cast<float>(weight);
    sum += static_cast<float>(weight);
  }
  const int width = picture.width(), height = picture.height();
  const auto pass = [&](const video::Image<float>& from, video::Image<float>& to, int dx, int dy) {
    for (int y = 0; y < height; ++y) {
      for (int x = 0; x < width; ++x) {
        float value = 0;
        for (int i = -kReach; i <= kReach; ++i) {
          value +=
              kernel[static_cast<std::size_t>(i + kReach)] *
              from.at(std::clamp(x + i * dx, 0, width - 1), std::clamp(y + i * dy, 0, height - 1));
        }
        to.at(x, y) = value / sum;
      }
    }
  };
  video::Image<float> half(width, height);
  pass(picture, half, 1, 0);
  pass(half, picture, 0, 1);
}

}  // namespace marsad::simulate
