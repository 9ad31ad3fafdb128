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
#include "wire/messages.h"

namespace marsad::service {

// Turns steps into the page's picture of the tracks, with tails, at a pace a person can follow.
// One thread calls show; any thread calls the others.
class TrackPublisher {
 public:
  // `publish` takes a message, and the word under which a newer one replaces it.
  using Publish = std::function<void(std::string message, std::string replaces)>;

  TrackPublisher(const geo::BorderLine& line, Publish publish);

  // Publishes the step's tracks unless the last ones went out a moment ago.
  void show(const Step& step, base::Time now);
  // The newest tracks message; empty before the first.
  std::string newest() const;
  // A track of the newest message; none where it is not in it.
  std::optional<track::Track> track(track::TrackId id) const;

 private:
  void extend_tails(const Step& step);

  const geo::BorderLine& line_;
  const Publish publish_;
  std::map<track::TrackId, std::deque<wire::LngLat>> tails_;
  base::Time tail_time_;
  base::Time shown_at_;
  mutable std::mutex mutex_;
  std::string newest_;
  std::vector<track::Track> newest_tracks_;  // in it, by id
};

}  // namespace marsad::service
