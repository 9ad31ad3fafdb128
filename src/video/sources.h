// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "video/source.h"

namespace marsad::video {

// The kinds of source, one per file; open_source chooses among them.
using OpenedSource = base::Result<std::unique_ptr<FrameSource>>;

inline constexpr double kDefaultFps = 25;

OpenedSource open_image_folder(const SourceSettings& settings);
OpenedSource open_video_file(const SourceSettings& settings);
OpenedSource open_cptv(const SourceSettings& settings);
OpenedSource open_rtsp(const SourceSettings& settings);

}  // namespace marsad::video
