// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "sensor/sensor_id.h"

namespace marsad::sensor {

// What state a sensor is in. The first six are of its signal, the others of its pictures.
enum class HealthState : std::uint8_t {
  starting,
  ok,
  no_signal,
  reconnecting,
  corrupt,
  ended,
  wrong_size,   // pictures of another size than the site's: can't be located
  covered,      // the picture has lost its structure
  blinded,      // most of the picture is as bright as a count can be
  frozen,       // the same picture again and again
  moved,        // the scene lies elsewhere in the picture than it did
  defocused,    // edges have lost their sharpness
  saturated,    // a part of the picture is as bright as a count can be
  dead_pixels,  // rows, columns or pixels that no longer measure
  noisy,
  slow,         // fewer frames than before
  clock_wrong,  // frame times jump, run backwards or are not the host's
};
constexpr std::array<std::string_view, 17> words(HealthState) {
  return {"starting",   "ok",          "no_signal", "reconnecting", "corrupt",    "ended",
          "wrong_size", "covered",     "blinded",   "frozen",       "moved",      "defocused",
          "saturated",  "dead_pixels", "noisy",     "slow",         "clock_wrong"};
}

// One thing that is wrong with a sensor.
struct Condition {
  HealthState state = HealthState::ok;
  base::Time since;
  std::string detail;  // in a person's words

  bool operator==(const Condition&) const = default;
};

// Whether a sensor in this state watches: that it reported nobody then means something.
bool watches(HealthState state);

// Whether `a` is worse than `b`: what keeps a sensor from watching is worse than what spoils it.
bool is_worse(HealthState a, HealthState b);

// The worst of them; none where there are none.
const Condition* worst(std::span<const Condition> conditions);

struct Health {
  HealthState state = HealthState::starting;  // the worst of what holds
  base::Time since;
  std::string detail;                 // why, in a person's words; empty when ok
  std::vector<Condition> conditions;  // all that is wrong with its pictures
};

// How long a sensor was in one state: the ledger of who watched what. The stretches of a sensor
// follow each other without a gap.
struct HealthStretch {
  SensorId sensor;
  std::uint32_t number = 0;  // in its run and sensor, from 0
  HealthState state = HealthState::starting;
  base::Time since;
  std::optional<base::Time> until;  // none while it lasts, or where the program was killed
  std::string detail;               // as it was told first

  bool operator==(const HealthStretch&) const = default;
};

}  // namespace marsad::sensor
