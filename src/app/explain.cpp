// SPDX-License-Identifier: Apache-2.0
#include "app/explain.h"

#include <fmt/format.h>

#include <filesystem>

#include "detect/explain.h"
#include "video/encode.h"

namespace marsad::app {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kHead =
    "<!doctype html>\n<meta charset=\"utf-8\">\n<title>Why it was detected</title>\n"
    "<style>body{background:#10141a;color:#dee4ec;font:14px system-ui,sans-serif;margin:16px}"
    "img{display:block;max-width:100%;margin:4px 0 16px}</style>\n"
    "<p>From left to right: the frame with what was found, its class and highest score; the "
    "detector's model of it; the score, which is the difference over noise, red where warmer and "
    "blue where colder.</p>\n";

}  // namespace

ExplainWriter::ExplainWriter(const ExplainSettings& settings, std::ofstream index)
    : settings_(settings), index_(std::move(index)) {
  index_ << kHead;
}

base::Result<ExplainWriter> ExplainWriter::open(const ExplainSettings& settings) {
  const fs::path folder(settings.folder);
  for (const char* video : {".mp4", ".mkv", ".avi", ".mov"}) {
    if (folder.extension() == video) {
      return base::Error{settings.folder, "a video's name; expected a folder for pictures"};
    }
  }
  std::error_code code;
  fs::create_directories(folder, code);
  if (code) return base::Error{settings.folder, "can't be made: " + code.message()};
  std::ofstream index(folder / "index.html");
  if (!index) return base::Error{(folder / "index.html").string(), "can't be written"};
  return ExplainWriter(settings, std::move(index));
}

base::Result<void> ExplainWriter::take(const video::Frame& frame,
                                       const std::vector<detect::Detection>& detections,
                                       const detect::Detector& detector) {
  if (frame.number < settings_.from || written_ >= settings_.most.value_or(UINT64_MAX)) return {};
  if (offered_++ % settings_.every != 0) return {};
  ++written_;
  const std::string name = fmt::format("explain{:06}.png", frame.number);
  const auto picture = detect::picture_of(frame, detections, detector.explain());
  index_ << fmt::format(
      "<a href=\"{0}\"><img src=\"{0}\" alt=\"frame {1}\" loading=\"lazy\"></a>\n", name,
      frame.number);
  return video::write_file((fs::path(settings_.folder) / name).string(),
                           video::encode_png(picture));
}

base::Result<void> ExplainWriter::close() {
  index_.close();
  if (index_) return {};
  return base::Error{settings_.folder, "not all could be written; is the disk full?"};
}

}  // namespace marsad::app
