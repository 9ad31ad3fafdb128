// SPDX-License-Identifier: Apache-2.0
#include "detect/crop.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/check.h"

namespace marsad::detect {
namespace {

constexpr double kPadding = 1.4;
constexpr double kLeastSide_px = 14;
// As tools/train_classifier/augment.py.
constexpr double kLeastDeviation = 1;
constexpr double kMost = 6;

// A place between two neighbouring rows or columns.
struct Between {
  int first = 0;
  int second = 0;
  float share = 0;  // of the second
};

// Where to look along one axis, `fineness` times in each of the crop's pixels.
std::vector<Between> places(double middle, double side_px, int fineness, int size) {
  std::vector<Between> found;
  const int count = kCropSide * fineness;
  found.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    const double at = std::clamp(middle + side_px * ((i + 0.5) / count - 0.5) - 0.5, 0.0,
                                 static_cast<double>(size - 1));
    const int first = static_cast<int>(at);
    found.push_back({first, std::min(first + 1, size - 1), static_cast<float>(at - first)});
  }
  return found;
}

float look(const video::Image<std::uint16_t>& counts, const Between& x, const Between& y) {
  const auto mixed = [&](int row) {
    return (1 - x.share) * static_cast<float>(counts.at(x.first, row)) +
           x.share * static_cast<float>(counts.at(x.second, row));
  };
  return (1 - y.share) * mixed(y.first) + y.share * mixed(y.second);
}

}  // namespace

Crop cut_crop(const video::Image<std::uint16_t>& counts, const Box& box) {
  CHECK(!counts.empty());
  const double side_px = std::max(kPadding * std::max(box.width, box.height), kLeastSide_px);
  const int fineness = std::max(1, static_cast<int>(std::ceil(side_px / kCropSide)));
  const auto xs = places(box.x + box.width / 2.0, side_px, fineness, counts.width());
  const auto ys = places(box.y + box.height / 2.0, side_px, fineness, counts.height());
  Crop crop{};
  for (std::size_t row = 0; row < ys.size(); ++row) {
    for (std::size_t column = 0; column < xs.size(); ++column) {
      const auto into = row / static_cast<std::size_t>(fineness) * kCropSide +
                        column / static_cast<std::size_t>(fineness);
      crop[into] += look(counts, xs[column], ys[row]);
    }
  }
  for (float& pixel : crop) pixel /= static_cast<float>(fineness * fineness);
  return crop;
}

void normalise(Crop& crop) {
  double sum = 0;
  for (const float pixel : crop) sum += pixel;
  const double mean = sum / static_cast<double>(crop.size());
  double squares = 0;
  for (const float pixel : crop) squares += (pixel - mean) * (pixel - mean);
  const double deviation =
      std::max(kLeastDeviation, std::sqrt(squares / static_cast<double>(crop.size())));
  for (float& pixel : crop)
    pixel = static_cast<float>(std::clamp((pixel - mean) / deviation, -kMost, kMost));
}

}  // namespace marsad::detect
