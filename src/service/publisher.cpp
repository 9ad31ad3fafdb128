// SPDX-License-Identifier: Apache-2.0
#include "service/publisher.h"

#include <algorithm>

#include "service/views.h"
#include "wire/json.h"

namespace marsad::service {
namespace {

constexpr auto kShowEvery = std::chrono::milliseconds(80);
constexpr auto kTailPointEvery = std::chrono::seconds(1);
constexpr std::size_t kTailPoints = 90;

// Among tracks ordered by number; null where it isn't there.
const track::Track* find(const std::vector<track::Track>& tracks, track::TrackId id) {
  const auto found =
      std::lower_bound(tracks.begin(), tracks.end(), id,
                       [](const track::Track& one, track::TrackId of) { return one.id < of; });
  return found == tracks.end() || found->id != id ? nullptr : &*found;
}

// Those of these numbers that are among tracks ordered by number.
std::vector<track::TrackId> among(const std::vector<track::TrackId>& ids,
                                  const std::vector<track::Track>& tracks) {
  std::vector<track::TrackId> found;
  for (const track::TrackId id : ids) {
    if (find(tracks, id) != nullptr) found.push_back(id);
  }
  return found;
}

Sensors shared(const std::vector<sensor::SensorId>& sensors) {
  return std::make_shared<const std::vector<sensor::SensorId>>(sensors);
}

}  // namespace

TrackPublisher::TrackPublisher(const geo::BorderLine& line, Publish publish)
    : line_(line), publish_(std::move(publish)) {}

void TrackPublisher::extend_tails(const Step& step) {
  if (step.frame.time - tail_time_ < kTailPointEvery) return;
  tail_time_ = step.frame.time;
  std::map<track::TrackId, std::deque<TailPoint>> kept;
  for (const track::Track& track : step.tracks) {
    if (track.status != track::TrackStatus::confirmed) continue;
    auto& tail = kept[track.id] = std::move(tails_[track.id]);
    // Mostly as a second ago, and then not kept a second time.
    Sensors seen_by = tail.empty() ? nullptr : tail.back().sighting.seen_by;
    if (!seen_by || *seen_by != track.sensors) seen_by = shared(track.sensors);
    tail.push_back({view(track.place), {line_.chainage(track.place).s_m, std::move(seen_by)}});
    if (tail.size() > kTailPoints) tail.pop_front();
  }
  tails_ = std::move(kept);
}

void TrackPublisher::show(const Step& step, base::Time now) {
  extend_tails(step);
  if (now - shown_at_ < kShowEvery) return;
  shown_at_ = now;
  std::vector<track::Track> shown;
  for (const track::Track& track : step.tracks) {
    if (track.status == track::TrackStatus::confirmed) shown.push_back(track);
  }
  const auto tracks = std::make_shared<const TracksToTell>(told(step, shown));
  LiveMessage message(wire::to_json(tracks->whole), "tracks",
                      [tracks](const Listener& listener) -> std::optional<std::string> {
                        if (!listener.follows) return std::nullopt;
                        return wire::to_json(part_of(*tracks, listener.scope));
                      });
  {
    std::lock_guard lock(mutex_);
    newest_ = message;
    newest_tracks_ = std::move(shown);
  }
  publish_(std::move(message));
}

TracksToTell TrackPublisher::told(const Step& step, const std::vector<track::Track>& shown) const {
  TracksToTell out;
  out.whole.time = base::to_iso8601(step.frame.time);
  out.whole.entered_ms =
      std::chrono::floor<std::chrono::milliseconds>(step.entered).time_since_epoch().count();
  for (const track::Track& track : shown) {
    std::vector<wire::LngLat> points;
    std::vector<Sighting>& tail = out.tails.emplace_back();
    if (const auto kept = tails_.find(track.id); kept != tails_.end()) {
      for (const TailPoint& point : kept->second) {
        points.push_back(point.at);
        tail.push_back(point.sighting);
      }
    }
    out.whole.tracks.push_back(view(track, line_, std::move(points)));
    out.tracks.push_back({line_.chainage(track.place).s_m, shared(track.sensors)});
  }
  for (const track::Group& group : step.groups) {
    const std::vector<track::TrackId> members = among(group.members, shown);
    if (members.empty()) continue;
    out.whole.groups.push_back(view(group, members));
    auto& sightings = out.groups.emplace_back(std::vector<Sighting>());
    for (const track::TrackId id : group.members) {
      const track::Track* const member = find(step.tracks, id);
      if (member == nullptr) {
        sightings.reset();
        break;
      }
      sightings->push_back({line_.chainage(member->place).s_m, shared(member->sensors)});
    }
  }
  return out;
}

std::string TrackPublisher::newest(const Listener& listener) const {
  std::unique_lock lock(mutex_);
  const LiveMessage message = newest_;
  lock.unlock();
  const SharedText told = message.told_to(listener);
  return told ? *told : "";
}

std::optional<track::Track> TrackPublisher::track(track::TrackId id) const {
  std::lock_guard lock(mutex_);
  const track::Track* const found = find(newest_tracks_, id);
  if (found == nullptr) return std::nullopt;
  return *found;
}

}  // namespace marsad::service
