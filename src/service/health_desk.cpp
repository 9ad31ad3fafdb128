// SPDX-License-Identifier: Apache-2.0
#include "service/health_desk.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/log.h"
#include "base/words.h"

namespace marsad::service {
namespace {

using sensor::HealthState;

// How fast the frame rate shown follows the one measured.
constexpr double kRateGain = 0.1;
// A camera from which nothing came for so long, and so many of its usual intervals, has no signal.
constexpr double kSilent_s = 10;
constexpr double kSilentIntervals = 10;
// A condition is dated back by no more than it takes to be sure of one.
constexpr base::Duration kMostBackdated = std::chrono::seconds(60);
constexpr std::size_t kMostUnrecorded = 10'000;

bool is_trouble(HealthState state) {
  return state != HealthState::ok && state != HealthState::starting && state != HealthState::ended;
}

// Puts frame times into the host's, which a wrong clock does not stir; what was known keeps its
// beginning.
void date(std::vector<sensor::Condition>& conditions, const std::vector<sensor::Condition>& known,
          base::Time frame_time, base::Time now) {
  for (sensor::Condition& condition : conditions) {
    const auto before = std::find_if(known.begin(), known.end(), [&](const sensor::Condition& one) {
      return one.state == condition.state;
    });
    if (before != known.end()) {
      condition.since = before->since;
    } else {
      const base::Duration age = frame_time - condition.since;
      condition.since = now - std::clamp(age, base::Duration{}, kMostBackdated);
    }
  }
}

}  // namespace

void HealthDesk::keep(const sensor::HealthStretch& stretch) {
  if (unrecorded_.size() >= kMostUnrecorded) unrecorded_.erase(unrecorded_.begin());
  unrecorded_.push_back(stretch);
}

void HealthDesk::begin_stretch(Camera& camera, const sensor::SensorId& id, base::Time now) {
  const sensor::Health& health = camera.figures.health;
  sensor::HealthStretch next{
      id, 0, health.state, std::min(health.since, now), std::nullopt, health.detail};
  if (camera.stretch) {
    next.number = camera.stretch->number + 1;
    next.since = std::max(next.since, camera.stretch->since);
    camera.stretch->until = next.since;
    keep(*camera.stretch);
  }
  camera.stretch = next;
  keep(next);
}

// Names the camera's state anew.
void HealthDesk::settle(Camera& camera, const sensor::SensorId& id, base::Time now) {
  sensor::Health& health = camera.figures.health;
  const HealthState before = health.state;
  sensor::Condition named = camera.signal;
  const sensor::Condition* const worst = sensor::worst(health.conditions);
  if (worst != nullptr && sensor::is_worse(worst->state, named.state)) named = *worst;
  health.state = named.state;
  health.detail = named.detail;
  if (named.state == before && camera.stretch) return;
  health.since = named.state == HealthState::ok ? now : named.since;
  if (is_trouble(named.state)) ++camera.figures.troubles;
  begin_stretch(camera, id, now);
  const std::string line = fmt::format("camera {}: {}{}{}", id.text, base::word(named.state),
                                       named.detail.empty() ? "" : ": ", named.detail);
  if (is_trouble(named.state)) {
    base::log_warning(line);
  } else {
    base::log_info(line);
  }
}

void HealthDesk::set_signal(Camera& camera, const sensor::SensorId& id, HealthState state,
                            const std::string& detail, base::Time now) {
  if (camera.signal.state != state || !camera.stretch) camera.signal.since = now;
  camera.signal.state = state;
  camera.signal.detail = detail;
  // Without pictures nothing is known of them.
  if (!sensor::watches(state)) camera.figures.health.conditions.clear();
  settle(camera, id, now);
}

void HealthDesk::state(const sensor::SensorId& camera, HealthState state, const std::string& detail,
                       base::Time now) {
  std::lock_guard lock(mutex_);
  set_signal(cameras_[camera], camera, state, detail, now);
}

void HealthDesk::frame(const sensor::SensorId& camera, base::Time now) {
  std::lock_guard lock(mutex_);
  CameraFigures& figures = cameras_[camera].figures;
  if (figures.frames > 0) {
    const double gap_s = base::to_seconds(now - figures.newest_frame);
    const double rate = gap_s > 0 ? 1 / gap_s : 0;
    figures.fps = figures.frames == 1 ? rate : figures.fps + kRateGain * (rate - figures.fps);
  }
  figures.newest_frame = now;
  ++figures.frames;
  set_signal(cameras_[camera], camera, HealthState::ok, "", now);
}

void HealthDesk::corrupt_frame(const sensor::SensorId& camera, const std::string& what,
                               base::Time now) {
  std::lock_guard lock(mutex_);
  ++cameras_[camera].figures.corrupt;
  set_signal(cameras_[camera], camera, HealthState::corrupt, what, now);
}

void HealthDesk::conditions(const sensor::SensorId& camera,
                            std::vector<sensor::Condition> conditions, base::Time frame_time,
                            base::Time now) {
  std::lock_guard lock(mutex_);
  Camera& of = cameras_[camera];
  // A frame that was still on its way when the signal was lost.
  if (!sensor::watches(of.signal.state)) return;
  date(conditions, of.figures.health.conditions, frame_time, now);
  of.figures.health.conditions = std::move(conditions);
  settle(of, camera, now);
}

void HealthDesk::bias(const track::SensorBias& found) {
  const std::lock_guard lock(mutex_);
  cameras_[found.sensor].figures.bias = found;
}

void HealthDesk::refused(const track::RefusedCounts& counts) {
  const std::lock_guard lock(mutex_);
  refused_ = counts;
}

track::RefusedCounts HealthDesk::refused() const {
  const std::lock_guard lock(mutex_);
  return refused_;
}

void HealthDesk::held_back(std::vector<incident::HeldBack> counts) {
  const std::lock_guard lock(mutex_);
  held_back_ = std::move(counts);
}

std::vector<incident::HeldBack> HealthDesk::held_back() const {
  const std::lock_guard lock(mutex_);
  return held_back_;
}

void HealthDesk::check_silence(base::Time now) {
  std::lock_guard lock(mutex_);
  for (auto& [id, camera] : cameras_) {
    if (!sensor::watches(camera.signal.state) || camera.figures.fps <= 0) continue;
    const double silent_s = base::to_seconds(now - camera.figures.newest_frame);
    if (silent_s < std::max(kSilent_s, kSilentIntervals / camera.figures.fps)) continue;
    set_signal(camera, id, HealthState::no_signal, fmt::format("no picture for {:.0f} s", silent_s),
               now);
  }
}

void HealthDesk::end(base::Time now) {
  std::lock_guard lock(mutex_);
  for (auto& [id, camera] : cameras_) {
    if (!camera.stretch || camera.stretch->until) continue;
    camera.stretch->until = std::max(now, camera.stretch->since);
    keep(*camera.stretch);
  }
}

std::vector<sensor::HealthStretch> HealthDesk::unrecorded() const {
  std::lock_guard lock(mutex_);
  return unrecorded_;
}

void HealthDesk::recorded(std::size_t changes) {
  std::lock_guard lock(mutex_);
  const std::size_t known = std::min(changes, unrecorded_.size());
  unrecorded_.erase(unrecorded_.begin(), unrecorded_.begin() + static_cast<std::ptrdiff_t>(known));
}

std::map<sensor::SensorId, CameraFigures> HealthDesk::cameras() const {
  std::lock_guard lock(mutex_);
  std::map<sensor::SensorId, CameraFigures> out;
  for (const auto& [id, camera] : cameras_) out.emplace(id, camera.figures);
  return out;
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
