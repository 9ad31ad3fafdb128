// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "detect/detection.h"
#include "detect/detector.h"
#include "video/encode.h"
#include "video/frame.h"

namespace marsad::detect {

// Differences over noise from here on are shown in full colour.
inline constexpr float kFullColour = 12;

// A picture of why a frame's detections were found, three panels side by side: the frame with a
// box around each, its difference over noise and class; the detector's model of it, in the same
// greys; and the score, red where warmer than the model, blue where colder, black where alike.
// Small frames are enlarged. Empty panels before there is a model.
video::Image<video::Rgb> picture_of(const video::Frame& frame,
                                    const std::vector<Detection>& detections,
                                    const Explanation& explanation);

}  // namespace marsad::detect
