// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "track/track.h"

namespace marsad::track {

enum class WordKind { merge, split, label, drop };
constexpr std::array<std::string_view, 4> words(WordKind) {
  return {"merge", "split", "label", "drop"};
}

// What an operator says of tracks as they are shown.
struct OperatorWord {
  WordKind kind = WordKind::label;
  TrackId track;
  TrackId other;  // merge: the one that is the same mover
  sensor::MoverClass label = sensor::MoverClass::unknown;
  std::string by;   // who said it
  base::Time time;  // of the data, when it was said

  bool operator==(const OperatorWord&) const = default;
};

// What operators said, and what becomes of the tracker's tracks by it. Their word is final: it
// holds for as long as the tracker keeps the tracks, whatever it comes to believe itself.
//   merge  the two are one mover, shown under the number that was there first. One of them may be
//          lost by now: so a mover found again gets its old number back.
//   split  what was merged under this number is apart again, as it was before; a track that was
//          not merged is another mover from here on, and gets a new number.
//   label  its class; unknown takes that word back
//   drop   it is nothing: no longer shown or judged
// Words and tracks in the same order give the same, bit for bit. One thread.
class OperatorWords {
 public:
  // Numbers that split gives out begin here, beyond all that a tracker counts to.
  static constexpr std::uint64_t kFirstNewNumber = 1'000'000'000;

  // Takes a word. Errors: no such track was shown in the last day, or it is merged with itself.
  base::Result<void> say(const OperatorWord& word);
  // Whether it would be taken.
  base::Result<void> check(const OperatorWord& word) const;

  // The tracker's tracks as they are to be shown, ordered by number.
  std::vector<Track> apply(const std::vector<Track>& tracks);

 private:
  struct Known {
    base::Time first_seen;
    base::Time last_shown;
  };

  TrackId shown_as(TrackId track) const;
  // The tracker's track whose number this is by its own right.
  TrackId owner(TrackId shown) const;
  void merge(TrackId into, TrackId from);
  void split(TrackId shown, base::Time time);
  void drop(TrackId shown);
  Track together(TrackId shown, const std::vector<const Track*>& parts) const;
  void forget_old(base::Time newest);

  // By the tracker's track: the numbers it was given, the last of which it is shown under; one that
  // isn't here has its own.
  std::map<TrackId, std::vector<TrackId>> numbers_;
  std::map<TrackId, Known> known_;                // by number shown
  std::map<TrackId, sensor::MoverClass> labels_;  // by number shown
  std::map<TrackId, TrackId> owners_;             // of new numbers
  std::set<TrackId> dropped_;                     // the tracker's
  std::optional<base::Time> forgotten_;           // when old numbers were forgotten last
};

}  // namespace marsad::track
