// SPDX-License-Identifier: Apache-2.0
// Small faint walkers, simulated on real backgrounds: how often the detector sees them, and what it
// finds besides. A background is the median of a real recording's first frames; walkers of 4 by 8
// pixels with soft edges, as hot or cold as so many sigmas of the noise, walk before it at 25
// frames/s after two seconds without any.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <functional>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "bench/noise_pool.h"
#include "detect/detector.h"
#include "tests/support/real_data.h"
#include "video/source.h"

namespace marsad {
namespace {

constexpr double kNoise = 6;           // counts, one sigma
constexpr double kCountsPerByte = 16;  // the recordings have 8 bits
constexpr double kDrift = 0.08;        // counts a frame
constexpr int kMedianOf_frames = 15;   // less where the recording is shorter
constexpr int kLearnt_frames = 50;
constexpr int kSettling_frames = 3;  // after a walker appears
constexpr int kWatched_frames = 100;
constexpr double kNear_px = 3;
constexpr double kWidth_px = 4;
constexpr double kHeight_px = 8;
constexpr int kEdge_px = 24;                   // walkers stay away from the picture's edges
constexpr std::array kSpeeds{0.15, 0.3, 0.6};  // pixels a frame
constexpr std::array kContrasts{3.0, 5.0};     // sigmas
constexpr int kRounds = 6;                     // at other places

struct Background {
  std::string name;
  video::Image<std::uint16_t> counts;
  detect::Box live;
};

// Columns and rows that are not black all along.
detect::Box live_part(const video::Image<std::uint16_t>& picture) {
  int left = picture.width(), right = 0, top = picture.height(), bottom = 0;
  for (int y = 0; y < picture.height(); ++y)
    for (int x = 0; x < picture.width(); ++x) {
      if (picture.at(x, y) < 10) continue;
      left = std::min(left, x);
      right = std::max(right, x + 1);
      top = std::min(top, y);
      bottom = std::max(bottom, y + 1);
    }
  return {left, top, right - left, bottom - top};
}

std::optional<Background> background_of(const std::string& name, const std::string& path) {
  const auto folder = test::real_data(path);
  if (!folder) return std::nullopt;
  auto source = video::open_source({{}, folder->string(), {}, {}});
  if (!source) return std::nullopt;
  std::vector<video::Image<std::uint16_t>> frames;
  while (frames.size() < kMedianOf_frames) {
    const video::Event event = (*source)->next({});
    if (std::holds_alternative<video::End>(event)) break;
    if (const auto* frame = std::get_if<video::Frame>(&event)) frames.push_back(frame->counts);
  }
  if (frames.empty()) return std::nullopt;
  Background background{name, frames[0], {}};
  std::vector<std::uint16_t> values(frames.size());
  for (std::size_t i = 0; i < frames[0].pixels().size(); ++i) {
    for (std::size_t f = 0; f < frames.size(); ++f) values[f] = frames[f].pixels()[i];
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    background.counts.pixels()[i] = *middle;
  }
  background.live = live_part(background.counts);
  return background;
}

struct Walker {
  double x, y;    // of its middle
  double dx, dy;  // a frame
  double contrast;

  const char* way() const { return dx != 0 ? "along rows" : "along columns"; }
  const char* warmth() const { return contrast > 0 ? "hot" : "cold"; }
};

// How much of a pixel lies within so much around a middle.
double cover(double middle, double size, int pixel) {
  const double low = std::max(middle - size / 2, pixel - 0.5);
  const double high = std::min(middle + size / 2, pixel + 0.5);
  return std::max(high - low, 0.0);
}

// A camera before one background.
class Stage {
 public:
  Stage(const Background& background, bench::NoisePool& noise)
      : clean_(background.counts.width(), background.counts.height()), noise_(noise) {
    const auto bytes = background.counts.pixels();
    for (std::size_t i = 0; i < bytes.size(); ++i)
      clean_.pixels()[i] = static_cast<float>(5000 + kCountsPerByte * bytes[i]);
  }

