// SPDX-License-Identifier: Apache-2.0
#include "detect/likeness.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "detect/median.h"

namespace marsad::detect {
namespace {

constexpr int kStep = 37;  // odd, so that the samples run over all columns
// Counts; coded video differs in patches of less.
constexpr float kPatches = 2;
// Medians of the means of nine differences over those of single ones: a third for white noise.
constexpr float kPatchy = 0.6F;
// Medians of differences over those of the background about its middle: 1.4 for unlike pictures.
constexpr float kUnlike = 0.7F;

}  // namespace

bool is_another_picture(const Background& background) {
  const video::Image<float>& mean = background.mean();
  const int width = mean.width();
  std::vector<float> smooth;
  std::vector<float> single;
  std::vector<float> counts;
  for (int i = 0; i < width * mean.height(); i += kStep) {
    const int x = i % width;
    const int y = i / width;
    smooth.push_back(std::abs(background.difference(x, y)));
    single.push_back(std::abs(background.frame(x, y) - mean.at(x, y)));
    counts.push_back(mean.at(x, y));
  }
  if (smooth.empty()) return false;
  const float differs = median(smooth);
  if (differs < kPatches || differs < kPatchy * median(single)) return false;
  const float middle = median(counts);
  for (float& count : counts) count = std::abs(count - middle);
  return differs > kUnlike * median(counts);
}

}  // namespace marsad::detect
