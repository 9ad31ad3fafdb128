// SPDX-License-Identifier: Apache-2.0
#include "service/weather.h"

#include <fmt/format.h>

#include <algorithm>

#include "sensor/air.h"
#include "service/site.h"
#include "wire/json.h"

namespace marsad::service {
namespace {

using base::Error;
using base::Result;

std::optional<Error> out_of_range(std::string_view key, const std::optional<double>& value,
                                  double low, double high) {
  if (!value || (*value >= low && *value <= high)) return std::nullopt;
  return Error{std::string(key),
               fmt::format("found {}; expected a number from {} to {}", *value, low, high)};
}

// The extinction of a weather report, and in words what it says.
Result<plan::ConditionWord> read_report(const wire::WeatherRequest& request) {
  for (const auto& wrong :
       {out_of_range("visibility_km", request.visibility_km, 0.01, 300),
        out_of_range("relative_humidity_percent", request.relative_humidity_percent, 0, 100),
        out_of_range("temperature_c", request.temperature_c, -60, 60)}) {
    if (wrong) return *wrong;
  }
  sensor::Weather weather;
  weather.visibility_km = *request.visibility_km;
  weather.relative_humidity =
      request.relative_humidity_percent.value_or(100 * weather.relative_humidity) / 100;
  if (request.temperature_c) weather.temperature_K = *request.temperature_c + 273.15;
  if (request.particles == "dust") {
    weather.particles = sensor::Particles::dust;
  } else if (!request.particles.empty() && request.particles != "haze") {
    return Error{"particles", fmt::format("found '{}'; expected haze or dust", request.particles)};
  }
  plan::ConditionWord word;
  word.extinction_per_km = sensor::extinction_per_km(weather);
  word.text =
      fmt::format("{}visibility {} km", request.particles.empty() ? "" : request.particles + ", ",
                  *request.visibility_km);
  return word;
}

Result<plan::ConditionWord> read_air(const wire::WeatherRequest& request) {
  const int ways = int{!request.air.empty()} + int{request.extinction_per_km.has_value()} +
                   int{request.visibility_km.has_value()};
  if (ways != 1) {
    return Error{"air",
                 "expected one of air (by name), extinction_per_km (as measured) and "
                 "visibility_km (of a weather report)"};
  }
  if (request.visibility_km) return read_report(request);
  plan::ConditionWord word;
  if (request.extinction_per_km) {
    const auto wrong =
        out_of_range("extinction_per_km", request.extinction_per_km, kClearestAir_per_km, 100);
    if (wrong) return *wrong;
    word.extinction_per_km = *request.extinction_per_km;
    word.text = fmt::format("extinction {} per km", word.extinction_per_km);
    return word;
  }
  const auto per_km = sensor::usual_extinction_per_km(request.air);
  if (!per_km) {
    return Error{"air", fmt::format("found '{}'; expected clear, limited, humid, haze, dust or fog",
                                    request.air)};
  }
  word.extinction_per_km = *per_km;
  word.text = request.air;
  return word;
}

}  // namespace

Result<plan::ConditionWord> read_weather(const wire::WeatherRequest& request, base::Time time) {
  auto word = read_air(request);
  if (!word) return word;
  word->time = time;
  word->by = request.by;
  if (!request.text.empty()) word->text = request.text;
  return word;
}

std::optional<Result<plan::ConditionWord>> WeatherFile::changed(base::Time now) {
  if (file_.empty()) return std::nullopt;
  std::error_code code;
  const auto written = std::filesystem::last_write_time(file_, code);
  if (code) return std::nullopt;
  // Of a file that was being written just now, the time may be the same again.
  const std::uintmax_t size = std::filesystem::file_size(file_, code);
  if (code || (written == written_ && size == size_)) return std::nullopt;
  written_ = written;
  size_ = size;
  const auto text = read_text(file_);
  if (!text) return text.error();
  const auto request = wire::from_json<wire::WeatherRequest>(*text);
  const auto in_file = [&](const Error& error) {
    return Error{file_.string() + (error.where.empty() ? "" : ": " + error.where), error.message};
  };
  if (!request) return in_file(request.error());
  const auto at =
      std::chrono::time_point_cast<base::Duration>(std::chrono::file_clock::to_sys(written));
  auto word = read_weather(*request, std::min(at, now));
  if (!word) return in_file(word.error());
  if (word->by.empty()) word->by = file_.filename().string();
  return word;
}

}  // namespace marsad::service
