// SPDX-License-Identifier: Apache-2.0
#include "sensor/thermal_range.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace marsad::sensor {
namespace {

// Signal to noise at which half of the looks find a mover at a sensitivity of 0.5: what it takes to
// be seeded and confirmed, the less the more pixels there are to do so. Fitted to the detector on
// some sizes, see bench/range_bench.
constexpr double kSmall_px2 = 9;
constexpr double kNeeded = 8.2;
constexpr double kLessPerOctave = 0.63;
constexpr double kLeastNeeded = 4.5;
constexpr double kSpread = 0.65;  // what one frame's noise leaves of itself after confirmation

double arriving_K(const ThermalTarget& target, double range_m, double extinction_per_km) {
  return target.contrast_K * std::exp(-extinction_per_km * range_m / 1000);
}

double normal_below(double z) { return 0.5 * std::erfc(-z / std::numbers::sqrt2); }

// The integral of the normal distribution up to z.
double integral_below(double z) {
  constexpr double kInvSqrt2Pi = 0.3989422804014327;
  return z * normal_below(z) + kInvSqrt2Pi * std::exp(-z * z / 2);
}

// The share of three pixels that something so wide, blurred, fills when its middle is theirs.
double filled(double width_px, double blur_px) {
  constexpr double kThree_px = 3;
  if (blur_px < 1e-6) return std::min(width_px / kThree_px, 1.0);
  const double outer = (kThree_px + width_px) / 2 / blur_px;
  const double inner = (kThree_px - width_px) / 2 / blur_px;
  const double overlap = integral_below(outer) - integral_below(inner) - integral_below(-inner) +
                         integral_below(-outer);
  return blur_px * overlap / kThree_px;
}

// What of the contrast of a pattern is left by diffraction, jitter and the pixels' own size.
double transfer(const ThermalCamera& camera, double cycles_per_px) {
  const double x = std::numbers::pi * cycles_per_px;
  const double pixel = x > 0 ? std::sin(x) / x : 1;
  const double blur = 2 * x * blur_px(camera);
  return pixel * std::exp(-blur * blur / 2);
}

double cycles_for_half(Task task) {
  switch (task) {
    case Task::detect:
      return 0.75;
    case Task::recognise:
      return 3;
    case Task::identify:
      break;
  }
  return 6;
}

// The finest pattern resolved at this contrast, cycles a pixel.
double finest_resolved(const ThermalCamera& camera, double contrast_K) {
  constexpr double kFinest = 0.5;
  double resolved = 0, not_resolved = kFinest;
  if (least_resolved_K(camera, std::nextafter(kFinest, 0)) <= contrast_K) return kFinest;
  for (int i = 0; i < 40; ++i) {
    const double middle = (resolved + not_resolved) / 2;
    (least_resolved_K(camera, middle) <= contrast_K ? resolved : not_resolved) = middle;
  }
  return resolved;
}

}  // namespace

ThermalCamera thermal_camera(const Camera& camera) {
  return {camera.model.focal_px(), camera.optics};
}

double blur_px(const ThermalCamera& camera) {
  const double diffraction_px =
      0.42 * camera.optics.wavelength_um * camera.optics.f_number / camera.optics.pitch_um;
  return std::hypot(diffraction_px, camera.optics.jitter_px);
}

double detection_snr(const ThermalCamera& camera, const ThermalTarget& target, double range_m,
                     double extinction_per_km) {
  const double px_per_m = camera.focal_px / range_m;
  const double blur = blur_px(camera);
  constexpr double kOfNine = 3;  // a mean of nine has a third of the noise
  return kOfNine * arriving_K(target, range_m, extinction_per_km) / camera.optics.netd_K *
         filled(target.width_m * px_per_m, blur) * filled(target.height_m * px_per_m, blur);
}

double detection_margin(const ThermalCamera& camera, const ThermalTarget& target, double range_m,
                        double extinction_per_km, double sensitivity) {
  const double px_per_m = camera.focal_px / range_m;
  const double area_px2 = target.width_m * target.height_m * px_per_m * px_per_m;
  const double octaves = std::log2(std::max(area_px2 / kSmall_px2, 1.0));
  const double needed = std::max(kNeeded - kLessPerOctave * octaves, kLeastNeeded);
  const double snr = detection_snr(camera, target, range_m, extinction_per_km);
  return (snr / std::exp2(1 - 2 * sensitivity) - needed) / kSpread;
}

double machine_detects(const ThermalCamera& camera, const ThermalTarget& target, double range_m,
                       double extinction_per_km, double sensitivity) {
  return normal_below(detection_margin(camera, target, range_m, extinction_per_km, sensitivity));
}

double least_resolved_K(const ThermalCamera& camera, double cycles_per_px) {
  if (cycles_per_px >= 0.5) return std::numeric_limits<double>::infinity();
  constexpr double kThresholdSnr = 2.25;
  constexpr double kEye_s = 0.2;
  constexpr double kBar = 7;  // times as long as wide
  // A bar is half a cycle wide; its first harmonic has 8/π² of its mean.
  const double bar_px2 = kBar / (4 * cycles_per_px * cycles_per_px);
  const double frames = std::max(1.0, kEye_s * camera.optics.frames_per_s);
  constexpr double kPi2 = std::numbers::pi * std::numbers::pi;
  return kThresholdSnr * kPi2 / 8 * camera.optics.netd_K /
         (transfer(camera, cycles_per_px) * std::sqrt(bar_px2 * frames));
}

double person_succeeds(const ThermalCamera& camera, const ThermalTarget& target, double range_m,
                       double extinction_per_km, Task task) {
  const double resolved = finest_resolved(camera, arriving_K(target, range_m, extinction_per_km));
  const double cycles = resolved * target.critical_m * camera.focal_px / range_m;
  const double ratio = cycles / cycles_for_half(task);
  // There it is 1 to nine digits, and the power overflows further on.
  if (ratio > 10) return 1;
  const double power = std::pow(ratio, 2.7 + 0.7 * ratio);
  return power / (1 + power);
}

}  // namespace marsad::sensor
