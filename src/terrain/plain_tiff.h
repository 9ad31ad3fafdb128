// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "terrain/band_heights.h"
#include "terrain/geo_keys.h"
#include "terrain/tiff_tags.h"
#include "terrain/window.h"

namespace marsad::terrain {

// An elevation raster in a GeoTIFF as most are: one band of 16 or 32 bit integers or 32 bit floats
// in strips or tiles, uncompressed or packed by deflate or LZW, heights in metres, north up, and
// nothing in the file or beside it that would change what it says. Such files are read here as GDAL
// reads them, without the time that GDAL takes to start.
class PlainTiff {
 public:
  // None where the file is not there, is not of this kind, or may not be: GDAL has the last word.
  static std::optional<PlainTiff> open(const std::string& file);

  int columns() const { return columns_; }
  int rows() const { return rows_; }
  const Affine& pixels() const { return pixels_; }  // as told by pixels' edges or centres
  const GeoKeys& keys() const { return keys_; }

  // Heights above the raster's zero in metres, row by row, voids as NaN. The window lies within the
  // raster. None where a part is missing or damaged.
  std::optional<std::vector<float>> heights_m(const Window& window) const;

 private:
  enum class Number { int16, uint16, int32, float32 };

  PlainTiff() = default;
  bool read_layout();
  bool read_place();
  bool read_band();
  bool read_keys();
  std::size_t number_bytes() const;
  bool read_rows(const Window& window, std::span<float> to) const;
  bool read_block(int block_column, int block_row, std::span<std::uint8_t> to) const;
  bool read_blocks(const Window& window, int block_row, std::span<std::uint8_t> block,
                   std::span<float> to) const;
  void convert(std::span<const std::uint8_t> from, std::span<float> to) const;

  TiffPtr tiff_;
  int columns_ = 0, rows_ = 0;
  Number number_ = Number::float32;
  bool is_tiled_ = false;
  bool is_packed_ = false;  // or its bytes are in the other order: libtiff must read it
  int block_columns_ = 0, block_rows_ = 0;
  Affine pixels_;
  GeoKeys keys_;
  BandHeights band_;
};

}  // namespace marsad::terrain
