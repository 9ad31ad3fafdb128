// SPDX-License-Identifier: Apache-2.0
#include "track/mover.h"

#include <algorithm>
#include <numeric>

#include "locate/air_classes.h"

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
  mover.awaited = false;
  mover.last_cause = cause;
  mover.last_sensor = sensor;
  if (std::find(mover.sensors.begin(), mover.sensors.end(), sensor) == mover.sensors.end()) {
    mover.sensors.push_back(sensor);
  }
}

void note_place(Mover& mover, const Sighting& seen) {
  mover.height_m = seen.height_m;
  mover.in_air = seen.in_air;
  mover.bias_root = seen.bias_root;
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

// Of the error of the place that mix-ups made, what is left after a plot: R (P + R)⁻¹, from both
// sides.
geo::CovEn left_after(const geo::CovEn& error, const geo::CovEn& p, const geo::CovEn& r) {
  const geo::CovEn s = p + r;
  const double determinant = s.ee * s.nn - s.en * s.en;
  const double ee = (r.ee * s.nn - r.en * s.en) / determinant;
  const double en = (r.en * s.ee - r.ee * s.en) / determinant;
  const double ne = (r.en * s.nn - r.nn * s.en) / determinant;
  const double nn = (r.nn * s.ee - r.en * s.en) / determinant;
  return {ee * ee * error.ee + 2 * ee * en * error.en + en * en * error.nn,
          ee * ne * error.ee + (ee * nn + en * ne) * error.en + en * nn * error.nn,
          ne * ne * error.ee + 2 * ne * nn * error.en + nn * nn * error.nn};
}

struct Place {
  double e_m = 0, n_m = 0;
};

Place middle(const Motion& motion) {
  Place place;
  for (std::size_t m = 0; m < kModes; ++m) {
    place.e_m += motion.probability[m] * motion.mode[m].mean[0];
    place.n_m += motion.probability[m] * motion.mode[m].mean[1];
  }
  return place;
}

geo::CovEn spread(std::span<const Motion> motions, std::span<const double> probabilities,
                  const Motion& merged) {
  const Place at = middle(merged);
  geo::CovEn sum;
  for (std::size_t i = 0; i < motions.size(); ++i) {
    const Place one = middle(motions[i]);
    const double e = one.e_m - at.e_m, n = one.n_m - at.n_m, p = probabilities[i];
    sum = sum + geo::CovEn{p * e * e, p * e * n, p * n * n};
  }
  return sum;
}

// What others' plots do to a track lasts: who is near it now is so in the next look, and the same
// plots draw it the same way again. The filter takes each such error for a fresh one, and says too
// little of their sum; that is reckoned here and told with the track's place. It takes no part in
// the filter: there it would widen the gates, and so the mix-ups.
geo::CovEn mixups_after(const Mover& mover, const Motion& predicted, const geo::CovEn& plot_cov_m2,
                        const geo::CovEn& fresh) {
  // How many times the error of fresh mix-ups theirs is; chosen on made strips of groups.
  constexpr double kLasting = 7;
  constexpr double kNothing_m2 = 0.01;
  geo::CovEn after;
  const geo::CovEn before = mover.mixup_root.cov_m2();
  if (before.ee + before.nn > kNothing_m2) {
    after = left_after(before, place_cov(moments(predicted)), plot_cov_m2);
  }
  return after + geo::CovEn{kLasting * fresh.ee, kLasting * fresh.en, kLasting * fresh.nn};
}

void make_sum_one(std::vector<double>& parts) {
  const double sum = std::accumulate(parts.begin(), parts.end(), 0.0);
  for (double& part : parts) part /= sum;
}

}  // namespace

void Alternatives::clear() {
  motions.clear();
  weights.clear();
  probabilities.clear();
}

void Alternatives::add(const Motion& motion, double probability, double weight) {
  motions.push_back(motion);
  probabilities.push_back(probability);
  weights.push_back(weight);
}

