// SPDX-License-Identifier: Apache-2.0
// Whether the ledger of blind kilometres is right: crossings simulated through the whole chain,
// from drawn frames to tracks, against what the ledger says of the very same crossings.
//   reliability_bench [--seed N] [--crossings N] [--svg FILE] [--csv FILE]
#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <numbers>
#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "bench/crossing_trial.h"

namespace marsad {
namespace {

struct Band {
  std::size_t kind = 0;
  double from_km = 0, to_km = 0;
};
// From where nearly all are found to where nearly none is, before a lens of 12°.
constexpr std::array kBands = {
    Band{0, 0.5, 1.5}, Band{0, 1.5, 2.5}, Band{0, 2.5, 3.5}, Band{0, 3.5, 5},
    Band{1, 1.5, 3},   Band{1, 3, 5},     Band{1, 5, 7},     Band{1, 7, 10},
    Band{2, 0.5, 1.2}, Band{2, 1.2, 2},   Band{2, 2, 3},     Band{2, 3, 4},
    Band{3, 0.5, 1.2}, Band{3, 1.2, 2},   Band{3, 2, 3},     Band{3, 3, 4}};

struct Options {
  std::uint64_t seed = 20;
  int crossings = 32;  // a band
  std::string svg, csv;
};

bench::Crossing draw(const Band& band, std::mt19937_64& random,
                     const std::vector<std::shared_ptr<const terrain::Elevation>>& grounds) {
  std::uniform_real_distribution<double> even(0, 1);
  const auto between = [&](double low, double high) { return low + (high - low) * even(random); };
  bench::Crossing crossing;
  crossing.kind = band.kind;
  crossing.range_m = 1000 * between(band.from_km, band.to_km);
  // Not straight towards the camera or away from it: at 20° to the line of sight at least.
  crossing.way_rad = geo::radians(between(20, 160)) * (random() % 2 == 0 ? 1 : -1);
  crossing.mast_m = between(20, 40);
  crossing.netd_K = between(0.04, 0.06);
  crossing.extinction_per_km = between(0.1, 0.4);
  crossing.contrast = std::exp(0.5 * std::normal_distribution<double>()(random));
  crossing.azimuth_rad = 2 * std::numbers::pi * even(random);
  crossing.east_m = between(-1000, 1000);
  crossing.north_m = between(-1000, 1000);
  crossing.seed = random();
  crossing.ground = grounds[random() % 2 == 0 ? 0 : 1 + random() % (grounds.size() - 1)];
  return crossing;
}

std::vector<bench::Trial> try_all(const std::vector<bench::Crossing>& crossings) {
  std::vector<bench::Trial> trials(crossings.size());
  std::atomic<std::size_t> next{0};
  std::vector<std::jthread> threads;
  for (unsigned core = 0; core < std::thread::hardware_concurrency(); ++core) {
    threads.emplace_back([&] {
      for (std::size_t i = next++; i < crossings.size(); i = next++) {
        trials[i] = bench::try_crossing(crossings[i]);
      }
    });
  }
  threads.clear();
  return trials;
}

// What was found where the ledger says with which probability.
struct Tally {
  std::string name;
  double predicted = 0;  // sum
  int found = 0;
  int count = 0;

