// SPDX-License-Identifier: Apache-2.0
#include "tests/video/cptv_writer.h"

#include <zlib.h>

#include <vector>

namespace marsad::video::test {

CptvWriter::CptvWriter(int version, int width, int height, std::uint64_t recorded_us,
                       int compression)
    : compression_(compression), last_(width, height) {
  bytes_ = {'C', 'P', 'T', 'V', static_cast<std::uint8_t>(version), 'H', 6};
  field('T', recorded_us, 8);
  field('X', static_cast<std::uint64_t>(width), 4);
  field('Y', static_cast<std::uint64_t>(height), 4);
  field('C', static_cast<std::uint64_t>(compression), 1);
  field('D', 'T', 1);
  field('?', 12345, 3);  // one that no reader knows
}

void CptvWriter::add(const Image<std::uint16_t>& counts, std::optional<std::uint32_t> stamp,
                     bool background) {
  Bytes payload;
  unsigned bit_width = 16;
  if (compression_ == 1) {
    payload = pack_changes(counts, bit_width);
  } else {
    for (const std::uint16_t count : counts.pixels()) {
      payload.push_back(static_cast<std::uint8_t>(count & 0xff));
      payload.push_back(static_cast<std::uint8_t>(count >> 8));
    }
  }
  bytes_.push_back('F');
  bytes_.push_back(static_cast<std::uint8_t>(3 + (stamp ? 1 : 0)));
  if (stamp) field('t', *stamp, 4);
  field('w', bit_width, 1);
  field('f', payload.size(), 4);
  field('g', background ? 1 : 0, 1);
  bytes_.insert(bytes_.end(), payload.begin(), payload.end());
  last_ = counts;
}

void CptvWriter::field(char code, std::uint64_t value, int length) {
  bytes_.push_back(static_cast<std::uint8_t>(length));
  bytes_.push_back(static_cast<std::uint8_t>(code));
  for (int i = 0; i < length; ++i) bytes_.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

Bytes CptvWriter::pack_changes(const Image<std::uint16_t>& counts, unsigned& bit_width) const {
  std::vector<std::int64_t> differences;
  std::int64_t before = 0;
  for (int y = 0; y < counts.height(); ++y) {
    for (int i = 0; i < counts.width(); ++i) {
      const int x = y % 2 == 0 ? i : counts.width() - 1 - i;
      const std::int64_t change = std::int64_t{counts.at(x, y)} - last_.at(x, y);
      differences.push_back(change - before);
      before = change;
    }
  }
  bit_width = 1;
  for (std::size_t i = 1; i < differences.size(); ++i) {
    while (differences[i] < -(std::int64_t{1} << (bit_width - 1)) ||
           differences[i] >= std::int64_t{1} << (bit_width - 1)) {
      ++bit_width;
    }
  }
  Bytes packed;
  const auto first = static_cast<std::uint32_t>(differences[0]);
  for (int i = 0; i < 4; ++i) packed.push_back(static_cast<std::uint8_t>(first >> (8 * i)));
  unsigned filled = 0;
  for (std::size_t i = 1; i < differences.size(); ++i) {
    for (unsigned bit = bit_width; bit-- > 0;) {
      if (filled % 8 == 0) packed.push_back(0);
      const auto value = static_cast<std::uint64_t>(differences[i]) >> bit & 1U;
      packed.back() = static_cast<std::uint8_t>(packed.back() | value << (7 - filled % 8));
      ++filled;
    }
  }
  return packed;
}

Bytes gzip(const Bytes& bytes) {
  z_stream stream{};
  constexpr int kGzip = 15 + 16;
  CHECK(deflateInit2(&stream, 6, Z_DEFLATED, kGzip, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  Bytes zipped(deflateBound(&stream, bytes.size()) + 32);
  Bytes input = bytes;
  stream.next_in = input.data();
  stream.avail_in = static_cast<unsigned>(input.size());
  stream.next_out = zipped.data();
  stream.avail_out = static_cast<unsigned>(zipped.size());
  CHECK(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  zipped.resize(stream.total_out);
  deflateEnd(&stream);
  return zipped;
}

}  // namespace marsad::video::test
