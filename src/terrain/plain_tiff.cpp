// SPDX-License-Identifier: Apache-2.0
#include "terrain/plain_tiff.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <string_view>

#include "base/large_pages.h"

namespace marsad::terrain {
namespace {

// A block larger than this is no plain file's.
constexpr std::uint64_t kMostBlockBytes = 64 << 20;
// So few numbers that they are still in the processor's cache when they are looked at.
constexpr int kFew = 1 << 16;

// Tags beyond the format's basic ones that say nothing of heights, or what is read here.
constexpr std::array<std::uint32_t, 14> kKnownTags{
    TIFFTAG_DOCUMENTNAME, TIFFTAG_IMAGEDESCRIPTION, TIFFTAG_SOFTWARE,  TIFFTAG_DATETIME,
    TIFFTAG_ARTIST,       TIFFTAG_HOSTCOMPUTER,     TIFFTAG_COPYRIGHT, tags::kPixelScale,
    tags::kTiePoints,     tags::kKeyDirectory,      tags::kKeyNumbers, tags::kKeyWords,
    tags::kGdalMetadata,  tags::kGdalNodata};

template <class Value>
Value basic(TIFF* file, std::uint32_t tag, Value otherwise) {
  Value value{};
  return TIFFGetFieldDefaulted(file, tag, &value) == 1 ? value : otherwise;
}

// A text without blanks and capitals.
std::string bare(std::string_view text) {
  std::string letters;
  for (const char letter : text) {
    if (letter >= 'A' && letter <= 'Z') {
      letters += static_cast<char>(letter - 'A' + 'a');
    } else if (std::string_view(" \t\r\n").find(letter) == std::string_view::npos) {
      letters += letter;
    }
  }
  return letters;
}

// Whether the metadata that GDAL keeps in a tag leaves heights as they are. Of what changes them it
// may only say that they are in metres.
bool keeps_heights(std::string_view metadata) {
  constexpr std::string_view kMetres =
      R"(<Item name="UNITTYPE" sample="0" role="unittype">m</Item>)";
  std::string rest(metadata);
  if (const auto at = rest.find(kMetres); at != std::string::npos) rest.erase(at, kMetres.size());
  rest = bare(rest);
  for (const char* odd : {"role=\"scale", "role=\"offset", "unittype", "'"})
    if (rest.find(odd) != std::string::npos) return false;
  return true;
}

// The number told as that of a void; none where the text is anything else.
std::optional<float> number_in(std::string_view text) {
  const auto first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return std::nullopt;
  text = text.substr(first, text.find_last_not_of(' ') + 1 - first);
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return static_cast<float>(number);
}

// Reads all or nothing.
bool read_at(int file, std::uint64_t from, std::span<std::uint8_t> to) {
  while (!to.empty()) {
    const ssize_t got = ::pread(file, to.data(), to.size(), static_cast<off_t>(from));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    to = to.subspan(static_cast<std::size_t>(got));
    from += static_cast<std::uint64_t>(got);
  }
  return true;
}

template <class Number>
void convert_from(std::span<const std::uint8_t> from, std::span<float> to) {
  for (std::size_t i = 0; i < to.size(); ++i) {
    Number number;
    std::memcpy(&number, from.data() + i * sizeof(Number), sizeof(Number));
    to[i] = static_cast<float>(number);
  }
}

std::span<std::uint8_t> bytes_of(std::span<float> numbers) {
  return {reinterpret_cast<std::uint8_t*>(numbers.data()), numbers.size_bytes()};
}

std::span<float> row_of(std::span<float> all, int row, int columns) {
  return all.subspan(Window{0, 0, columns, row}.size(), static_cast<std::size_t>(columns));
}

}  // namespace

std::optional<PlainTiff> PlainTiff::open(const std::string& file) {
  // GDAL would take what stands there before what the raster says.
  std::error_code ignored;
  if (std::filesystem::exists(file + ".aux.xml", ignored)) return std::nullopt;
  PlainTiff raster;
  raster.tiff_ = open_tiff(file, "rm");
  const bool is_plain = raster.tiff_ && raster.read_layout() && raster.read_place() &&
                        raster.read_band() && raster.read_keys();
  return is_plain ? std::optional(std::move(raster)) : std::nullopt;
}

bool PlainTiff::read_layout() {
  TIFF* file = tiff_.get();
  for (int i = 0; i < TIFFGetTagListCount(file); ++i)
    if (std::ranges::count(kKnownTags, TIFFGetTagListEntry(file, i)) == 0) return false;
  constexpr std::uint16_t kOther = 0xffff;
  const auto small = [&](std::uint32_t tag) { return basic<std::uint16_t>(file, tag, kOther); };
  const auto large = [&](std::uint32_t tag) { return basic<std::uint32_t>(file, tag, 0); };
  const bool is_one_band =
      small(TIFFTAG_SAMPLESPERPIXEL) == 1 && small(TIFFTAG_PLANARCONFIG) == PLANARCONFIG_CONTIG &&
      small(TIFFTAG_PHOTOMETRIC) == PHOTOMETRIC_MINISBLACK &&
      small(TIFFTAG_FILLORDER) == FILLORDER_MSB2LSB &&
      small(TIFFTAG_ORIENTATION) == ORIENTATION_TOPLEFT && large(TIFFTAG_SUBFILETYPE) == 0;
  if (!is_one_band) return false;
  struct Kind {
    std::uint16_t bits, format;
    Number number;
  };
  constexpr std::array<Kind, 4> kKinds{{{16, SAMPLEFORMAT_INT, Number::int16},
                                        {16, SAMPLEFORMAT_UINT, Number::uint16},
                                        {32, SAMPLEFORMAT_INT, Number::int32},
                                        {32, SAMPLEFORMAT_IEEEFP, Number::float32}}};
  const auto* kind = std::ranges::find_if(kKinds, [&](const Kind& one) {
    return one.bits == small(TIFFTAG_BITSPERSAMPLE) && one.format == small(TIFFTAG_SAMPLEFORMAT);
  });
  if (kind == kKinds.end()) return false;
  number_ = kind->number;
  const std::uint16_t packing = small(TIFFTAG_COMPRESSION);
  const bool is_packing_known = packing == COMPRESSION_NONE || packing == COMPRESSION_LZW ||
                                packing == COMPRESSION_ADOBE_DEFLATE ||
                                packing == COMPRESSION_DEFLATE;
  is_packed_ = packing != COMPRESSION_NONE || TIFFIsByteSwapped(file) != 0;
  is_tiled_ = TIFFIsTiled(file) != 0;
  constexpr std::uint32_t kMost = 1 << 30;  // so that sums of two are still numbers
  const std::uint32_t columns = large(TIFFTAG_IMAGEWIDTH), rows = large(TIFFTAG_IMAGELENGTH);
  if (!is_packing_known || columns < 1 || columns > kMost || rows < 1 || rows > kMost) return false;
  columns_ = static_cast<int>(columns);
  rows_ = static_cast<int>(rows);
  const std::uint32_t block_columns = is_tiled_ ? large(TIFFTAG_TILEWIDTH) : columns;
  const std::uint32_t block_rows =
      is_tiled_ ? large(TIFFTAG_TILELENGTH) : std::min(large(TIFFTAG_ROWSPERSTRIP), rows);
  if (block_columns < 1 || block_columns > kMost || block_rows < 1 || block_rows > kMost)
    return false;
  block_columns_ = static_cast<int>(block_columns);
  block_rows_ = static_cast<int>(block_rows);
  const std::uint64_t pixels = std::uint64_t{block_columns} * block_rows;
  const bool is_read_in_blocks = is_tiled_ || is_packed_;
  return !is_read_in_blocks || pixels * number_bytes() <= kMostBlockBytes;
}

bool PlainTiff::read_place() {
  const auto scale = doubles(tiff_.get(), tags::kPixelScale);
  const auto tie = doubles(tiff_.get(), tags::kTiePoints);
  const bool is_usual = scale && tie && scale->size() == 3 && tie->size() == 6 && (*scale)[0] > 0 &&
                        (*scale)[1] > 0 && (*scale)[2] == 0 && (*tie)[2] == 0 && (*tie)[5] == 0;
  if (!is_usual) return false;
  const double column_step = (*scale)[0], row_step = -(*scale)[1];
  pixels_.c = {(*tie)[3] - (*tie)[0] * column_step, column_step, 0,
               (*tie)[4] - (*tie)[1] * row_step,    0,           row_step};
  return true;
}

bool PlainTiff::read_band() {
  const auto metadata = text(tiff_.get(), tags::kGdalMetadata);
  if (metadata && !keeps_heights(*metadata)) return false;
  const auto nodata = text(tiff_.get(), tags::kGdalNodata);
  if (!nodata) return true;
  const auto number = number_in(*nodata);
  if (number) band_.nodata = *number;
  return number.has_value();
}

bool PlainTiff::read_keys() {
  auto directory = shorts(tiff_.get(), tags::kKeyDirectory);
  if (!directory) return false;
  keys_.directory = *std::move(directory);
  keys_.numbers = doubles(tiff_.get(), tags::kKeyNumbers).value_or(std::vector<double>{});
  keys_.words = text(tiff_.get(), tags::kKeyWords).value_or("");
  return true;
}

std::size_t PlainTiff::number_bytes() const {
  return number_ == Number::int16 || number_ == Number::uint16 ? 2 : 4;
}

std::optional<std::vector<float>> PlainTiff::heights_m(const Window& window) const {
  auto heights_m = base::reserved_in_large_pages<float>(window.size());
  std::vector<std::uint8_t> block;
  if (is_tiled_ || is_packed_) {
    block.resize(Window{0, 0, block_columns_, block_rows_}.size() * number_bytes());
  }
  const int together = block.empty() ? std::max(1, kFew / window.columns) : block_rows_;
  int rows = 0;
  for (int row = window.row; row < window.row + window.rows; row += rows) {
    rows = std::min(block.empty() ? together : together - row % together,
                    window.row + window.rows - row);
    const Window part{window.column, row, window.columns, rows};
    const std::size_t begin = heights_m.size();
    heights_m.resize(begin + part.size());
    const std::span<float> to = std::span(heights_m).subspan(begin);
    const bool is_read =
        block.empty() ? read_rows(part, to) : read_blocks(part, row / block_rows_, block, to);
    if (!is_read) return std::nullopt;
    band_.make(to);
  }
  return heights_m;
}

// Of an uncompressed file in strips: rows that follow each other in the file are read at once.
bool PlainTiff::read_rows(const Window& window, std::span<float> to) const {
  TIFF* file = tiff_.get();
  const std::uint64_t row_bytes = std::uint64_t(columns_) * number_bytes();
  const auto place_of = [&](int row) -> std::optional<std::uint64_t> {
    const auto strip = static_cast<std::uint32_t>(row / block_rows_);
    const std::uint64_t in_strip = static_cast<std::uint64_t>(row % block_rows_) * row_bytes;
    const std::uint64_t begin = TIFFGetStrileOffset(file, strip);
    if (begin == 0 || TIFFGetStrileByteCount(file, strip) < in_strip + row_bytes)
      return std::nullopt;
    return begin + in_strip;
  };
  const bool is_whole = window.columns == columns_;
  const std::size_t part_bytes = static_cast<std::size_t>(window.columns) * number_bytes();
  std::vector<std::uint8_t> scratch;
  for (int done = 0; done < window.rows;) {
    const auto begin = place_of(window.row + done);
    if (!begin) return false;
    int rows = 1;
    while (is_whole && done + rows < window.rows &&
           place_of(window.row + done + rows) ==
               *begin + static_cast<std::uint64_t>(rows) * row_bytes)
      ++rows;
    const std::span<float> part = to.subspan(Window{0, 0, window.columns, done}.size(),
                                             Window{0, 0, window.columns, rows}.size());
    const std::uint64_t from = *begin + static_cast<std::uint64_t>(window.column) * number_bytes();
    if (number_ == Number::float32) {
      if (!read_at(TIFFFileno(file), from, bytes_of(part))) return false;
    } else {
      scratch.resize(part_bytes * static_cast<std::size_t>(rows));
      if (!read_at(TIFFFileno(file), from, scratch)) return false;
      convert(scratch, part);
    }
    done += rows;
  }
  return true;
}

bool PlainTiff::read_block(int block_column, int block_row, std::span<std::uint8_t> to) const {
  TIFF* file = tiff_.get();
  const int across = (columns_ + block_columns_ - 1) / block_columns_;
  const auto number = static_cast<std::uint32_t>(block_row) * static_cast<std::uint32_t>(across) +
                      static_cast<std::uint32_t>(block_column);
  // Blocks that are left out stand for voids or zeros: GDAL knows.
  if (TIFFGetStrileOffset(file, number) == 0 || TIFFGetStrileByteCount(file, number) == 0)
    return false;
  const int rows = is_tiled_ ? block_rows_ : std::min(block_rows_, rows_ - block_row * block_rows_);
  const auto size =
      static_cast<tmsize_t>(Window{0, 0, block_columns_, rows}.size() * number_bytes());
  const tmsize_t got = is_tiled_ ? TIFFReadEncodedTile(file, number, to.data(), size)
                                 : TIFFReadEncodedStrip(file, number, to.data(), size);
  return got == size;
}

// A window that lies within one row of blocks.
bool PlainTiff::read_blocks(const Window& window, int block_row, std::span<std::uint8_t> block,
                            std::span<float> to) const {
  const int last_column = window.column + window.columns - 1;
  for (int number = window.column / block_columns_; number <= last_column / block_columns_;
       ++number) {
    if (!read_block(number, block_row, block)) return false;
    const int begin = number * block_columns_;
    const int from = std::max(begin, window.column);
    const int to_column = std::min(begin + block_columns_ - 1, last_column);
    for (int row = 0; row < window.rows; ++row) {
      const Window before{0, 0, block_columns_, window.row + row - block_row * block_rows_};
      const std::size_t at = before.size() + static_cast<std::size_t>(from - begin);
      convert(block.subspan(at * number_bytes()),
              row_of(to, row, window.columns)
                  .subspan(static_cast<std::size_t>(from - window.column),
                           static_cast<std::size_t>(to_column - from + 1)));
    }
  }
  return true;
}

void PlainTiff::convert(std::span<const std::uint8_t> from, std::span<float> to) const {
  switch (number_) {
    case Number::int16:
      return convert_from<std::int16_t>(from, to);
    case Number::uint16:
      return convert_from<std::uint16_t>(from, to);
    case Number::int32:
      return convert_from<std::int32_t>(from, to);
    case Number::float32:
      return convert_from<float>(from, to);
  }
}

}  // namespace marsad::terrain
