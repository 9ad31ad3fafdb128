// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the room's files share of libav: owning handles, its complaints as text, codecs.

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

#include <memory>
#include <string>

#include "base/result.h"
#include "video/decode.h"

namespace marsad::video::libav {

struct Free {
  void operator()(AVFrame* frame) const { av_frame_free(&frame); }
  void operator()(AVPacket* packet) const { av_packet_free(&packet); }
  void operator()(AVCodecContext* codec) const { avcodec_free_context(&codec); }
  void operator()(AVFormatContext* format) const { avformat_close_input(&format); }
};
using FramePtr = std::unique_ptr<AVFrame, Free>;
using PacketPtr = std::unique_ptr<AVPacket, Free>;
using CodecPtr = std::unique_ptr<AVCodecContext, Free>;
using FormatPtr = std::unique_ptr<AVFormatContext, Free>;

FramePtr make_frame();
PacketPtr make_packet();

// libav logs from the middle of its work. From the first call on, nothing reaches standard error;
// the first error logged by this thread is kept until it is taken. Forgets what was kept.
void start_listening();
// What was kept, or nothing.
std::string take_complaint();
// What was kept, else the meaning of libav's error code.
std::string complaint(int code);

// Larger pictures are refused: a corrupt header must not make us allocate gigabytes.
inline constexpr int kMaxPixels = 1 << 26;

// Whether the codec's decoder marks pictures it had to patch up. Codecs that predict each picture
// from others do; those that code each alone, or without loss, give it up or merely complain.
bool marks_damage(AVCodecID id);

// A decoder of one thread that reports damage instead of hiding it. `parameters` may be null.
base::Result<CodecPtr> open_decoder(AVCodecID id, const AVCodecParameters* parameters);

// The picture's luma with all its bits. Colour without a luma plane is weighted by ITU-R BT.601.
base::Result<StillImage> to_counts(const AVFrame& frame);

}  // namespace marsad::video::libav
