// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace marsad::detect {

// The median of the values, the upper of two middle ones; 0 of none. Changes their order.
float median(std::vector<float>& values);

}  // namespace marsad::detect
