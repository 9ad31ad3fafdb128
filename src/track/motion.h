// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "geo/geodetic.h"

// Where a mover is and how it moves: constant velocity disturbed by white acceleration, in a few
// modes at once (interacting multiple models). Plane of the tracker's frame, metres and m/s.
namespace marsad::track {

// A Gaussian belief of [e, n, ve, vn]; the covariance is the upper triangle by rows.
struct Kinematics {
  std::array<double, 4> mean{};
  std::array<double, 10> cov{};
};

inline geo::CovEn place_cov(const Kinematics& k) { return {k.cov[0], k.cov[1], k.cov[4]}; }

// Row and column of each of the ten.
inline constexpr std::array<std::array<std::size_t, 2>, 10> kCell = {
    {{0, 0}, {0, 1}, {0, 2}, {0, 3}, {1, 1}, {1, 2}, {1, 3}, {2, 2}, {2, 3}, {3, 3}}};

// One way of moving. Who is fast changes his velocity by more than who is slow: a bend taken at ten
// times the speed is ten times the change. So the density of the white acceleration grows with the
// square of the speed: by `wander_ps`, that of the heading in rad² and of the relative pace, a
// second.
struct MotionMode {
  double acceleration_m2ps3;  // spectral density of the white acceleration, standing
  double wander_ps;
  double birth_velocity_mps;  // 1 sigma an axis, before anything is known
  double birth_probability;   // of this mode, before anything is known
  double mean_stay_s;         // before it changes to the next livelier or calmer one
};

// From the calmest to the liveliest.
inline constexpr std::size_t kModes = 3;
using MotionModes = std::array<MotionMode, kModes>;

struct Motion {
  std::array<Kinematics, kModes> mode;
  std::array<double, kModes> probability{};
};

// A position measured, with its error.
struct Position {
  double e_m = 0;
  double n_m = 0;
  geo::CovEn cov_m2;
};

// A mover seen for the first time.
Motion born(const Position& seen, const MotionModes& modes);

// Moves the belief by `dt_s`; backward where negative, and then the noise of the way back is added
// too, which makes the belief a little less sure than it could be.
void predict(Motion& motion, double dt_s, const MotionModes& modes);

struct Fit {
  double density_pm2 = 0;  // of seeing this position, given the belief
  double distance2 = 0;    // squared Mahalanobis distance in the mode where it is least
};
Fit fit(const Motion& motion, const Position& seen);

void update(Motion& motion, const Position& seen);

// Makes the modes' probabilities sum to 1 after each was multiplied by a density. Far outside every
// mode all densities are 0: then the modes become as likely as each other.
void weigh_anew(Motion& motion);

// Several beliefs as one: the mean is that of the weights, the covariance the mean squared error of
// it when each is right with its probability. Both sum to 1; where they are the same this is the
// mean and covariance of the mixture.
Motion merge(std::span<const Motion> motions, std::span<const double> weights,
             std::span<const double> probabilities);

// All modes as one Gaussian with the same mean and covariance.
Kinematics moments(const Motion& motion);

// The density, at the place and velocity of one belief, of the other's: how well they agree.
double density(const Kinematics& a, const Kinematics& b);
// The same of their velocities alone.
double velocity_density(const Kinematics& a, const Kinematics& b);

// After how long without a plot the place has become less sure by `most_m`, 1 sigma along the worse
// axis.
double time_to_drift_s(const Motion& motion, double most_m, const MotionModes& modes);

// A box that holds the position from `from_s` to `to_s` from now within `sigmas` in every mode,
// without the cost of the whole prediction: for gating.
struct Reach {
  double e_m, n_m;  // middle
  double half_e_m, half_n_m;
};
Reach reach(const Motion& motion, double from_s, double to_s, const MotionModes& modes,
            double sigmas);

}  // namespace marsad::track
