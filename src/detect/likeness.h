// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "detect/background.h"

namespace marsad::detect {

// Whether the frame compared last has nothing to do with the background, however it was laid over
// it: what differs is about as much as what the background itself holds, and it differs in patches,
// not pixel by pixel as noise does. For a background of one frame, whose noise isn't known yet and
// which tells no other way what fits it.
bool is_another_picture(const Background& background);

}  // namespace marsad::detect
