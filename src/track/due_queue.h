// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <queue>
#include <vector>

#include "base/time.h"

namespace marsad::track {

// When each mover, by the number of its slot, must be looked at again though no plot comes near it.
class DueQueue {
 public:
  // The mover is due at `time`, whatever was told before.
  void set(std::uint32_t slot, base::Time time);
  void remove(std::uint32_t slot);
  void clear();

  // A mover due at `now` or before, which then is due no more; none when there is none left.
  std::optional<std::uint32_t> take(base::Time now);

 private:
  struct Entry {
    base::Time time;
    std::uint32_t slot = 0;
    bool operator>(const Entry& other) const {
      return time != other.time ? time > other.time : slot > other.slot;
    }
  };
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> entries_;
  struct Slot {
    base::Time due;
    base::Time entered;  // of its entry that counts, which may be too early
  };
  std::vector<Slot> slots_;
};

}  // namespace marsad::track
