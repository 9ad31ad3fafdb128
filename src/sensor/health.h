// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "base/time.h"

namespace marsad::sensor {

// What state a sensor is in, and since when.
enum class HealthState { starting, ok, no_signal, reconnecting, corrupt, ended };
constexpr std::array<std::string_view, 6> words(HealthState) {
  return {"starting", "ok", "no_signal", "reconnecting", "corrupt", "ended"};
}

struct Health {
  HealthState state = HealthState::starting;
  base::Time since;
  std::string detail;  // why, in a person's words; empty when ok
};

}  // namespace marsad::sensor