Mover born(const Sighting& seen, std::uint32_t sensor, base::Time time, double existence,
           const TrackerSettings& settings) {
  Mover mover;
  mover.time = mover.existence_time = time;
  mover.motion = born(seen.position(), settings.modes);
  set_drifts(mover, settings);
  mover.offsets.learn(moments(mover.motion), seen.position(), seen.bias_cov_m2(), sensor, time,
                      settings.bias_memory_s);
  mover.existence.visible = existence;
  mover.birth_existence = static_cast<float>(existence);
  mover.first_seen = mover.last_seen = mover.last_look = mover.in_sight = time;
  mover.classes.add(seen.class_probabilities(), 1);
  note_place(mover, seen);
  note_seen(mover, seen.cause(), sensor, time);
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
            double probability_of_none, std::uint32_t sensor, base::Time time,
            const TrackerSettings& settings, Alternatives& room) {
  double sum = probability_of_none;
  for (const Possible& plot : plots) sum += plot.probability;
  const double least = kNegligible * sum;
  const auto place_of = [&](const Sighting& seen) {
    return mover.offsets.to_anchor(seen.position(), seen.bias_cov_m2(), sensor, time,
                                   settings.bias_memory_s);
  };
  const auto moved_by = [&](const Possible& plot) {
    Motion motion = predicted;
    if (plot.seen != nullptr) {
      update(motion, place_of(*plot.seen));
    } else {
      update(motion,
             line_to_anchor(mover, moments(predicted), *plot.bearing, sensor, time, settings));
    }
    return motion;
  };
  const auto likeliest = std::max_element(
      plots.begin(), plots.end(),
      [](const Possible& a, const Possible& b) { return a.probability < b.probability; });
  const auto traces = std::count_if(plots.begin(), plots.end(),
                                    [&](const Possible& plot) { return plot.probability > least; });
  geo::CovEn mixed_m2;
  if (traces == 0) {
    mover.motion = predicted;
  } else if (traces == 1 && probability_of_none <= least) {
    mover.motion = moved_by(*likeliest);
  } else {
    room.clear();
    if (probability_of_none > least) room.add(predicted, probability_of_none, probability_of_none);
    for (const Possible& plot : plots) {
      if (plot.probability > least) room.add(moved_by(plot), plot.probability, plot.weight);
    }
    make_sum_one(room.weights);
    make_sum_one(room.probabilities);
    mover.motion = merge(room.motions, room.weights, room.probabilities);
    mixed_m2 = spread(room.motions, room.probabilities, mover.motion);
  }
  // A bearing, which says nothing along its line, leaves what was said of mix-ups.
  if (traces > 0 && likeliest->seen != nullptr) {
    mover.mixup_root =
        CovRoot::of(mixups_after(mover, predicted, place_of(*likeliest->seen).cov_m2, mixed_m2));
  }
  mover.time = time;
  set_drifts(mover, settings);
}

void note(Mover& mover, const Motion& predicted, const Sighting& seen, std::uint32_t sensor,
          base::Time time, const TrackerSettings& settings) {
  note_gap(mover, seen.class_probabilities(), time, settings);
  mover.offsets.learn(moments(predicted), seen.position(), seen.bias_cov_m2(), sensor, time,
                      settings.bias_memory_s);
  mover.offsets.anchor(mover.motion, sensor, time);
  note_place(mover, seen);
  note_seen(mover, seen.cause(), sensor, time);
}

void note(Mover& mover, const Motion& predicted, const Bearing& seen, std::uint32_t sensor,
          base::Time time, const TrackerSettings& settings) {
  const sensor::ClassProbabilities classes = seen.class_probabilities();
  note_gap(mover, mover.in_air ? locate::classes_in_air(classes) : classes, time, settings);
  const Kinematics before = moments(predicted);
  const double range_m = seen.range_m(before.mean[0], before.mean[1]);
  mover.offsets.learn(before, line_at(seen, range_m), bias_cov_m2(seen, range_m), sensor, time,
                      settings.bias_memory_s);
  note_seen(mover, seen.cause, sensor, time);
}

}  // namespace marsad::track
