// SPDX-License-Identifier: Apache-2.0
#include "track/mover.h"

#include <algorithm>

namespace marsad::track {
namespace {

// How fast the expected time between sightings follows the sightings.
constexpr double kRevisitGain = 0.2;

// Plots at the same moment, of several sensors, are one sighting.
constexpr double kSameMoment_s = 0.02;

// However soon it follows, a plot says something of the class.
constexpr double kLeastClassWeight = 0.1;

// Plots less likely than this leave no trace in a track.
constexpr double kNegligible = 1e-3;

void set_drifts(Mover& mover, const TrackerSettings& settings) {
  // Beyond the time after which it is dropped anyway the moment does not matter.
  const double drifts_s = time_to_drift_s(mover.motion, settings.most_drift_m, settings.modes);
  mover.drifts = mover.time + base::from_seconds(std::min(drifts_s, 2 * settings.drop_after_s));
}

// What any plot leaves, with or without a place.
void note_seen(Mover& mover, const locate::Cause& cause, std::uint32_t sensor, base::Time time) {
  mover.last_seen = std::max(mover.last_seen, time);
  mover.last_look = std::max(mover.last_look, time);
  mover.in_sight = std::max(mover.in_sight, time);
  mover.last_cause = cause;
  mover.last_sensor = sensor;
  if (std::find(mover.sensors.begin(), mover.sensors.end(), sensor) == mover.sensors.end()) {
    mover.sensors.push_back(sensor);
  }
}

void note_place(Mover& mover, const Sighting& seen) {
  mover.height_m = seen.height_m;
  mover.bias_cov_m2 = seen.bias_cov_m2;
  ++mover.plots;
}

// The time since the last plot tells how often to expect one, and what this one's class is worth.
void note_gap(Mover& mover, const sensor::ClassProbabilities& classes, base::Time time,
              const TrackerSettings& settings) {
  const double gap_s = base::to_seconds(time - mover.last_seen);
  if (gap_s > kSameMoment_s) {
    mover.revisit_s =
        mover.revisit_s > 0 ? mover.revisit_s + kRevisitGain * (gap_s - mover.revisit_s) : gap_s;
  }
  mover.classes.add(classes, std::clamp(gap_s / settings.look_interval_s, kLeastClassWeight, 1.0));
}

}  // namespace

Mover born(const Sighting& seen, std::uint32_t sensor, base::Time time, double existence,
           const TrackerSettings& settings) {
  Mover mover;
  mover.time = mover.existence_time = time;
  mover.motion = born(seen.position, settings.modes);
  set_drifts(mover, settings);
  mover.offsets.learn(moments(mover.motion), seen.position, seen.bias_cov_m2, sensor, time,
                      settings.bias_memory_s);
  mover.existence.visible = mover.birth_existence = existence;
  mover.first_seen = mover.last_seen = mover.last_look = mover.in_sight = time;
  mover.classes.add(seen.class_probabilities(), 1);
  note_place(mover, seen);
  note_seen(mover, seen.cause, sensor, time);
  return mover;
}

Motion motion_at(const Mover& mover, base::Time time, const TrackerSettings& settings) {
  Motion motion = mover.motion;
  predict(motion, base::to_seconds(time - mover.time), settings.modes);
  return motion;
}

Sightline line_to_anchor(const Mover& mover, const Kinematics& moments, const Bearing& seen,
                         std::uint32_t sensor, base::Time time, const TrackerSettings& settings) {
  const double range_m = seen.range_m(moments.mean[0], moments.mean[1]);
  return mover.offsets.to_anchor(line_at(seen, range_m), bias_cov_m2(seen, range_m), sensor, time,
                                 settings.bias_memory_s);
}

void advance_existence(Mover& mover, base::Time time, const ExistenceSettings& settings) {
  if (time <= mover.existence_time) return;
  predict(mover.existence, base::to_seconds(time - mover.existence_time), settings);
  mover.existence_time = time;
}

void follow(Mover& mover, const Motion& predicted, std::span<const Possible> plots,
            double weight_of_none, std::uint32_t sensor, base::Time time,
            const TrackerSettings& settings) {
  double sum = weight_of_none;
  for (const Possible& plot : plots) sum += plot.weight;
  std::vector<Motion> motions;
  std::vector<double> weights;
  motions.reserve(plots.size() + 1);
  weights.reserve(plots.size() + 1);
  double kept = 0;
  const auto add = [&](const Motion& motion, double weight) {
    motions.push_back(motion);
    weights.push_back(weight);
    kept += weight;
  };
  if (weight_of_none > kNegligible * sum) add(predicted, weight_of_none);
  for (const Possible& plot : plots) {
    if (plot.weight <= kNegligible * sum) continue;
    Motion motion = predicted;
    if (plot.seen != nullptr) {
      update(motion, mover.offsets.to_anchor(plot.seen->position, plot.seen->bias_cov_m2, sensor,
                                             time, settings.bias_memory_s));
    } else {
      update(motion,
             line_to_anchor(mover, moments(predicted), *plot.bearing, sensor, time, settings));
    }
    add(motion, plot.weight);
  }
  for (double& weight : weights) weight /= kept;
  mover.motion = motions.size() == 1 ? motions.front() : merge(motions, weights);
  mover.time = time;
  set_drifts(mover, settings);
}

void note(Mover& mover, const Motion& predicted, const Sighting& seen, std::uint32_t sensor,
          base::Time time, const TrackerSettings& settings) {
  note_gap(mover, seen.class_probabilities(), time, settings);
  mover.offsets.learn(moments(predicted), seen.position, seen.bias_cov_m2, sensor, time,
                      settings.bias_memory_s);
  mover.offsets.anchor(mover.motion, sensor, time);
  note_place(mover, seen);
  note_seen(mover, seen.cause, sensor, time);
}

void note(Mover& mover, const Motion& predicted, const Bearing& seen, std::uint32_t sensor,
          base::Time time, const TrackerSettings& settings) {
  note_gap(mover, seen.class_probabilities(), time, settings);
  const Kinematics before = moments(predicted);
  const double range_m = seen.range_m(before.mean[0], before.mean[1]);
  mover.offsets.learn(before, line_at(seen, range_m), bias_cov_m2(seen, range_m), sensor, time,
                      settings.bias_memory_s);
  note_seen(mover, seen.cause, sensor, time);
}

}  // namespace marsad::track
