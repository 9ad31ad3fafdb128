// SPDX-License-Identifier: Apache-2.0
#include "terrain/plain_tiff_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "terrain/tiff_tags.h"

namespace marsad::terrain {
namespace {

// Few enough calls to the system, and small enough for those who read a part.
constexpr std::size_t kStripBytes = 1 << 18;

base::Error failed(const std::string& file, const char* what) {
  const int error = errno;
  return {file, error == 0 ? fmt::format("can't be {}", what)
                           : fmt::format("can't be {}: {}", what, std::strerror(error))};
}

bool write_head(TIFF* file, const TiffHead& head, int bits, int format, int strip_rows) {
  const auto& pixels = head.pixels;
  bool good = set(file, TIFFTAG_IMAGEWIDTH, head.columns) &&
              set(file, TIFFTAG_IMAGELENGTH, head.rows) && set(file, TIFFTAG_BITSPERSAMPLE, bits) &&
              set(file, TIFFTAG_SAMPLEFORMAT, format) && set(file, TIFFTAG_SAMPLESPERPIXEL, 1) &&
              set(file, TIFFTAG_COMPRESSION, COMPRESSION_NONE) &&
              set(file, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK) &&
              set(file, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG) &&
              set(file, TIFFTAG_ROWSPERSTRIP, strip_rows) &&
              set(file, TIFFTAG_IMAGEDESCRIPTION, head.told) &&
              set(file, tags::kPixelScale, std::vector{pixels[1], -pixels[5], 0.0}) &&
              set(file, tags::kTiePoints, std::vector{0.0, 0.0, 0.0, pixels[0], pixels[3], 0.0}) &&
              set(file, tags::kKeyDirectory, head.keys.directory) &&
              set(file, tags::kGdalNodata, head.nodata);
  if (!head.keys.numbers.empty()) good = good && set(file, tags::kKeyNumbers, head.keys.numbers);
  if (!head.keys.words.empty()) good = good && set(file, tags::kKeyWords, head.keys.words);
  if (head.unit.empty()) return good;
  return good && set(file, tags::kGdalMetadata,
                     fmt::format("<GDALMetadata>\n  <Item name=\"UNITTYPE\" sample=\"0\" "
                                 "role=\"unittype\">{}</Item>\n</GDALMetadata>\n",
                                 head.unit));
}

bool write_strips(TIFF* file, std::span<const std::uint8_t> bytes, std::size_t strip_bytes) {
  for (std::uint32_t strip = 0; !bytes.empty(); ++strip) {
    const auto part = bytes.first(std::min(bytes.size(), strip_bytes));
    // The library takes what it writes as writable, and leaves it as it is unless it packs it.
    if (TIFFWriteEncodedStrip(file, strip, const_cast<std::uint8_t*>(part.data()),
                              static_cast<tmsize_t>(part.size())) < 0)
      return false;
    bytes = bytes.subspan(part.size());
  }
  return true;
}

base::Result<void> write(const std::string& file, const TiffHead& head,
                         std::span<const std::uint8_t> bytes, std::size_t number_bytes,
                         int format) {
  const std::size_t row_bytes = static_cast<std::size_t>(head.columns) * number_bytes;
  CHECK(bytes.size() == row_bytes * static_cast<std::size_t>(head.rows));
  const std::size_t strip_rows =
      std::clamp<std::size_t>(kStripBytes / row_bytes, 1, static_cast<std::size_t>(head.rows));
  const std::string unfinished = file + ".part";
  errno = 0;
  TiffPtr tiff = open_tiff(unfinished, "w");
  if (!tiff) return failed(file, "created");
  // Everything is with the system when the directory is written, which is when a full disk shows.
  const bool is_written = write_head(tiff.get(), head, static_cast<int>(8 * number_bytes), format,
                                     static_cast<int>(strip_rows)) &&
                          write_strips(tiff.get(), bytes, strip_rows * row_bytes) &&
                          TIFFWriteDirectory(tiff.get()) == 1;
  tiff.reset();
  if (is_written && std::rename(unfinished.c_str(), file.c_str()) == 0) return {};
  const base::Error error = failed(file, "written");
  std::remove(unfinished.c_str());
  return error;
}

}  // namespace

base::Result<void> write_plain_tiff(const std::string& file, const TiffHead& head,
                                    std::span<const float> numbers) {
  return write(file, head,
               {reinterpret_cast<const std::uint8_t*>(numbers.data()), numbers.size_bytes()},
               sizeof(float), SAMPLEFORMAT_IEEEFP);
}

base::Result<void> write_plain_tiff(const std::string& file, const TiffHead& head,
                                    std::span<const std::uint8_t> numbers) {
  return write(file, head, numbers, 1, SAMPLEFORMAT_UINT);
}

}  // namespace marsad::terrain
