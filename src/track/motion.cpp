// SPDX-License-Identifier: Apache-2.0
#include "track/motion.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "base/check.h"

namespace marsad::track {
namespace {

// Below this a mode counts as impossible; kept, so that it can come back.
constexpr double kLeastProbability = 1e-6;

double speed2(const Kinematics& k) { return k.mean[2] * k.mean[2] + k.mean[3] * k.mean[3]; }

// In m²/s³, at the square of a speed.
double acceleration(const MotionMode& mode, double speed2_m2ps2) {
  return mode.acceleration_m2ps3 + mode.wander_ps * speed2_m2ps2;
}

void predict(Kinematics& k, double dt, double q) {
  auto& [e, n, ve, vn] = k.mean;
  e += dt * ve;
  n += dt * vn;
  // P = F P Fᵀ + Q with Q of white acceleration [BarShalom01 §6.2.2]; |dt| so that going backward
  // adds noise as well.
  const double q1 = q * std::abs(dt);
  const double q2 = q1 * dt / 2;
  const double q3 = q1 * dt * dt / 3;
  auto& c = k.cov;
  c[0] += 2 * dt * c[2] + dt * dt * c[7] + q3;
  c[1] += dt * (c[3] + c[5]) + dt * dt * c[8];
  c[4] += 2 * dt * c[6] + dt * dt * c[9] + q3;
  c[2] += dt * c[7] + q2;
  c[3] += dt * c[8];
  c[5] += dt * c[8];
  c[6] += dt * c[9] + q2;
  c[7] += q1;
  c[9] += q1;
}

// Innovation and the inverse of its covariance.
struct Innovation {
  double e, n;
  double ee, en, nn;  // inverse
  double determinant;

  double distance2() const { return e * e * ee + 2 * e * n * en + n * n * nn; }
  double density() const {
    return std::exp(-0.5 * distance2()) / (2 * std::numbers::pi * std::sqrt(determinant));
  }
};

Innovation innovation(const Kinematics& k, const Position& seen) {
  const double ee = k.cov[0] + seen.cov_m2.ee;
  const double en = k.cov[1] + seen.cov_m2.en;
  const double nn = k.cov[4] + seen.cov_m2.nn;
  const double determinant = ee * nn - en * en;
  return {seen.e_m - k.mean[0], seen.n_m - k.mean[1], nn / determinant,
          -en / determinant,    ee / determinant,     determinant};
}

void update(Kinematics& k, const Innovation& v, const geo::CovEn& r) {
  auto& c = k.cov;
  // Columns of P Hᵀ, H picking the position.
  const std::array<double, 4> pe = {c[0], c[1], c[2], c[3]};
  const std::array<double, 4> pn = {c[1], c[4], c[5], c[6]};
  std::array<double, 4> ge{}, gn{};
  for (std::size_t i = 0; i < 4; ++i) {
    ge[i] = pe[i] * v.ee + pn[i] * v.en;
    gn[i] = pe[i] * v.en + pn[i] * v.nn;
    k.mean[i] += ge[i] * v.e + gn[i] * v.n;
  }
  // The position's rows are R S⁻¹ P, which is P - P S⁻¹ P without the loss of digits where P is
  // far greater than R, as after a long time unseen.
  const double wee = r.ee * v.ee + r.en * v.en, wen = r.ee * v.en + r.en * v.nn;
  const double wne = r.en * v.ee + r.nn * v.en, wnn = r.en * v.en + r.nn * v.nn;
  c[0] = wee * pe[0] + wen * pn[0];
  c[1] = 0.5 * (wee * pe[1] + wen * pn[1] + wne * pe[0] + wnn * pn[0]);
  c[2] = wee * pe[2] + wen * pn[2];
  c[3] = wee * pe[3] + wen * pn[3];
  c[4] = wne * pe[1] + wnn * pn[1];
  c[5] = wne * pe[2] + wnn * pn[2];
  c[6] = wne * pe[3] + wnn * pn[3];
  c[7] -= ge[2] * pe[2] + gn[2] * pn[2];
  c[8] -= ge[2] * pe[3] + gn[2] * pn[3];
  c[9] -= ge[3] * pe[3] + gn[3] * pn[3];
}

// Weighted parts as one Gaussian; the weights sum to 1.
class Mixture {
 public:
  void add(const Kinematics& k, double weight) {
    for (std::size_t i = 0; i < 4; ++i) sum_.mean[i] += weight * k.mean[i];
  }
  // After every part went through add(), each goes through this.
  void add_spread(const Kinematics& k, double weight) {
    for (std::size_t at = 0; at < 10; ++at) {
      const auto [row, column] = kCell[at];
      sum_.cov[at] += weight * (k.cov[at] + (k.mean[row] - sum_.mean[row]) *
                                                (k.mean[column] - sum_.mean[column]));
    }
  }
  const Kinematics& result() const { return sum_; }

