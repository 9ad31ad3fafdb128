// SPDX-License-Identifier: Apache-2.0
// The detector's speed and, on the real sequences, its accuracy, beside OpenCV's MOG2 without
// shadows followed by a 5 by 5 median: the same frames, the same measures, the same run.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <filesystem>
#include <functional>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <opencv2/video/background_segm.hpp>
#include <vector>

#include "detect/detector.h"
#include "score/score.h"
#include "tests/detect/scene.h"
#include "tests/support/real_data.h"
#include "video/encode.h"
#include "video/source.h"

namespace marsad {
namespace {

using Mask = video::Image<std::uint8_t>;
using Process = std::function<Mask(const video::Frame&)>;

// MOG2 takes 8-bit pictures and 32-bit floats; raw counts go in as floats.
class Mog2 {
 public:
  Mask process(const video::Frame& frame) {
    const auto& counts = frame.counts;
    cv::Mat picture(counts.height(), counts.width(), frame.bits > 8 ? CV_32F : CV_8U);
    for (int y = 0; y < counts.height(); ++y)
      for (int x = 0; x < counts.width(); ++x) {
        if (frame.bits > 8)
          picture.at<float>(y, x) = counts.at(x, y);
        else
          picture.at<std::uint8_t>(y, x) = static_cast<std::uint8_t>(counts.at(x, y));
      }
    cv::Mat found;
    subtractor_->apply(picture, found);
    cv::medianBlur(found, found, 5);
    Mask mask(counts.width(), counts.height());
    for (int y = 0; y < mask.height(); ++y)
      std::copy_n(found.ptr<std::uint8_t>(y), mask.width(), mask.row(y).begin());
    return mask;
  }

 private:
  cv::Ptr<cv::BackgroundSubtractorMOG2> subtractor_ =
      cv::createBackgroundSubtractorMOG2(500, 16, false);
};

std::vector<video::Frame> simulated_frames() {
  test::Scene scene(640, 512);
  scene.texture = 60;
  std::vector<video::Frame> frames;
  for (int i = 0; i < 24; ++i)
    frames.push_back(
        scene.frame({{100 + 2.0 * i, 200, 4, 8, 60}, {400 - 5.0 * i, 300, 30, 14, 200}}));
  return frames;
}

void measure_speed(benchmark::State& state, const Process& process) {
  const std::vector<video::Frame> frames = simulated_frames();
  std::size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(process(frames[i]));
    i = (i + 1) % frames.size();
  }
  state.counters["frames/s"] =
      benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

void detector_640x512_14_bit(benchmark::State& state) {
  detect::Detector detector({});
  measure_speed(state, [&](const video::Frame& f) { return detector.process(f).mask; });
}
BENCHMARK(detector_640x512_14_bit)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime();

void mog2_640x512_14_bit(benchmark::State& state) {
  cv::setNumThreads(1);
  Mog2 mog2;
  measure_speed(state, [&](const video::Frame& f) { return mog2.process(f); });
}
BENCHMARK(mog2_640x512_14_bit)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime();

// Writes the masks of a sequence and scores them.
base::Result<score::DetectionScore> score_sequence(const std::filesystem::path& sequence,
                                                   const Process& process) {
  const auto masks = std::filesystem::temp_directory_path() / "marsad_detect_bench";
  std::filesystem::remove_all(masks);
  std::filesystem::create_directories(masks);
  auto source = video::open_source({{}, (sequence / "input").string(), {}, {}});
  if (!source) return source.error();
  for (;;) {
    const video::Event event = (*source)->next({});
    if (std::holds_alternative<video::End>(event)) break;
    const auto* frame = std::get_if<video::Frame>(&event);
    if (!frame) continue;
    const std::string file = fmt::format("mask{:06}.png", frame->number);
    const auto written =
        video::write_file((masks / file).string(), video::encode_png(process(*frame)));
    if (!written) return written.error();
  }
  auto score = score::score_masks((sequence / "groundtruth").string(), masks.string());
  std::filesystem::remove_all(masks);
  return score;
}

void print_row(const char* sequence, const char* method,
               const base::Result<score::DetectionScore>& score) {
  if (!score) {
    fmt::print("{:14} {:9} {}\n", sequence, method, to_string(score.error()));
    return;
  }
  fmt::print("{:14} {:9} {:7.3f} {:9.3f} {:7.3f} {:14.3f} {:19.0f}\n", sequence, method,
             score->f_px, score->precision_px, score->recall_px, score->recall_objects,
             score->false_objects_per_1000_frames);
}

void print_accuracy() {
  const auto folder = test::real_data("thermal/remote-scene-ir");
  if (!folder) {
    fmt::print("The accuracy needs the real data (MARSAD_DATA).\n");
    return;
  }
  fmt::print("{:14} {:9} {:>7} {:>9} {:>7} {:>14} {:>19}\n", "sequence", "method", "F", "precision",
             "recall", "objects found", "false/1000 frames");
  for (const char* sequence :
       {"Sequence_1", "Sequence_4", "Sequence_7-1", "Sequence_2", "Sequence_5", "Sequence_8-1"}) {
    detect::Detector detector({});
    print_row(sequence, "marsad", score_sequence(*folder / sequence, [&](const video::Frame& f) {
                return detector.process(f).mask;
              }));
    Mog2 mog2;
    print_row(sequence, "MOG2", score_sequence(*folder / sequence, [&](const video::Frame& f) {
                return mog2.process(f);
              }));
  }
}

}  // namespace
}  // namespace marsad

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  marsad::print_accuracy();
}
