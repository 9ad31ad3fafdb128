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

// What is left of a covariance, where rounding may have taken more than there was.
geo::CovEn sound(geo::CovEn c) {
  c.ee = std::max(0.0, c.ee);
  c.nn = std::max(0.0, c.nn);
  const double most = std::sqrt(c.ee * c.nn);
  c.en = std::clamp(c.en, -most, most);
  return c;
}

// The variance across a line.
double across(const geo::CovEn& c, const Sightline& line) {
  const double e = line.across_e, n = line.across_n;
  return std::max(0.0, e * e * c.ee + 2 * e * n * c.en + n * n * c.nn);
}

}  // namespace

SensorOffsets::Kept::Kept(const Offset& offset)
    : sensor(offset.sensor),
      of_lines(offset.of_lines),
      time(offset.time),
      e_m(static_cast<float>(offset.e_m)),
      n_m(static_cast<float>(offset.n_m)),
      root(CovRoot::of(offset.cov_m2)),
      bias_root(CovRoot::of(offset.bias_cov_m2)) {}

SensorOffsets::Offset SensorOffsets::Kept::offset() const {
  return {sensor, of_lines, time, e_m, n_m, root.cov_m2(), bias_root.cov_m2()};
}

std::optional<SensorOffsets::Offset> SensorOffsets::find(std::uint32_t sensor) const {
  const auto found = std::find_if(kept_.begin(), kept_.end(),
                                  [sensor](const Kept& k) { return k.sensor == sensor; });
  if (found == kept_.end()) return std::nullopt;
  return found->offset();
}

SensorOffsets::Offset SensorOffsets::believed(const std::optional<Offset>& known,
                                              const geo::CovEn& bias_cov_m2, std::uint32_t sensor,
                                              base::Time time, double memory_s) const {
  if (kept_.empty() || is_anchor(sensor)) {
    return {sensor, false, time, 0, 0, {}, bias_cov_m2};
  }
  const geo::CovEn unknown = bias_cov_m2 + kept_.front().bias_root.cov_m2();
  if (!known) return {sensor, false, time, 0, 0, unknown, bias_cov_m2};
  const double elapsed_s = std::max(0.0, base::to_seconds(time - known->time));
  const double kept = std::exp(-elapsed_s / memory_s);
  return {sensor,
          false,
          time,
          kept * known->e_m,
          kept * known->n_m,
          scaled(kept * kept, known->cov_m2) + scaled(1 - kept * kept, unknown),
          bias_cov_m2};
}

SensorOffsets::Offset SensorOffsets::believed_of_place(const geo::CovEn& bias_cov_m2,
                                                       std::uint32_t sensor, base::Time time,
                                                       double memory_s) const {
  const std::optional<Offset> known = find(sensor);
  const bool placed = known && !known->of_lines;
  return believed(placed ? known : std::nullopt, bias_cov_m2, sensor, time, memory_s);
}

SensorOffsets::Offset SensorOffsets::believed_of_line(const geo::CovEn& bias_cov_m2,
                                                      std::uint32_t sensor, base::Time time,
                                                      double memory_s) const {
  // What plots with a place said of the bias goes before.
  const std::optional<Offset> known = find(sensor);
  const bool placed = known && !known->of_lines;
  Offset offset =
      believed(known, placed ? known->bias_cov_m2 : bias_cov_m2, sensor, time, memory_s);
  offset.of_lines = !placed;
  return offset;
}

Position SensorOffsets::to_anchor(const Position& seen, const geo::CovEn& bias_cov_m2,
                                  std::uint32_t sensor, base::Time time, double memory_s) const {
  const Offset offset = believed_of_place(bias_cov_m2, sensor, time, memory_s);
  return {seen.e_m - offset.e_m, seen.n_m - offset.n_m, seen.cov_m2 + offset.cov_m2};
}

