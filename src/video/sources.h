// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "video/source.h"

namespace marsad::video {

// The kinds of source, one per file; open_source chooses among them.
using OpenedSource = base::Result<std::unique_ptr<FrameSource>>;

inline constexpr double kDefaultFps = 25;

// Whether a frame rate can be meant; times by any of these stay far from overflow.
inline bool is_plausible_fps(double fps) { return fps >= 1e-3 && fps <= 1e4; }

OpenedSource open_image_folder(const SourceSettings& settings);
OpenedSource open_video_file(const SourceSettings& settings);
OpenedSource open_cptv(const SourceSettings& settings);
OpenedSource open_rtsp(const SourceSettings& settings);

}  // namespace marsad::video
