// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "base/result.h"
#include "plan/condition_word.h"
#include "wire/messages.h"

namespace marsad::service {

// The clearest air that anybody may tell of: its lines alone take more in the thermal band.
inline constexpr double kClearestAir_per_km = 0.05;

// What somebody says of the air, told at this time. Errors name the key: none or more than one
// way to tell it, a number out of range.
base::Result<plan::ConditionWord> read_weather(const wire::WeatherRequest& request,
                                               base::Time time);

// A file that holds a WeatherRequest as JSON, written by a feed or by hand. Its name stands for
// who says so where it doesn't.
class WeatherFile {
 public:
  // Empty: there is none, and nothing is ever read.
  explicit WeatherFile(std::filesystem::path file) : file_(std::move(file)) {}

  // What it says if it has changed since this was last asked, or this is the first time; its time
  // is when it was written, `now` at the latest. A file that isn't there says nothing.
  std::optional<base::Result<plan::ConditionWord>> changed(base::Time now);

 private:
  std::filesystem::path file_;
  std::filesystem::file_time_type written_{};
  std::uintmax_t size_ = 0;
};

}  // namespace marsad::service
