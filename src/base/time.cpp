// SPDX-License-Identifier: Apache-2.0
#include "base/time.h"

#include <fmt/format.h>

#include <cmath>

namespace marsad::base {
namespace {

using std::chrono::days;
using std::chrono::floor;

// Reads exactly `width` digits at `at`; -1 where there is anything else.
int digits(std::string_view text, std::size_t at, std::size_t width) {
  if (at + width > text.size()) return -1;
  int value = 0;
  for (char c : text.substr(at, width)) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

Duration from_seconds(double seconds) { return Duration(std::llround(seconds * 1e6)); }

std::string to_iso8601(Time time) {
  const auto day = floor<days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  const auto micro = clock.subseconds().count();
  const std::string fraction =
      micro % 1000 == 0 ? fmt::format("{:03}", micro / 1000) : fmt::format("{:06}", micro);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{}Z", int(date.year()),
                     unsigned(date.month()), unsigned(date.day()), clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count(), fraction);
}

Result<Time> parse_iso8601(std::string_view text) {
  const Error error{
      "", fmt::format("'{}' is not a time; expected UTC like 2026-11-22T03:12:05Z", text)};
  const int year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
  const int hour = digits(text, 11, 2), minute = digits(text, 14, 2), second = digits(text, 17, 2);
  if (year < 0 || month < 0 || day < 0 || hour < 0 || minute < 0 || second < 0) return error;
  if (text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':') {
    return error;
  }
  const std::chrono::year_month_day date(std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day)));
  if (!date.ok() || hour > 23 || minute > 59 || second > 59) return error;

  std::string_view rest = text.substr(19);
  int64_t micro = 0;
  if (rest.starts_with('.')) {
    const std::size_t end = rest.find('Z');
    if (end == std::string_view::npos || end < 2 || end > 7) return error;
    const int fraction = digits(rest, 1, end - 1);
    if (fraction < 0) return error;
    micro = fraction;
    for (std::size_t i = end - 1; i < 6; ++i) micro *= 10;
    rest = rest.substr(end);
  }
  if (rest != "Z") return error;
  return Time(std::chrono::sys_days(date)) + std::chrono::hours(hour) +
         std::chrono::minutes(minute) + std::chrono::seconds(second) + Duration(micro);
}

}  // namespace marsad::base
