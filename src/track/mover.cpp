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

void note_sighting(Mover& mover, const Sighting& seen, std::uint32_t sensor, base::Time time) {
  mover.last_seen = std::max(mover.last_seen, time);
  mover.last_look = std::max(mover.last_look, time);
  mover.in_dead_ground = false;
  mover.awaited = false;
  mover.height_m = seen.height_m;
  mover.bias_cov_m2 = seen.bias_cov_m2;
  mover.last_cause = seen.cause;
  mover.last_sensor = sensor;
  ++mover.plots;
  if (std::find(mover.sensors.begin(), mover.sensors.end(), sensor) == mover.sensors.end()) {
    mover.sensors.push_back(sensor);
  }
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
  if (mover.mixup_cov_m2.ee + mover.mixup_cov_m2.nn > kNothing_m2) {
    after = left_after(mover.mixup_cov_m2, place_cov(moments(predicted)), plot_cov_m2);
  }
  return after + geo::CovEn{kLasting * fresh.ee, kLasting * fresh.en, kLasting * fresh.nn};
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
  mover.first_seen = mover.last_seen = mover.last_look = time;
  mover.classes.add(seen.class_probabilities(), 1);
  note_sighting(mover, seen, sensor, time);
  return mover;
}

Motion motion_at(const Mover& mover, base::Time time, const TrackerSettings& settings) {
  Motion motion = mover.motion;
  predict(motion, base::to_seconds(time - mover.time), settings.modes);
  return motion;
}

void advance_existence(Mover& mover, base::Time time, const ExistenceSettings& settings) {
  if (time <= mover.existence_time) return;
  predict(mover.existence, base::to_seconds(time - mover.existence_time), settings);
  mover.existence_time = time;
}

void follow(Mover& mover, const Motion& predicted, std::span<const Possible> plots,
            double probability_of_none, std::uint32_t sensor, base::Time time,
            const TrackerSettings& settings) {
  double sum = probability_of_none;
  for (const Possible& plot : plots) sum += plot.probability;
  const double least = kNegligible * sum;
  const auto place_of = [&](const Possible& plot) {
    return mover.offsets.to_anchor(plot.seen->position, plot.seen->bias_cov_m2, sensor, time,
                                   settings.bias_memory_s);
  };
  const auto likeliest = std::max_element(
      plots.begin(), plots.end(),
      [](const Possible& a, const Possible& b) { return a.probability < b.probability; });
  const auto traces = std::count_if(plots.begin(), plots.end(),
                                    [&](const Possible& plot) { return plot.probability > least; });
  if (traces == 0) {
    mover.motion = predicted;
  } else if (traces == 1 && probability_of_none <= least) {
    const Position place = place_of(*likeliest);
    mover.motion = predicted;
    update(mover.motion, place);
    mover.mixup_cov_m2 = mixups_after(mover, predicted, place.cov_m2, {});
  } else {
    std::vector<Motion> motions;
    std::vector<double> weights, probabilities;
    double weight = 0, probability = 0;
    const auto add = [&](const Motion& motion, double its_probability, double its_weight) {
      motions.push_back(motion);
      probabilities.push_back(its_probability);
      weights.push_back(its_weight);
      probability += its_probability;
      weight += its_weight;
    };
    if (probability_of_none > least) add(predicted, probability_of_none, probability_of_none);
    for (const Possible& plot : plots) {
      if (plot.probability <= least) continue;
      Motion motion = predicted;
      update(motion, place_of(plot));
      add(motion, plot.probability, plot.weight);
    }
    for (double& w : weights) w /= weight;
    for (double& p : probabilities) p /= probability;
    mover.motion = merge(motions, weights, probabilities);
    mover.mixup_cov_m2 = mixups_after(mover, predicted, place_of(*likeliest).cov_m2,
                                      spread(motions, probabilities, mover.motion));
  }
  mover.time = time;
  set_drifts(mover, settings);
}

void note(Mover& mover, const Motion& predicted, const Sighting& seen, std::uint32_t sensor,
          base::Time time, const TrackerSettings& settings) {
  const double gap_s = base::to_seconds(time - mover.last_seen);
  if (gap_s > kSameMoment_s) {
    mover.revisit_s =
        mover.revisit_s > 0 ? mover.revisit_s + kRevisitGain * (gap_s - mover.revisit_s) : gap_s;
  }
  mover.classes.add(seen.class_probabilities(),
                    std::clamp(gap_s / settings.look_interval_s, kLeastClassWeight, 1.0));
  mover.offsets.learn(moments(predicted), seen.position, seen.bias_cov_m2, sensor, time,
                      settings.bias_memory_s);
  mover.offsets.anchor(mover.motion, sensor, time);
  note_sighting(mover, seen, sensor, time);
}

}  // namespace marsad::track
