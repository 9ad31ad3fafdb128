// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "video/image.h"

namespace marsad::video {

struct CptvHeader {
  int version = 0;                     // 1 or 2
  std::optional<base::Time> recorded;  // when the recording began, if the recorder knew
  int width_px = 0;
  int height_px = 0;
  std::optional<double> fps;
  std::string device;
};

struct CptvFrame {
  bool background = false;  // what the recorder holds for the empty scene, not a moment of it
  // Version 1: since the recording began. Version 2: since the camera was powered on.
  std::optional<base::Duration> stamp;
  Image<std::uint16_t> counts;
};

// Reads a Cacophony Project thermal recording, versions 1 and 2, once unzipped. Frames are stored
// raw or as changes from the frame before, so nothing after a damaged frame can be known.
class CptvParser {
 public:
  // Fills the span from the recording; less than its size only at the end.
  using ReadBytes = std::function<std::size_t(std::span<std::uint8_t>)>;

  static base::Result<CptvParser> open(ReadBytes read);

  const CptvHeader& header() const { return header_; }
  // None at the end. After an error there is nothing more to read.
  base::Result<std::optional<CptvFrame>> next();

 private:
  using Fields = std::map<char, std::vector<std::uint8_t>>;

  explicit CptvParser(ReadBytes read) : read_(std::move(read)) {}
  base::Result<void> read_header();
  base::Result<void> read_exactly(std::span<std::uint8_t> bytes, const char* what);
  base::Result<Fields> read_fields(std::uint8_t count);
  base::Result<void> read_counts(const Fields& fields);
  bool apply_changes(std::span<const std::uint8_t> packed, unsigned bit_width);

  ReadBytes read_;
  CptvHeader header_;
  bool packed_ = false;  // frames are changes, not raw counts
  Image<std::uint16_t> counts_;
  std::vector<std::uint8_t> payload_;
};

}  // namespace marsad::video
