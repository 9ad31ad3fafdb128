// SPDX-License-Identifier: Apache-2.0
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "tests/support/temporary_folder.h"
#include "tests/video/cptv_writer.h"
#include "video/encode.h"
#include "video/source.h"

namespace marsad::video {
namespace {

constexpr int kFrames = 100;

// A slope with noise, which codes about as badly as a thermal picture does.
template <class T>
Image<T> scene(int width, int height, unsigned seed) {
  Image<T> image(width, height);
  unsigned value = seed;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      value = value * 1664525U + 1013904223U;
      image.at(x, y) = static_cast<T>(60U + static_cast<unsigned>(x + y) / 8U + (value >> 29));
    }
  }
  return image;
}

class Recordings {
 public:
  Recordings() {
    std::filesystem::create_directories(folder_.file("images"));
    test::CptvWriter cptv(2, 160, 120, 1'700'000'000'000'000);
    for (unsigned i = 0; i < kFrames; ++i) {
      write("images/" + std::to_string(i) + ".png", encode_png(scene<std::uint8_t>(480, 320, i)));
      cptv.add(scene<std::uint16_t>(160, 120, i), 110 * i);
    }
    write("a.cptv", test::gzip(cptv.bytes()));
    const std::string command =
        "ffmpeg -nostdin -v error -y -f lavfi -i testsrc2=size=640x512:rate=25 -frames:v " +
        std::to_string(kFrames) + " -vf noise=alls=8:allf=t -pix_fmt yuv420p -c:v libx264 " +
        folder_.file("a.mp4");
    CHECK(std::system(command.c_str()) == 0);
  }

  std::string path(const char* name) const { return folder_.file(name); }

 private:
  void write(const std::string& name, const Bytes& bytes) const {
    CHECK(write_file(folder_.file(name), bytes).has_value());
  }

  marsad::test::TemporaryFolder folder_;
};

void read_all(benchmark::State& state, const char* name) {
  static const Recordings recordings;
  SourceSettings settings;
  settings.location = recordings.path(name);
  int frames = 0;
  for (auto _ : state) {
    const auto source = open_source(settings);
    CHECK(source.has_value());
    while (true) {
      const Event event = (*source)->next({});
      if (std::holds_alternative<End>(event)) break;
      frames += std::holds_alternative<Frame>(event) ? 1 : 0;
    }
  }
  state.counters["frames/s"] = benchmark::Counter(frames, benchmark::Counter::kIsRate);
}

BENCHMARK_CAPTURE(read_all, png_480x320, "images")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(read_all, h264_640x512, "a.mp4")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(read_all, cptv_160x120, "a.cptv")->Unit(benchmark::kMillisecond);

void encode_png_640x512(benchmark::State& state) {
  const auto image = scene<std::uint16_t>(640, 512, 1);
  for (auto _ : state) benchmark::DoNotOptimize(encode_png(image));
  state.counters["frames/s"] =
      benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}
BENCHMARK(encode_png_640x512)->Unit(benchmark::kMillisecond);

void encode_jpeg_640x512(benchmark::State& state) {
  const auto image = to_8_bit(scene<std::uint16_t>(640, 512, 1));
  for (auto _ : state) benchmark::DoNotOptimize(encode_jpeg(image, 80));
  state.counters["frames/s"] =
      benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}
BENCHMARK(encode_jpeg_640x512)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace marsad::video

BENCHMARK_MAIN();
