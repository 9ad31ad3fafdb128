// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "coverage/coverage.h"
#include "sensor/camera.h"
#include "sensor/mover_class.h"

namespace marsad::app {

// What may be asked of a camera: Marsad's detector in one look, or a person at the screen.
enum class Sight { machine_finds, person_detects, person_recognises, person_identifies };
inline constexpr std::array kSights = {Sight::machine_finds, Sight::person_detects,
                                       Sight::person_recognises, Sight::person_identifies};
constexpr std::array<std::string_view, 4> words(Sight) {
  return {"machine_finds", "person_detects", "person_recognises", "person_identifies"};
}

// The probability at a slant range of a mover in frame and in sight.
double sight_probability(const sensor::Camera& camera, sensor::MoverClass mover, Sight sight,
                         double range_m, const coverage::Conditions& conditions);

// The range at which it falls to this probability, to a metre; 0 where it nowhere is as great.
double range_of_m(const sensor::Camera& camera, sensor::MoverClass mover, Sight sight,
                  double probability, const coverage::Conditions& conditions);

// A table with a row for each step of range and a column for each mover and sight.
std::string range_table(const sensor::Camera& camera, double most_m,
                        const coverage::Conditions& conditions);

// The same as a picture, a file of its own in SVG.
std::string range_chart(const sensor::Camera& camera, double most_m,
                        const coverage::Conditions& conditions);

// Of whom the tables and pictures tell.
inline constexpr std::array kRangeMovers = {sensor::MoverClass::person, sensor::MoverClass::vehicle,
                                            sensor::MoverClass::animal,
                                            sensor::MoverClass::aircraft};

}  // namespace marsad::app
