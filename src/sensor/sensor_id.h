// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/id.h"

namespace marsad::sensor {

// A sensor's name in the site ("T3").
using SensorId = base::Name<struct SensorTag>;

}  // namespace marsad::sensor
