// SPDX-License-Identifier: Apache-2.0
#include "sensor/air.h"

#include <array>
#include <cmath>
#include <utility>

namespace marsad::sensor {
namespace {

constexpr double kWavelength_um = 10;
constexpr double kLight_um = 0.55;
// Lines of water vapour and carbon dioxide between the window's edges, of usual air.
constexpr double kLines_per_km = 0.1;
// Dust's grains are as large as the wavelength: they take between a third (what hangs in the air)
// and all (a storm) of what they take of light.
constexpr double kDustOfLight = 0.5;

// Partial pressure of water vapour, pascal by the formula of Magnus [Alduchov1996].
double vapour_pressure_Pa(const Weather& weather) {
  const double celsius = weather.temperature_K - 273.15;
  return weather.relative_humidity * 610.94 * std::exp(17.625 * celsius / (celsius + 243.04));
}

// The self-broadened continuum at 1000 cm⁻¹ [Roberts1976]: in cm² g⁻¹ atm⁻¹ at 296 K.
double continuum_per_km(const Weather& weather) {
  constexpr double kWavenumber_per_cm = 1000;
  constexpr double kPascalPerAtm = 101'325, kVapourGas = 461.5;  // J kg⁻¹ K⁻¹
  const double pressure_Pa = vapour_pressure_Pa(weather);
  const double density_g_m3 = 1000 * pressure_Pa / (kVapourGas * weather.temperature_K);
  const double at_296 = 4.18 + 5578 * std::exp(-7.87e-3 * kWavenumber_per_cm);
  const double coefficient = at_296 * std::exp(1800 * (1 / weather.temperature_K - 1.0 / 296));
  constexpr double kPerKm = 0.1;  // g m⁻³ into g cm⁻² per kilometre of path
  return coefficient * kPerKm * density_g_m3 * pressure_Pa / kPascalPerAtm;
}

// How steeply what particles take falls with the wavelength [Kim2001].
double steepness(double visibility_km) {
  if (visibility_km > 50) return 1.6;
  if (visibility_km > 6) return 1.3;
  if (visibility_km > 1) return 0.16 * visibility_km + 0.34;
  return visibility_km > 0.5 ? visibility_km - 0.5 : 0;
}

double particles_per_km(const Weather& weather) {
  const double light_per_km = std::log(50.0) / weather.visibility_km;  // [Koschmieder1924]
  if (weather.particles == Particles::dust) return kDustOfLight * light_per_km;
  return light_per_km * std::pow(kWavelength_um / kLight_um, -steepness(weather.visibility_km));
}

}  // namespace

double extinction_per_km(const Weather& weather) {
  return kLines_per_km + continuum_per_km(weather) + particles_per_km(weather);
}

std::optional<double> usual_extinction_per_km(std::string_view name) {
  constexpr double kLimited_per_km = 1;
  constexpr std::array<std::pair<std::string_view, Weather>, 4> kUsual = {{
      {"humid", {303.15, 0.8, 23, Particles::haze}},
      {"haze", {293.15, 0.5, 5, Particles::haze}},
      {"dust", {303.15, 0.2, 2, Particles::dust}},
      {"fog", {278.15, 1, 0.4, Particles::haze}},
  }};
  if (name == "clear") return kClearAir_per_km;
  if (name == "limited") return kLimited_per_km;
  for (const auto& [usual, weather] : kUsual)
    if (usual == name) return extinction_per_km(weather);
  return std::nullopt;
}

}  // namespace marsad::sensor
