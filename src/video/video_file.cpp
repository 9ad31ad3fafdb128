// SPDX-License-Identifier: Apache-2.0
#include "video/frame_clock.h"
#include "video/picture_reader.h"
#include "video/sources.h"

namespace marsad::video {
namespace {

// Containers and bare streams, no playlists: a file must not make us open others.
constexpr const char* kFormats =
    "mov,mp4,matroska,webm,avi,mpegts,mpeg,mpegvideo,h264,hevc,m4v,mjpeg,asf,nut,yuv4mpegpipe,mxf";

class VideoFile final : public FrameSource {
 public:
  VideoFile(const SourceSettings& settings, PictureReader reader)
      : camera_(settings.camera),
        location_(settings.location),
        reader_(std::move(reader)),
        clock_(settings.start,
               base::from_seconds(1 / settings.fps.value_or(reader_.fps().value_or(kDefaultFps)))) {
  }

  const SourceInfo& info() const override { return reader_.info(); }

  Event next(std::stop_token stop) override {
    while (!stop.stop_requested()) {
      Reading reading = reader_.read();
      if (auto* picture = std::get_if<Picture>(&reading)) return to_frame(std::move(*picture));
      if (const auto* damaged = std::get_if<Damaged>(&reading)) {
        return fault("picture " + std::to_string(next_number_++) + ": " + damaged->what);
      }
      if (const auto* ended = std::get_if<Ended>(&reading)) {
        if (ended->why.empty() || std::exchange(told_of_end_, true)) return End{};
        return fault("cut short: " + ended->why);
      }
    }
    return End{};
  }

 private:
  Frame to_frame(Picture picture) {
    const std::uint64_t number = next_number_++;
    return Frame{.camera = camera_,
                 .number = number,
                 .time = clock_.time_of(number, picture.stamp),
                 .bits = picture.image.bits,
                 .counts = std::move(picture.image.counts),
                 .pose = std::nullopt};
  }

  Fault fault(const std::string& what) const {
    return {Fault::Kind::corrupt_frame, location_ + ": " + what};
  }

  sensor::SensorId camera_;
  std::string location_;
  PictureReader reader_;
  FrameClock clock_;
  std::uint64_t next_number_ = 0;
  bool told_of_end_ = false;
};

}  // namespace

OpenedSource open_video_file(const SourceSettings& settings) {
  PictureReader::Options options;
  options.formats = kFormats;
  options.protocols = "file";
  base::Result<PictureReader> reader = PictureReader::open("file:" + settings.location, options);
  if (!reader) {
    return base::Error{settings.location, "can't be opened as video: " + reader.error().message};
  }
  return OpenedSource(std::make_unique<VideoFile>(settings, std::move(*reader)));
}

}  // namespace marsad::video
