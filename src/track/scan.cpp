// SPDX-License-Identifier: Apache-2.0
#include "track/scan.h"

namespace marsad::track {

bool comes_before(const sensor::SensorId& a, const sensor::SensorId& b) {
  if (a.text.size() != b.text.size()) return a.text.size() < b.text.size();
  return a.text < b.text;
}

}  // namespace marsad::track
