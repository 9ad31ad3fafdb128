// SPDX-License-Identifier: Apache-2.0
// Small targets against the sky: F of boxes (IoU of 0.3 or more) on the Halmstad clips, of the
// detector as it is, of the small-target detector, alone and with confirmation, and of what their
// findings could be combined to. The settings were chosen on the clips marked with "chosen on"; the
// others tell how good they are.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "detect/confirmation.h"
#include "detect/detector.h"
#include "detect/registration.h"
#include "detect/small_target.h"
#include "tests/detect/scene.h"
#include "tests/support/real_data.h"
#include "video/source.h"

namespace marsad {
namespace {

// Labels are drawn loosely, with sky around the thing; every method's boxes get as much but
// those that are scored as the program writes them.
constexpr int kMargin_px = 3;
// Counts of 255; the clips are compressed. Fainter ones need the detector's agreement.
constexpr double kPlainContrast = 6;
constexpr double kFaintContrast = 2;
constexpr double kLeastIou = 0.3;

struct Rectangle {
  double x = 0, y = 0, width = 0, height = 0;
};

double iou(const Rectangle& a, const Rectangle& b) {
  const double across = std::min(a.x + a.width, b.x + b.width) - std::max(a.x, b.x);
  const double down = std::min(a.y + a.height, b.y + b.height) - std::max(a.y, b.y);
  if (across <= 0 || down <= 0) return 0;
  const double both = across * down;
  return both / (a.width * a.height + b.width * b.height - both);
}

Rectangle with_margin(const detect::Box& box, int margin_px = kMargin_px) {
  return {static_cast<double>(box.x - margin_px), static_cast<double>(box.y - margin_px),
          static_cast<double>(box.width + 2 * margin_px),
          static_cast<double>(box.height + 2 * margin_px)};
}

using Labels = std::map<std::uint64_t, std::vector<Rectangle>>;

Labels read_labels(const std::filesystem::path& file) {
  Labels labels;
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    std::vector<std::string> fields;
    std::istringstream split(line);
    for (std::string field; std::getline(split, field, ',');) fields.push_back(field);
    if (fields.size() < 6) continue;
    labels[std::stoull(fields[0])].push_back(
        {std::stod(fields[2]), std::stod(fields[3]), std::stod(fields[4]), std::stod(fields[5])});
  }
  return labels;
}

struct Score {
  int hits = 0, false_ones = 0, missed = 0;

