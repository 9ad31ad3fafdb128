// SPDX-License-Identifier: Apache-2.0
#include "sensor/health.h"

#include <algorithm>

namespace marsad::sensor {
namespace {

// From the worst to the best.
constexpr std::array kByGravity = {
    HealthState::no_signal,   HealthState::reconnecting, HealthState::ended,
    HealthState::starting,    HealthState::wrong_size,   HealthState::covered,
    HealthState::blinded,     HealthState::frozen,       HealthState::moved,
    HealthState::corrupt,     HealthState::defocused,    HealthState::saturated,
    HealthState::dead_pixels, HealthState::noisy,        HealthState::slow,
    HealthState::clock_wrong, HealthState::ok,
};
static_assert(kByGravity.size() == words(HealthState{}).size());

auto rank(HealthState state) { return std::find(kByGravity.begin(), kByGravity.end(), state); }

}  // namespace

bool watches(HealthState state) { return rank(state) >= rank(HealthState::corrupt); }

bool is_worse(HealthState a, HealthState b) { return rank(a) < rank(b); }

const Condition* worst(std::span<const Condition> conditions) {
  const auto found = std::min_element(
      conditions.begin(), conditions.end(),
      [](const Condition& a, const Condition& b) { return is_worse(a.state, b.state); });
  return found == conditions.end() ? nullptr : &*found;
}

}  // namespace marsad::sensor
