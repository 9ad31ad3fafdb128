// SPDX-License-Identifier: Apache-2.0
// The detector's speed and, on the real sequences, its accuracy, beside OpenCV's MOG2 and KNN: the
// same frames, the same measures, the same run, each on one thread.
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "bench/detect_peers.h"
#include "detect/detector.h"
#include "score/score.h"
#include "tests/detect/scene.h"
#include "tests/support/real_data.h"
#include "video/encode.h"
#include "video/source.h"

namespace marsad {
namespace {

using bench::Mask;
using bench::Peer;
using bench::PeerKind;
using Process = std::function<Mask(const video::Frame&)>;

constexpr int kFrames = 24;

// An 8-bit picture of the simulated counts, four of which are one of its own.
video::Frame in_8_bits(video::Frame frame) {
  frame.bits = 8;
  for (std::uint16_t& count : frame.counts.pixels())
    count = static_cast<std::uint16_t>(std::clamp((count - 7000) / 4 + 128, 0, 255));
  return frame;
}

enum class Camera { of_8_bits, of_14_bits, swaying };

std::vector<video::Frame> simulated_frames(Camera camera) {
  test::Scene scene(640, 512);
  scene.texture = 60;
  std::vector<video::Frame> frames;
  for (int i = 0; i < kFrames; ++i) {
    if (camera == Camera::swaying) {
      scene.shift_x = 0.5 * std::sin(0.7 * i);
      scene.shift_y = 0.3 * std::sin(0.5 * i);
    }
    const video::Frame frame =
        scene.frame({{100 + 2.0 * i, 200, 4, 8, 60}, {400 - 5.0 * i, 300, 30, 14, 200}});
    frames.push_back(camera == Camera::of_8_bits ? in_8_bits(frame) : frame);
  }
  return frames;
}

// Frames a second of one core: the rate is counted by the processor's time. One round through the
// frames goes before, so that the background is known.
template <class Picture, class Apply>
void measure_speed(benchmark::State& state, const std::vector<Picture>& pictures,
                   const Apply& apply) {
  for (const Picture& picture : pictures) benchmark::DoNotOptimize(apply(picture));
  std::size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(apply(pictures[i]));
    i = (i + 1) % pictures.size();
  }
  state.counters["frames/s"] =
      benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

void marsad_640x512(benchmark::State& state, Camera camera) {
  detect::Detector detector({});
  // A frame's number and time go on, though the pictures come again.
  std::int64_t number = 0;
  std::vector<video::Frame> frames = simulated_frames(camera);
  std::vector<video::Frame*> pictures;
  for (video::Frame& frame : frames) pictures.push_back(&frame);
  measure_speed(state, pictures, [&](video::Frame* frame) {
    frame->time = base::Time{} + std::chrono::milliseconds(40 * number++);
    return detector.process(*frame);
  });
}

void measure_peer(benchmark::State& state, PeerKind kind, Camera camera) {
  Peer peer(kind);
  std::vector<cv::Mat> pictures;
  for (const video::Frame& frame : simulated_frames(camera))
    pictures.push_back(peer.picture_of(frame));
  measure_speed(state, pictures, [&](const cv::Mat& picture) { return peer.apply(picture); });
}

void register_speeds() {
  constexpr std::pair<const char*, Camera> kCameras[] = {{"8_bit", Camera::of_8_bits},
                                                         {"14_bit", Camera::of_14_bits},
                                                         {"14_bit,_swaying", Camera::swaying}};
  const auto add = [](const std::string& name, const auto& measure) {
    benchmark::RegisterBenchmark(name.c_str(), measure)
        ->Unit(benchmark::kMillisecond)
        ->MeasureProcessCPUTime();
  };
  for (const auto& [name, camera] : kCameras) {
    add(fmt::format("marsad_640x512/{}", name),
        [camera = camera](benchmark::State& state) { marsad_640x512(state, camera); });
    add(fmt::format("mog2_640x512/{}", name), [camera = camera](benchmark::State& state) {
      measure_peer(state, PeerKind::mog2, camera);
    });
    add(fmt::format("knn_640x512/{}", name),
        [camera = camera](benchmark::State& state) { measure_peer(state, PeerKind::knn, camera); });
  }
}

// Writes the masks of a sequence and scores them.
base::Result<score::DetectionScore> score_sequence(const std::filesystem::path& sequence,
                                                   const Process& process) {
  const auto masks =
      std::filesystem::temp_directory_path() / fmt::format("marsad_detect_bench_{}", getpid());
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
    for (const auto& [name, kind] :
         {std::pair{"MOG2", PeerKind::mog2}, std::pair{"KNN", PeerKind::knn}}) {
      Peer peer(kind);
      print_row(sequence, name, score_sequence(*folder / sequence, [&](const video::Frame& f) {
                  return peer.mask_of(f);
                }));
    }
  }
}

}  // namespace
}  // namespace marsad

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  cv::setNumThreads(1);
  marsad::register_speeds();
  benchmark::RunSpecifiedBenchmarks();
  marsad::print_accuracy();
}
