// SPDX-License-Identifier: Apache-2.0
#include "track/gate.h"

#include <algorithm>
#include <cmath>

namespace marsad::track {
namespace {

constexpr double kCell_m = 500;
constexpr std::int64_t kMostCells = 64;

std::int32_t cell(double metres) {
  constexpr double kLast = 1 << 30;
  return static_cast<std::int32_t>(std::clamp(std::floor(metres / kCell_m), -kLast, kLast));
}

}  // namespace

CellRange CellRange::of(const Box& box) {
  return {cell(box.west), cell(box.south), cell(box.east), cell(box.north)};
}

void BoxIndex::build(const std::vector<Box>& boxes) {
  boxes_ = boxes;
  cells_.clear();
  wide_.clear();
  if (boxes.empty()) return;
  all_ = boxes.front();
  for (std::uint32_t i = 0; i < boxes.size(); ++i) {
    const Box& box = boxes[i];
    all_ = {std::min(all_.west, box.west), std::min(all_.south, box.south),
            std::max(all_.east, box.east), std::max(all_.north, box.north)};
    const CellRange range = CellRange::of(box);
    if (range.wider_than(kMostCells)) {
      wide_.push_back(i);
    } else {
      range.for_each([this, i](std::uint64_t k) { cells_.emplace_back(k, i); });
    }
  }
  std::sort(cells_.begin(), cells_.end());
}

void BoxIndex::find(const Box& box, std::vector<std::uint32_t>& found) const {
  found.clear();
  if (boxes_.empty() || !all_.overlaps(box)) return;
  const auto add = [&](std::uint32_t i) {
    if (boxes_[i].overlaps(box)) found.push_back(i);
  };
  const CellRange range = CellRange::of(box);
  if (range.wider_than(kMostCells)) {
    for (std::uint32_t i = 0; i < boxes_.size(); ++i) add(i);
    return;
  }
  for (std::uint32_t i : wide_) add(i);
  range.for_each([&](std::uint64_t k) {
    auto at = std::lower_bound(cells_.begin(), cells_.end(), std::pair(k, std::uint32_t{0}));
    for (; at != cells_.end() && at->first == k; ++at) add(at->second);
  });
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
}

}  // namespace marsad::track
