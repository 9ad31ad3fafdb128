// SPDX-License-Identifier: Apache-2.0
#include "detect/wide_search.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numbers>
#include <span>
#include <utility>

#include "detect/median.h"

namespace marsad::detect {
namespace {

constexpr int kAround_px = 2;  // the surroundings are squares of 5 pixels
constexpr double kTurn_rad = 4 * std::numbers::pi / 180;

using Four = float __attribute__((vector_size(16)));

// Every so many pixels one is taken for a median; it need not be exact.
constexpr std::size_t kSampled = 7;

// The sums over windows of 2 kAround_px + 1 numbers, the ends repeated. `padded` is for scratch.
void window_sums(std::span<const float> row, std::vector<float>& padded, std::span<float> sums) {
  padded.assign(row.size() + 2 * kAround_px, row.front());
  std::copy(row.begin(), row.end(), padded.begin() + kAround_px);
  std::fill(padded.end() - kAround_px, padded.end(), row.back());
  for (std::size_t x = 0; x < row.size(); ++x)
    sums[x] = padded[x] + padded[x + 1] + padded[x + 2] + padded[x + 3] + padded[x + 4];
}

// What the pixels of the live part have over the mean of the square around each.
video::Image<float> over_surroundings(const video::Image<float>& picture, const Box& live) {
  const auto left = static_cast<std::size_t>(live.x);
  const auto width = static_cast<std::size_t>(live.width);
  constexpr float kOneOf = 1.0F / ((2 * kAround_px + 1) * (2 * kAround_px + 1));
  video::Image<float> over(picture.width(), picture.height());
  std::vector<float> padded;
  std::vector<float> columns(width);
  std::vector<float> sums(width);
  for (int y = live.y; y < live.y + live.height; ++y) {
    std::fill(columns.begin(), columns.end(), 0.0F);
    for (int v = y - kAround_px; v <= y + kAround_px; ++v) {
      const float* const row =
          picture.row(std::clamp(v, live.y, live.y + live.height - 1)).data() + left;
      for (std::size_t x = 0; x < width; ++x) columns[x] += row[x];
    }
    window_sums(columns, padded, sums);
    const float* const row = picture.row(y).data() + left;
    float* const out = over.row(y).data() + left;
    for (std::size_t x = 0; x < width; ++x) out[x] = row[x] - kOneOf * sums[x];
  }
  return over;
}

// The sum of the products of two rows.
float product(const float* a, const float* b, int count) {
  Four sums{};
  int i = 0;
  for (; i + 4 <= count; i += 4) {
    Four four_a;
    Four four_b;
    std::memcpy(&four_a, a + i, sizeof four_a);
    std::memcpy(&four_b, b + i, sizeof four_b);
    sums += four_a * four_b;
  }
  float sum = sums[0] + sums[1] + sums[2] + sums[3];
  for (; i < count; ++i) sum += a[i] * b[i];
  return sum;
}

// How alike the pictures are with b(p + shift) over a(p): the sum of their products over the root
// of how many they are, which for unlike pictures spreads evenly.
double likeness(const video::Image<float>& a, const video::Image<float>& b, int dx, int dy) {
  const int left = std::max(0, -dx);
  const int right = std::min(a.width(), a.width() - dx);
  const int top = std::max(0, -dy);
  const int bottom = std::min(a.height(), a.height() - dy);
  double sum = 0;
  for (int y = top; y < bottom; ++y)
    sum += product(a.row(y).data() + left, b.row(y + dy).data() + left + dx, right - left);
  return sum / std::sqrt(static_cast<double>(right - left) * (bottom - top));
}

struct Candidate {
  double likeness = 0;
  Similarity similarity;
};

// The shifts that are likelier than those beside them.
void append_peaks(const video::Image<double>& scores, const Similarity& turned, int reach_x,
                  int reach_y, std::vector<Candidate>& candidates) {
  for (int y = 0; y < scores.height(); ++y) {
    for (int x = 0; x < scores.width(); ++x) {
      bool is_peak = true;
      for (int v = std::max(y - 1, 0); v <= std::min(y + 1, scores.height() - 1); ++v)
        for (int u = std::max(x - 1, 0); u <= std::min(x + 1, scores.width() - 1); ++u)
          is_peak &= scores.at(u, v) <= scores.at(x, y);
      if (!is_peak) continue;
      const Similarity shifted{static_cast<double>(x - reach_x), static_cast<double>(y - reach_y),
                               0, 1};
      candidates.push_back({scores.at(x, y), compose(turned, shifted)});
    }
  }
}

}  // namespace

video::Image<float> small_structure(const video::Image<float>& picture, const Box& live) {
  video::Image<float> structure = over_surroundings(picture, live);
  std::vector<float> magnitudes;
  for (std::size_t i = 0; i < structure.pixels().size(); i += kSampled) {
    const float magnitude = std::abs(structure.pixels()[i]);
    if (magnitude > 0) magnitudes.push_back(magnitude);
  }
  if (magnitudes.empty()) return structure;
  const float usual = median(magnitudes);
  for (float& value : structure.pixels()) value /= std::abs(value) + usual;
  return structure;
}

std::vector<Similarity> wide_search(const video::Image<float>& reference,
                                    const video::Image<float>& picture, const Similarity& guess,
                                    int count) {
  const int reach_x = picture.width() / 4;
  const int reach_y = picture.height() / 4;
  std::vector<Candidate> candidates;
  video::Image<float> straight(picture.width(), picture.height());
  video::Image<double> scores(2 * reach_x + 1, 2 * reach_y + 1);
  for (const double turn_rad : {0.0, -kTurn_rad, kTurn_rad}) {
    Similarity turned = guess;
    turned.rotation_rad += turn_rad;
    warp(picture, turned, 0.0F, straight);
    for (int dy = -reach_y; dy <= reach_y; ++dy)
      for (int dx = -reach_x; dx <= reach_x; ++dx)
        scores.at(dx + reach_x, dy + reach_y) = likeness(reference, straight, dx, dy);
    append_peaks(scores, turned, reach_x, reach_y, candidates);
  }
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const Candidate& a, const Candidate& b) { return a.likeness > b.likeness; });
  std::vector<Similarity> likeliest;
  for (const Candidate& candidate : candidates) {
    if (static_cast<int>(likeliest.size()) == count) break;
    likeliest.push_back(candidate.similarity);
  }
  return likeliest;
}

}  // namespace marsad::detect
