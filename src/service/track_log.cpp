// SPDX-License-Identifier: Apache-2.0
#include "service/track_log.h"

#include <algorithm>

namespace marsad::service {

void TrackLog::keep(const std::vector<track::Track>& tracks) {
  for (const track::Track& track : tracks) {
    const auto second = std::chrono::floor<std::chrono::seconds>(track.time);
    states_.insert_or_assign({second, track.id}, track);
  }
}

void TrackLog::take(const Step& step) {
  if (step.amended) {
    const std::chrono::sys_seconds first = step.amended->first, last = step.amended->last;
    std::erase_if(states_, [&](const auto& state) {
      return state.first.first >= first && state.first.first <= last;
    });
    if (!changed_) changed_.emplace(first, last);
    changed_ = {std::min(changed_->first, first), std::max(changed_->second, last)};
    keep(step.amended->tracks);
  }
  const auto second = std::chrono::floor<std::chrono::seconds>(step.frame.time);
  if (newest_ && second <= *newest_) return;
  newest_ = second;
  keep(step.tracks);
}

base::Result<void> TrackLog::write(store::Store& store, store::RunId run) {
  std::vector<track::Track> tracks;
  for (const auto& [key, track] : states_) tracks.push_back(track);
  const auto written = changed_ ? store.amend_tracks(run, changed_->first, changed_->second, tracks)
                                : store.append_tracks(run, tracks);
  if (!written) return written;
  states_.clear();
  changed_.reset();
  return {};
}

}  // namespace marsad::service
