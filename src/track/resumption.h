// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "track/mover.h"

// A mover that was in dead ground for a while is not given single plots: among those where it may
// be by now there would be false ones, which would lead it astray. What shows again begins a track
// of its own, and as soon as that is sure to be something, it is asked whether it is the one that
// was hidden.
namespace marsad::track {

// Whether the mover is unseen for so long, in dead ground, that plots are no more for it.
bool dormant(const Mover& mover, base::Time now);

// How many times likelier it is that the fresh track is the dormant mover, by place, velocity and
// class, than that it is one never seen before. Both are predicted to `now`.
double resumption_weight(const Mover& dormant, const Mover& fresh, base::Time now,
                         const TrackerSettings& settings);

// Makes the fresh track the dormant mover, which it is: under its number, from its first sight.
void resume(const Mover& dormant, Mover& fresh);

}  // namespace marsad::track
