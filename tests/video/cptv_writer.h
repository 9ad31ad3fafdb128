// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "video/encode.h"

namespace marsad::video::test {

// Makes CPTV recordings, written from the specification apart from the parser.
class CptvWriter {
 public:
  // `compression` 0 stores counts raw in 16 bits, 1 as packed changes.
  CptvWriter(int version, int width, int height, std::uint64_t recorded_us, int compression = 1);

  // `stamp` in the version's ticks.
  void add(const Image<std::uint16_t>& counts, std::optional<std::uint32_t> stamp,
           bool background = false);

  // Unzipped.
  const Bytes& bytes() const { return bytes_; }

 private:
  void field(char code, std::uint64_t value, int length);
  Bytes pack_changes(const Image<std::uint16_t>& counts, unsigned& bit_width) const;

  int compression_;
  Image<std::uint16_t> last_;
  Bytes bytes_;
};

Bytes gzip(const Bytes& bytes);

}  // namespace marsad::video::test
