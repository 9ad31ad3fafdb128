// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace marsad::sensor {

// What a mover may be. Never who.
enum class MoverClass { person, vehicle, animal, aircraft, bird, unknown };
inline constexpr std::size_t kMoverClasses = 6;

inline constexpr std::array<std::string_view, kMoverClasses> kMoverClassNames = {
    "person", "vehicle", "animal", "aircraft", "bird", "unknown"};

constexpr std::string_view name(MoverClass c) {
  return kMoverClassNames[static_cast<std::size_t>(c)];
}
std::optional<MoverClass> mover_class(std::string_view name);

// Probability of each class, indexed by MoverClass; sums to 1.
using ClassProbabilities = std::array<double, kMoverClasses>;

inline constexpr ClassProbabilities kUnknownClass = {0, 0, 0, 0, 0, 1};

// The class that is more probable than all others together; unknown where there is none.
MoverClass likeliest(const ClassProbabilities& probabilities);

}  // namespace marsad::sensor
