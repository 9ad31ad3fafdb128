// SPDX-License-Identifier: Apache-2.0
#include "sensor/thermal_target.h"

namespace marsad::sensor {
namespace {

constexpr double kNominal_K = 2;
constexpr double kBeforeSky_K = 8;

}  // namespace

ThermalTarget usual_target(MoverClass mover) {
  switch (mover) {
    case MoverClass::vehicle:
      return {2.6, 2.0, 2.3, kNominal_K, false};
    case MoverClass::animal:
      return {0.9, 0.7, 0.6, kNominal_K, false};
    case MoverClass::aircraft:
      return {0.6, 0.25, 0.4, kBeforeSky_K, true};
    case MoverClass::bird:
      return {0.4, 0.2, 0.3, kBeforeSky_K, true};
    case MoverClass::person:
    case MoverClass::unknown:
      break;
  }
  return {0.5, 1.7, 0.75, kNominal_K, false};
}

}  // namespace marsad::sensor
