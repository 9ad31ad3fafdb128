// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>

#include "base/time.h"
#include "sensor/health.h"
#include "sensor/sensor_id.h"

namespace marsad::service {

// What one camera has done so far.
struct CameraFigures {
  sensor::Health health;
  std::uint64_t frames = 0;
  std::uint64_t corrupt = 0;
  double fps = 0;  // over the last seconds
  base::Time newest_frame;
};

// The state of every camera and of the record. Changes of state are logged. Any thread.
class HealthDesk {
 public:
  void state(const sensor::SensorId& camera, sensor::HealthState state, const std::string& detail,
             base::Time now);
  void frame(const sensor::SensorId& camera, base::Time now);
  void corrupt_frame(const sensor::SensorId& camera, const std::string& what, base::Time now);
  std::map<sensor::SensorId, CameraFigures> cameras() const;

  // Whether the record takes what is written; `why` is empty when it does.
  void record(const std::string& why);
  std::string record_trouble() const;

 private:
  void set_state(CameraFigures& figures, const sensor::SensorId& camera, sensor::HealthState state,
                 const std::string& detail, base::Time now);

  mutable std::mutex mutex_;
  std::map<sensor::SensorId, CameraFigures> cameras_;
  std::string record_trouble_;
};

}  // namespace marsad::service
