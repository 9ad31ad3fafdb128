// SPDX-License-Identifier: Apache-2.0
#include "track/assignment.h"

#include <limits>

#include "base/check.h"

namespace marsad::track {
namespace {

constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();

// Shortest augmenting paths with dual prices, rows <= columns [Crouse16, §II].
class Solver {
 public:
  Solver(std::size_t rows, std::size_t columns, std::span<const double> cost, bool transposed)
      : rows_(rows),
        columns_(columns),
        cost_(cost),
        transposed_(transposed),
        row_price_(rows, 0.0),
        column_price_(columns, 0.0),
        row_of_(columns, kNone),
        column_of_(rows, kNone) {}

  const std::vector<std::size_t>& solve() {
    for (std::size_t row = 0; row < rows_; ++row) augment(row);
    return column_of_;
  }

 private:
  double cost(std::size_t row, std::size_t column) const {
    return transposed_ ? cost_[column * rows_ + row] : cost_[row * columns_ + column];
  }

  // Gives `start` a column by the cheapest chain of reassignments.
  void augment(std::size_t start) {
    shortest_.assign(columns_, std::numeric_limits<double>::infinity());
    from_row_.assign(columns_, kNone);
    done_.assign(columns_, false);
    double reached = 0;
    std::size_t row = start;
    std::size_t sink = kNone;
    while (sink == kNone) {
      std::size_t next = kNone;
      for (std::size_t column = 0; column < columns_; ++column) {
        if (done_[column]) continue;
        const double path = reached + cost(row, column) - row_price_[row] - column_price_[column];
        if (path < shortest_[column]) {
          shortest_[column] = path;
          from_row_[column] = row;
        }
        // A free column ends the path, so it wins a tie.
        if (next == kNone || shortest_[column] < shortest_[next] ||
            (shortest_[column] == shortest_[next] && row_of_[column] == kNone &&
             row_of_[next] != kNone)) {
          next = column;
        }
      }
      CHECK(next != kNone);
      reached = shortest_[next];
      done_[next] = true;
      if (row_of_[next] == kNone) {
        sink = next;
      } else {
        row = row_of_[next];
      }
    }
    update_prices(start, reached);
    for (std::size_t column = sink;;) {
      const std::size_t owner = from_row_[column];
      row_of_[column] = owner;
      std::swap(column_of_[owner], column);
      if (owner == start) return;
    }
  }

  void update_prices(std::size_t start, double reached) {
    row_price_[start] += reached;
    for (std::size_t column = 0; column < columns_; ++column) {
      if (!done_[column]) continue;
      const double slack = reached - shortest_[column];
      if (row_of_[column] != kNone) row_price_[row_of_[column]] += slack;
      column_price_[column] -= slack;
    }
  }

  std::size_t rows_, columns_;
  std::span<const double> cost_;
  bool transposed_;
  std::vector<double> row_price_, column_price_, shortest_;
  std::vector<std::size_t> row_of_, column_of_, from_row_;
  std::vector<bool> done_;
};

}  // namespace

std::vector<std::int32_t> assign(std::size_t rows, std::size_t columns,
                                 std::span<const double> cost) {
  CHECK(cost.size() == rows * columns);
  std::vector<std::int32_t> column_of(rows, kUnassigned);
  if (rows == 0 || columns == 0) return column_of;
  if (rows <= columns) {
    const std::vector<std::size_t> solved = Solver(rows, columns, cost, false).solve();
    for (std::size_t row = 0; row < rows; ++row) {
      column_of[row] = static_cast<std::int32_t>(solved[row]);
    }
    return column_of;
  }
  const std::vector<std::size_t> solved = Solver(columns, rows, cost, true).solve();
  for (std::size_t column = 0; column < columns; ++column) {
    column_of[solved[column]] = static_cast<std::int32_t>(column);
  }
  return column_of;
}

}  // namespace marsad::track
