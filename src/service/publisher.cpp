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

}  // namespace

TrackPublisher::TrackPublisher(const geo::BorderLine& line, Publish publish)
    : line_(line), publish_(std::move(publish)) {}

void TrackPublisher::extend_tails(const Step& step) {
  if (step.frame.time - tail_time_ < kTailPointEvery) return;
  tail_time_ = step.frame.time;
  std::map<track::TrackId, std::deque<wire::LngLat>> kept;
  for (const track::Track& track : step.tracks) {
    if (track.status != track::TrackStatus::confirmed) continue;
    auto& tail = kept[track.id] = std::move(tails_[track.id]);
    tail.push_back(view(track.place));
    if (tail.size() > kTailPoints) tail.pop_front();
  }
  tails_ = std::move(kept);
}

void TrackPublisher::show(const Step& step, base::Time now) {
  extend_tails(step);
  if (now - shown_at_ < kShowEvery) return;
  shown_at_ = now;
  wire::TracksMessage message;
  message.time = base::to_iso8601(step.frame.time);
  message.entered_ms =
      std::chrono::floor<std::chrono::milliseconds>(step.entered).time_since_epoch().count();
  std::vector<track::Track> shown;
  for (const track::Track& track : step.tracks) {
    if (track.status != track::TrackStatus::confirmed) continue;
    shown.push_back(track);
    const auto tail = tails_.find(track.id);
    std::vector<wire::LngLat> points;
    if (tail != tails_.end()) points.assign(tail->second.begin(), tail->second.end());
    message.tracks.push_back(view(track, line_, std::move(points)));
  }
  for (const track::Group& group : step.groups) {
    const std::vector<track::TrackId> members = among(group.members, shown);
    if (!members.empty()) message.groups.push_back(view(group, members));
  }
  std::string text = wire::to_json(message);
  {
    std::lock_guard lock(mutex_);
    newest_ = text;
    newest_tracks_ = std::move(shown);
  }
  publish_(std::move(text), "tracks");
}

std::string TrackPublisher::newest() const {
  std::lock_guard lock(mutex_);
  return newest_;
}

std::optional<track::Track> TrackPublisher::track(track::TrackId id) const {
  std::lock_guard lock(mutex_);
  const track::Track* const found = find(newest_tracks_, id);
  if (found == nullptr) return std::nullopt;
  return *found;
}

}  // namespace marsad::service
