// SPDX-License-Identifier: Apache-2.0
// The registration of frames: time and accuracy beside OpenCV's phase correlation and ECC. Every
// pair is two different frames of a staring camera's real recording, so that noise and movers
// differ; the second one is moved by a known similarity.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <chrono>
#include <functional>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <opencv2/video/tracking.hpp>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "detect/registration.h"
#include "tests/detect/moved_picture.h"
#include "tests/support/real_data.h"
#include "video/source.h"

namespace marsad {
namespace {

using Picture = video::Image<std::uint16_t>;
using detect::Similarity;

struct Recording {
  const char* name;
  const char* path;
  std::size_t first, second;  // frames that are compared
  double counts;              // 8-bit pictures are made 14-bit ones
};

constexpr Recording kRecordings[] = {
    {"ltir-crowd 640x512", "thermal/ltir-crowd", 5, 7, 64},
    {"desert 480x320", "thermal/remote-scene-ir/Sequence_1/input", 20, 22, 64},
    {"steppe 480x320", "thermal/remote-scene-ir/Sequence_5/input", 20, 22, 64},
    {"drone 320x256", "thermal/halmstad-ir/clips/IR_DRONE_001.mp4", 20, 22, 64},
    {"cacophony 160x120", "thermal/cacophony-cptv/cptv/cat.cptv", 5, 7, 1},
};

std::string location_of(const Recording& recording) {
  const auto path = test::real_data(recording.path);
  if (!path) return {};
  return path->string();
}

std::vector<Picture> pictures_of(const std::string& location, std::size_t count, double counts) {
  std::vector<Picture> pictures;
  auto source = video::open_source({{}, location, {}, {}});
  if (!source) return pictures;
  while (pictures.size() < count) {
    const video::Event event = (*source)->next({});
    if (std::holds_alternative<video::End>(event)) break;
    const auto* frame = std::get_if<video::Frame>(&event);
    if (!frame) continue;
    pictures.push_back(frame->counts);
    for (std::uint16_t& count_of : pictures.back().pixels())
      count_of = static_cast<std::uint16_t>(count_of * counts);
  }
  return pictures;
}

// Gives the similarity it finds, guessing none.
using Method = std::function<std::optional<Similarity>(const Picture& reference, const Picture&)>;

cv::Mat as_mat(const Picture& picture) {
  cv::Mat mat(picture.height(), picture.width(), CV_32F);
  for (int y = 0; y < mat.rows; ++y)
    std::copy(picture.row(y).begin(), picture.row(y).end(), mat.ptr<float>(y));
  return mat;
}

std::optional<Similarity> ours(const Picture& reference, const Picture& frame) {
  detect::Registrar registrar;
  registrar.set_reference(reference, {0, 0, reference.width(), reference.height()});
  const auto found = registrar.register_frame(frame, {});
  if (!found) return std::nullopt;
  return found->similarity;
}

std::optional<Similarity> phase_correlation(const Picture& reference, const Picture& frame) {
  const cv::Mat a = as_mat(reference);
  const cv::Mat b = as_mat(frame);
  cv::Mat window;
  cv::createHanningWindow(window, a.size(), CV_32F);
  const cv::Point2d shift = cv::phaseCorrelate(a, b, window);
  return Similarity{shift.x, shift.y, 0, 1};
}

std::optional<Similarity> ecc(const Picture& reference, const Picture& frame) {
  cv::Mat matrix = cv::Mat::eye(2, 3, CV_32F);
  try {
    cv::findTransformECC(
        as_mat(reference), as_mat(frame), matrix, cv::MOTION_AFFINE,
        cv::TermCriteria(cv::TermCriteria::COUNT | cv::TermCriteria::EPS, 50, 1e-4), cv::noArray(),
        5);
  } catch (const cv::Exception&) {
    return std::nullopt;  // it did not converge
  }
  const double a = matrix.at<float>(0, 0);
  const double b = matrix.at<float>(1, 0);
  const detect::Place middle = detect::middle_of(reference.width(), reference.height());
  const detect::Place factor(a, b);
  const detect::Place shift =
      factor * middle + detect::Place(matrix.at<float>(0, 2), matrix.at<float>(1, 2)) - middle;
  return Similarity{shift.real(), shift.imag(), std::arg(factor), std::abs(factor)};
}

// Motions of one kind, each number drawn evenly between minus and plus the largest.
struct Motion {
  const char* name;
  double shift_px;     // or
  double shift_share;  // of the picture
  double rotation_deg;
  double growth;
};

constexpr Motion kMotions[] = {
    {"sway 2 px", 2, 0, 0, 0},
    {"8 px", 8, 0, 0, 0},
    {"8 px, 1 deg, 1 %", 8, 0, 1, 0.01},
    {"20 %", 0, 0.2, 0, 0},
    {"20 %, 5 deg, 5 %", 0, 0.2, 5, 0.05},
};

Similarity draw(const Motion& motion, const detect::Box& box, std::mt19937& random) {
  std::uniform_real_distribution<double> even(-1, 1);
  const double x = motion.shift_px + motion.shift_share * box.width;
  const double y = motion.shift_px + motion.shift_share * box.height;
  return {x * even(random), y * even(random),
          motion.rotation_deg * even(random) * std::numbers::pi / 180,
          1 + motion.growth * even(random)};
}

constexpr double kFound_px = 1;  // further off is a failure, and not counted into the accuracy

struct Row {
  int tries = 0;
  int found = 0;
  int wrong = 0;
  double square_sum = 0;
  double milliseconds = 0;
};

void try_once(const Method& method, const Picture& reference, const Picture& frame,
              const Similarity& truth, Row& row) {
  const auto start = std::chrono::steady_clock::now();
  const auto found = method(reference, frame);
  row.milliseconds +=
      std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  ++row.tries;
  if (!found) return;
  const double error = test::distance_px(*found, truth, frame.width(), frame.height());
  if (error > kFound_px) {
    ++row.wrong;
    return;
  }
  ++row.found;
  row.square_sum += error * error;
}

void print_row(const char* name, const char* motion, const char* method, const Row& row) {
  fmt::print("{:20} {:18} {:18} {:6.0f} % {:6.0f} % {:9.3f} {:9.2f}\n", name, motion, method,
             100.0 * row.found / row.tries, 100.0 * row.wrong / row.tries,
             std::sqrt(row.square_sum / std::max(row.found, 1)), row.milliseconds / row.tries);
}

void print_accuracy() {
  constexpr int kTries = 20;
  fmt::print("{:20} {:18} {:18} {:>8} {:>8} {:>9} {:>9}\n", "recording", "moved by up to", "method",
             "found", "wrong", "RMS px", "ms");
  for (const Recording& recording : kRecordings) {
    const auto pictures =
        pictures_of(location_of(recording), recording.second + 1, recording.counts);
    if (pictures.size() <= recording.second) continue;
    const Picture& first = pictures[recording.first];
    // The middle of the picture, so that what moves in is real too.
    const detect::Box box{first.width() / 6, first.height() / 6, 2 * first.width() / 3,
                          2 * first.height() / 3};
    for (const Motion& motion : kMotions) {
      std::mt19937 random(7);
      Row marsad;
      Row phase;
      Row ecc_row;
      const Picture reference = test::moved_crop(first, box, {}, {}, random);
      for (int i = 0; i < kTries; ++i) {
        const Similarity truth = draw(motion, box, random);
        const Picture frame = test::moved_crop(pictures[recording.second], box, truth, {}, random);
        try_once(ours, reference, frame, truth, marsad);
        if (motion.rotation_deg == 0) try_once(phase_correlation, reference, frame, truth, phase);
        if (motion.shift_px > 0 && i < 6) try_once(ecc, reference, frame, truth, ecc_row);
      }
      print_row(recording.name, motion.name, "marsad", marsad);
      if (phase.tries > 0) print_row(recording.name, motion.name, "phase correlation", phase);
      if (ecc_row.tries > 0) print_row(recording.name, motion.name, "ECC affine", ecc_row);
    }
  }
}

// How often frames of one recording are registered to another recording's, which is always wrong.
void print_false_registrations() {
  std::vector<Picture> pictures;
  for (const Recording& recording : kRecordings) {
    for (const Picture& whole : pictures_of(location_of(recording), 41, recording.counts)) {
      if (whole.width() < 320) continue;
      std::mt19937 random(1);
      const detect::Box box{(whole.width() - 280) / 2, (whole.height() - 224) / 2, 280, 224};
      pictures.push_back(test::moved_crop(whole, box, {}, {}, random));
    }
  }
  int tries = 0;
  int wrong = 0;
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    const std::size_t j = (i + 41) % pictures.size();
    ++tries;
    if (ours(pictures[i], pictures[j])) ++wrong;
  }
  fmt::print("\nframes of another recording registered: {} of {}\n", wrong, tries);
}

struct Pair {
  Picture reference;
  Picture frame;
};

// One frame and the same frame moved, with noise of one 8-bit count.
Pair pair_640x512(const Similarity& moved) {
  const auto pictures = pictures_of(location_of(kRecordings[0]), 1, kRecordings[0].counts);
  if (pictures.empty()) return {};
  std::mt19937 random(3);
  return {pictures[0], test::moved_crop(pictures[0], {0, 0, 640, 512}, moved, {1, 0, 64}, random)};
}

void register_640x512(benchmark::State& state, const Similarity& moved, const Similarity& guess) {
  const Pair pair = pair_640x512(moved);
  if (pair.frame.empty()) return state.SkipWithError("needs the real data (MARSAD_DATA)");
  detect::Registrar registrar;
  registrar.set_reference(pair.reference, {0, 0, 640, 512});
  for (auto _ : state) {
    auto found = registrar.register_frame(pair.frame, guess);
    if (!found) state.SkipWithError("not registered");
    benchmark::DoNotOptimize(found);
  }
}
BENCHMARK_CAPTURE(register_640x512, predicted_to_1_px, {20.6, -4.7, 0.02, 1.01},
                  {20, -4, 0.019, 1.009})
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(register_640x512, off_by_8_px, {8, -8, 0.01, 1.01}, {})
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(register_640x512, searched, {120, -60, 0.05, 1.03}, {})
    ->Unit(benchmark::kMicrosecond);

void set_reference_640x512(benchmark::State& state) {
  const Pair pair = pair_640x512({});
  if (pair.frame.empty()) return state.SkipWithError("needs the real data (MARSAD_DATA)");
  video::Image<float> background(640, 512);
  std::copy(pair.reference.pixels().begin(), pair.reference.pixels().end(),
            background.pixels().begin());
  detect::Registrar registrar;
  for (auto _ : state) registrar.set_reference(background, {0, 0, 640, 512});
}
BENCHMARK(set_reference_640x512)->Unit(benchmark::kMicrosecond);

template <class T>
void warp_640x512(benchmark::State& state, const Similarity& similarity) {
  video::Image<T> source(640, 512, T{7});
  video::Image<T> out(640, 512);
  for (auto _ : state) {
    detect::warp(source, similarity, T{}, out);
    benchmark::DoNotOptimize(out.pixels().data());
    benchmark::ClobberMemory();
  }
}
void warp_float_640x512(benchmark::State& state, const Similarity& s) {
  warp_640x512<float>(state, s);
}
void warp_int16_640x512(benchmark::State& state, const Similarity& s) {
  warp_640x512<std::int16_t>(state, s);
}
BENCHMARK_CAPTURE(warp_float_640x512, shift, {3.3, -2.6, 0, 1})->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(warp_float_640x512, 3_deg_3_percent, {3.3, -2.6, 0.05, 1.03})
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(warp_int16_640x512, shift, {3.3, -2.6, 0, 1})->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(warp_int16_640x512, 3_deg_3_percent, {3.3, -2.6, 0.05, 1.03})
    ->Unit(benchmark::kMicrosecond);

void phase_correlate_640x512(benchmark::State& state) {
  cv::setNumThreads(1);
  const Pair pair = pair_640x512({8, -8, 0, 1});
  if (pair.frame.empty()) return state.SkipWithError("needs the real data (MARSAD_DATA)");
  const cv::Mat a = as_mat(pair.reference);
  const cv::Mat b = as_mat(pair.frame);
  for (auto _ : state) benchmark::DoNotOptimize(cv::phaseCorrelate(a, b));
}
BENCHMARK(phase_correlate_640x512)->Unit(benchmark::kMicrosecond);

void ecc_640x512(benchmark::State& state) {
  cv::setNumThreads(1);
  const Pair pair = pair_640x512({0.7, -0.8, 0.001, 1.001});
  if (pair.frame.empty()) return state.SkipWithError("needs the real data (MARSAD_DATA)");
  for (auto _ : state) benchmark::DoNotOptimize(ecc(pair.reference, pair.frame));
}
BENCHMARK(ecc_640x512)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace marsad

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  cv::setNumThreads(1);
  marsad::print_accuracy();
  marsad::print_false_registrations();
}
