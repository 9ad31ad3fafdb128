// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <istream>
#include <ostream>
#include <string>

#include "base/result.h"
#include "detect/detection.h"

namespace marsad::detect {

// The table of detections: a row a detection, and for a frame in which nothing was found a row
// with an empty index, since a sensor that looked and saw nothing tells the tracker something.
// Columns frame,time,index,x,y,width,height,u,v,var_u,cov_uv,var_v,area_px,contrast,snr and a
// probability for each class. Pixels, UTC.
void write_detection_header(std::ostream& out);
void write_detections(std::ostream& out, const FrameDetections& frame);

// Reads such a table, a frame at a time and in its order; `camera` and pose are left for the
// caller. Errors name file and line.
base::Result<void> read_detections(std::istream& in, const std::string& file,
                                   const std::function<void(FrameDetections)>& take);

}  // namespace marsad::detect
