// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <variant>
#include <vector>

#include "base/result.h"
#include "store/store.h"
#include "track/operator_word.h"
#include "track/tracker.h"

namespace marsad::service {

// Why an operator's word was not taken.
struct WordRefusal {
  enum class Reason { unknown_track, not_recorded };
  Reason reason;
  std::string message;
};

// Where operators' words and the tracker's tracks meet. Counts the frames, so that a word has its
// place among them and a replay can say it there again. Any thread.
class OperatorDesk {
 public:
  using Keep = std::function<base::Result<void>(const store::RecordedWord&)>;

  // Takes a word, which counts from the next frame on, once `keep` has put it into the record. Its
  // time becomes the newest frame's.
  std::variant<track::OperatorWord, WordRefusal> say(track::OperatorWord word, const Keep& keep);

  // A word from the record, at its place.
  void say_again(const track::OperatorWord& word);

  // A frame's tracks as they are to be shown.
  std::vector<track::Track> apply(const std::vector<track::Track>& tracks, base::Time frame_time);

  // Tracks of the past, by what was said until now.
  track::Amended apply_to_past(const track::Amended& amended);

 private:
  std::mutex mutex_;
  track::OperatorWords words_;
  std::uint64_t frames_ = 0;
  base::Time newest_;
};

}  // namespace marsad::service
