// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "detect/detection.h"
#include "sensor/mover_class.h"

namespace marsad::detect {

// What a detection may be, judged by its outline alone: weak, and unknown where it is small.
sensor::ClassProbabilities classify(const Box& box, int area_px);

}  // namespace marsad::detect
