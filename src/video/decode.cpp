// SPDX-License-Identifier: Apache-2.0
#include "video/decode.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <vector>

#include "video/libav.h"
#include "video/pgm.h"

namespace marsad::video {
namespace {

bool starts_with(std::span<const std::uint8_t> bytes, std::string_view magic) {
  return bytes.size() >= magic.size() && std::memcmp(bytes.data(), magic.data(), magic.size()) == 0;
}

AVCodecID codec_of(std::span<const std::uint8_t> bytes) {
  using namespace std::literals;
  if (starts_with(bytes, "\x89PNG\r\n\x1a\n"sv)) return AV_CODEC_ID_PNG;
  if (starts_with(bytes, "\xff\xd8\xff"sv)) return AV_CODEC_ID_MJPEG;
  if (starts_with(bytes, "II*\0"sv) || starts_with(bytes, "MM\0*"sv)) return AV_CODEC_ID_TIFF;
  return AV_CODEC_ID_NONE;
}

// A JPEG cut short decodes with a grey rest and a mere warning, so its end marker is looked for;
// some cameras pad after it.
bool is_cut_short(AVCodecID codec, std::span<const std::uint8_t> bytes) {
  if (codec != AV_CODEC_ID_MJPEG) return false;
  constexpr std::array<std::uint8_t, 2> kEndOfImage = {0xff, 0xd9};
  return std::ranges::search(bytes, kEndOfImage).empty();
}

}  // namespace

base::Result<StillImage> decode_image(std::span<const std::uint8_t> bytes,
                                      const std::string& where) {
  if (starts_with(bytes, "P5")) return decode_pgm(bytes, where);
  const AVCodecID codec = codec_of(bytes);
  if (codec == AV_CODEC_ID_NONE || bytes.size() > INT32_MAX / 2) {
    return base::Error{where, bytes.empty() ? "an empty file; expected an image"
                                            : "not a PNG, TIFF, JPEG or PGM image"};
  }
  libav::start_listening();
  base::Result<libav::CodecPtr> decoder = libav::open_decoder(codec, nullptr);
  if (!decoder) return base::Error{where, decoder.error().message};
  const libav::PacketPtr packet = libav::make_packet();
  CHECK(av_new_packet(packet.get(), static_cast<int>(bytes.size())) == 0);
  std::ranges::copy(bytes, packet->data);
  const libav::FramePtr frame = libav::make_frame();
  int code = avcodec_send_packet(decoder->get(), packet.get());
  if (code == 0) code = avcodec_send_packet(decoder->get(), nullptr);
  if (code == 0) code = avcodec_receive_frame(decoder->get(), frame.get());
  if (code < 0) return base::Error{where, "can't be decoded: " + libav::complaint(code)};
  const std::string complaint = libav::take_complaint();
  if (!complaint.empty()) return base::Error{where, "damaged: " + complaint};
  if (frame->decode_error_flags != 0 || is_cut_short(codec, bytes)) {
    return base::Error{where, "damaged or cut short"};
  }
  base::Result<StillImage> image = libav::to_counts(*frame);
  if (!image) return base::Error{where, image.error().message};
  return image;
}

base::Result<StillImage> read_image(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return base::Error{path, std::string("can't be opened: ") + std::strerror(errno)};
  std::vector<std::uint8_t> bytes;
  std::array<char, 1 << 16> chunk{};
  do {
    file.read(chunk.data(), chunk.size());
    bytes.insert(bytes.end(), chunk.begin(), chunk.begin() + file.gcount());
  } while (file);
  if (file.bad()) return base::Error{path, "can't be read to its end"};
  return decode_image(bytes, path);
}

bool is_image(const std::string& path) {
  std::string extension = std::filesystem::path(path).extension().string();
  std::ranges::transform(extension, extension.begin(), [](unsigned char letter) {
    return static_cast<char>(std::tolower(letter));
  });
  constexpr std::array kExtensions = {".png", ".tif", ".tiff", ".jpg", ".jpeg", ".pgm"};
  return std::ranges::find(kExtensions, extension) != kExtensions.end();
}

}  // namespace marsad::video
