// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/time.h"
#include "plan/crosser.h"
#include "plan/night.h"

namespace marsad::plan {

// A stretch of the line that was dark for a kind of crosser for some time, and why.
struct DarkSpell {
  std::uint32_t number = 0;  // in its run, from 0
  std::size_t kind = 0;
  double from_m = 0, to_m = 0;
  base::Time since;
  std::optional<base::Time> until;  // none while it lasts
  std::string cause;                // in a person's words

  bool operator==(const DarkSpell&) const = default;
};

// A time in which the ledger was kept.
struct KeptSpan {
  base::Time since, until;
  bool operator==(const KeptSpan&) const = default;
};

// How long a kilometre was dark in a night for one cause. What was dark over a part of the
// kilometre counts by that part.
struct BlindHours {
  std::size_t night = 0;  // its number among the nights
  std::size_t kind = 0;
  std::size_t km = 0;  // from this to the next
  std::string cause;
  double hours = 0;
};

// One night as a whole.
struct NightSum {
  double hours = 0;          // of the night that were asked for
  double unknown_hours = 0;  // in which no ledger was kept
  std::array<double, kCrosserKinds> blind_km_hours{};
};

struct BlindHistory {
  std::vector<BlindHours> hours;  // by night, kind, kilometre, cause
  std::vector<NightSum> nights;
};

// Adds up the spells that lie in the nights, between two times. What still lasts counts to the
// end. Spans may overlap; spells of one kind and place don't.
BlindHistory blind_history(std::span<const DarkSpell> spells, std::span<const KeptSpan> kept,
                           std::span<const Night> nights, base::Time from, base::Time to,
                           double length_m);

}  // namespace marsad::plan
