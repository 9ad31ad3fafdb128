// SPDX-License-Identifier: Apache-2.0
#include "plan/night.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace marsad::plan {
namespace {

using std::chrono::days;
constexpr double kTurn_rad = 2 * std::numbers::pi;
constexpr double kDay_s = 86'400;
constexpr double kSetting_rad = geo::radians(-0.833);  // of its middle: refraction and its radius
// What is left where the sun does not set, but noons differ.
constexpr auto kShortest = std::chrono::minutes(2);

// When a time is, in days since noon of 1 January 2000.
double since_2000_d(base::Time time) {
  constexpr auto kEpoch =
      std::chrono::sys_days(std::chrono::year(2000) / 1 / 1) + std::chrono::hours(12);
  return base::to_seconds(time - kEpoch) / kDay_s;
}

struct Sun {
  double declination_rad = 0;
  double ahead_s = 0;  // of the mean sun: the equation of time
};

// [USNO2023], good to about 1′.
Sun sun_at(double day) {
  const double anomaly_rad = geo::radians(357.529 + 0.98560028 * day);
  const double mean_rad = geo::radians(280.459 + 0.98564736 * day);
  const double longitude_rad =
      mean_rad + geo::radians(1.915 * std::sin(anomaly_rad) + 0.020 * std::sin(2 * anomaly_rad));
  const double tilt_rad = geo::radians(23.439 - 0.00000036 * day);
  const double ascension_rad =
      std::atan2(std::cos(tilt_rad) * std::sin(longitude_rad), std::cos(longitude_rad));
  return {std::asin(std::sin(tilt_rad) * std::sin(longitude_rad)),
          std::remainder(mean_rad - ascension_rad, kTurn_rad) / kTurn_rad * kDay_s};
}

// From a date's solar noon to its sunset or back to its sunrise.
base::Duration half_day(const Sun& sun, double lat_rad) {
  const double cosine =
      (std::sin(kSetting_rad) - std::sin(lat_rad) * std::sin(sun.declination_rad)) /
      (std::cos(lat_rad) * std::cos(sun.declination_rad));
  return base::from_seconds(std::acos(std::clamp(cosine, -1.0, 1.0)) / kTurn_rad * kDay_s);
}

struct Daylight {
  base::Time rise, set;
};
Daylight daylight(std::chrono::sys_days date, const geo::Geodetic& place) {
  const base::Time mean_noon =
      date + base::from_seconds(kDay_s * (0.5 - place.lon_rad / kTurn_rad));
  const Sun sun = sun_at(since_2000_d(mean_noon));
  const base::Time noon = mean_noon - base::from_seconds(sun.ahead_s);
  const base::Duration half = half_day(sun, place.lat_rad);
  return {noon - half, noon + half};
}

}  // namespace

std::vector<Night> nights(base::Time from, base::Time to, const geo::Geodetic& place) {
  std::vector<Night> found;
  const auto last = std::chrono::floor<days>(to) + days(1);
  for (auto date = std::chrono::floor<days>(from) - days(2); date <= last; date += days(1)) {
    const base::Time begin = daylight(date, place).set;
    const base::Time end = daylight(date + days(1), place).rise;
    if (begin + kShortest < end && end > from && begin < to) {
      found.push_back({std::chrono::year_month_day(date), begin, end});
    }
  }
  return found;
}

}  // namespace marsad::plan