  void add(const bench::Crossing& crossing, const bench::Trial& trial) {
    predicted += trial.predicted;
    found += trial.is_found(crossing.kind) ? 1 : 0;
    ++count;
  }
  double mean_predicted() const { return predicted / count; }
  double share() const { return static_cast<double>(found) / count; }
};

// The bounds within which the true share lies with 95 % [Wilson1927].
std::pair<double, double> wilson(const Tally& tally) {
  constexpr double kZ = 1.96;
  const double n = tally.count, p = tally.share();
  const double middle = (p + kZ * kZ / (2 * n)) / (1 + kZ * kZ / n);
  const double half = kZ * std::sqrt(p * (1 - p) / n + kZ * kZ / (4 * n * n)) / (1 + kZ * kZ / n);
  return {std::max(0.0, middle - half), std::min(1.0, middle + half)};
}

void print(std::string_view what, const std::vector<Tally>& tallies) {
  fmt::print("{:24}  {:>9}  {:>8}  {:>9}  {:>14}  {:>10}\n", what, "predicted", "observed",
             "crossings", "95 % bounds", "difference");
  for (const Tally& tally : tallies) {
    if (tally.count == 0) continue;
    const auto [low, high] = wilson(tally);
    fmt::print("{:24}  {:9.2f}  {:8.2f}  {:9}  {:>14}  {:+10.2f}\n", tally.name,
               tally.mean_predicted(), tally.share(), tally.count,
               fmt::format("{:.2f} to {:.2f}", low, high), tally.share() - tally.mean_predicted());
  }
}

std::vector<Tally> by_band(const std::vector<bench::Crossing>& crossings,
                           const std::vector<bench::Trial>& trials) {
  std::vector<Tally> tallies;
  const std::size_t each = crossings.size() / kBands.size();
  for (std::size_t band = 0; band < kBands.size(); ++band) {
    Tally& tally = tallies.emplace_back();
    tally.name = fmt::format("{} {:g} to {:g} km", plan::kCrosserNames.at(kBands[band].kind),
                             kBands[band].from_km, kBands[band].to_km);
    for (std::size_t i = band * each; i < (band + 1) * each; ++i)
      tally.add(crossings[i], trials[i]);
  }
  return tallies;
}

std::vector<Tally> by_prediction(const std::vector<bench::Crossing>& crossings,
                                 const std::vector<bench::Trial>& trials) {
  constexpr std::array kEdges = {0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0};
  std::vector<Tally> tallies(kEdges.size() - 1);
  for (std::size_t bin = 0; bin < tallies.size(); ++bin) {
    tallies[bin].name = fmt::format("{:g} to {:g}", kEdges[bin], kEdges[bin + 1]);
  }
  for (std::size_t i = 0; i < trials.size(); ++i) {
    const auto above = std::upper_bound(kEdges.begin(), kEdges.end() - 1, trials[i].predicted);
    tallies[static_cast<std::size_t>(above - kEdges.begin()) - 1].add(crossings[i], trials[i]);
  }
  return tallies;
}

// The reliability diagram: on the diagonal the ledger is right, above it one is found more often.
std::string diagram(const std::vector<Tally>& bands) {
  constexpr std::array kColours = {"#7b3294", "#e66101", "#4d9221", "#0571b0"};
  constexpr double kSide = 400, kEdge = 50;
  const auto x = [](double value) { return kEdge + kSide * value; };
  const auto y = [](double value) { return kEdge + kSide * (1 - value); };
  std::string out = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {0}\" "
      "font-family=\"sans-serif\" "
      "font-size=\"12\">\n<rect width=\"{0}\" height=\"{0}\" fill=\"#fff\"/>\n<path "
      "d=\"M{1} {1}V{2}H{2}\" fill=\"none\" stroke=\"#333\"/>\n<path d=\"M{1} {2}L{2} {1}\" "
      "stroke=\"#333\"/>\n<path d=\"M{1} {3}L{4} {1}M{5} {2}L{2} {6}\" stroke=\"#999\" "
      "stroke-dasharray=\"4\"/>\n",
      kSide + 2 * kEdge, kEdge, kEdge + kSide, y(0.1), x(0.9), x(0.1), y(0.9));
  for (int tenth = 0; tenth <= 10; tenth += 2) {
    const double at = tenth / 10.0;
    out += fmt::format(
        "<text x=\"{0:.0f}\" y=\"{1:.0f}\" text-anchor=\"middle\">{4}</text><text x=\"{2:.0f}\" "
        "y=\"{3:.0f}\" text-anchor=\"end\">{4}</text>\n",
        x(at), y(0) + 18, x(0) - 6, y(at) + 4, at);
  }
  out += fmt::format(
      "<text x=\"{0:.0f}\" y=\"{1:.0f}\" text-anchor=\"middle\">predicted by the ledger</text>\n"
      "<text transform=\"translate(14 {2:.0f}) rotate(-90)\" text-anchor=\"middle\">found in "
      "simulated crossings (95 %)</text>\n",
      x(0.5), y(0) + 38, y(0.5));
  for (std::size_t band = 0; band < bands.size(); ++band) {
    const auto [low, high] = wilson(bands[band]);
    const std::size_t kind = kBands[band].kind;
    const double at = x(bands[band].mean_predicted());
    out += fmt::format(
        "<path d=\"M{0:.1f} {1:.1f}V{2:.1f}\" stroke=\"{4}\"/><circle cx=\"{0:.1f}\" "
        "cy=\"{3:.1f}\" "
        "r=\"4\" fill=\"{4}\"><title>{5}</title></circle>\n",
        at, y(low), y(high), y(bands[band].share()), kColours[kind], bands[band].name);
  }
  for (std::size_t kind = 0; kind < plan::kCrosserKinds; ++kind) {
    out += fmt::format(
        "<circle cx=\"70\" cy=\"{0}\" r=\"4\" fill=\"{2}\"/><text x=\"80\" "
        "y=\"{1}\">{3}</text>\n",
        66 + 18 * kind, 70 + 18 * kind, kColours[kind], plan::kCrosserNames[kind]);
  }
  return out + "</svg>\n";
}

// A row for each crossing, to look into.
void write_csv(const std::string& file, const std::vector<bench::Crossing>& crossings,
               const std::vector<bench::Trial>& trials) {
  std::ofstream out(file);
  fmt::print(out,
             "kind,range_m,way_deg,contrast,netd_k,extinction_per_km,mast_m,level,predicted,"
             "predicted_that_night,look,tracked,detected_frames,frames\n");
  for (std::size_t i = 0; i < trials.size(); ++i) {
    const bench::Crossing& c = crossings[i];
    const bench::Trial& t = trials[i];
    fmt::print(out,
               "{},{:.0f},{:.0f},{:.3f},{:.4f},{:.3f},{:.0f},{},{:.4f},{:.4f},{:.4f},{:d},{},{}\n",
               plan::kCrosserNames.at(c.kind), c.range_m, geo::degrees(c.way_rad), c.contrast,
               c.netd_K, c.extinction_per_km, c.mast_m, c.ground->spacing_m() > 100, t.predicted,
               t.known, t.look, t.tracked, t.detected, t.frames);
  }
}

}  // namespace
}  // namespace marsad

