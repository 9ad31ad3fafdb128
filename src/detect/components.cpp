// SPDX-License-Identifier: Apache-2.0
#include "detect/components.h"

#include <algorithm>
#include <cstring>
#include <limits>

namespace marsad::detect {
namespace {

struct LabelledRun {
  Run run;
  std::uint8_t value;
};

// Most of a picture is background: steps over it eight pixels at a time.
int skip_zeros(std::span<const std::uint8_t> row, int x) {
  const int width = static_cast<int>(row.size());
  std::uint64_t eight = 0;
  while (x + 8 <= width) {
    std::memcpy(&eight, row.data() + x, sizeof eight);
    if (eight != 0) break;
    x += 8;
  }
  while (x < width && row[static_cast<std::size_t>(x)] == 0) ++x;
  return x;
}

void append_runs(std::span<const std::uint8_t> row, int y, std::vector<LabelledRun>& runs) {
  const int width = static_cast<int>(row.size());
  for (int x = skip_zeros(row, 0); x < width; x = skip_zeros(row, x)) {
    const std::uint8_t value = row[static_cast<std::size_t>(x)];
    const int begin = x;
    while (x < width && row[static_cast<std::size_t>(x)] == value) ++x;
    runs.push_back({{y, begin, x}, value});
  }
}

// Disjoint sets; the smallest member stands for its set, so that order is the picture's.
class Sets {
 public:
  std::uint32_t add() {
    parent_.push_back(static_cast<std::uint32_t>(parent_.size()));
    return parent_.back();
  }
  std::uint32_t find(std::uint32_t member) {
    while (parent_[member] != member) {
      parent_[member] = parent_[parent_[member]];
      member = parent_[member];
    }
    return member;
  }
  void unite(std::uint32_t a, std::uint32_t b) {
    a = find(a);
    b = find(b);
    parent_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<std::uint32_t> parent_;
};

// Joins the runs of one row, [begin, end), with those of the row above, [above, begin).
void join_rows(const std::vector<LabelledRun>& runs, std::size_t above, std::size_t begin,
               std::size_t end, Sets& sets) {
  std::size_t upper = above;
  for (std::size_t lower = begin; lower < end; ++lower) {
    const LabelledRun& run = runs[lower];
    while (upper < begin && runs[upper].run.x_end < run.run.x_begin) ++upper;
    for (std::size_t i = upper; i < begin && runs[i].run.x_begin <= run.run.x_end; ++i) {
      if (runs[i].value == run.value)
        sets.unite(static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(lower));
    }
  }
}

}  // namespace

void append(const Run& run, Component& component) {
  const Box box{run.x_begin, run.y, run.x_end - run.x_begin, 1};
  component.box = component.runs.empty() ? box : enclosing(component.box, box);
  component.area_px += box.width;
  component.runs.push_back(run);
}

std::vector<Component> connected_components(const video::Image<std::uint8_t>& labels,
                                            int least_px) {
  std::vector<LabelledRun> runs;
  Sets sets;
  std::size_t above = 0;
  for (int y = 0; y < labels.height(); ++y) {
    const std::size_t begin = runs.size();
    append_runs(labels.row(y), y, runs);
    for (std::size_t i = begin; i < runs.size(); ++i) sets.add();
    join_rows(runs, above, begin, runs.size(), sets);
    above = begin;
  }

  std::vector<std::uint32_t> set_of(runs.size());
  std::vector<int> area_px(runs.size());  // by set
  for (std::size_t i = 0; i < runs.size(); ++i) {
    set_of[i] = sets.find(static_cast<std::uint32_t>(i));
    area_px[set_of[i]] += runs[i].run.x_end - runs[i].run.x_begin;
  }
  constexpr auto kNone = std::numeric_limits<std::size_t>::max();
  std::vector<std::size_t> component_of(runs.size(), kNone);  // by set
  std::vector<Component> components;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (area_px[set_of[i]] < least_px) continue;
    std::size_t& component = component_of[set_of[i]];
    if (component == kNone) {
      component = components.size();
      components.emplace_back();
    }
    components[component].value = runs[i].value;
    append(runs[i].run, components[component]);
  }
  return components;
}

void paint(const std::vector<Run>& runs, std::uint8_t value, video::Image<std::uint8_t>& picture) {
  for (const Run& run : runs) {
    const auto row = picture.row(run.y).begin();
    std::fill(row + run.x_begin, row + run.x_end, value);
  }
}

void fill(const Box& box, std::uint8_t value, video::Image<std::uint8_t>& picture) {
  const int left = std::max(box.x, 0);
  const int right = std::min(box.x + box.width, picture.width());
  if (left >= right) return;
  for (int y = std::max(box.y, 0); y < std::min(box.y + box.height, picture.height()); ++y)
    std::fill(picture.row(y).begin() + left, picture.row(y).begin() + right, value);
}

Box grown(const Box& box, int by) {
  return {box.x - by, box.y - by, box.width + 2 * by, box.height + 2 * by};
}

Box enclosing(const Box& a, const Box& b) {
  const int left = std::min(a.x, b.x);
  const int top = std::min(a.y, b.y);
  return {left, top, std::max(a.x + a.width, b.x + b.width) - left,
          std::max(a.y + a.height, b.y + b.height) - top};
}

int gap_px(const Box& a, const Box& b) {
  const int across = std::max(a.x, b.x) - std::min(a.x + a.width, b.x + b.width);
  const int down = std::max(a.y, b.y) - std::min(a.y + a.height, b.y + b.height);
  return std::max(across, down);
}

}  // namespace marsad::detect
