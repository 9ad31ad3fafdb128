// SPDX-License-Identifier: Apache-2.0
extern "C" {
#include <libavutil/pixdesc.h>
}

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "video/libav.h"

namespace marsad::video::libav {
namespace {

static_assert(std::endian::native == std::endian::little, "fast_luma reads little-endian counts");

struct Source {
  const AVFrame& frame;
  const AVPixFmtDescriptor& format;
};

void read_component(const Source& source, int component, int y, std::span<std::uint16_t> row) {
  std::array<const std::uint8_t*, 4> planes{};
  std::copy_n(source.frame.data, 4, planes.begin());
  av_read_image_line2(row.data(), planes.data(), source.frame.linesize, &source.format, 0, y,
                      component, source.frame.width, 0, sizeof(std::uint16_t));
}

// Rows whose first component lies in memory as one or two whole bytes per pixel.
bool fast_luma(const Source& source, int y, std::span<std::uint16_t> row) {
  const AVComponentDescriptor& luma = source.format.comp[0];
  constexpr std::uint64_t kNotPlain =
      AV_PIX_FMT_FLAG_BE | AV_PIX_FMT_FLAG_PAL | AV_PIX_FMT_FLAG_BITSTREAM;
  if ((source.format.flags & kNotPlain) != 0 || luma.shift != 0 || luma.offset != 0) return false;
  const std::uint8_t* from = source.frame.data[luma.plane] +
                             static_cast<std::ptrdiff_t>(y) * source.frame.linesize[luma.plane];
  if (luma.step == 1 && luma.depth == 8) {
    std::copy_n(from, row.size(), row.begin());
    return true;
  }
  if (luma.step == 2 && luma.depth > 8) {
    std::memcpy(row.data(), from, row.size_bytes());
    return true;
  }
  return false;
}

std::uint16_t luma(unsigned red, unsigned green, unsigned blue) {
  return static_cast<std::uint16_t>((299U * red + 587U * green + 114U * blue + 500U) / 1000U);
}

void luma_of_colour(const Source& source, int y, std::span<std::uint16_t> row) {
  std::vector<std::uint16_t> green(row.size());
  std::vector<std::uint16_t> blue(row.size());
  read_component(source, 0, y, row);
  read_component(source, 1, y, green);
  read_component(source, 2, y, blue);
  for (std::size_t x = 0; x < row.size(); ++x) row[x] = luma(row[x], green[x], blue[x]);
}

void luma_of_palette(const Source& source, int y, std::span<std::uint16_t> row) {
  read_component(source, 0, y, row);
  for (std::uint16_t& count : row) {
    const std::uint8_t* entry = source.frame.data[1] + std::ptrdiff_t{4} * count;
    count = luma(entry[2], entry[1], entry[0]);
  }
}

// Fewer than 8 bits are spread over 0..255.
void spread(const Source& source, std::span<std::uint16_t> row) {
  const unsigned most = (1U << source.format.comp[0].depth) - 1U;
  const bool zero_is_white = source.frame.format == AV_PIX_FMT_MONOWHITE;
  for (std::uint16_t& count : row) {
    const unsigned value = zero_is_white ? most - count : count;
    count = static_cast<std::uint16_t>(value * 255U / most);
  }
}

}  // namespace

base::Result<StillImage> to_counts(const AVFrame& frame) {
  const auto pixel_format = static_cast<AVPixelFormat>(frame.format);
  const AVPixFmtDescriptor* format = av_pix_fmt_desc_get(pixel_format);
  constexpr std::uint64_t kForeign =
      AV_PIX_FMT_FLAG_HWACCEL | AV_PIX_FMT_FLAG_BAYER | AV_PIX_FMT_FLAG_FLOAT;
  if (!format || (format->flags & kForeign) != 0 || format->comp[0].depth > 16 ||
      pixel_format == AV_PIX_FMT_XYZ12LE || pixel_format == AV_PIX_FMT_XYZ12BE) {
    return base::Error{"", std::string("pixels are ") + (format ? format->name : "unknown") +
                               "; expected grey, YUV or RGB of up to 16 bits"};
  }
  const Source source{frame, *format};
  const int depth = format->comp[0].depth;
  const bool palette = (format->flags & AV_PIX_FMT_FLAG_PAL) != 0;
  const bool colour = (format->flags & AV_PIX_FMT_FLAG_RGB) != 0 && format->nb_components >= 3;
  StillImage image{Image<std::uint16_t>(frame.width, frame.height), std::max(8, depth)};
  for (int y = 0; y < frame.height; ++y) {
    const std::span<std::uint16_t> row = image.counts.row(y);
    if (palette) {
      luma_of_palette(source, y, row);
    } else if (colour) {
      luma_of_colour(source, y, row);
    } else if (!fast_luma(source, y, row)) {
      read_component(source, 0, y, row);
    }
    if (depth < 8) spread(source, row);
  }
  return image;
}

}  // namespace marsad::video::libav
