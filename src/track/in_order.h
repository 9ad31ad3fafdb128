// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "track/association.h"
#include "track/due_queue.h"
#include "track/gate.h"
#include "track/mover.h"
#include "track/mover_index.h"
#include "track/settings.h"
#include "track/sighting.h"

namespace marsad::track {

// The tracker proper, for looks that come in their order. Its whole state can be taken out and put
// back, which is how Tracker goes back in time. A look costs what its plots and the movers near
// them do, however many others there are.
class InOrder {
 public:
  InOrder(const TrackerSettings& settings, const geo::LocalFrame& frame, Visibility visibility,
          Watched watched);

  struct State {
    std::vector<Mover> movers;                      // by order of birth
    std::vector<std::optional<base::Time>> judged;  // by sensor: when misses were counted last
    base::Time newest = base::Time::min();
    std::uint64_t births = 0;
  };
  // Writes the state over another.
  void keep_in(State& state) const;
  void restore(const State& state);

  void process(const Look& look);

  base::Time newest() const { return newest_; }
  // Whether the mover was confirmed, and is unseen for so long that its place is a guess.
  bool hidden(const Mover& mover, base::Time now) const;
  const ExistenceSettings& existence_settings() const {
    return visibility_ ? settings_.watched : settings_.existence;
  }
  std::size_t size() const { return live_; }

  // The mover that has this sighting of the newest look; none where that was dropped at once.
  const Mover* owner(std::size_t sighting) const {
    const std::optional<Mover>& mover = slots_[owner_slots_[sighting]];
    return mover ? &*mover : nullptr;
  }
  // The slots of movers that the newest look began, by order of birth.
  const std::vector<std::uint32_t>& newborn() const { return newborn_; }
  Mover& at(std::uint32_t slot) { return *slots_[slot]; }
  // Those once confirmed that the newest look lost, by order of birth.
  const std::vector<Mover>& lost() const { return lost_; }

  // Calls visit(mover) for each live one, in no order that may be relied on.
  template <class Visit>
  void for_each(Visit visit) const {
    for (const std::optional<Mover>& slot : slots_) {
      if (slot) visit(*slot);
    }
  }
  template <class Visit>
  void for_each(Visit visit) {
    for (std::optional<Mover>& slot : slots_) {
      if (slot) visit(*slot);
    }
  }

 private:
  static constexpr std::uint32_t kNoSlot = 0xffffffff;

  // A plot far inside a gate must be possible even where the visibility model says it isn't.
  static constexpr double kLeastDetection = 0.05;
  static constexpr double kMostDetection = 0.99;

  // A mover with plots of the look in its gate.
  struct Gated {
    std::uint32_t slot = 0;
    Motion predicted;  // to the look
    double detection_probability = 0;
    std::size_t first_candidate = 0;
    std::size_t candidates = 0;
  };

  void take_due();
  void gate(const Look& look);
  void gate_mover(std::uint32_t slot, const Look& look);
  // Candidates of the mover about to be gated, of those near; their weights are densities a square
  // metre.
  void add_plots(const Mover& mover, const Motion& predicted, const Look& look);
  void add_bearings(const Mover& mover, const Motion& predicted, const Look& look);
  void update_gated(const Association& found, const Look& look);
  void find_watched(const sensor::SensorId& sensor);
  void judge_by_visibility(const Look& look);
  void judge_by_history();
  void begin_movers(const Association& found, const Look& look);
  void settle(std::uint32_t slot, const sensor::SensorId& sensor);
  bool ripe(const Mover& mover) const;  // to be confirmed
  bool gone(const Mover& mover) const;
  base::Time fades(const Mover& mover) const;
  void drop(std::uint32_t slot);
  void remove(std::uint32_t slot);
  bool resume_dormant(std::uint32_t slot, const sensor::SensorId& sensor);
  base::Time due(const Mover& mover) const;
  void put_in_index(std::uint32_t slot);

  const TrackerSettings& settings_;
  const geo::LocalFrame& frame_;
  Visibility visibility_;
  Watched watched_;

  std::vector<std::optional<Mover>> slots_;
  std::vector<std::uint32_t> free_;
  std::size_t live_ = 0;
  std::vector<std::optional<base::Time>> judged_;
  base::Time newest_ = base::Time::min();
  std::uint64_t births_ = 0;
  std::vector<Mover> lost_;

  // What follows from the movers, to find those that matter.
  MoverIndex index_;
  DueQueue queue_;
  struct SlotNotes {
    base::Time indexed_until;
    std::uint64_t gated_in = 0;  // the look in which plots were in its gate last
  };
  std::vector<SlotNotes> notes_;  // by slot
  std::uint64_t looks_ = 0;

  // Of the look in hand, kept to save allocations.
  std::vector<std::uint32_t> due_;
  std::vector<std::uint32_t> near_;
  BoxIndex box_index_;
  std::vector<Box> boxes_;
  std::vector<std::uint32_t> near_plots_;
  std::vector<std::uint32_t> near_bearings_;
  std::vector<Possible> possible_;
  Alternatives alternatives_;
  std::vector<Gated> gated_;
  std::vector<Candidate> candidates_;  // by gated mover
  Associator associator_;
  std::vector<std::uint32_t> owner_slots_;
  std::vector<std::uint32_t> newborn_;
};

}  // namespace marsad::track
