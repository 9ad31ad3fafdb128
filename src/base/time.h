// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/result.h"

namespace marsad::base {

// UTC, to the microsecond. Nothing below service/ asks a clock: times come with the data.
using Time = std::chrono::sys_time<std::chrono::microseconds>;
using Duration = std::chrono::microseconds;

inline double to_seconds(Duration duration) { return static_cast<double>(duration.count()) * 1e-6; }

// Rounds to the nearest microsecond.
Duration from_seconds(double seconds);

// "2026-11-22T03:12:05.250Z"; milliseconds, or microseconds where there are any.
std::string to_iso8601(Time time);

// Reads what to_iso8601 writes, with zero to six decimals of seconds; "Z" is required.
Result<Time> parse_iso8601(std::string_view text);

}  // namespace marsad::base
