// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <zlib.h>

#include <cerrno>
#include <cstring>

#include "video/cptv.h"
#include "video/frame_clock.h"
#include "video/sources.h"

namespace marsad::video {
namespace {

constexpr double kLeptonFps = 9;
constexpr int kLeptonBits = 16;

struct CloseGzip {
  void operator()(gzFile file) const { gzclose(file); }
};
using GzipPtr = std::unique_ptr<gzFile_s, CloseGzip>;

CptvParser::ReadBytes reader_of(gzFile file) {
  return [file](std::span<std::uint8_t> bytes) -> std::size_t {
    const int found = gzread(file, bytes.data(), static_cast<unsigned>(bytes.size()));
    return found > 0 ? static_cast<std::size_t>(found) : 0;
  };
}

// What is wrong with the compressed stream itself, or nothing.
std::string gzip_fault(gzFile file) {
  int code = Z_OK;
  const char* text = gzerror(file, &code);
  if (code == Z_OK || code == Z_STREAM_END) return {};
  return code == Z_BUF_ERROR ? "the compressed data are cut short" : text;
}

class CptvSource final : public FrameSource {
 public:
  CptvSource(const SourceSettings& settings, GzipPtr file, CptvParser parser)
      : camera_(settings.camera),
        location_(settings.location),
        file_(std::move(file)),
        parser_(std::move(parser)),
        clock_(parser_.header().recorded.value_or(settings.start),
               base::from_seconds(
                   1 / settings.fps.value_or(parser_.header().fps.value_or(kLeptonFps)))) {
    const CptvHeader& header = parser_.header();
    info_ = {
        header.width_px, header.height_px, std::nullopt,
        fmt::format("CPTV version {}, {}×{}", header.version, header.width_px, header.height_px),
        false};
  }

  const SourceInfo& info() const override { return info_; }

  Event next(std::stop_token stop) override {
    while (!over_ && !stop.stop_requested()) {
      base::Result<std::optional<CptvFrame>> frame = parser_.next();
      if (!frame) return last_fault(frame.error().message);
      if (!frame->has_value()) {
        const std::string gzip = gzip_fault(file_.get());
        if (!gzip.empty()) return last_fault(gzip);
        over_ = true;
      } else if (!(*frame)->background) {
        return to_frame(std::move(**frame));
      }
    }
    return End{};
  }

 private:
  Frame to_frame(CptvFrame frame) {
    const std::uint64_t number = next_number_++;
    return Frame{.camera = camera_,
                 .number = number,
                 .time = clock_.time_of(number, frame.stamp),
                 .bits = kLeptonBits,
                 .counts = std::move(frame.counts),
                 .pose = std::nullopt};
  }

  Fault last_fault(const std::string& what) {
    over_ = true;
    const std::string gzip = gzip_fault(file_.get());
    return {Fault::Kind::corrupt_frame, fmt::format("{}: frame {}: {}{}{}", location_, next_number_,
                                                    what, gzip.empty() ? "" : "; ", gzip)};
  }

  sensor::SensorId camera_;
  std::string location_;
  GzipPtr file_;
  CptvParser parser_;
  FrameClock clock_;
  SourceInfo info_;
  std::uint64_t next_number_ = 0;
  bool over_ = false;
};

}  // namespace

OpenedSource open_cptv(const SourceSettings& settings) {
  GzipPtr file(gzopen(settings.location.c_str(), "rb"));
  if (!file) {
    return base::Error{settings.location, std::string("can't be opened: ") + std::strerror(errno)};
  }
  base::Result<CptvParser> parser = CptvParser::open(reader_of(file.get()));
  if (!parser) return base::Error{settings.location, parser.error().message};
  return OpenedSource(std::make_unique<CptvSource>(settings, std::move(file), std::move(*parser)));
}

}  // namespace marsad::video
