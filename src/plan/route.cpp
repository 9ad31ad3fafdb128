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

constexpr std::size_t kUsualLevel = 1;
static_assert(kContrastLevels[kUsualLevel].factor == 1);

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
}

std::optional<double> WeakestRoutes::step_chances(std::size_t from, std::size_t to) const {
  const auto time_s = going_.time_s(from, to, kind_);
  if (!time_s) return std::nullopt;
  return *time_s * ((rate_ps_[from] + rate_ps_[to]) / 2 + kHaste_ps);
}

// Dijkstra's shortest paths from all cells of one edge at once; backwards, paths to them.
WeakestRoutes::Tree WeakestRoutes::grow(bool from_far_edge, bool backwards) const {
  Tree tree{std::vector<double>(belt_.cells(), kNoWay),
            std::vector<std::uint32_t>(belt_.cells(), 0)};
  using Entry = std::pair<double, std::uint32_t>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> open;
  for (std::size_t column = 0; column < belt_.columns(); ++column) {
    const auto cell = outermost(belt_, column, from_far_edge);
    if (!cell) continue;
    const auto number = static_cast<std::uint32_t>(*cell);
    tree.chances[*cell] = 0;
    tree.before[*cell] = number;
    open.emplace(0, number);
  }
  while (!open.empty()) {
    const auto [chances, here] = open.top();
    open.pop();
    if (chances > tree.chances[here]) continue;
    const auto column = static_cast<std::ptrdiff_t>(belt_.column_of(here));
    const auto row = static_cast<std::ptrdiff_t>(belt_.row_of(here));
    for (const Move& move : kMoves) {
      const std::ptrdiff_t c = column + move.columns, r = row + move.rows;
      if (c < 0 || r < 0 || c >= static_cast<std::ptrdiff_t>(belt_.columns()) ||
          r >= static_cast<std::ptrdiff_t>(belt_.rows())) {
        continue;
      }
      const std::size_t next =
          belt_.index(static_cast<std::size_t>(c), static_cast<std::size_t>(r));
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

double WeakestRoutes::least_chances(std::size_t cell) const {
  return there_.chances[cell] + onward_.chances[cell];
}

// A step may pass over one row, never over two.
std::size_t WeakestRoutes::crossing_cell(std::size_t column) const {
  const std::size_t home = belt_.index(column, belt_.line_row());
  const std::size_t far = belt_.index(column, belt_.line_row() - 1);
  return least_chances(far) < least_chances(home) ? far : home;
}

std::optional<Route> WeakestRoutes::anywhere() const { return weakest_through(0, belt_.columns()); }

std::optional<Route> WeakestRoutes::weakest_through(std::size_t first_column,
                                                    std::size_t columns) const {
  std::size_t best = first_column;
  for (std::size_t column = first_column; column < first_column + columns; ++column) {
    if (least_chances(crossing_cell(column)) < least_chances(crossing_cell(best))) best = column;
  }
  return through(best);
}

std::optional<Route> WeakestRoutes::through(std::size_t column) const {
  const std::size_t middle = crossing_cell(column);
  if (least_chances(middle) == kNoWay) return std::nullopt;
  std::vector<std::size_t> cells{middle};
  while (there_.before[cells.back()] != cells.back()) cells.push_back(there_.before[cells.back()]);
  std::reverse(cells.begin(), cells.end());
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

std::vector<double> usual_rates_ps(const Belt& belt, std::span<const Post> posts,
                                   std::size_t kind) {
  std::vector<double> rates_ps(belt.cells(), 0.0);
  for (const Post& post : posts) {
    for (const Watch::Cell& cell : post.watch->cells()) {
      rates_ps[cell.index] += post.availability * post.watch->rate_ps(cell, kind, kUsualLevel);
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
