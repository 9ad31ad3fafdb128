// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "plan/belt.h"
#include "plan/going.h"
#include "plan/watch.h"

namespace marsad::plan {

enum class Heading { inbound, outbound };

// A way over the belt, cell by cell from the edge where it begins.
struct Route {
  std::vector<std::size_t> cells;
  double time_s = 0;
  double chances = 0;  // of being found: rate × time
};

// The ways over a belt with the least chances for a kind of crosser to be found, from the outermost
// cell of any column to the opposite one of any column, moving between cells up to two apart and
// over the line once. Of ways with the same chances it is the quickest.
class WeakestRoutes {
 public:
  // `rate_ps`: how often in a second one is found, by cell.
  WeakestRoutes(const Belt& belt, const Going& going, std::vector<double> rate_ps, std::size_t kind,
                Heading heading);

  // Anywhere; none where there is no way over the belt.
  std::optional<Route> anywhere() const;
  // Of those that pass the line into a cell of this column.
  std::optional<Route> through(std::size_t column) const;
  // Of those that pass it into one of some columns.
  std::optional<Route> weakest_through(std::size_t first_column, std::size_t columns) const;

 private:
  // By cell: the chances from an edge to it, and the cell before it; its own where it begins.
  struct Tree {
    std::vector<double> chances;
    std::vector<std::uint32_t> before;
  };

  // A step over the line, and the chances of the best way with it.
  struct Passage {
    std::size_t from = 0, to = 0;
    double chances = 0;
  };

  bool is_home(std::size_t cell) const { return belt_.row_of(cell) >= belt_.line_row(); }
  // Over one side of the line, from its edge, or backwards to it.
  Tree grow(bool far_side, bool backwards) const;
  std::optional<double> step_chances(std::size_t from, std::size_t to) const;
  Passage best_passage(std::size_t column, Heading heading) const;

  const Belt& belt_;
  const Going& going_;
  std::size_t kind_;
  std::vector<double> rate_ps_;
  Tree there_;                     // from the edge where routes begin to the line
  Tree onward_;                    // from the line to the edge where they end
  std::vector<Passage> passages_;  // by column
};

// The column in which a route passes the line.
std::size_t line_column(const Belt& belt, const Route& route);

// A watcher of a belt and the share of the time that it is there.
struct Post {
  const Watch* watch = nullptr;
  double availability = 1;
};

// How often in a second a crosser is found, in the mean over the nights' contrasts, by cell of the
// belt.
std::vector<double> mean_rates_ps(const Belt& belt, std::span<const Post> posts, std::size_t kind);

// The probability that a crosser is found on a route, over the nights' contrasts.
double found_on(const Route& route, const Going& going, std::span<const Post> posts,
                std::size_t kind);

}  // namespace marsad::plan
