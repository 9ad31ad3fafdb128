// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "incident/known_traffic.h"
#include "sensor/health.h"
#include "sensor/sensor_id.h"
#include "track/refusal.h"
#include "track/sensor_bias.h"

namespace marsad::service {

// What one camera has done so far.
struct CameraFigures {
  sensor::Health health;
  std::uint64_t frames = 0;
  std::uint64_t corrupt = 0;
  std::uint64_t troubles = 0;  // how often it came into another state than starting, ok or ended
  double fps = 0;              // over the last seconds
  base::Time newest_frame;
  std::optional<track::SensorBias> bias;  // once movers told something of it
};

// The state of every camera, of the tracker and of the record. A camera's is the worst of what its
// signal and its pictures say. Changes of state are logged, counted and kept for the record. Any
// thread.
class HealthDesk {
 public:
  // What the signal says.
  void state(const sensor::SensorId& camera, sensor::HealthState state, const std::string& detail,
             base::Time now);
  void frame(const sensor::SensorId& camera, base::Time now);
  void corrupt_frame(const sensor::SensorId& camera, const std::string& what, base::Time now);
  // What the pictures say, as of a frame of that time.
  void conditions(const sensor::SensorId& camera, std::vector<sensor::Condition> conditions,
                  base::Time frame_time, base::Time now);
  // How far off it points, as movers tell that other cameras see too.
  void bias(const track::SensorBias& found);
  // What the tracker did not take so far.
  void refused(const track::RefusedCounts& counts);
  track::RefusedCounts refused() const;
  // What known traffic explained so far.
  void held_back(std::vector<incident::HeldBack> counts);
  std::vector<incident::HeldBack> held_back() const;
  // Takes cameras that have fallen silent for no_signal. Called now and then.
  void check_silence(base::Time now);
  // Ends all that lasts: the run is over.
  void end(base::Time now);

  std::map<sensor::SensorId, CameraFigures> cameras() const;

  // Changes of state that are not in the record yet. Those of them that have been written are
  // told by their number.
  std::vector<sensor::HealthStretch> unrecorded() const;
  void recorded(std::size_t changes);

  // Whether the record takes what is written; `why` is empty when it does.
  void record(const std::string& why);
  std::string record_trouble() const;

 private:
  struct Camera {
    CameraFigures figures;
    sensor::Condition signal{sensor::HealthState::starting, {}, {}};
    std::optional<sensor::HealthStretch> stretch;
  };

  void set_signal(Camera& camera, const sensor::SensorId& id, sensor::HealthState state,
                  const std::string& detail, base::Time now);
  void settle(Camera& camera, const sensor::SensorId& id, base::Time now);
  void begin_stretch(Camera& camera, const sensor::SensorId& id, base::Time now);
  void keep(const sensor::HealthStretch& stretch);

  mutable std::mutex mutex_;
  std::map<sensor::SensorId, Camera> cameras_;
  std::vector<sensor::HealthStretch> unrecorded_;
  std::string record_trouble_;
  track::RefusedCounts refused_;
  std::vector<incident::HeldBack> held_back_;
};

}  // namespace marsad::service
