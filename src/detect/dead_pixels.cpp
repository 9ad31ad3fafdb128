// SPDX-License-Identifier: Apache-2.0
#include "detect/dead_pixels.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace marsad::detect {
namespace {

constexpr int kEven_counts = 1;     // differences within a dead line, and of a dead pixel in time
constexpr int kRowStride_px = 3;    // of the rows that columns are judged by
constexpr float kDeadEven = 0.97F;  // part of a dead line that has one shade
constexpr float kVaried = 0.8F;     // a line that usually has one shade beyond this can't be judged
constexpr double kStandsOut_sigma = 4;
constexpr int kStandsOut_counts = 4;
constexpr float kFollow = 0.02F;  // how fast what is usual follows, a look
constexpr double kAlone_sigma = 8;
constexpr int kAlone_counts = 10;
constexpr double kAloneShare = 0.6;  // of its height a pixel stands above its highest neighbour
constexpr int kStuckLooks = 5;
constexpr std::size_t kMostAlone = 20'000;

using Row = std::span<const std::uint16_t>;

Row live_row(const video::Image<std::uint16_t>& picture, const Box& live, int y) {
  return picture.row(y).subspan(static_cast<std::size_t>(live.x),
                                static_cast<std::size_t>(live.width));
}

// Whether a pixel stands alone above (or, with all counts turned round, below) its neighbours.
struct Around {
  int lowest = 1 << 20;
  int highest = -1;
  int sum = 0;
};
Around around(Row above, Row here, Row below, std::size_t x) {
  Around out;
  const auto add = [&](int count) {
    out.lowest = std::min(out.lowest, count);
    out.highest = std::max(out.highest, count);
    out.sum += count;
  };
  for (std::size_t i = x - 1; i <= x + 1; ++i) {
    add(above[i]);
    add(below[i]);
    if (i != x) add(here[i]);
  }
  return out;
}

// Marks where a pixel is so far from the mean of those left and right of it, twice over; false
// where none is. Few are, so the closer look is at those alone.
bool mark_steps(Row row, int least, std::vector<std::uint8_t>& marks) {
  int any = 0;
  for (std::size_t x = 1; x + 1 < row.size(); ++x) {
    const int step = std::abs(2 * int{row[x]} - int{row[x - 1]} - int{row[x + 1]});
    const int marked = step >= least ? 1 : 0;
    marks[x] = static_cast<std::uint8_t>(marked);
    any |= marked;
  }
  return any != 0;
}

bool stands_alone(int count, const Around& beside, int least) {
  const double height = std::abs(count - beside.sum / 8.0);
  const int gap = std::max(count - beside.highest, beside.lowest - count);
  return gap >= least && gap >= kAloneShare * height;
}

}  // namespace

int DeadPixels::count(const std::vector<bool>& dead) {
  return static_cast<int>(std::ranges::count(dead, true));
}

DeadPixels::Evenness DeadPixels::evenness_of_rows(const video::Image<std::uint16_t>& picture,
                                                  const Box& live) {
  Evenness out;
  out.pixels = live.width;
  for (int y = live.y; y < live.y + live.height; ++y) {
    const Row row = live_row(picture, live, y);
    const std::array<int, 2> shade = {row[row.size() / 3], row[2 * row.size() / 3]};
    int like_first = 0;  // plain sums, which the processor adds several at once
    int like_second = 0;
    for (const std::uint16_t count : row) {
      like_first += std::abs(int{count} - shade[0]) <= kEven_counts ? 1 : 0;
      like_second += std::abs(int{count} - shade[1]) <= kEven_counts ? 1 : 0;
    }
    const std::array<int, 2> alike = {like_first, like_second};
    out.shade.push_back(shade);
    out.alike.push_back(alike);
  }
  return out;
}

DeadPixels::Evenness DeadPixels::evenness_of_columns(const video::Image<std::uint16_t>& picture,
                                                     const Box& live) {
  const Row upper = live_row(picture, live, live.y + live.height / 3);
  const Row lower = live_row(picture, live, live.y + 2 * live.height / 3);
  std::vector<int> like_upper(upper.size(), 0);
  std::vector<int> like_lower(upper.size(), 0);
  for (int y = live.y; y < live.y + live.height; y += kRowStride_px) {
    const Row row = live_row(picture, live, y);
    for (std::size_t x = 0; x < row.size(); ++x) {
      like_upper[x] += std::abs(row[x] - upper[x]) <= kEven_counts ? 1 : 0;
      like_lower[x] += std::abs(row[x] - lower[x]) <= kEven_counts ? 1 : 0;
    }
  }
  Evenness out;
  out.pixels = (live.height + kRowStride_px - 1) / kRowStride_px;
  for (std::size_t x = 0; x < upper.size(); ++x) {
    out.shade.push_back({upper[x], lower[x]});
    out.alike.push_back({like_upper[x], like_lower[x]});
  }
  return out;
}

