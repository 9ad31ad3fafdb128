// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "tests/support/temporary_folder.h"
#include "video/encode.h"
#include "video/source.h"

namespace marsad::video::test {

using marsad::test::TemporaryFolder;

inline void write(const std::string& path, const Bytes& bytes) {
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<const char*>(bytes.data()),
             static_cast<std::streamsize>(bytes.size()));
}

inline Bytes read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return Bytes(std::istreambuf_iterator<char>(file), {});
}

// Runs the ffmpeg program; the test has no video to read without it.
inline void ffmpeg(const std::string& arguments) {
  const std::string command = "ffmpeg -nostdin -v error -y " + arguments;
  ASSERT_EQ(std::system(command.c_str()), 0) << command;
}

struct Drained {
  std::vector<Frame> frames;
  std::vector<Fault> faults;
};

// Everything a source gives until its end. More than 10000 events count as endless.
inline Drained drain(FrameSource& source) {
  Drained drained;
  for (int i = 0; i < 10000; ++i) {
    Event event = source.next({});
    if (std::holds_alternative<End>(event)) return drained;
    if (auto* frame = std::get_if<Frame>(&event)) drained.frames.push_back(std::move(*frame));
    if (auto* fault = std::get_if<Fault>(&event)) drained.faults.push_back(std::move(*fault));
  }
  ADD_FAILURE() << "the source does not end";
  return drained;
}

inline SourceSettings settings_for(const std::string& location) {
  return {.camera = {"T1"}, .location = location, .fps = std::nullopt, .start = base::Time()};
}

inline Drained open_and_drain(const SourceSettings& settings) {
  auto source = open_source(settings);
  if (!source) {
    ADD_FAILURE() << to_string(source.error());
    return {};
  }
  return drain(**source);
}

// A picture unlike its neighbours in every pixel.
template <class T>
Image<T> pattern(int width, int height, unsigned seed) {
  Image<T> image(width, height);
  unsigned value = seed;
  for (T& pixel : image.pixels()) {
    value = value * 1664525U + 1013904223U;
    pixel = static_cast<T>(value >> 16);
  }
  return image;
}

inline Image<std::uint16_t> widened(const Image<std::uint8_t>& image) {
  Image<std::uint16_t> counts(image.width(), image.height());
  std::ranges::copy(image.pixels(), counts.pixels().begin());
  return counts;
}

}  // namespace marsad::video::test
