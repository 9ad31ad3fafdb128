// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "track/mover.h"

// A mover that was in dead ground for a while is not given single plots: among those where it may
// be by now there would be false ones, which would lead it astray. What shows again begins a track
// of its own, and as soon as that is sure to be something, it is asked whether it is one that was
// hidden.
namespace marsad::track {

// Whether the mover is unseen for so long, in dead ground, that plots are no more for it.
bool dormant(const Mover& mover, base::Time now);

// Probability that a look would have detected this mover at a place of the tracker's plane.
using Seen = std::function<double(const Mover& mover, double e_m, double n_m)>;

struct Reunion {
  // By fresh track: which of the dormant movers it is, or kUnassigned.
  std::vector<std::int32_t> dormant_of;
  // By dormant mover: where it is now, where company of it that shows again tells that.
  std::vector<std::optional<Kinematics>> told;
};

// Which fresh tracks are which dormant movers. Those that went into dead ground together keep their
// formation there: nobody knows how fast and which way they went, but that is the same for all. So
// each of them that may be out by now is tried, with the others lying about it as they did before,
// who are then either among the fresh or where no sensor sees them. The likeliest is the answer; by
// place, velocity and class, against movers never seen before. All is predicted to `now`.
Reunion reunite(std::span<const Mover* const> fresh, std::span<const Mover* const> dormant,
                base::Time now, const TrackerSettings& settings, const Seen& seen);

// Makes the fresh track the dormant mover, which it is: under its number, from its first sight.
void resume(const Mover& dormant, Mover& fresh);

// Puts a dormant mover where it was told to be at `now`; from now on plots are for it again.
void await(Mover& dormant, const Kinematics& told, base::Time now);

}  // namespace marsad::track
