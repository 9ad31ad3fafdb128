// SPDX-License-Identifier: Apache-2.0
#include "track/sensor_bias.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "base/check.h"

namespace marsad::track {
namespace {

// How far pairs disagree with a sensor's azimuth is averaged over the last 50 or so. In pairs' own
// sigmas that mean is 0 ± 0.1; five times as much is a sensor that points elsewhere now.
constexpr double kDriftGain = 0.02;
constexpr double kMostDrift = 0.5;
constexpr double kMostDisagreement = 4;  // what one pair may say

constexpr double kLeastFade_s = 1;  // fading is a walk over the whole covariance

double dot2(const geo::CovEn& c, double e, double n) {
  return c.ee * e * e + 2 * c.en * e * n + c.nn * n * n;
}

// The product of two vectors by the inverse of a covariance; of one with itself: its squared length
// in sigmas.
double inner(const geo::CovEn& c, double e, double n, double other_e, double other_n) {
  const double determinant = c.ee * c.nn - c.en * c.en;
  return (c.nn * e * other_e - c.en * (e * other_n + n * other_e) + c.ee * n * other_n) /
         determinant;
}
double distance2(const geo::CovEn& c, double e, double n) { return inner(c, e, n, e, n); }

// The covariance with so much variance taken off along (e, n), by shrinking errors in that
// direction, which leaves a covariance whatever was asked for.
geo::CovEn without(const geo::CovEn& c, double variance, double e, double n) {
  const double length = std::hypot(e, n);
  if (!(length > 0 && variance > 0)) return c;
  e /= length;
  n /= length;
  const double there = dot2(c, e, n);
  if (there <= 0) return c;
  const double less = 1 - std::sqrt(std::max(0.0, 1 - variance / there));
  // (1 - less uu') c (1 - less uu') for u = (e, n).
  const double ce = c.ee * e + c.en * n, cn = c.en * e + c.nn * n;
  const double back = less * less * there;
  geo::CovEn left = {c.ee - 2 * less * e * ce + back * e * e,
                     c.en - less * (e * cn + n * ce) + back * e * n,
                     c.nn - 2 * less * n * cn + back * n * n};
  // Rounding must not leave less than nothing.
  left.ee = std::max(0.0, left.ee);
  left.nn = std::max(0.0, left.nn);
  const double most = (1 - 1e-12) * std::sqrt(left.ee * left.nn);
  left.en = std::clamp(left.en, -most, most);
  return left;
}

}  // namespace

SensorBiases::SensorBiases(SensorBiasSettings settings, geo::LocalFrame frame)
    : settings_(settings), frame_(std::move(frame)) {}

std::optional<std::size_t> SensorBiases::find(const sensor::SensorId& sensor) const {
  const auto found = std::find_if(sensors_.begin(), sensors_.end(),
                                  [&](const Sensor& known) { return known.id == sensor; });
  if (found == sensors_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - sensors_.begin());
}

double SensorBiases::prior(std::size_t state) const {
  if (state % 2 == 1) return 1;
  const double sigma = sensors_[state / 2].azimuth_sigma_rad;
  return sigma * sigma;
}

void SensorBiases::add_sensor(const sensor::SensorId& sensor, geo::Geodetic place,
                              double azimuth_sigma_rad) {
  CHECK(!find(sensor));
  const geo::Enu at = frame_.to_enu(place);
  sensors_.push_back({sensor, at.east, at.north, azimuth_sigma_rad, 0, 0});
  const std::size_t before = mean_.size(), after = before + 2;
  std::vector<double> wider(after * after);
  for (std::size_t i = 0; i < before; ++i) {
    for (std::size_t j = 0; j < before; ++j) wider[i * after + j] = cov(i, j);
  }
  mean_.resize(after);
  cov_ = std::move(wider);
  for (std::size_t i = before; i < after; ++i) cov(i, i) = prior(i);
}

void SensorBiases::move_sensor(const sensor::SensorId& sensor, geo::Geodetic place) {
  const auto known = find(sensor);
  CHECK(known.has_value());
  const geo::Enu at = frame_.to_enu(place);
  sensors_[*known].e_m = at.east;
  sensors_[*known].n_m = at.north;
}

SensorBiases::Lever SensorBiases::lever(const Sensor& sensor, double e_m, double n_m,
                                        const geo::CovEn& bias) const {
  const double e = e_m - sensor.e_m, n = n_m - sensor.n_m;
  const double range = std::max(1.0, std::hypot(e, n));
  const double along_m = std::sqrt(std::max(0.0, dot2(bias, e / range, n / range)));
  return {n, -e, along_m * e / range, along_m * n / range};
}

locate::Plot SensorBiases::corrected(const locate::Plot& plot, std::size_t sensor) const {
  locate::Plot better = plot;
  const std::size_t azimuth = 2 * sensor;
  const double learnt = prior(azimuth) - cov(azimuth, azimuth);
  better.bearing_rad -= mean_[azimuth];
  const double bias_rad = plot.bearing_bias_sigma_rad, all_rad = plot.bearing_sigma_rad;
  const double less = std::clamp(learnt, 0.0, bias_rad * bias_rad);
  better.bearing_bias_sigma_rad = std::sqrt(bias_rad * bias_rad - less);
  better.bearing_sigma_rad =
      std::max(better.bearing_bias_sigma_rad, std::sqrt(std::max(0.0, all_rad * all_rad - less)));
  if (!plot.place) return better;
  const geo::Enu at = frame_.to_enu(*plot.place);
  const Lever moves = lever(sensors_[sensor], at.east, at.north, plot.bias_cov_m2);
  const double shift_e = mean_[azimuth] * moves.azimuth_e + mean_[azimuth + 1] * moves.range_e;
  const double shift_n = mean_[azimuth] * moves.azimuth_n + mean_[azimuth + 1] * moves.range_n;
  better.place =
      frame_.to_geodetic_at_height(at.east - shift_e, at.north - shift_n, plot.place->height_m);
  const double range_m = std::hypot(moves.azimuth_e, moves.azimuth_n);
  better.bias_cov_m2 =
      without(plot.bias_cov_m2, learnt * range_m * range_m, moves.azimuth_e, moves.azimuth_n);
  return better;
}

Scan SensorBiases::corrected(const Scan& scan) const {
  const auto sensor = find(scan.sensor);
  if (!sensor) return scan;
  Scan better{scan.sensor, scan.time, {}};
  better.plots.reserve(scan.plots.size());
  for (const locate::Plot& plot : scan.plots) better.plots.push_back(corrected(plot, *sensor));
  return better;
}

void SensorBiases::fade(base::Time time) {
  if (!faded_) faded_ = time;
  const double elapsed_s = base::to_seconds(time - *faded_);
  if (elapsed_s < kLeastFade_s) return;
  faded_ = time;
  const double kept = std::exp(-elapsed_s / settings_.memory_s);
  for (double& mean : mean_) mean *= kept;
  for (double& value : cov_) value *= kept * kept;
  for (std::size_t i = 0; i < mean_.size(); ++i) cov(i, i) += (1 - kept * kept) * prior(i);
}

std::vector<std::vector<std::size_t>> SensorBiases::plots_near(const std::vector<Track>& tracks,
                                                               const Scan& scan) const {
  std::vector<geo::Enu> plot_at;
  for (const locate::Plot& plot : scan.plots) {
    plot_at.push_back(plot.place ? frame_.to_enu(*plot.place) : geo::Enu{});
  }
  const double alone2 = settings_.alone_sigma * settings_.alone_sigma;
  std::vector<std::vector<std::size_t>> near(tracks.size());
  for (std::size_t t = 0; t < tracks.size(); ++t) {
    if (tracks[t].status != TrackStatus::confirmed) continue;
    const geo::Enu at = frame_.to_enu(tracks[t].place);
    const geo::CovEn cov = tracks[t].position_cov_m2();
    for (std::size_t p = 0; p < plot_at.size(); ++p) {
      const locate::Plot& plot = scan.plots[p];
      if (!plot.place) continue;
      const double apart2 = distance2(cov + plot.cov_m2 + plot.bias_cov_m2,
                                      plot_at[p].east - at.east, plot_at[p].north - at.north);
      if (apart2 < alone2) near[t].push_back(p);
    }
  }
  return near;
}

void SensorBiases::observe(const std::vector<Track>& tracks, const Scan& located) {
  const auto sensor = find(located.sensor);
  if (!sensor) return;
  fade(located.time);
  std::erase_if(halves_, [&](const Half& half) {
    return base::to_seconds(located.time - half.time) > settings_.most_apart_s;
  });
  std::erase_if(paired_, [&](const auto& paired) {
    return base::to_seconds(located.time - paired.second) >= settings_.pair_every_s;
  });
  const auto fed = [&located](const Track& track) {
    return track.status == TrackStatus::confirmed && track.last_seen == located.time &&
           track.last_sensor == located.sensor;
  };
  if (std::none_of(tracks.begin(), tracks.end(), fed)) return;

  const std::vector<std::vector<std::size_t>> near = plots_near(tracks, corrected(located));
  for (std::size_t t = 0; t < tracks.size(); ++t) {
    if (!fed(tracks[t]) || near[t].size() != 1) continue;
    const std::size_t own = near[t].front();
    const auto takers = std::count_if(near.begin(), near.end(), [own](const auto& plots) {
      return std::find(plots.begin(), plots.end(), own) != plots.end();
    });
    if (takers > 1) continue;
    const locate::Plot& raw = located.plots[own];
    const geo::Enu at = frame_.to_enu(*raw.place);
    pair_up({tracks[t].id, *sensor, located.time, at.east, at.north, raw.cov_m2, raw.bias_cov_m2},
            tracks[t]);
  }
}

void SensorBiases::pair_up(const Half& half, const Track& track) {
  if (std::any_of(paired_.begin(), paired_.end(),
                  [&half](const auto& paired) { return paired.first == half.track; })) {
    return;
  }
  auto other = halves_.end();
  for (auto it = halves_.begin(); it != halves_.end(); ++it) {
    if (it->track != half.track || it->sensor == half.sensor) continue;
    if (other == halves_.end() || it->time > other->time) other = it;
  }
  if (other != halves_.end()) {
    compare(*other, half, track);
    paired_.emplace_back(half.track, half.time);
    halves_.erase(other);  // each plot's noise is counted once
    return;
  }
  std::erase_if(halves_, [&](const Half& old) {
    return old.track == half.track && old.sensor == half.sensor;
  });
  halves_.push_back(half);
}

void SensorBiases::judge(std::size_t sensor, double disagreement) {
  Sensor& judged = sensors_[sensor];
  const double told = std::clamp(disagreement, -kMostDisagreement, kMostDisagreement);
  judged.drift += kDriftGain * (told - judged.drift);
  if (std::abs(judged.drift) < kMostDrift) return;
  judged.pairs = 0;
  for (const std::size_t state : {2 * sensor, 2 * sensor + 1}) {
    for (std::size_t other = 0; other < mean_.size(); ++other) {
      cov(state, other) = cov(other, state) = 0;
    }
    mean_[state] = 0;
    cov(state, state) = prior(state);
  }
  for (Sensor& other : sensors_) other.drift = 0;  // theirs may have come from this one
}

SensorBiases::Difference SensorBiases::difference(const Half& first, const Half& second,
                                                  const Track& track) const {
  const double dt = base::to_seconds(second.time - first.time);
  const Lever a = lever(sensors_[first.sensor], first.e_m, first.n_m, first.bias_cov_m2);
  const Lever b = lever(sensors_[second.sensor], second.e_m, second.n_m, second.bias_cov_m2);
  const std::array<std::size_t, 4> states = {2 * first.sensor, 2 * first.sensor + 1,
                                             2 * second.sensor, 2 * second.sensor + 1};
  const std::array<double, 4> h_e = {-a.azimuth_e, -a.range_e, b.azimuth_e, b.range_e};
  const std::array<double, 4> h_n = {-a.azimuth_n, -a.range_n, b.azimuth_n, b.range_n};

  Difference d;
  d.off_e_m = second.e_m - dt * track.ve_mps - first.e_m;
  d.off_n_m = second.n_m - dt * track.vn_mps - first.n_m;
  const double unsteady = settings_.acceleration_m2ps3 * std::abs(dt * dt * dt) / 3;
  d.cov_m2 = first.cov_m2 + second.cov_m2 +
             geo::CovEn{dt * dt * track.cov[7] + unsteady, dt * dt * track.cov[8],
                        dt * dt * track.cov[9] + unsteady};
  d.with_e.resize(mean_.size());
  d.with_n.resize(mean_.size());
  for (std::size_t k = 0; k < states.size(); ++k) {
    d.off_e_m -= h_e[k] * mean_[states[k]];
    d.off_n_m -= h_n[k] * mean_[states[k]];
    for (std::size_t i = 0; i < mean_.size(); ++i) {
      d.with_e[i] += cov(states[k], i) * h_e[k];
      d.with_n[i] += cov(states[k], i) * h_n[k];
    }
  }
  for (std::size_t k = 0; k < states.size(); ++k) {
    d.cov_m2.ee += h_e[k] * d.with_e[states[k]];
    d.cov_m2.en += h_e[k] * d.with_n[states[k]];
    d.cov_m2.nn += h_n[k] * d.with_n[states[k]];
  }
  const auto disagreement = [&d](double e, double n) {
    return inner(d.cov_m2, e, n, d.off_e_m, d.off_n_m) / std::sqrt(distance2(d.cov_m2, e, n));
  };
  d.disagreement_of_first = disagreement(-a.azimuth_e, -a.azimuth_n);
  d.disagreement_of_second = disagreement(b.azimuth_e, b.azimuth_n);
  return d;
}

void SensorBiases::compare(const Half& first, const Half& second, const Track& track) {
  const Difference d = difference(first, second, track);
  const double gate2 = settings_.gate_sigma * settings_.gate_sigma;
  if (distance2(d.cov_m2, d.off_e_m, d.off_n_m) <= gate2) {
    learn(d);
    ++sensors_[first.sensor].pairs;
    ++sensors_[second.sensor].pairs;
  }
  judge(first.sensor, d.disagreement_of_first);
  judge(second.sensor, d.disagreement_of_second);
}

void SensorBiases::learn(const Difference& d) {
  const geo::CovEn& s = d.cov_m2;
  const double determinant = s.ee * s.nn - s.en * s.en;
  for (std::size_t i = 0; i < mean_.size(); ++i) {
    const double gain_e = (s.nn * d.with_e[i] - s.en * d.with_n[i]) / determinant;
    const double gain_n = (s.ee * d.with_n[i] - s.en * d.with_e[i]) / determinant;
    mean_[i] += gain_e * d.off_e_m + gain_n * d.off_n_m;
    for (std::size_t j = i; j < mean_.size(); ++j) {
      cov(i, j) -= gain_e * d.with_e[j] + gain_n * d.with_n[j];
      cov(j, i) = cov(i, j);
    }
  }
}

SensorBias SensorBiases::of(std::size_t sensor) const {
  const std::size_t azimuth = 2 * sensor, range = azimuth + 1;
  return {sensors_[sensor].id,
          mean_[azimuth],
          std::sqrt(cov(azimuth, azimuth)),
          mean_[range],
          std::sqrt(cov(range, range)),
          sensors_[sensor].pairs};
}

std::optional<SensorBias> SensorBiases::of(const sensor::SensorId& sensor) const {
  const auto known = find(sensor);
  if (!known) return std::nullopt;
  return of(*known);
}

std::vector<SensorBias> SensorBiases::biases() const {
  std::vector<SensorBias> biases;
  for (std::size_t i = 0; i < sensors_.size(); ++i) biases.push_back(of(i));
  return biases;
}

}  // namespace marsad::track
