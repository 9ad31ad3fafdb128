// SPDX-License-Identifier: Apache-2.0
#include "track/operator_word.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace marsad::track {
namespace {

constexpr auto kKept = std::chrono::hours(24);
constexpr auto kForgetEvery = std::chrono::hours(1);

// Of the tracks of one mover, the one to believe: alive, seen last, surest of its place.
bool better(const Track& a, const Track& b) {
  const auto rank = [](const Track& track) {
    return std::tuple(track.status != TrackStatus::confirmed, -track.last_seen.time_since_epoch(),
                      track.cov[0] + track.cov[4], track.id);
  };
  return rank(a) < rank(b);
}

base::Error no_track(TrackId id) {
  return {fmt::format("track {}", id.value), "none of this number is shown"};
}

}  // namespace

TrackId OperatorWords::shown_as(TrackId track) const {
  const auto given = numbers_.find(track);
  return given == numbers_.end() || given->second.empty() ? track : given->second.back();
}

TrackId OperatorWords::owner(TrackId shown) const {
  const auto found = owners_.find(shown);
  return found == owners_.end() ? shown : found->second;
}

base::Result<void> OperatorWords::check(const OperatorWord& word) const {
  if (!known_.contains(word.track)) return no_track(word.track);
  if (word.kind != WordKind::merge) return {};
  if (!known_.contains(word.other)) return no_track(word.other);
  if (word.other != word.track) return {};
  return base::Error{fmt::format("track {}", word.track.value), "can't be merged with itself"};
}

base::Result<void> OperatorWords::say(const OperatorWord& word) {
  if (const auto fine = check(word); !fine) return fine.error();
  switch (word.kind) {
    case WordKind::merge: {
      const auto age = [this](TrackId id) { return std::pair(known_.at(id).first_seen, id); };
      const bool first = age(word.track) < age(word.other);
      merge(first ? word.track : word.other, first ? word.other : word.track);
      break;
    }
    case WordKind::split:
      split(word.track, word.time);
      break;
    case WordKind::label:
      labels_[word.track] = word.label;
      if (word.label == sensor::MoverClass::unknown) labels_.erase(word.track);
      break;
    case WordKind::drop:
      drop(word.track);
      break;
  }
  return {};
}

void OperatorWords::merge(TrackId into, TrackId from) {
  for (auto& [track, given] : numbers_) {
    if (!given.empty() && given.back() == from) given.push_back(into);
  }
  if (shown_as(owner(from)) == from) numbers_[owner(from)].push_back(into);
  if (const auto label = labels_.find(from); label != labels_.end()) {
    labels_.try_emplace(into, label->second);
  }
  known_.erase(from);
}

void OperatorWords::split(TrackId shown, base::Time time) {
  bool merged = false;
  for (auto& [track, given] : numbers_) {
    if (track == owner(shown) || given.empty() || given.back() != shown) continue;
    given.pop_back();
    merged = true;
  }
  if (merged) return;
  const TrackId fresh{kFirstNewNumber + owners_.size()};
  owners_[fresh] = owner(shown);
  numbers_[owner(shown)].push_back(fresh);
  known_[fresh] = {time, time};
}

void OperatorWords::drop(TrackId shown) {
  for (const auto& [track, given] : numbers_) {
    if (shown_as(track) == shown) dropped_.insert(track);
  }
  if (shown_as(owner(shown)) == shown) dropped_.insert(owner(shown));
  known_.erase(shown);
}

Track OperatorWords::together(TrackId shown, const std::vector<const Track*>& parts) const {
  Track track = **std::min_element(parts.begin(), parts.end(),
                                   [](const Track* a, const Track* b) { return better(*a, *b); });
  track.id = shown;
  track.plots = 0;
  std::vector<sensor::SensorId> sensors;
  for (const Track* part : parts) {
    track.plots += part->plots;
    track.existence = std::max(track.existence, part->existence);
    track.first_seen = std::min(track.first_seen, part->first_seen);
    for (const sensor::SensorId& sensor : part->sensors) {
      if (std::find(sensors.begin(), sensors.end(), sensor) == sensors.end()) {
        sensors.push_back(sensor);
      }
    }
  }
  track.sensors = std::move(sensors);
  if (const auto known = known_.find(shown); known != known_.end()) {
    track.first_seen = known->second.first_seen;
  }
  if (const auto label = labels_.find(shown); label != labels_.end()) {
    track.classes = {};
    track.classes[static_cast<std::size_t>(label->second)] = 1;
  }
  return track;
}

std::vector<Track> OperatorWords::apply(const std::vector<Track>& tracks) {
  std::map<TrackId, std::vector<const Track*>> by_number;
  for (const Track& track : tracks) {
    if (!dropped_.contains(track.id)) by_number[shown_as(track.id)].push_back(&track);
  }
  std::vector<Track> shown;
  shown.reserve(by_number.size());
  for (const auto& [number, parts] : by_number) {
    shown.push_back(together(number, parts));
    const Track& track = shown.back();
    if (track.status != TrackStatus::confirmed) continue;
    Known& known = known_.try_emplace(number, Known{track.first_seen, track.time}).first->second;
    known.last_shown = track.time;
  }
  if (!tracks.empty()) forget_old(tracks.front().time);
  return shown;
}

void OperatorWords::forget_old(base::Time newest) {
  if (!forgotten_) forgotten_ = newest;
  if (newest - *forgotten_ < kForgetEvery) return;
  forgotten_ = newest;
  std::erase_if(known_,
                [newest](const auto& known) { return newest - known.second.last_shown > kKept; });
}

}  // namespace marsad::track
