// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "detect/detection.h"
#include "sensor/mover_class.h"

namespace marsad::locate {

// A detection's class belief, weighed by how large the mover would be on the ground: a person is
// about 1.7 m high, a vehicle several metres wide, a sheep neither. One pixel is `pixel_m` metres
// at the mover's range. Where a pixel is as large as a mover, the belief among what stands on the
// ground stays as it was. For the line of sight ends on the ground: what flies is held to be rare
// there, and size alone makes no bird and no aircraft.
sensor::ClassProbabilities weigh_by_size(const sensor::ClassProbabilities& belief,
                                         const detect::Box& box, double pixel_m);

}  // namespace marsad::locate