// Whether a line's shade differs by `least` from the next lines on either side that are not even.
bool DeadPixels::stands_out(const Evenness& lines, std::size_t line, int least) {
  const auto is_even = [&](std::size_t i) {
    return static_cast<float>(std::max(lines.alike[i][0], lines.alike[i][1])) >=
           kDeadEven * static_cast<float>(lines.pixels);
  };
  const auto differs = [&](std::size_t i, std::size_t at) {
    return std::abs(lines.shade[line][at] - lines.shade[i][at]) >= least;
  };
  std::size_t before = line;
  while (before > 0 && is_even(before)) --before;
  std::size_t after = line;
  while (after + 1 < lines.alike.size() && is_even(after)) ++after;
  const std::size_t own = lines.alike[line][1] > lines.alike[line][0] ? 1 : 0;
  return (is_even(before) || differs(before, own)) && (is_even(after) || differs(after, own)) &&
         !(is_even(before) && is_even(after));
}

void DeadPixels::judge_lines(const Evenness& lines, bool learn, int least, int ignored_count,
                             std::vector<float>& usual, std::vector<bool>& dead) {
  const bool first = usual.size() != lines.alike.size();
  if (first) usual.assign(lines.alike.size(), 0);
  dead.assign(lines.alike.size(), false);
  for (std::size_t i = 0; i < lines.alike.size(); ++i) {
    const std::size_t best = lines.alike[i][1] > lines.alike[i][0] ? 1 : 0;
    const float even = static_cast<float>(lines.alike[i][best]) / static_cast<float>(lines.pixels);
    dead[i] = !first && even >= kDeadEven && usual[i] < kVaried &&
              lines.shade[i][best] < ignored_count && stands_out(lines, i, least);
    if (first) usual[i] = even;
    if (learn && !dead[i]) usual[i] += kFollow * (even - usual[i]);
  }
}

void DeadPixels::look(const video::Image<std::uint16_t>& picture, const Box& live, double noise,
                      bool learn, int ignored_count) {
  const int least = std::max(kStandsOut_counts, static_cast<int>(kStandsOut_sigma * noise));
  judge_lines(evenness_of_rows(picture, live), learn, least, ignored_count, usual_rows_, rows_);
  judge_lines(evenness_of_columns(picture, live), learn, least, ignored_count, usual_columns_,
              columns_);
  find_alone(picture, live, noise);
}

void DeadPixels::find_alone(const video::Image<std::uint16_t>& picture, const Box& live,
                            double noise) {
  const int least = std::max(kAlone_counts, static_cast<int>(kAlone_sigma * noise));
  std::map<std::pair<int, int>, Alone> found;
  std::vector<std::uint8_t> steps(static_cast<std::size_t>(live.width));
  stuck_ = 0;
  for (int y = live.y + 1; y + 1 < live.y + live.height; ++y) {
    const Row above = live_row(picture, live, y - 1);
    const Row here = live_row(picture, live, y);
    const Row below = live_row(picture, live, y + 1);
    if (!mark_steps(here, 2 * least, steps)) continue;
    for (std::size_t x = 1; x + 1 < here.size(); ++x) {
      if (steps[x] == 0) continue;
      const int count = here[x];
      if (!stands_alone(count, around(above, here, below, x), least)) continue;
      if (found.size() >= kMostAlone) return alone_.clear();
      const std::pair<int, int> place{y, live.x + static_cast<int>(x)};
      const auto before = alone_.find(place);
      const bool same =
          before != alone_.end() && std::abs(before->second.count - count) <= kEven_counts;
      const int looks = same ? before->second.looks + 1 : 1;
      found.emplace_hint(found.end(), place, Alone{count, looks});
      stuck_ += looks >= kStuckLooks ? 1 : 0;
    }
  }
  alone_ = std::move(found);
}

video::Image<std::uint16_t> DeadPixels::mended(const video::Image<std::uint16_t>& picture,
                                               const Box& live) const {
  video::Image<std::uint16_t> out = picture;
  // From the line before, which is mended already; the first ones from the line after.
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    if (!rows_[i]) continue;
    const int y = live.y + static_cast<int>(i);
    const int from = i > 0 ? y - 1 : std::min(y + 1, picture.height() - 1);
    const auto source = out.row(from);
    std::copy(source.begin(), source.end(), out.row(y).begin());
  }
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (!columns_[i]) continue;
    const int x = live.x + static_cast<int>(i);
    const int from = i > 0 ? x - 1 : std::min(x + 1, picture.width() - 1);
    for (int y = live.y; y < live.y + live.height; ++y) out.at(x, y) = out.at(from, y);
  }
  for (const auto& [place, alone] : alone_) {
    const auto [y, x] = place;
    out.at(x, y) = static_cast<std::uint16_t>((out.at(x - 1, y) + out.at(x + 1, y)) / 2);
  }
  return out;
}

}  // namespace marsad::detect
