// SPDX-License-Identifier: Apache-2.0
// Which of a look's plots may be of which movers.
#include <algorithm>
#include <cmath>

#include "track/fetch.h"
#include "track/in_order.h"
#include "track/resumption.h"
#include "track/sight.h"

namespace marsad::track {
namespace {

// Whether a bearing is of something that flies, as the mover does not.
bool flies_unlike(const Mover& mover, const Bearing& seen) {
  const auto flying = [](const auto& classes) {
    return double(classes[std::size_t(sensor::MoverClass::aircraft)]) +
           double(classes[std::size_t(sensor::MoverClass::bird)]);
  };
  return flying(seen.classes) - flying(mover.classes.probabilities()) > 0.5;
}

}  // namespace

void InOrder::gate(const Look& look) {
  boxes_.clear();
  near_.clear();
  index_.begin_find();
  for (const Bearing& seen : look.bearings) {
    boxes_along(seen, settings_.gate_sigma, boxes_);
    for (const Box& box : boxes_) index_.find(box, near_);
  }
  boxes_.clear();
  for (const Sighting& seen : look.sightings) {
    const geo::CovEn cov = seen.root.cov_m2() + seen.bias_cov_m2();
    boxes_.push_back(Box::around(seen.e_m, seen.n_m, settings_.gate_sigma * std::sqrt(cov.ee),
                                 settings_.gate_sigma * std::sqrt(cov.nn)));
    index_.fetch_cells(boxes_.back());
  }
  for (const Box& box : boxes_) index_.fetch_bundles(box);
  for (const Box& box : boxes_) index_.find(box, near_);
  for (const std::uint32_t slot : near_) fetch(&slots_[slot], sizeof(slots_[slot]));
  std::sort(near_.begin(), near_.end(), [this](std::uint32_t a, std::uint32_t b) {
    return slots_[a]->order < slots_[b]->order;
  });
  for (const std::uint32_t slot : near_) {
    const Mover& mover = *slots_[slot];
    mover.offsets.fetch();
    fetch(mover.sensors.data(), mover.sensors.size() * sizeof(mover.sensors.front()));
  }
  box_index_.build(boxes_);
  gated_.clear();
  candidates_.clear();
  for (const std::uint32_t slot : near_) gate_mover(slot, look);
}

void InOrder::gate_mover(std::uint32_t slot, const Look& look) {
  const Mover& mover = *slots_[slot];
  const double dt_s = base::to_seconds(look.time - mover.time);
  const Reach around = reach(mover.motion, dt_s, dt_s, settings_.modes, settings_.gate_sigma);
  // Another sensor's plot may lie off by the bias of the sensor the track follows.
  const double bias_e_m = settings_.gate_sigma * mover.bias_root.sigma_e_m();
  const double bias_n_m = settings_.gate_sigma * mover.bias_root.sigma_n_m();
  const Box box =
      Box::around(around.e_m, around.n_m, around.half_e_m + bias_e_m, around.half_n_m + bias_n_m);
  near_plots_.clear();
  // A mover out of dead ground begins a fresh track, which resumes its own; a bearing can't.
  if (!visibility_ || !dormant(mover, look.time)) box_index_.find(box, near_plots_);
  near_bearings_.clear();
  for (std::uint32_t b = 0; b < look.bearings.size(); ++b) {
    if (may_cross(look.bearings[b], box, settings_.gate_sigma)) near_bearings_.push_back(b);
  }
  if (near_plots_.empty() && near_bearings_.empty()) return;

  Gated here{.slot = slot, .predicted = motion_at(mover, look.time, settings_)};
  here.first_candidate = candidates_.size();
  add_plots(mover, here.predicted, look);
  add_bearings(mover, here.predicted, look);
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

void InOrder::add_plots(const Mover& mover, const Motion& predicted, const Look& look) {
  for (const std::uint32_t p : near_plots_) {
    const Sighting& seen = look.sightings[p];
    if (seen.in_air != mover.in_air) continue;  // one is above the other
    const Fit fitted = fit(
        predicted, mover.offsets.to_anchor(seen.position(), seen.bias_cov_m2(), look.sensor_number,
                                           look.time, settings_.bias_memory_s));
    if (fitted.distance2 > settings_.gate_sigma * settings_.gate_sigma) continue;
    candidates_.push_back({static_cast<std::uint32_t>(gated_.size()), p, fitted.density_pm2});
  }
}

void InOrder::add_bearings(const Mover& mover, const Motion& predicted, const Look& look) {
  if (near_bearings_.empty()) return;
  // What makes the density of a bearing weigh as much as that of a plot with a place.
  const double rad_pm2 = settings_.false_plots_per_km2 * 1e-6 / settings_.false_bearings_per_rad;
  const Kinematics middle = moments(predicted);
  for (const std::uint32_t b : near_bearings_) {
    const Bearing& seen = look.bearings[b];
    const double range_m = seen.range_m(middle.mean[0], middle.mean[1]);
    if (range_m <= 0 || range_m > kMostBearingRange_m) continue;
    if (flies_unlike(mover, seen)) continue;
    if (!fits_elevation(seen, range_m, mover.height_m, settings_.gate_sigma)) continue;
    const LineFit fitted = fit(
        predicted, line_to_anchor(mover, middle, seen, look.sensor_number, look.time, settings_));
    if (fitted.distance2 > settings_.gate_sigma * settings_.gate_sigma) continue;
    const double density_prad = fitted.density_pm * range_m;
    candidates_.push_back({static_cast<std::uint32_t>(gated_.size()),
                           static_cast<std::uint32_t>(look.sightings.size()) + b,
                           density_prad * rad_pm2});
  }
}

}  // namespace marsad::track
