// SPDX-License-Identifier: Apache-2.0
#include "track/in_order.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "track/resumption.h"
#include "track/sight.h"

namespace marsad::track {
namespace {

// A tentative track is dropped when its existence falls to this part of what it began with.
constexpr double kTentativeLoss = 0.05;

// A mover counts as missed when this many of its own revisit times pass without a plot: one, and
// some slack for scans that don't come on the dot.
constexpr double kOverdue = 1.5;

// A mover's box in the index holds it for as long as it was unseen already, and no less than this:
// the longer it is unseen, the seldomer it is put into a wider one.
constexpr double kLeastIndexed_s = 5;

}  // namespace

InOrder::InOrder(const TrackerSettings& settings, const geo::LocalFrame& frame,
                 Visibility visibility, Watched watched)
    : settings_(settings),
      frame_(frame),
      visibility_(std::move(visibility)),
      watched_(std::move(watched)) {}

void InOrder::keep_in(State& state) const {
  std::vector<const Mover*> in_order;
  in_order.reserve(live_);
  for_each([&](const Mover& mover) { in_order.push_back(&mover); });
  std::sort(in_order.begin(), in_order.end(),
            [](const Mover* a, const Mover* b) { return a->order < b->order; });
  // One by one: movers there already lend their memory.
  state.movers.resize(std::min(state.movers.size(), in_order.size()));
  state.movers.reserve(in_order.size());
  for (std::size_t i = 0; i < in_order.size(); ++i) {
    if (i < state.movers.size()) {
      state.movers[i] = *in_order[i];
    } else {
      state.movers.push_back(*in_order[i]);
    }
  }
  state.judged = judged_;
  state.newest = newest_;
  state.births = births_;
}

void InOrder::restore(const State& state) {
  slots_.assign(state.movers.begin(), state.movers.end());
  free_.clear();
  live_ = slots_.size();
  judged_ = state.judged;
  newest_ = state.newest;
  births_ = state.births;
  lost_.clear();
  index_.clear();
  queue_.clear();
  notes_.assign(slots_.size(), {});
  for (std::uint32_t slot = 0; slot < slots_.size(); ++slot) put_in_index(slot);
}

void InOrder::put_in_index(std::uint32_t slot) {
  const Mover& mover = *slots_[slot];
  const double now_s = base::to_seconds(newest_ - mover.time);
  const double until_s = std::max(kLeastIndexed_s, 2 * now_s);
  // Another sensor's plot may lie off by the bias of the sensor the track follows.
  const double bias_e_m = settings_.gate_sigma * mover.bias_root.sigma_e_m();
  const double bias_n_m = settings_.gate_sigma * mover.bias_root.sigma_n_m();
  const Reach r = reach(mover.motion, now_s, until_s, settings_.modes, settings_.gate_sigma);
  index_.place(slot, Box::around(r.e_m, r.n_m, r.half_e_m + bias_e_m, r.half_n_m + bias_n_m));
  notes_[slot].indexed_until = mover.time + base::from_seconds(until_s);
  queue_.set(slot, std::min(notes_[slot].indexed_until, due(mover)));
}

bool InOrder::hidden(const Mover& mover, base::Time now) const {
  return mover.status == TrackStatus::confirmed &&
         (now > mover.drifts || now - mover.last_seen > base::from_seconds(settings_.drop_after_s));
}

// When nobody having looked would have made a confirmed mover too unlikely to keep, with a
// visibility model.
base::Time InOrder::fades(const Mover& mover) const {
  const double left = mover.existence.total() / settings_.watched_drop_existence;
  return mover.existence_time +
         base::from_seconds(settings_.watched.mean_life_s * std::log(std::max(1.0, left)));
}

// When the mover must be looked at though no plot came near it.
base::Time InOrder::due(const Mover& mover) const {
  const base::Time too_long = mover.last_seen + base::from_seconds(settings_.drop_after_s);
  const base::Time dropped = std::min(too_long, mover.drifts);
  if (visibility_) {
    return mover.status == TrackStatus::confirmed
               ? std::min(mover.last_seen + base::from_seconds(settings_.most_hidden_s),
                          fades(mover))
               : dropped;
  }
  const double revisit_s = std::max(mover.revisit_s, settings_.look_interval_s);
  return std::min(dropped, mover.last_look + base::from_seconds(kOverdue * revisit_s));
}

bool InOrder::gone(const Mover& mover) const {
  const base::Duration unseen = newest_ - mover.last_seen;
  if (mover.status != TrackStatus::confirmed) {
    return mover.existence.total() < kTentativeLoss * mover.birth_existence ||
           unseen > base::from_seconds(settings_.drop_after_s) || newest_ > mover.drifts;
  }
  if (!visibility_) {
    return mover.existence.total() < settings_.drop_existence || hidden(mover, newest_);
  }
  return mover.existence.total() < settings_.watched_drop_existence || newest_ > fades(mover) ||
         unseen > base::from_seconds(settings_.most_hidden_s);
}

void InOrder::drop(std::uint32_t slot) {
  Mover& mover = *slots_[slot];
  if (mover.status == TrackStatus::confirmed) {
    mover.status = TrackStatus::lost;
    lost_.push_back(std::move(mover));
  }
  remove(slot);
}

void InOrder::remove(std::uint32_t slot) {
  slots_[slot].reset();
  index_.remove(slot);
  queue_.remove(slot);
  free_.push_back(slot);
  --live_;
}

bool InOrder::ripe(const Mover& mover) const {
  return mover.plots >= settings_.confirm_plots &&
         mover.existence.total() >= settings_.confirm_existence;
}

// Confirms or drops what was judged, and notes when it is to be judged again.
void InOrder::settle(std::uint32_t slot, const sensor::SensorId& sensor) {
  Mover& mover = *slots_[slot];
  if (mover.status == TrackStatus::tentative && ripe(mover)) {
    if (!visibility_ || resume_dormant(slot, sensor)) mover.status = TrackStatus::confirmed;
  }
  if (gone(mover)) return drop(slot);
  put_in_index(slot);
}

// A fresh track that is ripe may be of a mover that was in dead ground. Movers come out in groups,
// so all those fresh and all those dormant hereabouts are shared out together, once the track's
// place is good enough to tell them apart. Whether it is decided, one way or the other.
bool InOrder::resume_dormant(std::uint32_t slot, const sensor::SensorId& sensor) {
  constexpr double kHereabouts_m = 150;
  constexpr std::uint32_t kLeastPlots = 2;
  constexpr double kSettled_s = 8;
  const Kinematics here = moments(slots_[slot]->motion);
  const Box hereabouts = Box::around(here.mean[0], here.mean[1], kHereabouts_m, kHereabouts_m);
  std::vector<std::uint32_t> found, asleep, fresh = {slot};
  index_.begin_find();
  index_.find(hereabouts, found);
  // What the index finds beside hangs on when each was put into it.
  std::erase_if(found, [&](std::uint32_t other) {
    const Mover& mover = *slots_[other];
    const double dt_s = base::to_seconds(newest_ - mover.time);
    const Reach r = reach(mover.motion, dt_s, dt_s, settings_.modes, settings_.gate_sigma);
    return !hereabouts.overlaps(Box::around(r.e_m, r.n_m, r.half_e_m, r.half_n_m));
  });
  std::sort(found.begin(), found.end(), [this](std::uint32_t a, std::uint32_t b) {
    return slots_[a]->order < slots_[b]->order;
  });
  for (const std::uint32_t other : found) {
    const Mover& mover = *slots_[other];
    if (mover.in_air != slots_[slot]->in_air) continue;
    if (dormant(mover, newest_)) {
      asleep.push_back(other);
    } else if (other != slot && mover.status == TrackStatus::tentative &&
               mover.plots >= kLeastPlots) {
      fresh.push_back(other);
    }
  }
  if (asleep.empty()) return true;
  if (asleep.size() > 1 && newest_ - slots_[slot]->first_seen < base::from_seconds(kSettled_s))
    return false;
  std::vector<const Mover*> fresh_movers, asleep_movers;
  for (const std::uint32_t f : fresh) fresh_movers.push_back(&*slots_[f]);
  for (const std::uint32_t a : asleep) asleep_movers.push_back(&*slots_[a]);
  const Sight sight(visibility_, frame_, sensor);
  const Reunion reunion = reunite(
      fresh_movers, asleep_movers, newest_, settings_,
      [&](const Mover& mover, double e_m, double n_m) { return sight.at(e_m, n_m, mover); });
  if (reunion.dormant_of.front() == kUnassigned) return true;
  for (std::size_t a = 0; a < asleep.size(); ++a) {
    if (!reunion.told[a]) continue;
    await(*slots_[asleep[a]], *reunion.told[a], newest_);
    put_in_index(asleep[a]);
  }
  for (std::size_t f = 0; f < fresh.size(); ++f) {
    if (reunion.dormant_of[f] == kUnassigned) continue;
    Mover& mover = *slots_[fresh[f]];
    if (f > 0 && !ripe(mover)) continue;
    const std::uint32_t again = asleep[static_cast<std::size_t>(reunion.dormant_of[f])];
    resume(*slots_[again], mover);
    mover.status = TrackStatus::confirmed;
    remove(again);
  }
  return true;
}

// Those that are due and still there into due_.
void InOrder::take_due() {
  due_.clear();
  while (const std::optional<std::uint32_t> slot = queue_.take(newest_)) due_.push_back(*slot);
  std::erase_if(due_, [this](std::uint32_t slot) {
    const bool dropped = gone(*slots_[slot]);
    if (dropped) drop(slot);
    return dropped;
  });
  for (const std::uint32_t slot : due_) {
    if (notes_[slot].indexed_until <= newest_) put_in_index(slot);
  }
}

void InOrder::update_gated(const Association& found, const Look& look) {
  for (std::size_t g = 0; g < gated_.size(); ++g) {
    const Gated& here = gated_[g];
    Mover& mover = *slots_[here.slot];
    const std::int32_t likeliest = found.plot_of[g];
    possible_.clear();
    double explained = 0;
    for (std::size_t i = 0; i < here.candidates; ++i) {
      const Candidate& c = candidates_[here.first_candidate + i];
      const bool chosen = static_cast<std::int32_t>(c.plot) == likeliest;
      const double weight = chosen ? settings_.commitment * c.probability : c.probability;
      if (c.plot < look.sightings.size()) {
        possible_.push_back({&look.sightings[c.plot], nullptr, c.probability, weight});
      } else {
        const std::size_t bearing = c.plot - look.sightings.size();
        possible_.push_back({nullptr, &look.bearings[bearing], c.probability, weight});
      }
      explained += c.probability;
    }
    follow(mover, here.predicted, possible_, std::max(0.0, 1 - explained), look.sensor_number,
           look.time, settings_, alternatives_);

    // A plot that may be this mover's always counts for it; none counts against it only where the
    // look is not one with those before.
    const bool missed = likeliest == kUnassigned;
    const bool same_look =
        base::to_seconds(look.time - mover.last_look) < settings_.look_interval_s;
    advance_existence(mover, look.time, existence_settings());
    update(mover.existence, missed && same_look ? 0.0 : here.detection_probability,
           found.detected[g]);
    const auto p = static_cast<std::size_t>(likeliest);
    if (missed) {
      mover.last_look = std::max(mover.last_look, look.time);
    } else if (p < look.sightings.size()) {
      note(mover, here.predicted, look.sightings[p], look.sensor_number, look.time, settings_);
      owner_slots_[p] = here.slot;
    } else {
      note(mover, here.predicted, look.bearings[p - look.sightings.size()], look.sensor_number,
           look.time, settings_);
    }
  }
}

// The slots of movers that the sensor may see into near_: perhaps of some more.
void InOrder::find_watched(const sensor::SensorId& sensor) {
  // A plane stretches what is far from its middle.
  constexpr double kStretch = 1.02;
  near_.clear();
  const std::optional<WatchedCircle> circle = watched_ ? watched_(sensor) : std::nullopt;
  if (!circle) {
    for (std::uint32_t slot = 0; slot < slots_.size(); ++slot) {
      if (slots_[slot]) near_.push_back(slot);
    }
    return;
  }
  const geo::Enu middle = frame_.to_enu(circle->middle);
  const double half_m = kStretch * circle->radius_m;
  index_.begin_find();
  index_.find(Box::around(middle.east, middle.north, half_m, half_m), near_);
  std::sort(near_.begin(), near_.end());
}

// With a visibility model: at most once in a look interval, each mover this sensor should have seen
// and nobody saw of late is a little less likely to be there. Of others the look says nothing.
void InOrder::judge_by_visibility(const Look& look) {
  const auto interval = base::from_seconds(settings_.look_interval_s);
  if (look.sensor_number >= judged_.size()) judged_.resize(look.sensor_number + 1);
  std::optional<base::Time>& judged = judged_[look.sensor_number];
  if (judged && look.time - *judged < interval) return;
  judged = look.time;
  const Sight sight(visibility_, frame_, *look.sensor);
  find_watched(*look.sensor);
  for (const std::uint32_t slot : near_) {
    if (!slots_[slot] || notes_[slot].gated_in == looks_) continue;
    Mover& mover = *slots_[slot];
    if (look.time - mover.last_seen < interval) continue;
    const double probability = sight.least_detection(mover, look.time, settings_);
    if (probability <= 0) continue;
    if (probability >= kLeastDetection) mover.in_sight = look.time;
    advance_existence(mover, look.time, existence_settings());
    update(mover.existence, std::min(probability, kMostDetection), 0);
    settle(slot, *look.sensor);
  }
}

// Without one: a mover is missed each time its own revisit time passes with no plot near it.
void InOrder::judge_by_history() {
  for (const std::uint32_t slot : due_) {
    Mover& mover = *slots_[slot];
    const double due_s = std::max(mover.revisit_s, settings_.look_interval_s);
    if (base::to_seconds(newest_ - mover.last_look) < kOverdue * due_s) continue;
    advance_existence(mover, newest_, existence_settings());
    update(mover.existence, settings_.detection_probability, 0);
    mover.last_look += base::from_seconds(due_s);
  }
}

void InOrder::begin_movers(const Association& found, const Look& look) {
  for (std::size_t p = 0; p < look.sightings.size(); ++p) {
    if (owner_slots_[p] != kNoSlot) continue;
    const double existence = settings_.birth_existence * (1 - found.taken[p]);
    if (free_.empty()) {
      // Not twice as many each time: movers are large.
      if (slots_.size() == slots_.capacity()) slots_.reserve(slots_.size() + slots_.size() / 8 + 8);
      free_.push_back(static_cast<std::uint32_t>(slots_.size()));
      slots_.emplace_back();
      notes_.emplace_back();
    }
    const std::uint32_t slot = free_.back();
    free_.pop_back();
    slots_[slot] = born(look.sightings[p], look.sensor_number, look.time, existence, settings_);
    slots_[slot]->order = ++births_;
    ++live_;
    owner_slots_[p] = slot;
    newborn_.push_back(slot);
    put_in_index(slot);
  }
}

void InOrder::process(const Look& look) {
  lost_.clear();
  newborn_.clear();
  newest_ = look.time;
  ++looks_;
  owner_slots_.assign(look.sightings.size(), kNoSlot);
  take_due();
  gate(look);
  const Association& found = associator_.associate(
      gated_.size(), look.sightings.size() + look.bearings.size(), candidates_);
  update_gated(found, look);
  if (visibility_) {
    judge_by_visibility(look);
  } else {
    judge_by_history();
  }
  begin_movers(found, look);
  for (const Gated& here : gated_) settle(here.slot, *look.sensor);
  for (const std::uint32_t slot : due_) {
    if (slots_[slot]) settle(slot, *look.sensor);
  }
}

}  // namespace marsad::track
