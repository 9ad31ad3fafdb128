// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <filesystem>
#include <string>

#include "tests/video/cptv_writer.h"
#include "video/encode.h"

namespace marsad::video {
namespace {

template <class T>
Image<T> slope(int steepness) {
  Image<T> image(16, 12);
  for (int y = 0; y < image.height(); ++y) {
    for (int x = 0; x < image.width(); ++x)
      image.at(x, y) = static_cast<T>(steepness * (x + 2 * y));
  }
  return image;
}

Bytes recording(int version, int compression) {
  test::CptvWriter writer(version, 16, 12, 1'700'000'000'000'000, compression);
  writer.add(slope<std::uint16_t>(1), std::nullopt, true);
  for (unsigned i = 0; i < 3; ++i) {
    writer.add(slope<std::uint16_t>(static_cast<int>(100 * i)), 110 * i);
  }
  return writer.bytes();
}

// A little-endian TIFF of one uncompressed strip.
Bytes tiff(const Image<std::uint16_t>& image) {
  const auto pixel_bytes = static_cast<std::uint32_t>(2 * image.pixels().size());
  const auto width = static_cast<std::uint32_t>(image.width());
  const auto height = static_cast<std::uint32_t>(image.height());
  Bytes bytes = {'I', 'I', '*', 0};
  const auto add = [&bytes](std::uint32_t value, int length) {
    for (int i = 0; i < length; ++i) bytes.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
  };
  constexpr std::uint32_t kLong = 4;
  const std::uint32_t entries[][2] = {{256, width}, {257, height}, {258, 16},
                                      {259, 1},     {262, 1},      {273, 8 + 2 + 9 * 12 + 4},
                                      {277, 1},     {278, height}, {279, pixel_bytes}};
  add(8, 4);
  add(9, 2);
  for (const auto& [tag, value] : entries) {
    add(tag, 2);
    add(kLong, 2);
    add(1, 4);
    add(value, 4);
  }
  add(0, 4);
  for (const std::uint16_t count : image.pixels()) add(count, 2);
  return bytes;
}

Bytes pgm() {
  const std::string header = "P5\n# seed\n4 2 16383\n";
  Bytes bytes(header.begin(), header.end());
  bytes.resize(bytes.size() + 16, 0x2a);
  return bytes;
}

bool write(const std::filesystem::path& path, const Bytes& bytes) {
  const auto written = write_file(path.string(), bytes);
  if (!written) std::fprintf(stderr, "%s\n", to_string(written.error()).c_str());
  return written.has_value();
}

bool write_seeds(const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder / "cptv");
  std::filesystem::create_directories(folder / "image");
  return write(folder / "cptv/v1", recording(1, 1)) && write(folder / "cptv/v2", recording(2, 1)) &&
         write(folder / "cptv/raw", recording(2, 0)) &&
         write(folder / "cptv/zipped", test::gzip(recording(2, 1))) &&
         write(folder / "image/grey.png", encode_png(slope<std::uint8_t>(3))) &&
         write(folder / "image/deep.png", encode_png(slope<std::uint16_t>(900))) &&
         write(folder / "image/colour.png", encode_png(Image<Rgb>(16, 12, {200, 100, 50}))) &&
         write(folder / "image/grey.jpg", encode_jpeg(slope<std::uint8_t>(3), 80)) &&
         write(folder / "image/deep.tiff", tiff(slope<std::uint16_t>(900))) &&
         write(folder / "image/deep.pgm", pgm());
}

}  // namespace
}  // namespace marsad::video

int main(int count, char** arguments) {
  if (count != 2) {
    std::fprintf(stderr, "usage: video_seeds FOLDER\n");
    return 2;
  }
  return marsad::video::write_seeds(arguments[1]) ? 0 : 1;
}
