// SPDX-License-Identifier: Apache-2.0
#include "plan/route.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <queue>
#include <utility>

#include "base/check.h"

namespace marsad::plan {
namespace {

// Of two ways that are as likely found the quicker one is taken: so many chances a second.
constexpr double kHaste_ps = 1e-9;

constexpr double kNoWay = std::numeric_limits<double>::infinity();

struct Move {
  int columns = 0, rows = 0;
};
constexpr std::array<Move, 16> kMoves = {{{1, 0},
                                          {-1, 0},
                                          {0, 1},
                                          {0, -1},
                                          {1, 1},
                                          {1, -1},
                                          {-1, 1},
                                          {-1, -1},
                                          {1, 2},
                                          {1, -2},
                                          {-1, 2},
                                          {-1, -2},
                                          {2, 1},
                                          {2, -1},
                                          {-2, 1},
                                          {-2, -1}}};

// The outermost cell of a column on one side; none where it has none.
std::optional<std::size_t> outermost(const Belt& belt, std::size_t column, bool far) {
  for (std::size_t i = 0; i < belt.rows(); ++i) {
    const std::size_t cell = belt.index(column, far ? i : belt.rows() - 1 - i);
    if (belt.cell(cell)) return cell;
  }
  return std::nullopt;
}

// The cell a move away; none beyond the belt.
std::optional<std::size_t> after(const Belt& belt, std::size_t cell, const Move& move) {
  const auto column = static_cast<std::ptrdiff_t>(belt.column_of(cell)) + move.columns;
  const auto row = static_cast<std::ptrdiff_t>(belt.row_of(cell)) + move.rows;
  if (column < 0 || row < 0 || column >= static_cast<std::ptrdiff_t>(belt.columns()) ||
      row >= static_cast<std::ptrdiff_t>(belt.rows())) {
    return std::nullopt;
  }
  return belt.index(static_cast<std::size_t>(column), static_cast<std::size_t>(row));
}

const Watch::Cell* find(const Watch& watch, std::size_t index) {
  const auto& cells = watch.cells();
  const auto found = std::lower_bound(
      cells.begin(), cells.end(), index,
      [](const Watch::Cell& cell, std::size_t value) { return cell.index < value; });
  return found != cells.end() && found->index == index ? &*found : nullptr;
}

}  // namespace

WeakestRoutes::WeakestRoutes(const Belt& belt, const Going& going, std::vector<double> rate_ps,
                             std::size_t kind, Heading heading)
    : belt_(belt), going_(going), kind_(kind), rate_ps_(std::move(rate_ps)) {
  CHECK(rate_ps_.size() == belt.cells());
  const bool inbound = heading == Heading::inbound;
  there_ = grow(inbound, false);
  onward_ = grow(!inbound, true);
  for (std::size_t column = 0; column < belt.columns(); ++column) {
    passages_.push_back(best_passage(column, heading));
  }
}

std::optional<double> WeakestRoutes::step_chances(std::size_t from, std::size_t to) const {
  const auto time_s = going_.time_s(from, to, kind_);
  if (!time_s) return std::nullopt;
  return *time_s * ((rate_ps_[from] + rate_ps_[to]) / 2 + kHaste_ps);
}

// Dijkstra's shortest paths from all cells of one edge at once; backwards, paths to them.
WeakestRoutes::Tree WeakestRoutes::grow(bool far_side, bool backwards) const {
  Tree tree{std::vector<double>(belt_.cells(), kNoWay),
            std::vector<std::uint32_t>(belt_.cells(), 0)};
  using Entry = std::pair<double, std::uint32_t>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> open;
  for (std::size_t column = 0; column < belt_.columns(); ++column) {
    const auto cell = outermost(belt_, column, far_side);
    if (!cell || is_home(*cell) == far_side) continue;
    const auto number = static_cast<std::uint32_t>(*cell);
    tree.chances[*cell] = 0;
    tree.before[*cell] = number;
    open.emplace(0, number);
  }
  while (!open.empty()) {
    const auto [chances, here] = open.top();
    open.pop();
    if (chances > tree.chances[here]) continue;
    for (const Move& move : kMoves) {
      const auto moved = after(belt_, here, move);
      if (!moved || is_home(*moved) == far_side) continue;
      const std::size_t next = *moved;
      if (!belt_.cell(next) || tree.chances[next] <= chances) continue;
      const auto step = backwards ? step_chances(next, here) : step_chances(here, next);
      if (!step || chances + *step >= tree.chances[next]) continue;
      tree.chances[next] = chances + *step;
      tree.before[next] = here;
      open.emplace(tree.chances[next], static_cast<std::uint32_t>(next));
    }
  }
  return tree;
}

// The best step over the line into a column.
WeakestRoutes::Passage WeakestRoutes::best_passage(std::size_t column, Heading heading) const {
  const bool inbound = heading == Heading::inbound;
  Passage best{0, 0, kNoWay};
  constexpr std::size_t kReach_rows = 2;
  const std::size_t line = belt_.line_row();
  for (std::size_t i = 0; i < kReach_rows; ++i) {
    const std::size_t row = inbound ? line + i : line - 1 - i;
    if (row >= belt_.rows()) break;  // also where it would be below the first
    const std::size_t to = belt_.index(column, row);
    for (const Move& move : kMoves) {
      const auto from = after(belt_, to, move);
      if (!from || is_home(*from) == inbound) continue;
      const double around = there_.chances[*from] + onward_.chances[to];
      if (around >= best.chances) continue;
      const auto step = step_chances(*from, to);
      if (step && around + *step < best.chances) best = {*from, to, around + *step};
    }
  }
  return best;
}

std::optional<Route> WeakestRoutes::anywhere() const { return weakest_through(0, belt_.columns()); }

std::optional<Route> WeakestRoutes::weakest_through(std::size_t first_column,
                                                    std::size_t columns) const {
  const auto first = passages_.begin() + static_cast<std::ptrdiff_t>(first_column);
  const auto best =
      std::min_element(first, first + static_cast<std::ptrdiff_t>(columns),
                       [](const Passage& a, const Passage& b) { return a.chances < b.chances; });
  return through(static_cast<std::size_t>(best - passages_.begin()));
}

std::optional<Route> WeakestRoutes::through(std::size_t column) const {
  const Passage& passage = passages_[column];
  if (passage.chances == kNoWay) return std::nullopt;
  std::vector<std::size_t> cells{passage.from};
  while (there_.before[cells.back()] != cells.back()) cells.push_back(there_.before[cells.back()]);
  std::reverse(cells.begin(), cells.end());
  cells.push_back(passage.to);
  while (onward_.before[cells.back()] != cells.back()) {
    cells.push_back(onward_.before[cells.back()]);
  }
  Route route;
  for (std::size_t i = 0; i + 1 < cells.size(); ++i) {
    const double step_s = going_.time_s(cells[i], cells[i + 1], kind_).value_or(0);
    route.time_s += step_s;
    route.chances += step_s * (rate_ps_[cells[i]] + rate_ps_[cells[i + 1]]) / 2;
  }
  route.cells = std::move(cells);
  return route;
}

std::size_t line_column(const Belt& belt, const Route& route) {
  const bool from_home = belt.row_of(route.cells.front()) >= belt.line_row();
  const auto passed = std::find_if(route.cells.begin(), route.cells.end(), [&](std::size_t cell) {
    return (belt.row_of(cell) >= belt.line_row()) != from_home;
  });
  return belt.column_of(passed == route.cells.end() ? route.cells.back() : *passed);
}

std::vector<double> mean_rates_ps(const Belt& belt, std::span<const Post> posts, std::size_t kind) {
  std::vector<double> rates_ps(belt.cells(), 0.0);
  for (const Post& post : posts) {
    for (const Watch::Cell& cell : post.watch->cells()) {
      for (std::size_t level = 0; level < kLevels; ++level) {
        rates_ps[cell.index] += post.availability * kContrastLevels[level].weight *
                                post.watch->rate_ps(cell, kind, level);
      }
    }
  }
  return rates_ps;
}

double found_on(const Route& route, const Going& going, std::span<const Post> posts,
                std::size_t kind) {
  const auto& cells = route.cells;
  std::vector<double> time_s(cells.size(), 0.0);  // spent around each cell
  for (std::size_t i = 0; i + 1 < cells.size(); ++i) {
    const double step_s = going.time_s(cells[i], cells[i + 1], kind).value_or(0);
    time_s[i] += step_s / 2;
    time_s[i + 1] += step_s / 2;
  }
  std::array<double, kLevels> missed{};
  missed.fill(1);
  for (const Post& post : posts) {
    std::array<double, kLevels> chances{};
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const Watch::Cell* cell = find(*post.watch, cells[i]);
      if (cell == nullptr) continue;
      for (std::size_t level = 0; level < kLevels; ++level) {
        chances[level] += time_s[i] * post.watch->rate_ps(*cell, kind, level);
      }
    }
    for (std::size_t level = 0; level < kLevels; ++level) {
      missed[level] *= 1 + post.availability * std::expm1(-chances[level]);
    }
  }
  double found = 0;
  for (std::size_t level = 0; level < kLevels; ++level) {
    found += kContrastLevels[level].weight * (1 - missed[level]);
  }
  return found;
}

}  // namespace marsad::plan