void SensorOffsets::learn(const Kinematics& predicted, const Position& seen,
                          const geo::CovEn& bias_cov_m2, std::uint32_t sensor, base::Time time,
                          double memory_s) {
  Offset offset = believed_of_place(bias_cov_m2, sensor, time, memory_s);
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
  offset.cov_m2 =
      sound({c.ee - gain_ee * c.ee - gain_en * c.en, c.en - gain_ee * c.en - gain_en * c.nn,
             c.nn - gain_ne * c.en - gain_nn * c.nn});

  keep(offset);
}

void SensorOffsets::keep(Offset offset) {
  const auto known = std::find_if(kept_.begin(), kept_.end(),
                                  [&offset](const Kept& k) { return k.sensor == offset.sensor; });
  if (known != kept_.end()) {
    offset.time = std::max(offset.time, known->time);
    *known = Kept(offset);
    return;
  }
  if (kept_.size() == kMostOffsets) {
    const auto stalest =
        std::min_element(kept_.begin() + 1, kept_.end(),
                         [](const Kept& a, const Kept& b) { return a.time < b.time; });
    kept_.erase(stalest);
  }
  kept_.emplace_back(offset);
}

Sightline SensorOffsets::to_anchor(const Sightline& seen, const geo::CovEn& bias_cov_m2,
                                   std::uint32_t sensor, base::Time time, double memory_s) const {
  const Offset offset = believed_of_line(bias_cov_m2, sensor, time, memory_s);
  Sightline line = seen;
  line.e_m -= offset.e_m;
  line.n_m -= offset.n_m;
  line.variance_m2 += across(offset.cov_m2, seen);
  return line;
}

void SensorOffsets::learn(const Kinematics& predicted, const Sightline& seen,
                          const geo::CovEn& bias_cov_m2, std::uint32_t sensor, base::Time time,
                          double memory_s) {
  if (kept_.empty() || is_anchor(sensor)) return;
  Offset offset = believed_of_line(bias_cov_m2, sensor, time, memory_s);
  const geo::CovEn c = offset.cov_m2;
  const double e = seen.across_e, n = seen.across_n;
  const geo::CovEn place = {predicted.cov[0], predicted.cov[1], predicted.cov[4]};
  const double variance = across(c + place, seen) + seen.variance_m2;
  const double with_e = c.ee * e + c.en * n, with_n = c.en * e + c.nn * n;
  const double off = e * (seen.e_m - offset.e_m - predicted.mean[0]) +
                     n * (seen.n_m - offset.n_m - predicted.mean[1]);
  offset.e_m += with_e * off / variance;
  offset.n_m += with_n * off / variance;
  offset.cov_m2 = sound({c.ee - with_e * with_e / variance, c.en - with_e * with_n / variance,
                         c.nn - with_n * with_n / variance});
  keep(offset);
}

void SensorOffsets::anchor(Motion& motion, std::uint32_t sensor, base::Time time) {
  const auto next = std::find_if(kept_.begin(), kept_.end(),
                                 [sensor](const Kept& k) { return k.sensor == sensor; });
  if (next == kept_.begin() || next == kept_.end()) return;
  if (base::to_seconds(time - kept_.front().time) < kAnchorUnseen_s) return;
  const Offset shift = next->offset();
  for (Kinematics& k : motion.mode) {
    k.mean[0] += shift.e_m;
    k.mean[1] += shift.n_m;
    k.cov[0] += shift.cov_m2.ee;
    k.cov[1] += shift.cov_m2.en;
    k.cov[4] += shift.cov_m2.nn;
  }
  std::iter_swap(kept_.begin(), next);
  for (Kept& kept : kept_) {
    Offset offset = kept.offset();
    offset.e_m -= shift.e_m;
    offset.n_m -= shift.n_m;
    offset.cov_m2 = offset.cov_m2 + shift.cov_m2;
    kept = Kept(offset);
  }
  kept_.front().root = {};
}

}  // namespace marsad::track
