// SPDX-License-Identifier: Apache-2.0
#include "incident/events.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/words.h"

namespace marsad::incident {
namespace {

template <class T>
void add_once(std::vector<T>& list, const T& item) {
  if (std::find(list.begin(), list.end(), item) == list.end()) list.push_back(item);
}

std::string plural(std::size_t count, sensor::MoverClass mover) {
  if (mover == sensor::MoverClass::unknown) {
    return fmt::format("{} mover{}", count, count == 1 ? "" : "s");
  }
  return fmt::format("{} {}{}", count, sensor::name(mover), count == 1 ? "" : "s");
}

std::string names(const std::vector<sensor::SensorId>& sensors) {
  std::string all;
  for (const sensor::SensorId& id : sensors) all += (all.empty() ? "" : ", ") + id.text;
  return all;
}

// What it was found to be before, in order: "before: approach at 03:10:12".
std::string before(const Incident& incident) {
  std::string out;
  for (const Stage& stage : incident.history) {
    if (stage.kind == incident.kind) continue;
    const std::string time = base::to_iso8601(stage.time);
    out += fmt::format("{}{} at {}", out.empty() ? "; before: " : ", ", base::word(stage.kind),
                       time.substr(11, 8));
  }
  return out;
}

// The rule in its own words, for a person who asks why.
std::string explain(const Incident& incident, std::size_t movers, const std::string& what) {
  return fmt::format("{} {} at km {:.1f}, {:.2f} sure{}; seen by {}",
                     plural(movers, sensor::likeliest(incident.classes)), what,
                     incident.chainage_m / 1000, incident.probability, before(incident),
                     names(incident.sensors));
}

bool shares_a_track(const Incident& incident, const Finding& finding) {
  return std::any_of(finding.movers.begin(), finding.movers.end(), [&](const track::Track& mover) {
    return std::find(incident.tracks.begin(), incident.tracks.end(), mover.id) !=
           incident.tracks.end();
  });
}

}  // namespace

IncidentId Events::next() {
  while (taken_.contains(next_id_)) ++next_id_.value;
  return {next_id_.value++};
}

bool Events::belongs(const Event& event, const Finding& finding) const {
  const Incident& incident = event.incident;
  if (incident.kind == Kind::tampering) return false;
  const bool same_way = incident.direction == finding.direction;
  if (shares_a_track(incident, finding)) {
    // What goes neither way links what both sides did: a hand-over.
    return same_way || finding.direction == Direction::none ||
           incident.direction == Direction::none;
  }
  const double apart_s = std::min(std::abs(base::to_seconds(event.newest - finding.time)),
                                  std::abs(base::to_seconds(incident.time - finding.time)));
  return same_way && apart_s <= settings_.same_event_s &&
         std::abs(incident.chainage_m - finding.chainage_m) <= settings_.same_event_m;
}

void Events::raise(Event& event, const Finding& finding) {
  const track::Track& mover = finding.movers.front();
  Incident& incident = event.incident;
  incident.kind = finding.kind;
  incident.direction = finding.direction;
  incident.time = finding.time;
  incident.chainage_m = finding.chainage_m;
  incident.place = finding.place;
  incident.probability = finding.probability;
  incident.classes = mover.classes;
  incident.speed_mps = std::hypot(mover.ve_mps, mover.vn_mps);
  incident.heading_rad = std::atan2(mover.ve_mps, mover.vn_mps);
  incident.evidence = {mover.last_sensor, mover.last_seen, mover.last_cause};
  event.what = finding.what;
  event.counted.clear();
  for (const track::Track& one : finding.movers) event.counted.insert(one.id);
}

Events::Event& Events::begin(const Finding& finding, base::Time now) {
  Event& event = recent_.emplace_back();
  event.incident.id = next();
  event.incident.told = now;
  event.newest = finding.time;
  raise(event, finding);
  return event;
}

void Events::join(Event& event, const Finding& finding) const {
  Incident& incident = event.incident;
  if (finding.kind > incident.kind) {
    raise(event, finding);
  } else if (finding.kind == incident.kind) {
    bool more = false;
    for (const track::Track& mover : finding.movers) {
      more = event.counted.insert(mover.id).second || more;
    }
    // Another mover is another chance that it happened; the same one again is not.
    incident.probability = more ? 1 - (1 - incident.probability) * (1 - finding.probability)
                                : std::max(incident.probability, finding.probability);
    if (finding.movers.size() > 1) event.what = finding.what;
  }
  event.newest = std::max(event.newest, finding.time);
}

void Events::absorb(Event& event, Event& other) {
  for (const track::TrackId& id : other.incident.tracks) add_once(event.incident.tracks, id);
  for (const sensor::SensorId& id : other.incident.sensors) add_once(event.incident.sensors, id);
  for (Stage& stage : other.incident.history) {
    const auto known = std::find_if(
        event.incident.history.begin(), event.incident.history.end(), [&](const Stage& earlier) {
          return earlier.kind == stage.kind && earlier.what == stage.what;
        });
    if (known == event.incident.history.end()) event.incident.history.push_back(stage);
  }
  std::stable_sort(event.incident.history.begin(), event.incident.history.end(),
                   [](const Stage& a, const Stage& b) { return a.time < b.time; });
  other.incident.merged_into = event.incident.id;
  other.incident.because += fmt::format("; one event with incident {}", event.incident.id.value);
}

std::vector<Incident> Events::add(const Finding& finding, base::Time now) {
  forget_before(now);
  std::vector<Incident> changed;
  const auto first = std::find_if(recent_.begin(), recent_.end(),
                                  [&](const Event& event) { return belongs(event, finding); });
  const bool is_new = first == recent_.end();
  Event* event = is_new ? &begin(finding, now) : &*first;
  if (!is_new) {
    // What belonged to one event and now to another as well makes one of both.
    for (auto other = first + 1; other != recent_.end();) {
      const bool merges = shares_a_track(other->incident, finding) && belongs(*other, finding);
      if (!merges) {
        ++other;
        continue;
      }
      absorb(*event, *other);
      changed.push_back(std::move(other->incident));
      other = recent_.erase(other);
    }
    join(*event, finding);
  }
  Incident& incident = event->incident;
  for (const track::Track& mover : finding.movers) {
    add_once(incident.tracks, mover.id);
    for (const sensor::SensorId& id : mover.sensors) add_once(incident.sensors, id);
  }
  const bool known = std::any_of(incident.history.begin(), incident.history.end(),
                                 [&](const Stage& stage) { return stage.kind == finding.kind; });
  if (!known) incident.history.push_back({finding.kind, finding.time, finding.what});
  incident.because = explain(incident, event->counted.size(), event->what);
  changed.push_back(incident);
  return changed;
}

std::vector<Incident> Events::add_tampering(const Finding& finding, const sensor::SensorId& sensor,
                                            base::Time now) {
  forget_before(now);
  for (Event& event : recent_) {
    const bool same = event.incident.kind == Kind::tampering &&
                      event.incident.sensors.front() == sensor &&
                      base::to_seconds(finding.time - event.newest) <= settings_.same_event_s;
    if (!same) continue;
    event.newest = std::max(event.newest, finding.time);
    return {};
  }
  Event& event = recent_.emplace_back();
  event.newest = finding.time;
  Incident& incident = event.incident;
  incident.id = next();
  incident.kind = finding.kind;
  incident.direction = Direction::none;
  incident.time = finding.time;
  incident.told = now;
  incident.chainage_m = finding.chainage_m;
  incident.place = finding.place;
  incident.probability = finding.probability;
  incident.sensors = {sensor};
  incident.evidence.sensor = sensor;
  incident.evidence.time = finding.time;
  incident.history = {{finding.kind, finding.time, finding.what}};
  incident.because = fmt::format("sensor {} {} at km {:.1f}", sensor.text, finding.what,
                                 finding.chainage_m / 1000);
  return {incident};
}

void Events::forget_before(base::Time now) {
  std::erase_if(recent_, [&](const Event& event) {
    return base::to_seconds(now - event.newest) >
           std::max(settings_.same_mover_s, 2 * settings_.same_event_s);
  });
}

}  // namespace marsad::incident