  video::Frame next(const std::vector<Walker>& walkers) {
    video::Image<float> seen = clean_;
    for (float& count : seen.pixels()) count += static_cast<float>(kDrift * number_);
    for (const Walker& walker : walkers) add(walker, seen);
    video::Frame frame;
    frame.number = static_cast<std::uint64_t>(number_);
    frame.time = base::Time{} + std::chrono::milliseconds(40 * number_);
    frame.bits = 14;
    frame.counts = video::Image<std::uint16_t>(seen.width(), seen.height());
    for (int y = 0; y < seen.height(); ++y) noise_.add(seen.row(y), frame.counts.row(y));
    ++number_;
    return frame;
  }

 private:
  static void add(const Walker& walker, video::Image<float>& seen) {
    const int left = static_cast<int>(walker.x - kWidth_px / 2) - 1;
    const int top = static_cast<int>(walker.y - kHeight_px / 2) - 1;
    for (int y = top; y < top + kHeight_px + 4; ++y)
      for (int x = left; x < left + kWidth_px + 4; ++x)
        seen.at(x, y) += static_cast<float>(walker.contrast * cover(walker.x, kWidth_px, x) *
                                            cover(walker.y, kHeight_px, y));
  }

  video::Image<float> clean_;
  bench::NoisePool& noise_;
  int number_ = 0;
};

// One hot and one cold walker along the rows and along the columns, each in its quarter.
std::vector<Walker> draw_walkers(const detect::Box& live, double speed, double contrast,
                                 std::mt19937& random) {
  std::uniform_real_distribution<double> even(0, 1);
  std::vector<Walker> walkers;
  for (int i = 0; i < 4; ++i) {
    const int quarter_x = i % 2;
    const int quarter_y = i / 2;
    const double way_px = speed * kWatched_frames;
    const double sign = even(random) < 0.5 ? -1 : 1;
    const bool is_along_rows = i == 0 || i == 3;
    // The middle of its way lies so that the whole way stays in its quarter.
    const double across = live.width / 2.0 - 2 * kEdge_px - (is_along_rows ? way_px : 0);
    const double down = live.height / 2.0 - 2 * kEdge_px - (is_along_rows ? 0 : way_px);
    const double x = live.x + quarter_x * live.width / 2.0 + live.width / 4.0 +
                     (even(random) - 0.5) * std::max(across, 0.0);
    const double y = live.y + quarter_y * live.height / 2.0 + live.height / 4.0 +
                     (even(random) - 0.5) * std::max(down, 0.0);
    const double dx = is_along_rows ? sign * speed : 0;
    const double dy = is_along_rows ? 0 : sign * speed;
    walkers.push_back({x - dx * kWatched_frames / 2, y - dy * kWatched_frames / 2, dx, dy,
                       (i < 2 ? 1 : -1) * contrast * kNoise});
  }
  return walkers;
}

// How far apart two stretches lie.
double gap_px(double low, double high, double other_low, double other_high) {
  return std::max({low - other_high, other_low - high, 0.0});
}

// How far a detection's box lies from what is so large around the walker's middle.
double gap_px(const detect::Box& box, const Walker& walker, double width, double height) {
  const double across =
      gap_px(box.x - 0.5, box.x + box.width - 0.5, walker.x - width / 2, walker.x + width / 2);
  const double down =
      gap_px(box.y - 0.5, box.y + box.height - 0.5, walker.y - height / 2, walker.y + height / 2);
  return std::hypot(across, down);
}

struct Count {
  int seen = 0, frames_of_walkers = 0;
  int false_objects = 0, frames = 0;
};

// By what the row is about, then by contrast.
using Counts = std::map<std::string, std::map<double, Count>>;

void count_frame(const std::vector<detect::Detection>& detections,
                 const std::vector<Walker>& walkers, const std::vector<std::string>& rows,
                 double contrast, Counts& counts) {
  for (const Walker& walker : walkers) {
    const bool is_seen =
        std::any_of(detections.begin(), detections.end(), [&](const detect::Detection& detection) {
          return gap_px(detection.box, walker, 0, 0) <= kNear_px;
        });
    std::vector<std::string> about = rows;
    about.insert(about.end(), {walker.way(), walker.warmth()});
    for (const std::string& row : about) {
      Count& count = counts[row][contrast];
      ++count.frames_of_walkers;
      if (is_seen) ++count.seen;
    }
  }
  const auto false_ones =
      std::count_if(detections.begin(), detections.end(), [&](const detect::Detection& detection) {
        return std::none_of(walkers.begin(), walkers.end(), [&](const Walker& walker) {
          return gap_px(detection.box, walker, kWidth_px, kHeight_px) <= kNear_px;
        });
      });
  for (const std::string& row : rows) {
    ++counts[row][contrast].frames;
    counts[row][contrast].false_objects += static_cast<int>(false_ones);
  }
}

// How long a walker has been there.
std::string third_of(int frame) {
  return frame < 34 ? "frames 4-34" : frame < 67 ? "frames 35-67" : "frames 68-100";
}

void watch(const Background& background, double speed, double contrast, std::mt19937& random,
           bench::NoisePool& noise, Counts& counts) {
  Stage stage(background, noise);
  detect::Detector detector({});
  for (int i = 0; i < kLearnt_frames; ++i) (void)detector.process(stage.next({}));
  std::vector<Walker> walkers = draw_walkers(background.live, speed, contrast, random);
  std::vector<std::string> rows{background.name, fmt::format("{} px/frame", speed), "all", ""};
  for (int i = 0; i < kWatched_frames; ++i) {
    const auto output = detector.process(stage.next(walkers));
    rows.back() = third_of(i);
    if (i >= kSettling_frames) count_frame(output.detections, walkers, rows, contrast, counts);
    for (Walker& walker : walkers) {
      walker.x += walker.dx;
      walker.y += walker.dy;
    }
  }
}

void print_row(const std::string& row, Counts& counts) {
  fmt::print("{:14}", row);
  for (const double contrast : kContrasts) {
    const Count& count = counts[row][contrast];
    fmt::print("  {:11.3f}", static_cast<double>(count.seen) / count.frames_of_walkers);
    if (count.frames > 0)
      fmt::print("  {:16.1f}", 1000.0 * count.false_objects / count.frames);
    else
      fmt::print("  {:>16}", "-");
  }
  fmt::print("\n");
}

}  // namespace
}  // namespace marsad

