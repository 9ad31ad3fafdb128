// SPDX-License-Identifier: Apache-2.0
#include "detect/classify.h"

namespace marsad::detect {
namespace {

// Below this many pixels an outline is mostly noise and blur.
constexpr int kTelling_px = 24;
constexpr double kElongated = 1.6;

using sensor::MoverClass;

sensor::ClassProbabilities belief(MoverClass likely, double likely_share, MoverClass second,
                                  double second_share) {
  sensor::ClassProbabilities p{};
  p[static_cast<std::size_t>(likely)] = likely_share;
  p[static_cast<std::size_t>(second)] = second_share;
  p[static_cast<std::size_t>(MoverClass::unknown)] = 1 - likely_share - second_share;
  return p;
}

}  // namespace

sensor::ClassProbabilities classify(const Box& box, int area_px) {
  if (area_px < kTelling_px) return sensor::kUnknownClass;
  if (box.width > kElongated * box.height)
    return belief(MoverClass::vehicle, 0.6, MoverClass::animal, 0.1);
  if (box.height > kElongated * box.width)
    return belief(MoverClass::person, 0.5, MoverClass::vehicle, 0.1);
  return sensor::kUnknownClass;
}

}  // namespace marsad::detect
