// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/time.h"
#include "video/libav.h"
#include "video/source.h"

namespace marsad::video {

struct Picture {
  StillImage image;
  std::optional<base::Duration> stamp;  // since any moment, as the container has it
};
// One picture that was there but can't be shown.
struct Damaged {
  std::string what;
};
// A packet was taken in and nothing came out yet.
struct Working {};
struct Ended {
  std::string why;  // empty where the end is a proper one
};
using Reading = std::variant<Working, Picture, Damaged, Ended>;

// Unpacks and decodes the pictures of a container's best video stream: what video files and RTSP
// share.
class PictureReader {
 public:
  struct Options {
    std::string formats;    // libav's demuxers that may be used, comma-separated
    std::string protocols;  // and its protocols
    std::vector<std::pair<std::string, std::string>> settings;  // of the demuxer
    AVIOInterruptCB interrupt{nullptr, nullptr};
    bool live = false;  // don't read ahead to learn what the header doesn't say
  };

  static base::Result<PictureReader> open(const std::string& address, const Options& options);

  const SourceInfo& info() const { return info_; }
  // As the container has it.
  std::optional<double> fps() const;
  // Takes at most one packet. Ended again and again once it has ended.
  Reading read();

 private:
  PictureReader(libav::FormatPtr format, int stream, libav::CodecPtr decoder);
  std::optional<Reading> read_packet();
  Reading take_picture();
  std::string shortfall() const;
  const AVStream& stream() const { return *format_->streams[stream_]; }

  libav::FormatPtr format_;
  int stream_;
  libav::CodecPtr decoder_;
  libav::PacketPtr packet_;
  libav::FramePtr frame_;
  SourceInfo info_;
  std::uint64_t packets_ = 0;
  int read_errors_ = 0;
  std::optional<Ended> ended_;  // no more packets; the decoder may still hold pictures
};

}  // namespace marsad::video
