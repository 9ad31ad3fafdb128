// SPDX-License-Identifier: Apache-2.0
#include "video/pgm.h"

#include <algorithm>
#include <bit>
#include <optional>

#include "video/libav.h"

namespace marsad::video {
namespace {

bool is_space(std::uint8_t byte) { return byte == ' ' || (byte >= '\t' && byte <= '\r'); }

// Takes white space and comments, then a number of up to eight digits.
std::optional<int> take_number(std::span<const std::uint8_t>& rest) {
  while (!rest.empty() && (is_space(rest.front()) || rest.front() == '#')) {
    const bool comment = rest.front() == '#';
    const auto end = comment ? std::ranges::find(rest, '\n') : rest.begin() + 1;
    rest = rest.subspan(static_cast<std::size_t>(end - rest.begin()));
  }
  int value = 0;
  std::size_t digits = 0;
  while (digits < rest.size() && rest[digits] >= '0' && rest[digits] <= '9' && digits < 8) {
    value = value * 10 + (rest[digits] - '0');
    ++digits;
  }
  rest = rest.subspan(digits);
  return digits > 0 ? std::optional(value) : std::nullopt;
}

}  // namespace

base::Result<StillImage> decode_pgm(std::span<const std::uint8_t> bytes, const std::string& where) {
  std::span<const std::uint8_t> rest = bytes.subspan(std::min<std::size_t>(2, bytes.size()));
  const std::optional<int> width = take_number(rest);
  const std::optional<int> height = take_number(rest);
  const std::optional<int> most = take_number(rest);
  if (!width || !height || !most || *width == 0 || *height == 0 || *most == 0 || *most > 65535 ||
      rest.empty() || !is_space(rest.front()) || *width > libav::kMaxPixels / *height) {
    return base::Error{where,
                       "a PGM header that can't be read; expected P5, width, height and the "
                       "largest count up to 65535"};
  }
  rest = rest.subspan(1);
  const std::size_t pixels = static_cast<std::size_t>(*width) * static_cast<std::size_t>(*height);
  const std::size_t bytes_each = *most > 255 ? 2 : 1;
  if (rest.size() < pixels * bytes_each) {
    return base::Error{where, std::to_string(rest.size()) + " bytes of counts; expected " +
                                  std::to_string(pixels * bytes_each)};
  }
  const int bits = std::max(8, static_cast<int>(std::bit_width(static_cast<unsigned>(*most))));
  StillImage image{Image<std::uint16_t>(*width, *height), bits};
  std::size_t at = 0;
  for (std::uint16_t& count : image.counts.pixels()) {
    count = bytes_each == 1 ? rest[at] : static_cast<std::uint16_t>(rest[at] << 8 | rest[at + 1]);
    at += bytes_each;
  }
  return image;
}

}  // namespace marsad::video