int main(int argc, char** argv) {
  using namespace marsad;
  Options options;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string_view word = argv[i];
    if (word == "--seed") options.seed = std::strtoull(argv[i + 1], nullptr, 10);
    if (word == "--crossings") options.crossings = std::atoi(argv[i + 1]);
    if (word == "--svg") options.svg = argv[i + 1];
    if (word == "--csv") options.csv = argv[i + 1];
  }
  std::mt19937_64 random(options.seed);
  const auto grounds = bench::made_grounds(4, random());
  std::vector<bench::Crossing> crossings;
  for (const Band& band : kBands) {
    for (int i = 0; i < options.crossings; ++i) crossings.push_back(draw(band, random, grounds));
  }
  const auto trials = try_all(crossings);
  if (!options.csv.empty()) write_csv(options.csv, crossings, trials);
  const std::vector<Tally> bands = by_band(crossings, trials);
  print("who, how far", bands);
  fmt::print("\n");
  print("predicted", by_prediction(crossings, trials));
  double difference = 0, largest = 0;
  for (const Tally& tally : bands) {
    const double off = std::abs(tally.share() - tally.mean_predicted());
    difference += off / static_cast<double>(bands.size());
    largest = std::max(largest, off);
  }
  fmt::print("\nmean difference  {:.3f}\nlargest difference  {:.2f}\n", difference, largest);
  if (!options.svg.empty()) std::ofstream(options.svg) << diagram(bands);
}
