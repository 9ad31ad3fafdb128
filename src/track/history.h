// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <iterator>
#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include "track/in_order.h"
#include "track/sighting.h"

namespace marsad::track {

inline std::chrono::sys_seconds second_of(base::Time time) {
  return std::chrono::floor<std::chrono::seconds>(time);
}

// The looks of the last while in their order, and the tracker's state after some of them: from
// there the looks since can be worked through again once a late one is in its place.
class History {
 public:
  // The states kept lie no farther apart than `most_apart`, where looks come that often.
  explicit History(base::Duration most_apart) : most_apart_(most_apart) {}

  struct Key {
    base::Time time;
    const sensor::SensorId* sensor = nullptr;
    bool operator<(const Key& other) const {
      return time != other.time ? time < other.time : comes_before(*sensor, *other.sensor);
    }
  };
  static Key key_of(const Look& look) { return {look.time, look.sensor}; }
  using Looks = std::map<Key, Look>;

  // Puts the look in its place; none where there is one of the same sensor and time already.
  Look* add(Look look);
  Looks& looks() { return looks_; }
  // Of the looks in order, whether this one would be the last.
  bool is_last(const Key& key) const { return looks_.empty() || looks_.rbegin()->first < key; }

  // Whether the look is the first of its second, of those forgotten too.
  bool begins_second(Looks::const_iterator at) const {
    const std::optional<Key> before =
        at == looks_.begin() ? kept_.front().after : std::prev(at)->first;
    return !before || second_of(before->time) < second_of(at->first.time);
  }

  // Tells that the tracker is now past this look. From time to time its state is kept.
  void passed(const Look& look, const InOrder& tracker);

  // Puts the tracker back to before `key` and gives the first look to work through again.
  Looks::iterator go_back(const Key& key, InOrder& tracker);

  // How much work it would be, in plots and looks.
  std::size_t work_since(const Key& key) const;

  // How much all looks kept are.
  std::size_t work_kept() const { return work_ - kept_.front().work; }

  // Forgets what no look after `time` needs.
  void forget_before(base::Time time);

  // Calls visit(mover) for each mover of the states kept.
  template <class Visit>
  void for_each_kept(Visit visit) {
    for (Kept& kept : kept_) {
      for (Mover& mover : kept.state.movers) visit(mover);
    }
  }

 private:
  struct Kept {
    std::optional<Key> after;  // none: before all
    std::size_t work = 0;      // done when it was kept
    InOrder::State state;
  };
  std::vector<Kept>::const_iterator kept_before(const Key& key) const;
  // Gives back one of the states that are kept no more.
  std::optional<InOrder::State> thin_out(base::Time newest);

  base::Duration most_apart_;
  Looks looks_;
  std::vector<Kept> kept_ = {Kept{}};  // in order of time
  std::size_t work_ = 0;
};

}  // namespace marsad::track