  double f() const {
    const int all = 2 * hits + false_ones + missed;
    return all > 0 ? 2.0 * hits / all : 0;
  }
  void add(const Score& other) {
    hits += other.hits;
    false_ones += other.false_ones;
    missed += other.missed;
  }
  // Pairs boxes with labels, those that overlap most first.
  void add(const std::vector<Rectangle>& found, const std::vector<Rectangle>& truth) {
    struct Pair {
      double overlap;
      std::size_t found, truth;
    };
    std::vector<Pair> pairs;
    for (std::size_t i = 0; i < found.size(); ++i)
      for (std::size_t j = 0; j < truth.size(); ++j)
        if (const double overlap = iou(found[i], truth[j]); overlap >= kLeastIou)
          pairs.push_back({overlap, i, j});
    std::stable_sort(pairs.begin(), pairs.end(),
                     [](const Pair& a, const Pair& b) { return a.overlap > b.overlap; });
    std::vector<bool> found_used(found.size()), truth_used(truth.size());
    int paired = 0;
    for (const Pair& pair : pairs) {
      if (found_used[pair.found] || truth_used[pair.truth]) continue;
      found_used[pair.found] = truth_used[pair.truth] = true;
      ++paired;
    }
    hits += paired;
    false_ones += static_cast<int>(found.size()) - paired;
    missed += static_cast<int>(truth.size()) - paired;
  }
};

enum Method { kDetector, kGrown, kSingle, kConfirmed, kBoth, kAgreed, kFused, kSwitched, kMethods };
constexpr std::array<const char*, kMethods> kNames{"detector", "grown",  "single", "confirmed",
                                                   "both",     "agreed", "fused",  "switched"};

using Scores = std::array<Score, kMethods>;

std::vector<Rectangle> boxes_of(const std::vector<detect::Candidate>& candidates) {
  std::vector<Rectangle> boxes;
  for (const auto& candidate : candidates) boxes.push_back(with_margin(candidate.box));
  return boxes;
}

// The first's, and those of the second that overlap none of them.
std::vector<Rectangle> merged(const std::vector<Rectangle>& first,
                              const std::vector<Rectangle>& second) {
  std::vector<Rectangle> boxes = first;
  for (const Rectangle& box : second)
    if (std::none_of(first.begin(), first.end(),
                     [&](const Rectangle& other) { return iou(box, other) > 0; }))
      boxes.push_back(box);
  return boxes;
}

// Those of the first that the second has too.
std::vector<Rectangle> agreed(const std::vector<Rectangle>& first,
                              const std::vector<Rectangle>& second) {
  std::vector<Rectangle> boxes;
  for (const Rectangle& box : first)
    if (std::any_of(second.begin(), second.end(),
                    [&](const Rectangle& other) { return iou(box, other) > 0; }))
      boxes.push_back(box);
  return boxes;
}

struct Clip {
  Scores scores;
  int frames = 0;
  int registered = 0;
  double small_ms = 0;
};

Clip score_clip(const std::filesystem::path& file, const Labels& labels,
                const detect::ConfirmationSettings& confirm) {
  Clip clip;
  auto source = video::open_source({{}, file.string(), {}, {}});
  if (!source) return clip;
  detect::SmallTargetSettings plain;
  plain.least_contrast = kPlainContrast;
  detect::SmallTargetSettings faint;
  faint.least_contrast = kFaintContrast;
  detect::Confirmation confirmation(confirm);
  detect::ConfirmationSettings also_standing = confirm;
  also_standing.standing_frames = 0;
  detect::Confirmation lasting(also_standing);
  detect::Detector detector({});
  detect::Registrar registrar;
  for (;;) {
    const video::Event event = (*source)->next({});
    if (std::holds_alternative<video::End>(event)) break;
    const auto* frame = std::get_if<video::Frame>(&event);
    if (!frame) continue;
    const auto start = std::chrono::steady_clock::now();
    const auto candidates = detect::find_small_targets(frame->counts, plain);
    clip.small_ms +=
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
    const auto faint_ones = detect::find_small_targets(frame->counts, faint);
    const auto single = boxes_of(candidates);
    const auto confirmed = boxes_of(confirmation.process(candidates));
    std::vector<Rectangle> detected;
    std::vector<Rectangle> as_written;
    for (const auto& detection : detector.process(*frame).detections) {
      detected.push_back(with_margin(detection.box));
      as_written.push_back(with_margin(detection.box, 0));
    }
    // A frame that can be registered to the one before and has not moved is the detector's.
    const auto registration = registrar.register_frame(frame->counts, {});
    registrar.set_reference(frame->counts, {0, 0, frame->counts.width(), frame->counts.height()});
    const bool is_still = registration && std::hypot(registration->similarity.shift_x_px,
                                                     registration->similarity.shift_y_px) < 0.5;
    ++clip.frames;
    if (is_still) ++clip.registered;

    const auto label = labels.find(frame->number);
    const std::vector<Rectangle> truth =
        label == labels.end() ? std::vector<Rectangle>{} : label->second;
    clip.scores[kDetector].add(as_written, truth);
    clip.scores[kGrown].add(detected, truth);
    clip.scores[kSingle].add(single, truth);
    clip.scores[kConfirmed].add(confirmed, truth);
    clip.scores[kBoth].add(merged(confirmed, detected), truth);
    clip.scores[kAgreed].add(agreed(single, detected), truth);
    // The plain ones that move, and the faint ones that the detector sees too; what stands
    // is for the background to tell.
    clip.scores[kFused].add(
        merged(confirmed, agreed(boxes_of(lasting.process(faint_ones)), detected)), truth);
    clip.scores[kSwitched].add(is_still ? detected : confirmed, truth);
  }
  return clip;
}

void print_row(const std::string& name, const Scores& scores, const std::string& note) {
  fmt::print("{:20}", name);
  for (const Score& score : scores)
    fmt::print(" {:5.2f} {:5} {:5}", score.f(), score.false_ones, score.missed);
  fmt::print("  {}\n", note);
}

void print_table() {
  const auto folder = test::real_data("thermal/halmstad-ir");
  if (!folder) {
    fmt::print("needs the real data (MARSAD_DATA)\n");
    return;
  }
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(*folder / "clips"))
    files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  const detect::ConfirmationSettings confirm;

  fmt::print("{:20}", "F, false, missed");
  for (const char* name : kNames) fmt::print(" {:17}", name);
  fmt::print("\n");
  Scores chosen_on, others, all;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const bool is_chosen_on = i % 2 == 0;
    const std::string name = files[i].stem().string();
    const Clip clip =
        score_clip(files[i], read_labels(*folder / "labels" / (name + ".csv")), confirm);
    print_row(
        name, clip.scores,
        fmt::format("{:3.0f} % still, {:.2f} ms{}",
                    100.0 * clip.registered / std::max(clip.frames, 1),
                    clip.small_ms / std::max(clip.frames, 1), is_chosen_on ? ", chosen on" : ""));
    for (std::size_t m = 0; m < kMethods; ++m) {
      (is_chosen_on ? chosen_on : others)[m].add(clip.scores[m]);
      all[m].add(clip.scores[m]);
    }
  }
  print_row("chosen on", chosen_on, "");
  print_row("others", others, "");
  print_row("all", all, "");
}

void small_targets_640x512_14_bit(benchmark::State& state) {
  test::Scene scene(640, 512);
  scene.texture = 60;
  const auto frame = scene.frame({{100, 200, 4, 8, 900}, {400, 300, 30, 14, 1200}});
  for (auto _ : state) benchmark::DoNotOptimize(detect::find_small_targets(frame.counts, {}));
  state.counters["frames/s"] =
      benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}
BENCHMARK(small_targets_640x512_14_bit)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace marsad

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  marsad::print_table();
}
