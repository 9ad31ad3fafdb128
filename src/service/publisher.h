// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "geo/border_line.h"
#include "service/chain.h"
#include "service/live_parts.h"
#include "wire/messages.h"

namespace marsad::service {

// Turns steps into the page's picture of the tracks, with tails, at a pace a person can follow.
// One thread calls show; any thread calls the others.
class TrackPublisher {
 public:
  using Publish = std::function<void(LiveMessage message)>;

  TrackPublisher(const geo::BorderLine& line, Publish publish);

  // Publishes the step's tracks unless the last ones went out a moment ago.
  void show(const Step& step, base::Time now);
  // The newest tracks message as the listener is told it; empty before the first, and where they
  // are told nothing of it.
  std::string newest(const Listener& listener = {}) const;
  // A track of the newest message; none where it is not in it.
  std::optional<track::Track> track(track::TrackId id) const;

 private:
  struct TailPoint {
    wire::LngLat at;
    Sighting sighting;
  };

  void extend_tails(const Step& step);
  TracksToTell told(const Step& step, const std::vector<track::Track>& shown) const;

  const geo::BorderLine& line_;
  const Publish publish_;
  std::map<track::TrackId, std::deque<TailPoint>> tails_;
  base::Time tail_time_;
  base::Time shown_at_;
  mutable std::mutex mutex_;
  LiveMessage newest_;
  std::vector<track::Track> newest_tracks_;  // in it, by id
};

}  // namespace marsad::service
