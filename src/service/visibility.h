// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>

#include "coverage/coverage.h"
#include "sensor/camera.h"
#include "service/site.h"
#include "track/scan.h"

namespace marsad::service {

using Cameras = std::map<sensor::SensorId, sensor::Camera>;

// The conditions that the site's plans count with ([plan] air, time_of_day).
coverage::Conditions conditions_of(const Site& site);

// Asks the one visibility model for a camera as it looks now, in those conditions; what is not
// among `cameras` sees nothing, and no camera sees into a privacy zone or what it would find once
// in a thousand looks.
track::Visibility visibility_of(const Site& site, std::shared_ptr<const Cameras> cameras);

// The circle around a camera, where it is now, outside which that is 0.
track::Watched watched_of(const Site& site, std::shared_ptr<const Cameras> cameras);

}  // namespace marsad::service
