// SPDX-License-Identifier: Apache-2.0
#include "service/health_desk.h"

#include <fmt/format.h>

#include "base/log.h"
#include "base/words.h"

namespace marsad::service {
namespace {

// How fast the frame rate shown follows the one measured.
constexpr double kRateGain = 0.1;

}  // namespace

void HealthDesk::set_state(CameraFigures& figures, const sensor::SensorId& camera,
                           sensor::HealthState state, const std::string& detail, base::Time now) {
  const bool changed = figures.health.state != state || figures.health.since == base::Time{};
  if (changed) {
    figures.health.since = now;
    const std::string line = fmt::format("camera {}: {}{}{}", camera.text, base::word(state),
                                         detail.empty() ? "" : ": ", detail);
    if (state == sensor::HealthState::ok || state == sensor::HealthState::starting ||
        state == sensor::HealthState::ended) {
      base::log_info(line);
    } else {
      base::log_warning(line);
    }
  }
  figures.health.state = state;
  figures.health.detail = detail;
}

void HealthDesk::state(const sensor::SensorId& camera, sensor::HealthState state,
                       const std::string& detail, base::Time now) {
  std::lock_guard lock(mutex_);
  set_state(cameras_[camera], camera, state, detail, now);
}

void HealthDesk::frame(const sensor::SensorId& camera, base::Time now) {
  std::lock_guard lock(mutex_);
  CameraFigures& figures = cameras_[camera];
  if (figures.frames > 0) {
    const double gap_s = base::to_seconds(now - figures.newest_frame);
    const double rate = gap_s > 0 ? 1 / gap_s : 0;
    figures.fps = figures.frames == 1 ? rate : figures.fps + kRateGain * (rate - figures.fps);
  }
  figures.newest_frame = now;
  ++figures.frames;
  set_state(figures, camera, sensor::HealthState::ok, "", now);
}

void HealthDesk::corrupt_frame(const sensor::SensorId& camera, const std::string& what,
                               base::Time now) {
  std::lock_guard lock(mutex_);
  CameraFigures& figures = cameras_[camera];
  ++figures.corrupt;
  set_state(figures, camera, sensor::HealthState::corrupt, what, now);
}

std::map<sensor::SensorId, CameraFigures> HealthDesk::cameras() const {
  std::lock_guard lock(mutex_);
  return cameras_;
}

void HealthDesk::record(const std::string& why) {
  std::lock_guard lock(mutex_);
  if (record_trouble_.empty() && !why.empty()) base::log_error("record: " + why);
  if (!record_trouble_.empty() && why.empty()) base::log_info("record: written again");
  record_trouble_ = why;
}

std::string HealthDesk::record_trouble() const {
  std::lock_guard lock(mutex_);
  return record_trouble_;
}

}  // namespace marsad::service
