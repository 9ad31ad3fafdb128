// SPDX-License-Identifier: Apache-2.0
#include "video/source.h"

#include <filesystem>

#include "video/address.h"
#include "video/sources.h"

namespace marsad::video {

namespace {

OpenedSource open_kind(const SourceSettings& settings) {
  if (settings.fps && !is_plausible_fps(*settings.fps)) {
    return base::Error{settings.location, "a frame rate of " + std::to_string(*settings.fps) +
                                              "; expected 0.001 to 10000 frames/s"};
  }
  if (settings.location.starts_with("rtsp://")) return open_rtsp(settings);
  const std::filesystem::path path(settings.location);
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) {
    return base::Error{settings.location,
                       "no such file or folder; expected a folder of numbered images, a video "
                       "file, a .cptv recording or an rtsp:// address"};
  }
  if (std::filesystem::is_directory(status)) return open_image_folder(settings);
  if (path.extension() == ".cptv") return open_cptv(settings);
  return open_video_file(settings);
}

}  // namespace

base::Result<std::unique_ptr<FrameSource>> open_source(const SourceSettings& settings) {
  OpenedSource opened = open_kind(settings);
  if (opened) return opened;
  // A mistyped address is taken for a file and named in the error.
  return base::Error{without_password(opened.error().where),
                     without_passwords(opened.error().message)};
}

}  // namespace marsad::video
