// SPDX-License-Identifier: Apache-2.0
#include "video/cptv.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

namespace marsad::video {
namespace {

constexpr std::uint32_t kMostPixels = 1U << 22;
constexpr unsigned kMostBitWidth = 32;

std::uint64_t little_endian(std::span<const std::uint8_t> bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = std::min<std::size_t>(bytes.size(), 8); i-- > 0;) {
    value = value << 8 | bytes[i];
  }
  return value;
}

// Signed numbers of equal width, highest bit first, one after the other.
class BitReader {
 public:
  BitReader(std::span<const std::uint8_t> bytes, unsigned width) : bytes_(bytes), width_(width) {}

  std::int64_t next() {
    while (held_ < width_) {
      bits_ = bits_ << 8 | bytes_[at_++];
      held_ += 8;
    }
    held_ -= width_;
    const std::uint64_t value = bits_ >> held_ & ((std::uint64_t{1} << width_) - 1);
    const std::uint64_t sign = std::uint64_t{1} << (width_ - 1);
    return static_cast<std::int64_t>(value ^ sign) - static_cast<std::int64_t>(sign);
  }

 private:
  std::span<const std::uint8_t> bytes_;
  unsigned width_;
  std::size_t at_ = 0;
  std::uint64_t bits_ = 0;
  unsigned held_ = 0;
};

template <class Fields>
std::optional<std::uint64_t> number(const Fields& fields, char code) {
  const auto field = fields.find(code);
  if (field == fields.end() || field->second.empty()) return std::nullopt;
  return little_endian(field->second);
}

}  // namespace

base::Result<CptvParser> CptvParser::open(ReadBytes read) {
  CptvParser parser(std::move(read));
  const base::Result<void> header = parser.read_header();
  if (!header) return header.error();
  return parser;
}

base::Result<void> CptvParser::read_exactly(std::span<std::uint8_t> bytes, const char* what) {
  const std::size_t found = read_(bytes);
  if (found == bytes.size()) return {};
  return base::Error{
      "", fmt::format("ends within {}: {} bytes found, {} expected", what, found, bytes.size())};
}

base::Result<CptvParser::Fields> CptvParser::read_fields(std::uint8_t count) {
  Fields fields;
  for (int i = 0; i < count; ++i) {
    std::array<std::uint8_t, 2> length_and_code{};
    const base::Result<void> start = read_exactly(length_and_code, "a field");
    if (!start) return start.error();
    std::vector<std::uint8_t> data(length_and_code[0]);
    const base::Result<void> body = read_exactly(data, "a field");
    if (!body) return body.error();
    fields[static_cast<char>(length_and_code[1])] = std::move(data);
  }
  return fields;
}

base::Result<void> CptvParser::read_header() {
  std::array<std::uint8_t, 7> start{};
  const base::Result<void> read = read_exactly(start, "the header");
  if (!read) return read;
  if (!std::ranges::equal(std::span(start).first(4), std::string_view("CPTV"))) {
    return base::Error{"", "no CPTV recording: its first bytes are not \"CPTV\""};
  }
  header_.version = start[4];
  if (header_.version != 1 && header_.version != 2) {
    return base::Error{"", fmt::format("CPTV version {}; expected 1 or 2", header_.version)};
  }
  if (start[5] != 'H') return base::Error{"", "no header section 'H' after the version"};
  const base::Result<Fields> fields = read_fields(start[6]);
  if (!fields) return fields.error();

  const std::uint64_t width = number(*fields, 'X').value_or(0);
  const std::uint64_t height = number(*fields, 'Y').value_or(0);
  if (width == 0 || height == 0 || width > kMostPixels || height > kMostPixels / width) {
    return base::Error{"", fmt::format("frames of {}×{} pixels; expected 1 to {} in all", width,
                                       height, kMostPixels)};
  }
  const std::uint64_t compression = number(*fields, 'C').value_or(0);
  if (compression > 1) {
    return base::Error{
        "", fmt::format("compression scheme {}; expected 0 (raw) or 1 (changes)", compression)};
  }
  packed_ = compression == 1;
  header_.width_px = static_cast<int>(width);
  header_.height_px = static_cast<int>(height);
  counts_ = Image<std::uint16_t>(header_.width_px, header_.height_px);
  const std::uint64_t recorded = number(*fields, 'T').value_or(0);
  constexpr std::uint64_t kYear2262 = std::numeric_limits<std::int64_t>::max() / 1000;
  if (recorded > 0 && recorded < kYear2262) {
    header_.recorded = base::Time(base::Duration(static_cast<std::int64_t>(recorded)));
  }
  const std::uint64_t fps = number(*fields, 'Z').value_or(0);
  if (fps > 0) header_.fps = static_cast<double>(fps);
  if (const auto device = fields->find('D'); device != fields->end()) {
    header_.device.assign(device->second.begin(), device->second.end());
  }
  return {};
}

