// SPDX-License-Identifier: Apache-2.0
// The network's speed, and how good it is on crops held out of its training and on movers that the
// detector finds with cameras it never saw: docs/classification.md.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <numeric>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "detect/classifier.h"
#include "detect/detector.h"
#include "tests/detect/labelled_crops.h"
#include "tests/support/real_data.h"
#include "video/source.h"

namespace marsad {
namespace {

constexpr std::size_t kClasses = detect::kNetworkClasses.size();
constexpr std::size_t kBins = 15;

std::vector<detect::Detection> sixteen() {
  std::vector<detect::Detection> detections(detect::kMostCrops);
  for (int i = 0; detect::Detection & detection : detections) {
    detection.box = {30 * i + 20, 25 * i + 30, 12, 20};
    ++i;
  }
  return detections;
}

void sixteen_detections_640x512(benchmark::State& state) {
  if (!detect::Network::is_built_in()) return state.SkipWithError("built without the network");
  video::Image<std::uint16_t> counts(640, 512);
  for (int y = 0; y < counts.height(); ++y)
    for (int x = 0; x < counts.width(); ++x)
      counts.at(x, y) = static_cast<std::uint16_t>(8000 + (x * 7 + y * 13) % 61);
  detect::Classifier classifier(true);
  std::vector<detect::Detection> detections = sixteen();
  for (auto _ : state) classifier.classify(counts, detections);
  state.counters["crops/s"] = benchmark::Counter(
      static_cast<double>(state.iterations()) * static_cast<double>(detections.size()),
      benchmark::Counter::kIsRate);
}
BENCHMARK(sixteen_detections_640x512)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime();

std::size_t likeliest(const detect::NetworkAnswer& answer) {
  return static_cast<std::size_t>(std::max_element(answer.begin(), answer.end()) - answer.begin());
}

// The network's class of a label; none for bicycles.
std::optional<std::size_t> class_of(const std::string& label) {
  const bool flies = label == "airplane" || label == "helicopter";
  const auto found = std::find(detect::kNetworkClasses.begin(), detect::kNetworkClasses.end(),
                               flies ? "aircraft" : label);
  if (found == detect::kNetworkClasses.end()) return std::nullopt;
  return static_cast<std::size_t>(found - detect::kNetworkClasses.begin());
}

// Counts of answers to crops whose class is known.
class Tally {
 public:
  void add(std::size_t truth, const detect::NetworkAnswer& answer) {
    const std::size_t taken = likeliest(answer);
    ++confusion_[truth][taken];
    Bin& bin = bins_[std::min(kBins - 1, static_cast<std::size_t>(answer[taken] * kBins))];
    ++bin.crops;
    bin.probability += answer[taken];
    bin.right += taken == truth ? 1 : 0;
  }

  void print() const {
    double recalls = 0;
    for (std::size_t truth = 0; truth < kClasses; ++truth) {
      const auto& row = confusion_[truth];
      const int all = std::accumulate(row.begin(), row.end(), 0);
      const double recall = row[truth] / static_cast<double>(std::max(all, 1));
      recalls += recall;
      fmt::print("held-out {} {} {:.3f}\n", detect::kNetworkClasses[truth], all, recall);
    }
    double crops = 0;
    double error = 0;
    for (const Bin& bin : bins_) {
      crops += bin.crops;
      error += std::abs(bin.probability - bin.right);
    }
    fmt::print("held-out crops {:.0f}\n", crops);
    fmt::print("held-out balanced-accuracy {:.3f}\n", recalls / kClasses);
    fmt::print("held-out calibration-error {:.3f}\n", error / crops);
  }

