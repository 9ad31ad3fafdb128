// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

namespace marsad::sensor {

// What hangs in the air and takes sight: droplets, which are fog where there are many, or dust.
enum class Particles { haze, dust };

// The air as a weather report tells it.
struct Weather {
  double temperature_K = 288.15;
  double relative_humidity = 0.46;  // 0 to 1
  double visibility_km = 23;        // the meteorological range: a contrast of 2 % is left
  Particles particles = Particles::haze;
};

// What is lost of thermal contrast on the way, per kilometre, in the band from 8 to 12 µm: a share
// of exp(-extinction × range) arrives. The sum of what the lines and the continuum of water vapour
// absorb [Roberts1976] and what particles take: haze and fog by visibility [Kim2001], dust half of
// what it takes of light. Nobody should ask it for better than a factor of 1.5; where it matters,
// give what a transmissometer measured.
double extinction_per_km(const Weather& weather);

// Usual air by name, for those who have no weather report: "clear" and "limited" are the good and
// the limited atmosphere of [STANAG4347], "humid", "haze", "dust" and "fog" are reckoned from usual
// weather. None where the name is another.
std::optional<double> usual_extinction_per_km(std::string_view name);
inline constexpr double kClearAir_per_km = 0.2;

}  // namespace marsad::sensor