base::Result<std::optional<CptvFrame>> CptvParser::next() {
  std::array<std::uint8_t, 2> start{};
  const std::size_t found = read_(start);
  if (found == 0) return std::optional<CptvFrame>();
  if (found < start.size()) return base::Error{"", "ends within a frame's first bytes"};
  if (start[0] != 'F') {
    return base::Error{"", fmt::format("section 0x{:02x}; expected a frame 'F'", start[0])};
  }
  const base::Result<Fields> fields = read_fields(start[1]);
  if (!fields) return fields.error();
  const base::Result<void> counts = read_counts(*fields);
  if (!counts) return counts.error();

  CptvFrame frame{number(*fields, 'g').value_or(0) != 0, std::nullopt, counts_};
  if (const auto stamp = number(*fields, 't')) {
    const auto ticks = static_cast<std::int64_t>(*stamp & 0xffffffff);
    frame.stamp = base::Duration(header_.version == 1 ? ticks : ticks * 1000);
  }
  return std::optional(std::move(frame));
}

base::Result<void> CptvParser::read_counts(const Fields& fields) {
  const std::uint64_t bit_width = number(fields, 'w').value_or(0);
  const bool possible =
      packed_ ? bit_width >= 1 && bit_width <= kMostBitWidth : bit_width == 8 || bit_width == 16;
  if (!possible) {
    return base::Error{"", fmt::format("a frame of {} bits per count; expected {}", bit_width,
                                       packed_ ? "1 to 32" : "8 or 16")};
  }
  // Changes begin with the first pixel's in 32 bits, the others follow in `bit_width` each.
  const std::size_t pixels = counts_.pixels().size();
  const std::size_t expected =
      packed_ ? 4 + ((pixels - 1) * bit_width + 7) / 8 : pixels * bit_width / 8;
  const std::uint64_t size = number(fields, 'f').value_or(0);
  if (size != expected) {
    return base::Error{"", fmt::format("a frame of {} bytes; expected {}", size, expected)};
  }
  payload_.resize(expected);
  const base::Result<void> read = read_exactly(payload_, "a frame's counts");
  if (!read) return read;
  if (packed_) {
    if (apply_changes(payload_, static_cast<unsigned>(bit_width))) return {};
    return base::Error{"", "a frame whose counts leave 0..65535"};
  }
  const std::size_t bytes_each = bit_width / 8;
  for (std::size_t i = 0; i < pixels; ++i) {
    counts_.pixels()[i] = static_cast<std::uint16_t>(
        little_endian(std::span(payload_).subspan(i * bytes_each, bytes_each)));
  }
  return {};
}

// Each pixel's change from the frame before is stored as its difference from the change of the
// pixel visited before it. The visit goes right along even rows and back left along odd ones.
bool CptvParser::apply_changes(std::span<const std::uint8_t> packed, unsigned bit_width) {
  auto change =
      static_cast<std::int64_t>(static_cast<std::int32_t>(little_endian(packed.first(4))));
  BitReader differences(packed.subspan(4), bit_width);
  bool first = true;
  for (int y = 0; y < counts_.height(); ++y) {
    const std::span<std::uint16_t> row = counts_.row(y);
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (!first) change += differences.next();
      first = false;
      std::uint16_t& count = row[y % 2 == 0 ? i : row.size() - 1 - i];
      const std::int64_t value = count + change;
      if (value < 0 || value > std::numeric_limits<std::uint16_t>::max()) return false;
      count = static_cast<std::uint16_t>(value);
    }
  }
  return true;
}

}  // namespace marsad::video
