// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

namespace marsad::sensor {

// How much of their usual contrast movers have at a time of day: "night" all of it; "crossover",
// the hour after sunrise and the hour before sunset in which the ground's temperature passes
// theirs, a quarter. The quarter is our assumption: at the moment of passing itself nothing is
// left, and when it comes depends on the ground. None where the name is another.
std::optional<double> usual_contrast(std::string_view time_of_day);

}  // namespace marsad::sensor
