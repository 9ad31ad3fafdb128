// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <functional>

#include "border/border.h"
#include "sensor/camera.h"
#include "terrain/elevation.h"

namespace marsad::mask {

// A small piece of a zone's ground and the room above it: a box, which holds all of the piece.
struct Block {
  // In the camera's frame, metres: four at the bottom, then four at the top.
  std::array<sensor::CameraRay, 8> corners;
  double near_m = 0;  // no part of it is nearer than this to the camera's foot
};

// From where a zone is looked at, and how much it is to be widened.
struct BlockSettings {
  double wider_m = 0;    // to every side
  double higher_m = 0;   // on top of the zone's own height
  double around_px = 0;  // blocks so far out of the frame still count
};

// Cuts what stands in a zone, from the ground to the zone's height, into blocks and hands over
// those in frame, whether or not the ground hides them. Together they hold all of the zone, and
// reach beyond it by two pixels or a quarter of a metre, whichever is more. Where the ground isn't
// known it may be as low and as high as anywhere on the map.
void for_each_block(const sensor::Camera& camera, const terrain::Elevation& elevation,
                    const border::Zone& zone, const BlockSettings& settings,
                    const std::function<void(const Block&)>& take);

}  // namespace marsad::mask
