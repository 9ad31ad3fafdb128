// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "sensor/mover_class.h"

namespace marsad::plan {

// One who crosses, as planning counts with.
struct Crosser {
  sensor::MoverClass mover = sensor::MoverClass::person;
  double speed_mps = 0;
  double above_ground_m = 0;  // of what flies
};

// A walker by night, a vehicle without lights off the road, an animal, a small drone.
inline constexpr std::array kCrossers = {
    Crosser{sensor::MoverClass::person, 1.1, 0}, Crosser{sensor::MoverClass::vehicle, 7, 0},
    Crosser{sensor::MoverClass::animal, 1.1, 0}, Crosser{sensor::MoverClass::aircraft, 12, 60}};
inline constexpr std::size_t kCrosserKinds = kCrossers.size();
// How tables, the record and the wire call them.
inline constexpr std::array<std::string_view, kCrosserKinds> kCrosserNames = {"person", "vehicle",
                                                                              "animal", "drone"};

// How much more or less than usual movers stand out on a night: nobody knows it beforehand, and it
// is the same for all cameras. A log-normal factor of half an e-fold (our assumption: a person is
// 1 to 5 K off the ground on most nights) by seven points that are equally likely: whether one is
// found at a range is nearly a step of the contrast, which a few unequal points tell badly.
struct ContrastLevel {
  double factor = 1;
  double weight = 1;
};
inline constexpr std::array kContrastLevels = {
    ContrastLevel{0.4806, 1.0 / 7}, ContrastLevel{0.6731, 1.0 / 7}, ContrastLevel{0.8327, 1.0 / 7},
    ContrastLevel{1, 1.0 / 7},      ContrastLevel{1.2009, 1.0 / 7}, ContrastLevel{1.4856, 1.0 / 7},
    ContrastLevel{2.0805, 1.0 / 7}};
inline constexpr std::size_t kLevels = kContrastLevels.size();
inline constexpr std::size_t kUsualLevel = kLevels / 2;

// A number for each kind of crosser and level of contrast.
template <class T>
using PerKindAndLevel = std::array<std::array<T, kLevels>, kCrosserKinds>;

}  // namespace marsad::plan
