// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sensor/mover_class.h"

namespace marsad::locate {

// What a look says of a mover that is known to be in the air: no person, vehicle or animal, so that
// aircraft and bird share. Where the look doesn't tell, three in four are taken for aircraft: to
// miss a drone is worse than to look at a bird. Pictures of a few warm pixels tell the two apart
// badly, so no look is taken to be very sure.
sensor::ClassProbabilities classes_in_air(const sensor::ClassProbabilities& look);

// The same of two looks at once, which err alike and so count as one.
sensor::ClassProbabilities classes_in_air(const sensor::ClassProbabilities& one,
                                          const sensor::ClassProbabilities& other);

}  // namespace marsad::locate
