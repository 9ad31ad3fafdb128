// SPDX-License-Identifier: Apache-2.0
#include "track/in_order.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "track/resumption.h"
#include "track/sight.h"

namespace marsad::track {
namespace {

// A plot far inside a gate must be possible even where the visibility model says it isn't.
constexpr double kLeastDetection = 0.05;
constexpr double kMostDetection = 0.99;

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
                 Visibility visibility)
    : settings_(settings), frame_(frame), visibility_(std::move(visibility)) {}

InOrder::State InOrder::state() const {
  State state{{}, judged_, newest_, births_};
  state.movers.reserve(live_);
  for_each([&](const Mover& mover) { state.movers.push_back(mover); });
  std::sort(state.movers.begin(), state.movers.end(),
            [](const Mover& a, const Mover& b) { return a.order < b.order; });
  return state;
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
  const double bias_e_m = settings_.gate_sigma * std::sqrt(mover.bias_cov_m2.ee);
  const double bias_n_m = settings_.gate_sigma * std::sqrt(mover.bias_cov_m2.nn);
  const Reach r = reach(mover.motion, now_s, until_s, settings_.modes, settings_.gate_sigma);
  index_.place(slot, Box::around(r.e_m, r.n_m, r.half_e_m + bias_e_m, r.half_n_m + bias_n_m));
  notes_[slot].indexed_until = mover.time + base::from_seconds(until_s);
  queue_.set(slot, std::min(notes_[slot].indexed_until, due(mover)));
}

bool InOrder::hidden(const Mover& mover, base::Time now) const {
  return mover.status == TrackStatus::confirmed &&
         (now > mover.drifts || now - mover.last_seen > base::from_seconds(settings_.drop_after_s));
}

// When the mover must be looked at though no plot came near it.
base::Time InOrder::due(const Mover& mover) const {
  const base::Time too_long = mover.last_seen + base::from_seconds(settings_.drop_after_s);
  const base::Time dropped = std::min(too_long, mover.drifts);
  if (visibility_) {
    return mover.status == TrackStatus::confirmed
               ? mover.last_seen + base::from_seconds(settings_.most_hidden_s)
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
  if (!visibility_)
    return mover.existence.total() < settings_.drop_existence || hidden(mover, newest_);
  return mover.existence.total() < settings_.watched_drop_existence ||
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

void InOrder::gate(const Look& look) {
  boxes_.clear();
  near_.clear();
  index_.begin_find();
  for (const Sighting& seen : look.sightings) {
    const geo::CovEn cov = seen.position.cov_m2 + seen.bias_cov_m2;
    boxes_.push_back(Box::around(seen.position.e_m, seen.position.n_m,
                                 settings_.gate_sigma * std::sqrt(cov.ee),
                                 settings_.gate_sigma * std::sqrt(cov.nn)));
    index_.find(boxes_.back(), near_);
  }
  std::sort(near_.begin(), near_.end(), [this](std::uint32_t a, std::uint32_t b) {
    return slots_[a]->order < slots_[b]->order;
  });
  box_index_.build(boxes_);
  gated_.clear();
  candidates_.clear();
  for (const std::uint32_t slot : near_) {
    if (!dormant(*slots_[slot], look.time)) gate_mover(slot, look);
  }
}

void InOrder::gate_mover(std::uint32_t slot, const Look& look) {
  const Mover& mover = *slots_[slot];
  const double dt_s = base::to_seconds(look.time - mover.time);
  const Reach around = reach(mover.motion, dt_s, dt_s, settings_.modes, settings_.gate_sigma);
  // Another sensor's plot may lie off by the bias of the sensor the track follows.
  const double bias_e_m = settings_.gate_sigma * std::sqrt(mover.bias_cov_m2.ee);
  const double bias_n_m = settings_.gate_sigma * std::sqrt(mover.bias_cov_m2.nn);
  box_index_.find(
      Box::around(around.e_m, around.n_m, around.half_e_m + bias_e_m, around.half_n_m + bias_n_m),
      near_plots_);
  if (near_plots_.empty()) return;

  Gated here{.slot = slot, .predicted = motion_at(mover, look.time, settings_)};
  here.first_candidate = candidates_.size();
  for (const std::uint32_t p : near_plots_) {
    const Sighting& seen = look.sightings[p];
    const Fit fitted = fit(
        here.predicted, mover.offsets.to_anchor(seen.position, seen.bias_cov_m2, look.sensor_number,
                                                look.time, settings_.bias_memory_s));
    if (fitted.distance2 > settings_.gate_sigma * settings_.gate_sigma) continue;
    candidates_.push_back({static_cast<std::uint32_t>(gated_.size()), p, fitted.density_pm2});
  }
  here.candidates = candidates_.size() - here.first_candidate;
  if (here.candidates == 0) return;

  here.detection_probability =
      visibility_
          ? std::clamp(Sight(visibility_, frame_, *look.sensor).detection(mover, here.predicted),
                       kLeastDetection, kMostDetection)
          : settings_.detection_probability;
  Existence existence = mover.existence;
  predict(existence, base::to_seconds(look.time - mover.existence_time), existence_settings());
  // Seen against missed, and against a false plot [Musicki94].
  const double seen = existence.visible * here.detection_probability;
  const double ratio_m2 = seen / ((1 - seen) * settings_.false_plots_per_km2 * 1e-6);
  for (std::size_t c = here.first_candidate; c < candidates_.size(); ++c) {
    candidates_[c].weight *= ratio_m2;
  }
  notes_[slot].gated_in = looks_;
  gated_.push_back(here);
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
      possible_.push_back({&look.sightings[c.plot], c.probability,
                           chosen ? settings_.commitment * c.probability : c.probability});
      explained += c.probability;
    }
    follow(mover, here.predicted, possible_, std::max(0.0, 1 - explained), look.sensor_number,
           look.time, settings_);

    // A plot that may be this mover's always counts for it; none counts against it only where the
    // look is not one with those before.
    const bool missed = likeliest == kUnassigned;
    const bool same_look =
        base::to_seconds(look.time - mover.last_look) < settings_.look_interval_s;
    advance_existence(mover, look.time, existence_settings());
    update(mover.existence, missed && same_look ? 0.0 : here.detection_probability,
           found.detected[g]);
    if (missed) {
      mover.last_look = std::max(mover.last_look, look.time);
    } else {
      const auto p = static_cast<std::size_t>(likeliest);
      note(mover, here.predicted, look.sightings[p], look.sensor_number, look.time, settings_);
      owner_slots_[p] = here.slot;
    }
  }
}

// With a visibility model: at most once in a look interval, each mover this sensor should have seen
// and nobody saw of late is a little less likely to be there.
void InOrder::judge_by_visibility(const Look& look) {
  const auto interval = base::from_seconds(settings_.look_interval_s);
  if (look.sensor_number >= judged_.size()) judged_.resize(look.sensor_number + 1);
  std::optional<base::Time>& judged = judged_[look.sensor_number];
  if (judged && look.time - *judged < interval) return;
  judged = look.time;
  const Sight sight(visibility_, frame_, *look.sensor);
  for (std::uint32_t slot = 0; slot < slots_.size(); ++slot) {
    if (!slots_[slot] || look.time - slots_[slot]->last_seen < interval) continue;
    if (notes_[slot].gated_in == looks_) continue;
    Mover& mover = *slots_[slot];
    advance_existence(mover, look.time, existence_settings());
    const double probability = sight.least_detection(mover, look.time, settings_);
    mover.in_dead_ground = probability < kLeastDetection;
    update(mover.existence, std::clamp(probability, 0.0, kMostDetection), 0);
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
  const Association found = associate(gated_.size(), look.sightings.size(), candidates_);
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
