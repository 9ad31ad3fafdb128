// SPDX-License-Identifier: Apache-2.0
#include "sensor/time_of_day.h"

namespace marsad::sensor {

std::optional<double> usual_contrast(std::string_view time_of_day) {
  constexpr double kAtCrossover = 0.25;
  if (time_of_day == "night") return 1;
  if (time_of_day == "crossover") return kAtCrossover;
  return std::nullopt;
}

}  // namespace marsad::sensor