int main() {
  using namespace marsad;
  Counts counts;
  std::mt19937 random(30);
  bench::NoisePool noise(kNoise, 31);
  std::vector<std::string> rows;
  for (const char* name : {"Sequence_1", "Sequence_2", "Sequence_4", "Sequence_5", "Sequence_7-1",
                           "Sequence_8-1", "ltir-crowd"}) {
    const bool is_crowd = std::string(name) == "ltir-crowd";
    const auto background =
        background_of(name, is_crowd ? "thermal/ltir-crowd"
                                     : fmt::format("thermal/remote-scene-ir/{}/input", name));
    if (!background) continue;
    rows.emplace_back(name);
    for (int round = 0; round < kRounds; ++round)
      for (const double speed : kSpeeds)
        for (const double contrast : kContrasts)
          watch(*background, speed, contrast, random, noise, counts);
  }
  if (rows.empty()) {
    fmt::print("needs the real data (MARSAD_DATA)\n");
    return 0;
  }
  for (const double speed : kSpeeds) rows.push_back(fmt::format("{} px/frame", speed));
  rows.insert(rows.end(), {"along rows", "along columns", "hot", "cold", "frames 4-34",
                           "frames 35-67", "frames 68-100", "all"});
  fmt::print("{:14}  {:>11}  {:>16}  {:>11}  {:>16}\n", "walkers", "3 sigma seen", "false in 1000",
             "5 sigma seen", "false in 1000");
  for (const std::string& row : rows) print_row(row, counts);
}
