// SPDX-License-Identifier: Apache-2.0
#include "video/picture_reader.h"

#include <fmt/format.h>

#include <cstring>

#include "video/sources.h"

namespace marsad::video {
namespace {

// Consecutive damaged packets after which a file is given up.
constexpr int kMostReadErrors = 100;
constexpr std::int64_t kLargestStamp_us = std::int64_t{1} << 60;

class Dictionary {
 public:
  explicit Dictionary(const PictureReader::Options& options) {
    for (const auto& [key, value] : options.settings) set(key.c_str(), value);
    set("format_whitelist", options.formats);
    set("protocol_whitelist", options.protocols);
  }
  ~Dictionary() { av_dict_free(&entries_); }
  Dictionary(const Dictionary&) = delete;
  Dictionary& operator=(const Dictionary&) = delete;
  AVDictionary** get() { return &entries_; }

 private:
  void set(const char* key, const std::string& value) {
    CHECK(av_dict_set(&entries_, key, value.c_str(), 0) >= 0);
  }

  AVDictionary* entries_ = nullptr;
};

std::string name_of(AVCodecID id) {
  switch (id) {
    case AV_CODEC_ID_H264:
      return "H.264";
    case AV_CODEC_ID_HEVC:
      return "H.265";
    case AV_CODEC_ID_MPEG2VIDEO:
      return "MPEG-2";
    case AV_CODEC_ID_MJPEG:
      return "MJPEG";
    case AV_CODEC_ID_FFV1:
      return "FFV1";
    default:
      return avcodec_get_name(id);
  }
}

base::Result<libav::FormatPtr> open_container(const std::string& address,
                                              const PictureReader::Options& options) {
  AVFormatContext* context = avformat_alloc_context();
  CHECK(context != nullptr);
  context->interrupt_callback = options.interrupt;
  Dictionary dictionary(options);
  // On failure the context is freed.
  const int opened = avformat_open_input(&context, address.c_str(), nullptr, dictionary.get());
  if (opened < 0) return base::Error{"", libav::complaint(opened)};
  return libav::FormatPtr(context);
}

// How many pictures the container says it has.
std::optional<std::uint64_t> promised(const AVFormatContext& format, const AVStream& stream) {
  // What an edit list cuts away is not in the index.
  const bool mp4 = std::strstr(format.iformat->name, "mp4") != nullptr;
  const std::int64_t count = mp4 ? avformat_index_get_entries_count(&stream) : stream.nb_frames;
  return count > 0 ? std::optional(static_cast<std::uint64_t>(count)) : std::nullopt;
}

}  // namespace

base::Result<PictureReader> PictureReader::open(const std::string& address,
                                                const Options& options) {
  libav::start_listening();
  base::Result<libav::FormatPtr> format = open_container(address, options);
  if (!format) return format.error();
  int stream = av_find_best_stream(format->get(), AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
  const bool known =
      stream >= 0 && (*format)->streams[stream]->codecpar->codec_id != AV_CODEC_ID_NONE;
  if (!options.live || !known) {
    const int found = avformat_find_stream_info(format->get(), nullptr);
    if (found < 0) return base::Error{"", libav::complaint(found)};
    stream = av_find_best_stream(format->get(), AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
  }
  if (stream < 0) return base::Error{"", "no video in it that can be decoded"};
  const AVCodecParameters* parameters = (*format)->streams[stream]->codecpar;
  base::Result<libav::CodecPtr> decoder = libav::open_decoder(parameters->codec_id, parameters);
  if (!decoder) return decoder.error();
  return PictureReader(std::move(*format), stream, std::move(*decoder));
}

PictureReader::PictureReader(libav::FormatPtr format, int stream, libav::CodecPtr decoder)
    : format_(std::move(format)),
      stream_(stream),
      decoder_(std::move(decoder)),
      packet_(libav::make_packet()),
      frame_(libav::make_frame()) {
  const AVCodecParameters& parameters = *this->stream().codecpar;
  info_.width_px = parameters.width;
  info_.height_px = parameters.height;
  info_.frames = promised(*format_, this->stream());
  info_.description = name_of(parameters.codec_id);
  if (parameters.width > 0) {
    info_.description += fmt::format(", {}×{}", parameters.width, parameters.height);
  }
  if (fps()) info_.description += fmt::format(", {:.4g} frames/s", *fps());
}

std::optional<double> PictureReader::fps() const {
  const AVRational rate = stream().avg_frame_rate;
  const double fps = rate.den > 0 ? av_q2d(rate) : 0;
  return is_plausible_fps(fps) ? std::optional(fps) : std::nullopt;
}

Reading PictureReader::read() {
  libav::start_listening();
  Reading reading = take_picture();
  if (!std::holds_alternative<Working>(reading)) return reading;
  if (ended_) return *ended_;
  if (std::optional<Reading> unread = read_packet()) return std::move(*unread);
  return take_picture();
}

// What to tell instead of a picture, where there is something.
std::optional<Reading> PictureReader::read_packet() {
  const int code = av_read_frame(format_.get(), packet_.get());
  if (code == AVERROR_INVALIDDATA && ++read_errors_ < kMostReadErrors) {
    return Damaged{libav::complaint(code)};
  }
  if (code < 0) {
    std::string why = libav::take_complaint();
    if (why.empty()) why = code == AVERROR_EOF ? shortfall() : libav::complaint(code);
    ended_ = Ended{std::move(why)};
    avcodec_send_packet(decoder_.get(), nullptr);
    return std::nullopt;
  }
  read_errors_ = 0;
  int sent = 0;
  if (packet_->stream_index == stream_) {
    ++packets_;
    sent = avcodec_send_packet(decoder_.get(), packet_.get());
  }
  av_packet_unref(packet_.get());
  if (sent < 0) return Damaged{libav::complaint(sent)};
  return std::nullopt;
}

Reading PictureReader::take_picture() {
  const int code = avcodec_receive_frame(decoder_.get(), frame_.get());
  if (code == AVERROR(EAGAIN) || code == AVERROR_EOF) return Working{};
  if (code < 0) return ended_ ? Reading(*ended_) : Damaged{libav::complaint(code)};
  if (frame_->decode_error_flags != 0 || (frame_->flags & AV_FRAME_FLAG_CORRUPT) != 0) {
    return Damaged{"parts of the picture are lost"};
  }
  if (!libav::marks_damage(decoder_->codec_id)) {
    const std::string complaint = libav::take_complaint();
    if (!complaint.empty()) return Damaged{complaint};
  }
  base::Result<StillImage> image = libav::to_counts(*frame_);
  if (!image) return Damaged{image.error().message};
  Picture picture{std::move(*image), std::nullopt};
  const bool has_times = (format_->iformat->flags & AVFMT_NOTIMESTAMPS) == 0;
  if (has_times && frame_->best_effort_timestamp != AV_NOPTS_VALUE) {
    const AVRational microseconds{1, 1000000};
    const std::int64_t stamp_us =
        av_rescale_q(frame_->best_effort_timestamp, stream().time_base, microseconds);
    // Damaged stamps can be anything; the difference of two must not overflow.
    if (stamp_us > -kLargestStamp_us && stamp_us < kLargestStamp_us)
      picture.stamp = base::Duration(stamp_us);
  }
  return picture;
}

std::string PictureReader::shortfall() const {
  if (!info_.frames || packets_ >= *info_.frames) return {};
  return fmt::format("ends after {} of {} pictures", packets_, *info_.frames);
}

}  // namespace marsad::video
