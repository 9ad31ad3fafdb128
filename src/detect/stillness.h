// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "video/image.h"

namespace marsad::detect {

// How long one camera has been giving the same picture. Looks at about 2000 pixels, spread over
// the picture: in a living one, noise alone changes some of them.
class Stillness {
 public:
  // Takes the next picture; returns the seconds since the last one that differed.
  double take(const video::Image<std::uint16_t>& picture, double elapsed_s);

 private:
  std::vector<std::uint16_t> seen_;
  double still_s_ = 0;
};

}  // namespace marsad::detect
