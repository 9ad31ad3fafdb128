// SPDX-License-Identifier: Apache-2.0
#pragma once

// libtiff stays behind this header, which only this room's .cpp include.
#include <tiffio.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace marsad::terrain {

// Tags that the TIFF format does not know [GeoTIFF], the last two GDAL's own.
namespace tags {
inline constexpr std::uint32_t kPixelScale = 33550;
inline constexpr std::uint32_t kTiePoints = 33922;
inline constexpr std::uint32_t kKeyDirectory = 34735;
inline constexpr std::uint32_t kKeyNumbers = 34736;
inline constexpr std::uint32_t kKeyWords = 34737;
inline constexpr std::uint32_t kGdalMetadata = 42112;
inline constexpr std::uint32_t kGdalNodata = 42113;
}  // namespace tags

struct CloseTiff {
  void operator()(TIFF* file) const { TIFFClose(file); }
};
using TiffPtr = std::unique_ptr<TIFF, CloseTiff>;

// Opens a file with libtiff's mode; null where that fails. The library says nothing on the
// terminal, and knows the tags above.
TiffPtr open_tiff(const std::string& file, const char* mode);

// Values of a tag; none where it is not there or is of another type.
std::optional<std::vector<std::uint16_t>> shorts(TIFF* file, std::uint32_t tag);
std::optional<std::vector<double>> doubles(TIFF* file, std::uint32_t tag);
std::optional<std::string> text(TIFF* file, std::uint32_t tag);

// Set them; whether that went well.
bool set(TIFF* file, std::uint32_t tag, int value);
bool set(TIFF* file, std::uint32_t tag, const std::vector<std::uint16_t>& values);
bool set(TIFF* file, std::uint32_t tag, const std::vector<double>& values);
bool set(TIFF* file, std::uint32_t tag, const std::string& words);

}  // namespace marsad::terrain
