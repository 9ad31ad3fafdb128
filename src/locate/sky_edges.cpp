// SPDX-License-Identifier: Apache-2.0
#include "locate/sky_edges.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace marsad::locate {
namespace {

constexpr int kRadius = 5;
constexpr double kSmooth_px = 1.6;
constexpr int kBeside = 1;  // columns on each side that are averaged
constexpr double kLeastStrength = 4.5;
constexpr std::size_t kFromTop = 3;
constexpr std::size_t kStrongest = 2;
// Pictures of few grey levels seem to have no noise at all.
constexpr double kLeastNoise_counts = 0.3;

using Kernel = std::array<double, 2 * kRadius + 1>;

// Its answer to a step of one count is one.
Kernel derivative() {
  Kernel kernel{};
  double below = 0;
  for (int i = -kRadius; i <= kRadius; ++i) {
    const double weight = i * std::exp(-i * i / (2 * kSmooth_px * kSmooth_px));
    kernel[static_cast<std::size_t>(i + kRadius)] = weight;
    if (i > 0) below += weight;
  }
  for (double& weight : kernel) weight /= below;
  return kernel;
}

// One sigma of what neighbouring pixels differ by chance: of the smaller half of the differences,
// since edges and texture make the larger ones.
double noise_counts(const video::Image<std::uint16_t>& counts) {
  std::vector<double> off;
  for (int y = 1; y + 1 < counts.height(); y += 2) {
    for (int x = y % 5; x < counts.width(); x += 5) {
      off.push_back(std::abs(counts.at(x, y) - 0.5 * (counts.at(x, y - 1) + counts.at(x, y + 1))));
    }
  }
  if (off.empty()) return kLeastNoise_counts;
  const auto quarter = off.begin() + static_cast<std::ptrdiff_t>(off.size() / 4);
  std::nth_element(off.begin(), quarter, off.end());
  constexpr double kQuarterOfSigma = 0.3186;
  return std::max(kLeastNoise_counts, *quarter / kQuarterOfSigma / std::sqrt(1.5));
}

// A column's mean with its neighbours.
std::vector<double> mean_column(const video::Image<std::uint16_t>& counts, int x) {
  const int left = std::max(0, x - kBeside), right = std::min(counts.width() - 1, x + kBeside);
  std::vector<double> mean(static_cast<std::size_t>(counts.height()));
  for (int y = 0; y < counts.height(); ++y) {
    double sum = 0;
    for (int i = left; i <= right; ++i) sum += counts.at(i, y);
    mean[static_cast<std::size_t>(y)] = sum / (right - left + 1);
  }
  return mean;
}

// A step's derivative falls off within some pixels on both sides. Where it goes on on one, the sky
// pales towards the ground, and the edge is somewhere at its end.
double sigma_px(const std::vector<double>& slopes, std::size_t peak, double strength) {
  constexpr std::size_t kBesides_px = 3;
  constexpr double kOfStep = 0.7;  // by how much a step's has fallen off there
  constexpr double kPaling_px = 3;
  constexpr double kNoise_px = 2;
  if (peak < kBesides_px || peak + kBesides_px >= slopes.size()) return kPaling_px;
  const double beside = std::max(slopes[peak - kBesides_px], slopes[peak + kBesides_px]);
  const double fallen = 1 - std::max(0.0, beside) / slopes[peak];
  const double paling = kPaling_px * std::clamp(1 - fallen / kOfStep, 0.0, 1.0);
  return std::hypot(0.3, paling, kNoise_px / strength);
}

std::vector<SkyEdge> peaks(const std::vector<double>& slopes, double least) {
  std::vector<SkyEdge> edges;
  for (std::size_t i = 1; i + 1 < slopes.size(); ++i) {
    const double before = slopes[i - 1], here = slopes[i], after = slopes[i + 1];
    if (here < least || here < before || here <= after) continue;
    const double bend = before - 2 * here + after;
    const double strength = kLeastStrength * here / least;
    edges.push_back({static_cast<double>(i) + (before - after) / (2 * bend), strength,
                     sigma_px(slopes, i, strength)});
  }
  return edges;
}

// The first few, and the strongest of the others.
std::vector<SkyEdge> chosen(std::vector<SkyEdge> edges) {
  if (edges.size() <= kFromTop + kStrongest) return edges;
  const auto others = edges.begin() + kFromTop;
  std::stable_sort(others, edges.end(),
                   [](const SkyEdge& a, const SkyEdge& b) { return a.strength > b.strength; });
  edges.resize(kFromTop + kStrongest);
  return edges;
}

}  // namespace

std::vector<std::vector<SkyEdge>> sky_edges(const video::Image<std::uint16_t>& counts, Sky sky) {
  std::vector<std::vector<SkyEdge>> columns(static_cast<std::size_t>(counts.width()));
  if (counts.height() < 2 * kRadius + 3) return columns;
  const Kernel kernel = derivative();
  double power = 0;
  for (const double weight : kernel) power += weight * weight;
  const double noise = noise_counts(counts) * std::sqrt(power / (2 * kBeside + 1));
  const double sign = sky == Sky::colder ? 1 : -1;
  for (int x = 0; x < counts.width(); ++x) {
    const std::vector<double> column = mean_column(counts, x);
    std::vector<double> slopes(column.size(), 0);
    for (std::size_t y = kRadius; y + kRadius < column.size(); ++y) {
      for (std::size_t i = 0; i < kernel.size(); ++i) {
        slopes[y] += sign * kernel[i] * column[y - kRadius + i];
      }
    }
    auto& edges = columns[static_cast<std::size_t>(x)];
    edges = chosen(peaks(slopes, kLeastStrength * noise));
  }
  return columns;
}

}  // namespace marsad::locate
