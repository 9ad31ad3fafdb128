// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "detect/background.h"
#include "detect/piece.h"

namespace marsad::detect {

// Whether a piece is no thing but an edge that crept or swayed by up to some pixels: a cloud's, a
// branch's, a roof's before a camera that was aligned badly. There the frame is the background
// moved a little [Lucas81], the background has edges that go on outside of the piece, and in the
// frame nothing stands out from all that is around it.
bool is_creep(const Piece& piece, const Background& background);

}  // namespace marsad::detect
