// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "detect/background.h"

namespace marsad::detect {

// The box of something warmer or colder than the background, widened by its rim: rows and columns
// that don't stand out pixel by pixel but do together, as blur makes them. Only where the
// background about it is plain, as the sky is; on structured ground what is faint beside a thing is
// as likely the ground's, and where the thing ends must not be guessed from it.
Box with_rim(const Box& box, bool is_warmer, const Background& background);

}  // namespace marsad::detect
