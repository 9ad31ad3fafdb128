// SPDX-License-Identifier: Apache-2.0
#include "video/libav.h"

#include <array>
#include <cstdarg>
#include <cstdio>
#include <mutex>
#include <string_view>
#include <utility>

namespace marsad::video::libav {
namespace {

thread_local std::string kept_complaint;

void keep_first_error(void*, int level, const char* format, va_list arguments) {
  if (level > AV_LOG_ERROR || !kept_complaint.empty()) return;
  // Cameras put tags of their own into TIFF files.
  if (std::string_view(format).starts_with("Unknown or unsupported tag")) return;
  std::array<char, 256> text{};
  std::vsnprintf(text.data(), text.size(), format, arguments);
  kept_complaint = text.data();
  while (!kept_complaint.empty() && kept_complaint.back() == '\n') kept_complaint.pop_back();
}

}  // namespace

FramePtr make_frame() {
  FramePtr frame(av_frame_alloc());
  CHECK(frame != nullptr);
  return frame;
}

PacketPtr make_packet() {
  PacketPtr packet(av_packet_alloc());
  CHECK(packet != nullptr);
  return packet;
}

void start_listening() {
  static std::once_flag once;
  std::call_once(once, [] { av_log_set_callback(keep_first_error); });
  kept_complaint.clear();
}

std::string take_complaint() { return std::exchange(kept_complaint, {}); }

std::string complaint(int code) {
  std::string text = take_complaint();
  if (!text.empty()) return text;
  std::array<char, AV_ERROR_MAX_STRING_SIZE> meaning{};
  av_strerror(code, meaning.data(), meaning.size());
  return meaning.data();
}

bool marks_damage(AVCodecID id) {
  const AVCodecDescriptor* codec = avcodec_descriptor_get(id);
  return codec && (codec->props & AV_CODEC_PROP_INTRA_ONLY) == 0 &&
         (codec->props & AV_CODEC_PROP_LOSSY) != 0;
}

base::Result<CodecPtr> open_decoder(AVCodecID id, const AVCodecParameters* parameters) {
  const AVCodec* codec = avcodec_find_decoder(id);
  if (!codec) return base::Error{"", std::string("no decoder for ") + avcodec_get_name(id)};
  CodecPtr context(avcodec_alloc_context3(codec));
  CHECK(context != nullptr);
  if (parameters) {
    const int copied = avcodec_parameters_to_context(context.get(), parameters);
    if (copied < 0) return base::Error{"", complaint(copied)};
  }
  context->thread_count = 1;
  context->max_pixels = kMaxPixels;
  context->err_recognition = AV_EF_CRCCHECK;
  // A TIFF would be given up for any tag that libav doesn't know.
  if (!marks_damage(id) && id != AV_CODEC_ID_TIFF) context->err_recognition |= AV_EF_EXPLODE;
  const int opened = avcodec_open2(context.get(), codec, nullptr);
  if (opened < 0) return base::Error{"", complaint(opened)};
  return context;
}

}  // namespace marsad::video::libav
