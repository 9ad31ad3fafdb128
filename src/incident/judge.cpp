// SPDX-License-Identifier: Apache-2.0
#include "incident/judge.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

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

// The rule in its own words, for a person who asks why.
std::string explain(const Incident& incident) {
  std::string sensors;
  for (const sensor::SensorId& id : incident.sensors) {
    sensors += (sensors.empty() ? "" : ", ") + id.text;
  }
  return fmt::format(
      "{} passed from the {} side to the {} side at km {:.1f}, {:.2f} sure; seen by {}",
      plural(incident.tracks.size(), sensor::likeliest(incident.classes)),
      incident.direction == Direction::inbound ? "far" : "home",
      incident.direction == Direction::inbound ? "home" : "far", incident.chainage_m / 1000,
      incident.probability, sensors);
}

Incident make_incident(const Crossing& crossing, const track::Track& track) {
  Incident incident;
  incident.kind = Kind::crossing;
  incident.direction = crossing.to_home ? Direction::inbound : Direction::outbound;
  incident.time = crossing.time;
  incident.chainage_m = crossing.chainage_m;
  incident.place = crossing.place;
  incident.probability = crossing.probability;
  incident.classes = track.classes;
  incident.speed_mps = std::hypot(track.ve_mps, track.vn_mps);
  incident.heading_rad = std::atan2(track.ve_mps, track.vn_mps);
  incident.tracks = {track.id};
  incident.sensors = track.sensors;
  incident.evidence = {track.last_sensor, track.last_seen, track.last_cause};
  return incident;
}

// One more mover of the same event.
void join(Incident& incident, const Incident& more) {
  for (const track::TrackId& id : more.tracks) add_once(incident.tracks, id);
  for (const sensor::SensorId& id : more.sensors) add_once(incident.sensors, id);
  incident.probability = 1 - (1 - incident.probability) * (1 - more.probability);
}

}  // namespace

struct Judge::State {
  JudgeSettings settings;
  std::shared_ptr<const border::Border> border;
  IncidentId next_id;
  std::map<track::TrackId, CrossingWatch> watches;
  std::vector<Incident> recent;  // events that may still grow

  Incident& place_incident(Incident incident) {
    for (Incident& earlier : recent) {
      const double apart_s = std::abs(base::to_seconds(earlier.time - incident.time));
      if (earlier.direction == incident.direction && apart_s <= settings.same_event_s &&
          std::abs(earlier.chainage_m - incident.chainage_m) <= settings.same_event_m) {
        join(earlier, incident);
        return earlier;
      }
    }
    incident.id = next_id;
    ++next_id.value;
    recent.push_back(std::move(incident));
    return recent.back();
  }

  void forget_before(base::Time time) {
    std::erase_if(recent, [&](const Incident& incident) {
      return base::to_seconds(time - incident.time) > 2 * settings.same_event_s;
    });
  }
};

Judge::Judge(JudgeSettings settings, std::shared_ptr<const border::Border> border,
             IncidentId next_id)
    : state_(std::make_unique<State>(State{settings, std::move(border), next_id, {}, {}})) {}
Judge::~Judge() = default;
Judge::Judge(Judge&&) noexcept = default;
Judge& Judge::operator=(Judge&&) noexcept = default;

void Judge::forget(track::TrackId id) { state_->watches.erase(id); }

std::vector<Incident> Judge::judge(std::span<const track::Track> tracks) {
  std::vector<Incident> changed;
  for (const track::Track& track : tracks) {
    if (track.status == track::TrackStatus::tentative) continue;
    if (track.status == track::TrackStatus::hidden) continue;
    if (track.status == track::TrackStatus::lost) {
      state_->watches.erase(track.id);
      continue;
    }
    const auto crossing =
        state_->watches[track.id].update(track, state_->border->line, state_->settings.crossing);
    if (!crossing || is_private(state_->border->zones, crossing->place)) continue;
    state_->forget_before(track.time);
    Incident& incident = state_->place_incident(make_incident(*crossing, track));
    incident.because = explain(incident);
    std::erase_if(changed, [&](const Incident& other) { return other.id == incident.id; });
    changed.push_back(incident);
  }
  return changed;
}

}  // namespace marsad::incident
