// SPDX-License-Identifier: Apache-2.0
#include "video/encode.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "video/libav.h"

namespace marsad::video {
namespace {

constexpr int kJpegScaleMost = 31;  // libav's coarsest quantiser; 1 is its finest

libav::FramePtr make_picture(AVPixelFormat format, int width, int height) {
  CHECK(width > 0 && height > 0);
  libav::FramePtr frame = libav::make_frame();
  frame->format = format;
  frame->width = width;
  frame->height = height;
  CHECK(av_frame_get_buffer(frame.get(), 0) == 0);
  return frame;
}

std::uint8_t* row_of(const AVFrame& frame, int plane, int y) {
  return frame.data[plane] + static_cast<std::ptrdiff_t>(y) * frame.linesize[plane];
}

// `scale` is the quantiser.
Bytes encode_mjpeg(AVFrame& picture, int scale) {
  libav::start_listening();
  const AVCodec* codec = avcodec_find_encoder(AV_CODEC_ID_MJPEG);
  CHECK(codec != nullptr);
  const libav::CodecPtr encoder(avcodec_alloc_context3(codec));
  CHECK(encoder != nullptr);
  encoder->width = picture.width;
  encoder->height = picture.height;
  encoder->pix_fmt = static_cast<AVPixelFormat>(picture.format);
  encoder->time_base = AVRational{1, 1};
  encoder->thread_count = 1;
  encoder->flags |= AV_CODEC_FLAG_BITEXACT | AV_CODEC_FLAG_QSCALE;
  encoder->qmin = 1;
  encoder->global_quality = scale * FF_QP2LAMBDA;
  picture.quality = encoder->global_quality;
  picture.pts = 0;
  CHECK(avcodec_open2(encoder.get(), codec, nullptr) == 0);
  CHECK(avcodec_send_frame(encoder.get(), &picture) == 0);
  CHECK(avcodec_send_frame(encoder.get(), nullptr) == 0);
  const libav::PacketPtr packet = libav::make_packet();
  CHECK(avcodec_receive_packet(encoder.get(), packet.get()) == 0);
  const std::span<const std::uint8_t> bytes(packet->data, static_cast<std::size_t>(packet->size));
  return Bytes(bytes.begin(), bytes.end());
}

}  // namespace

Bytes encode_jpeg(const Image<std::uint8_t>& image, int quality) {
  CHECK(quality >= 1 && quality <= 100);
  // libav writes no one-channel JPEG: the colour is there and grey.
  constexpr std::uint8_t kNoColour = 128;
  const libav::FramePtr picture = make_picture(AV_PIX_FMT_YUVJ420P, image.width(), image.height());
  for (int y = 0; y < image.height(); ++y) std::ranges::copy(image.row(y), row_of(*picture, 0, y));
  for (int y = 0; y < (image.height() + 1) / 2; ++y) {
    std::fill_n(row_of(*picture, 1, y), (image.width() + 1) / 2, kNoColour);
    std::fill_n(row_of(*picture, 2, y), (image.width() + 1) / 2, kNoColour);
  }
  const int scale = kJpegScaleMost - (kJpegScaleMost - 1) * (quality - 1) / 99;
  return encode_mjpeg(*picture, scale);
}

Image<std::uint8_t> to_8_bit(const Image<std::uint16_t>& counts) {
  Image<std::uint8_t> image(counts.width(), counts.height());
  if (counts.empty()) return image;
  std::vector<std::uint16_t> sorted(counts.pixels().begin(), counts.pixels().end());
  const auto percentile = [&sorted](double part) {
    const auto nth = sorted.begin() + std::lround(part * static_cast<double>(sorted.size() - 1));
    std::ranges::nth_element(sorted, nth);
    return static_cast<int>(*nth);
  };
  const int low = percentile(0.005);
  const int span = std::max(1, percentile(0.995) - low);
  std::ranges::transform(counts.pixels(), image.pixels().begin(), [&](std::uint16_t count) {
    return static_cast<std::uint8_t>(std::clamp(count - low, 0, span) * 255 / span);
  });
  return image;
}

}  // namespace marsad::video
