// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>

#include "geo/geodetic.h"

namespace marsad::track {

// A covariance of a position as its lower triangular root (Cholesky's) in floats, m: half the
// bytes, where many are kept. Good to one part in ten million of each axis, and a covariance
// still, however narrow, which three numbers each rounded by itself may not be.
struct CovRoot {
  float e = 0;   // sigma east
  float ne = 0;  // by how much north goes with it
  float n = 0;   // sigma north of what is left

  static CovRoot of(const geo::CovEn& cov_m2);
  geo::CovEn cov_m2() const {
    const double ee = e, cross = ne, nn = n;
    return {ee * ee, ee * cross, cross * cross + nn * nn};
  }
  double sigma_e_m() const { return e; }
  double sigma_n_m() const { return std::sqrt(double(ne) * ne + double(n) * n); }
  bool operator==(const CovRoot&) const = default;
};

}  // namespace marsad::track