 private:
  Kinematics sum_;
};

void normalise(std::array<double, kModes>& probability) {
  double sum = 0;
  for (double& p : probability) {
    p = std::max(p, kLeastProbability);
    sum += p;
  }
  for (double& p : probability) p /= sum;
}

// The mixing step of the interacting multiple model [BarShalom01 §11.6.6].
void mix(Motion& motion, double elapsed_s, const MotionModes& modes) {
  std::array<std::array<double, kModes>, kModes> joint{};  // [from][to]
  for (std::size_t from = 0; from < kModes; ++from) {
    const double leave = -std::expm1(-elapsed_s / modes[from].mean_stay_s);
    const double neighbours = from == 0 || from == kModes - 1 ? 1 : 2;
    joint[from][from] = motion.probability[from] * (1 - leave);
    if (from > 0) joint[from][from - 1] = motion.probability[from] * leave / neighbours;
    if (from + 1 < kModes) joint[from][from + 1] = motion.probability[from] * leave / neighbours;
  }
  const std::array<Kinematics, kModes> before = motion.mode;
  for (std::size_t to = 0; to < kModes; ++to) {
    // From itself and its neighbours.
    const std::size_t first = to == 0 ? 0 : to - 1;
    const std::size_t last = std::min(to + 1, kModes - 1);
    double sum = 0;
    for (std::size_t from = first; from <= last; ++from) sum += joint[from][to];
    Mixture mixture;
    for (std::size_t from = first; from <= last; ++from) {
      mixture.add(before[from], joint[from][to] / sum);
    }
    for (std::size_t from = first; from <= last; ++from) {
      mixture.add_spread(before[from], joint[from][to] / sum);
    }
    motion.mode[to] = mixture.result();
    motion.probability[to] = sum;
  }
  normalise(motion.probability);
}

}  // namespace

Motion born(const Position& seen, const MotionModes& modes) {
  Motion motion;
  for (std::size_t m = 0; m < kModes; ++m) {
    Kinematics& k = motion.mode[m];
    k.mean = {seen.e_m, seen.n_m, 0, 0};
    k.cov[0] = seen.cov_m2.ee;
    k.cov[1] = seen.cov_m2.en;
    k.cov[4] = seen.cov_m2.nn;
    k.cov[7] = k.cov[9] = modes[m].birth_velocity_mps * modes[m].birth_velocity_mps;
    motion.probability[m] = modes[m].birth_probability;
  }
  normalise(motion.probability);
  return motion;
}

void predict(Motion& motion, double dt_s, const MotionModes& modes) {
  if (dt_s == 0) return;
  mix(motion, std::abs(dt_s), modes);
  for (std::size_t m = 0; m < kModes; ++m) {
    predict(motion.mode[m], dt_s, acceleration(modes[m], speed2(motion.mode[m])));
  }
}

Fit fit(const Motion& motion, const Position& seen) {
  Fit best;
  for (std::size_t m = 0; m < kModes; ++m) {
    const Innovation v = innovation(motion.mode[m], seen);
    best.density_pm2 += motion.probability[m] * v.density();
    const double distance2 = v.distance2();
    if (m == 0 || distance2 < best.distance2) best.distance2 = distance2;
  }
  return best;
}

void weigh_anew(Motion& motion) {
  const double sum = std::accumulate(motion.probability.begin(), motion.probability.end(), 0.0);
  for (double& p : motion.probability) p = sum > 0 ? p / sum : 1.0 / double(kModes);
  normalise(motion.probability);
}

void update(Motion& motion, const Position& seen) {
  for (std::size_t m = 0; m < kModes; ++m) {
    const Innovation v = innovation(motion.mode[m], seen);
    motion.probability[m] *= v.density();
    update(motion.mode[m], v, seen.cov_m2);
  }
  weigh_anew(motion);
}

Motion merge(std::span<const Motion> motions, std::span<const double> weights,
             std::span<const double> probabilities) {
  CHECK(motions.size() == weights.size() && motions.size() == probabilities.size());
  CHECK(!motions.empty());
  Motion merged;
  for (std::size_t m = 0; m < kModes; ++m) {
    double weight = 0, probability = 0;
    for (std::size_t i = 0; i < motions.size(); ++i) {
      weight += weights[i] * motions[i].probability[m];
      probability += probabilities[i] * motions[i].probability[m];
    }
    Mixture mixture;
    for (std::size_t i = 0; i < motions.size(); ++i) {
      mixture.add(motions[i].mode[m], weights[i] * motions[i].probability[m] / weight);
    }
    for (std::size_t i = 0; i < motions.size(); ++i) {
      mixture.add_spread(motions[i].mode[m],
                         probabilities[i] * motions[i].probability[m] / probability);
    }
    merged.mode[m] = mixture.result();
    merged.probability[m] = probability;
  }
  normalise(merged.probability);
  return merged;
}

Kinematics moments(const Motion& motion) {
  Mixture mixture;
  for (std::size_t m = 0; m < kModes; ++m) mixture.add(motion.mode[m], motion.probability[m]);
  for (std::size_t m = 0; m < kModes; ++m) {
    mixture.add_spread(motion.mode[m], motion.probability[m]);
  }
  return mixture.result();
}

double density(const Kinematics& a, const Kinematics& b) {
  // Of the difference, whose covariance is the sum: by its Cholesky factor, row by row.
  std::array<std::array<double, 4>, 4> root{};
  for (std::size_t at = 0; at < 10; ++at) {
    const auto [row, column] = kCell[at];
    root[column][row] = a.cov[at] + b.cov[at];
  }
  double distance2 = 0, determinant = 1;
  std::array<double, 4> off{};
  for (std::size_t row = 0; row < 4; ++row) {
    for (std::size_t column = 0; column <= row; ++column) {
      double rest = root[row][column];
      for (std::size_t k = 0; k < column; ++k) rest -= root[row][k] * root[column][k];
      root[row][column] = row == column ? std::sqrt(rest) : rest / root[column][column];
    }
    off[row] = a.mean[row] - b.mean[row];
    for (std::size_t k = 0; k < row; ++k) off[row] -= root[row][k] * off[k];
    off[row] /= root[row][row];
    distance2 += off[row] * off[row];
    determinant *= root[row][row];
  }
  constexpr double kTwoPi = 2 * std::numbers::pi;
  return std::exp(-0.5 * distance2) / (kTwoPi * kTwoPi * determinant);
}

double velocity_density(const Kinematics& a, const Kinematics& b) {
  const double ee = a.cov[7] + b.cov[7], en = a.cov[8] + b.cov[8], nn = a.cov[9] + b.cov[9];
  const double determinant = ee * nn - en * en;
  const double e = a.mean[2] - b.mean[2], n = a.mean[3] - b.mean[3];
  const Innovation off{e, n, nn / determinant, -en / determinant, ee / determinant, determinant};
  return off.density();
}

double time_to_drift_s(const Motion& motion, double most_m, const MotionModes& modes) {
  const Kinematics k = moments(motion);
  double acceleration_m2ps3 = 0;
  for (std::size_t m = 0; m < kModes; ++m) {
    acceleration_m2ps3 += motion.probability[m] * acceleration(modes[m], speed2(k));
  }
  // The variance grows by v t² + a t³/3. Newton's method from the right of the root: the growth is
  // convex, so that each step comes nearer.
  const double v = std::max(k.cov[7], k.cov[9]);
  const double a = acceleration_m2ps3;
  double t = most_m / std::sqrt(v);
  for (int round = 0; round < 8; ++round) {
    t -= (t * t * (v + a * t / 3) - most_m * most_m) / (t * (2 * v + a * t));
  }
  return t;
}

Reach reach(const Motion& motion, double from_s, double to_s, const MotionModes& modes,
            double sigmas) {
  // Mixing moves belief from mode to mode, so the reach is that of the modes together: from their
  // outermost edge to edge, the noise being the strongest mode's at the greatest speed. A mean
  // moves evenly and a variance bends upward all the way, so that both ends of the time bound what
  // lies between.
  double fastest_m2ps2 = 0, strongest_m2ps3 = 0;
  for (const Kinematics& k : motion.mode) fastest_m2ps2 = std::max(fastest_m2ps2, speed2(k));
  for (const MotionMode& mode : modes) {
    strongest_m2ps3 = std::max(strongest_m2ps3, acceleration(mode, fastest_m2ps2));
  }
  const auto variance = [&](double place, double both, double speed, double t) {
    return place + 2 * t * both + t * t * speed + strongest_m2ps3 * std::abs(t * t * t) / 3;
  };
  const auto half = [&](double place, double both, double speed) {
    const double most =
        std::max(variance(place, both, speed, from_s), variance(place, both, speed, to_s));
    return sigmas * std::sqrt(std::max(0.0, most));
  };
  double west = 0, east = 0, south = 0, north = 0;
  for (std::size_t m = 0; m < kModes; ++m) {
    const auto& [mean, c] = motion.mode[m];
    const auto [e_low, e_high] =
        std::minmax({mean[0] + from_s * mean[2], mean[0] + to_s * mean[2]});
    const auto [n_low, n_high] =
        std::minmax({mean[1] + from_s * mean[3], mean[1] + to_s * mean[3]});
    const double half_e = half(c[0], c[2], c[7]);
    const double half_n = half(c[4], c[6], c[9]);
    west = m == 0 ? e_low - half_e : std::min(west, e_low - half_e);
    east = m == 0 ? e_high + half_e : std::max(east, e_high + half_e);
    south = m == 0 ? n_low - half_n : std::min(south, n_low - half_n);
    north = m == 0 ? n_high + half_n : std::max(north, n_high + half_n);
  }
  return {(west + east) / 2, (south + north) / 2, (east - west) / 2, (north - south) / 2};
}

}  // namespace marsad::track
