// SPDX-License-Identifier: Apache-2.0
#include "service/operator_desk.h"

#include <algorithm>

#include "base/check.h"

namespace marsad::service {

std::variant<track::OperatorWord, WordRefusal> OperatorDesk::say(track::OperatorWord word,
                                                                 const Keep& keep) {
  // The tracker waits for the disk meanwhile, so that no frame comes between the word and its
  // place.
  const std::lock_guard lock(mutex_);
  word.time = newest_;
  if (const auto fine = words_.check(word); !fine) {
    return WordRefusal{WordRefusal::Reason::unknown_track, base::to_string(fine.error())};
  }
  if (const auto kept = keep({frames_, word}); !kept) {
    return WordRefusal{WordRefusal::Reason::not_recorded, base::to_string(kept.error())};
  }
  CHECK(words_.say(word).has_value());
  return word;
}

void OperatorDesk::say_again(const track::OperatorWord& word) {
  const std::lock_guard lock(mutex_);
  // Where a replay's tracks are others than they were, a word may have nothing to hold to.
  [[maybe_unused]] const auto said = words_.say(word);
}

std::vector<track::Track> OperatorDesk::apply(const std::vector<track::Track>& tracks,
                                              base::Time frame_time) {
  const std::lock_guard lock(mutex_);
  ++frames_;
  newest_ = std::max(newest_, frame_time);
  return words_.apply(tracks);
}

track::Amended OperatorDesk::apply_to_past(const track::Amended& amended) {
  const std::lock_guard lock(mutex_);
  track::Amended shown{amended.first, amended.last, {}};
  for (auto at = amended.tracks.begin(); at != amended.tracks.end();) {
    const auto next = std::find_if(at, amended.tracks.end(), [time = at->time](const auto& track) {
      return track.time != time;
    });
    for (track::Track& track : words_.apply({at, next})) shown.tracks.push_back(std::move(track));
    at = next;
  }
  return shown;
}

}  // namespace marsad::service
