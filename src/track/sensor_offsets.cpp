// SPDX-License-Identifier: Apache-2.0
#include "track/sensor_offsets.h"

#include <algorithm>
#include <cmath>

namespace marsad::track {
namespace {

// More sensors than this never see one mover within the bias memory; the stalest gives way.
constexpr std::size_t kMostOffsets = 8;

// The anchor passes on when it has not seen the mover for this long.
constexpr double kAnchorUnseen_s = 5;

geo::CovEn scaled(double s, const geo::CovEn& c) { return {s * c.ee, s * c.en, s * c.nn}; }

}  // namespace

const SensorOffsets::Offset* SensorOffsets::find(std::uint32_t sensor) const {
  const auto found = std::find_if(offsets_.begin(), offsets_.end(),
                                  [sensor](const Offset& o) { return o.sensor == sensor; });
  return found == offsets_.end() ? nullptr : &*found;
}

SensorOffsets::Offset SensorOffsets::believed(const geo::CovEn& bias_cov_m2, std::uint32_t sensor,
                                              base::Time time, double memory_s) const {
  if (offsets_.empty() || offsets_.front().sensor == sensor) {
    return {sensor, time, 0, 0, {}, bias_cov_m2};
  }
  const geo::CovEn unknown = bias_cov_m2 + offsets_.front().bias_cov_m2;
  const Offset* known = find(sensor);
  if (known == nullptr) return {sensor, time, 0, 0, unknown, bias_cov_m2};
  const double elapsed_s = std::max(0.0, base::to_seconds(time - known->time));
  const double kept = std::exp(-elapsed_s / memory_s);
  return {sensor,
          time,
          kept * known->e_m,
          kept * known->n_m,
          scaled(kept * kept, known->cov_m2) + scaled(1 - kept * kept, unknown),
          bias_cov_m2};
}

Position SensorOffsets::to_anchor(const Position& seen, const geo::CovEn& bias_cov_m2,
                                  std::uint32_t sensor, base::Time time, double memory_s) const {
  const Offset offset = believed(bias_cov_m2, sensor, time, memory_s);
  return {seen.e_m - offset.e_m, seen.n_m - offset.n_m, seen.cov_m2 + offset.cov_m2};
}

void SensorOffsets::learn(const Kinematics& predicted, const Position& seen,
                          const geo::CovEn& bias_cov_m2, std::uint32_t sensor, base::Time time,
                          double memory_s) {
  Offset offset = believed(bias_cov_m2, sensor, time, memory_s);
  // A Kalman update of the offset, the track's own uncertainty counted as noise.
  const geo::CovEn c = offset.cov_m2;
  const geo::CovEn s =
      geo::CovEn{predicted.cov[0], predicted.cov[1], predicted.cov[4]} + seen.cov_m2 + c;
  const double determinant = s.ee * s.nn - s.en * s.en;
  const geo::CovEn inverse = {s.nn / determinant, -s.en / determinant, s.ee / determinant};
  const double gain_ee = c.ee * inverse.ee + c.en * inverse.en;
  const double gain_en = c.ee * inverse.en + c.en * inverse.nn;
  const double gain_ne = c.en * inverse.ee + c.nn * inverse.en;
  const double gain_nn = c.en * inverse.en + c.nn * inverse.nn;
  const double innovation_e = seen.e_m - offset.e_m - predicted.mean[0];
  const double innovation_n = seen.n_m - offset.n_m - predicted.mean[1];
  offset.e_m += gain_ee * innovation_e + gain_en * innovation_n;
  offset.n_m += gain_ne * innovation_e + gain_nn * innovation_n;
  offset.cov_m2 = {c.ee - gain_ee * c.ee - gain_en * c.en, c.en - gain_ee * c.en - gain_en * c.nn,
                   c.nn - gain_ne * c.en - gain_nn * c.nn};

  const auto known = std::find_if(offsets_.begin(), offsets_.end(),
                                  [sensor](const Offset& o) { return o.sensor == sensor; });
  if (known != offsets_.end()) {
    offset.time = std::max(offset.time, known->time);
    *known = offset;
    return;
  }
  if (offsets_.size() == kMostOffsets) {
    const auto stalest =
        std::min_element(offsets_.begin() + 1, offsets_.end(),
                         [](const Offset& a, const Offset& b) { return a.time < b.time; });
    offsets_.erase(stalest);
  }
  offsets_.push_back(offset);
}

void SensorOffsets::anchor(Motion& motion, std::uint32_t sensor, base::Time time) {
  const auto next = std::find_if(offsets_.begin(), offsets_.end(),
                                 [sensor](const Offset& o) { return o.sensor == sensor; });
  if (next == offsets_.begin() || next == offsets_.end()) return;
  if (base::to_seconds(time - offsets_.front().time) < kAnchorUnseen_s) return;
  const Offset shift = *next;
  for (Kinematics& k : motion.mode) {
    k.mean[0] += shift.e_m;
    k.mean[1] += shift.n_m;
    k.cov[0] += shift.cov_m2.ee;
    k.cov[1] += shift.cov_m2.en;
    k.cov[4] += shift.cov_m2.nn;
  }
  std::iter_swap(offsets_.begin(), next);
  for (Offset& offset : offsets_) {
    offset.e_m -= shift.e_m;
    offset.n_m -= shift.n_m;
    offset.cov_m2 = offset.cov_m2 + shift.cov_m2;
  }
  offsets_.front().cov_m2 = {};
}

}  // namespace marsad::track