 private:
  struct Bin {
    double crops = 0;
    double probability = 0;
    double right = 0;
  };
  std::array<std::array<int, kClasses>, kClasses> confusion_{};
  std::array<Bin, kBins> bins_{};
};

void print_held_out(const std::filesystem::path& folder) {
  detect::Network network;
  Tally tally;
  for (test::LabelledCrop& crop : test::labelled_crops(folder)) {
    const auto truth = class_of(crop.label);
    if (!truth || !test::is_test_part(crop)) continue;
    detect::normalise(crop.pixels);
    tally.add(*truth, network.ask(std::span(&crop.pixels, 1)).front());
  }
  tally.print();
}

// A recording in which all that moves is of one class. Its true boxes, where it has a file of them,
// leave the detector's mistakes out; they count frames from 0 or number them as the pictures' files
// do, and x, y, width, height begin at a column.
struct Recording {
  const char* frames;
  const char* boxes;
  bool counted;
  std::size_t box_column;
  const char* truth;
};

constexpr std::array<Recording, 10> kRecordings = {{
    {"remote-scene-ir/Sequence_1/input", "remote-scene-ir/Sequence_1/gt_boxes_mot.txt", false, 2,
     "vehicle"},
    {"remote-scene-ir/Sequence_2/input", "remote-scene-ir/Sequence_2/gt_boxes_mot.txt", false, 2,
     "vehicle"},
    {"remote-scene-ir/Sequence_4/input", "remote-scene-ir/Sequence_4/gt_boxes_mot.txt", false, 2,
     "vehicle"},
    {"remote-scene-ir/Sequence_5/input", "remote-scene-ir/Sequence_5/gt_boxes_mot.txt", false, 2,
     "vehicle"},
    {"remote-scene-ir/Sequence_7-1/input", "remote-scene-ir/Sequence_7-1/gt_boxes_mot.txt", false,
     2, "vehicle"},
    {"remote-scene-ir/Sequence_8-1/input", "remote-scene-ir/Sequence_8-1/gt_boxes_mot.txt", false,
     2, "vehicle"},
    {"ltir-crowd", "", false, 0, "person"},
    {"tno-fel/Duine_sequence/thermal", "tno-fel/Duine_sequence/boxes_autogen.csv", true, 1,
     "person"},
    {"tno-fel/Nato_camp_sequence/thermal", "tno-fel/Nato_camp_sequence/boxes_autogen.csv", true, 1,
     "person"},
    {"tno-fel/Tree_sequence/thermal", "tno-fel/Tree_sequence/boxes_autogen.csv", true, 1, "person"},
}};

using Boxes = std::multimap<std::uint64_t, detect::Box>;

Boxes read_boxes(const std::filesystem::path& file, const Recording& recording) {
  Boxes boxes;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    std::vector<double> cells;
    std::istringstream words(line);
    for (std::string word; std::getline(words, word, ',');)
      cells.push_back(std::atof(word.c_str()));
    const std::size_t at = recording.box_column;
    if (cells.size() < at + 4 || cells[at + 2] <= 0) continue;
    const auto whole = [&](std::size_t i) { return static_cast<int>(std::lround(cells[at + i])); };
    boxes.emplace(static_cast<std::uint64_t>(cells[0]),
                  detect::Box{whole(0), whole(1), whole(2), whole(3)});
  }
  return boxes;
}

bool is_in(const detect::Detection& detection, const Boxes& boxes, std::uint64_t frame) {
  const auto [first, last] = boxes.equal_range(frame);
  return std::any_of(first, last, [&](const auto& one) {
    const detect::Box& box = one.second;
    return detection.centroid.u >= box.x && detection.centroid.u < box.x + box.width &&
           detection.centroid.v >= box.y && detection.centroid.v < box.y + box.height;
  });
}

// What detections were taken for: shares by class.
void print_recording(const std::filesystem::path& thermal, const Recording& recording) {
  auto source = video::open_source({{}, (thermal / recording.frames).string(), {}, {}});
  if (!source) return;
  const bool all_count = std::string_view(recording.boxes).empty();
  const Boxes boxes = read_boxes(thermal / recording.boxes, recording);
  detect::Detector detector({});
  detect::Classifier classifier(true);
  std::array<int, sensor::kMoverClasses> taken{};
  for (std::uint64_t count = 0;; ++count) {
    const video::Event event = (*source)->next({});
    if (std::holds_alternative<video::End>(event)) break;
    const auto* frame = std::get_if<video::Frame>(&event);
    if (frame == nullptr) continue;
    auto detections = detector.process(*frame).detections;
    classifier.classify(frame->counts, detections);
    for (const detect::Detection& detection : detections)
      if (all_count || is_in(detection, boxes, recording.counted ? count : frame->number))
        ++taken[static_cast<std::size_t>(sensor::likeliest(detection.classes))];
  }
  const int all = std::accumulate(taken.begin(), taken.end(), 0);
  fmt::print("recording {} {} {}", recording.frames, recording.truth, all);
  for (const int count : taken)
    fmt::print(" {:.2f}", count / static_cast<double>(std::max(all, 1)));
  fmt::print("\n");
}

void print_figures() {
  const auto thermal = test::real_data("thermal");
  if (!thermal || !detect::Network::is_built_in()) {
    fmt::print("The figures need the real data (MARSAD_DATA) and a build with the network.\n");
    return;
  }
  print_held_out(*thermal / "patches32");
  for (const Recording& recording : kRecordings) print_recording(*thermal, recording);
}

}  // namespace
}  // namespace marsad

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  marsad::print_figures();
}
