// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "video/encode.h"
#include "video/image.h"

namespace marsad::video {

// A letter takes so many pixels, the gap to the next one included, times its scale.
inline constexpr int kLetterWidth_px = 6;
inline constexpr int kLetterHeight_px = 8;

// Writes capitals, digits and a few signs with their top left at x, y; small letters become
// capitals, what is not known a box. What lies outside the picture is cut off.
void write_text(Image<Rgb>& picture, int x, int y, std::string_view text, Rgb colour,
                int scale = 1);

// Fills a rectangle, cut to the picture.
void fill(Image<Rgb>& picture, int x, int y, int width, int height, Rgb colour);
// Draws the outline of a rectangle, one pixel wide.
void outline(Image<Rgb>& picture, int x, int y, int width, int height, Rgb colour);

}  // namespace marsad::video
