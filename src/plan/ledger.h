// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstddef>
#include <vector>

#include "plan/crosser.h"
#include "plan/watch.h"

namespace marsad::plan {

// The probability that one who crosses in a column is missed on a night of each contrast by a
// watcher that is there for a share of the time.
inline double missed(float chances, double availability) {
  return 1 + availability * std::expm1(-double{chances});
}

// The ledger of blind kilometres: for each column of a belt and each kind of crosser the
// probability that one who crosses there, straight over the belt, is found by any watcher. Given
// the night's contrast watchers find independently of each other; each is there for a share of the
// time only (a balloon comes down for wind, a camera breaks).
class Ledger {
 public:
  explicit Ledger(std::size_t columns);

  // Adds a watcher that is there with this probability; its number is the count of those before.
  std::size_t add(Chances chances, double availability);
  // What-if, and what health tells: changes one watcher, and only the columns it sees.
  void replace(std::size_t watcher, Chances chances);
  void set_availability(std::size_t watcher, double availability);

  std::size_t columns() const { return columns_; }
  // The probability that a crossing in the column is found.
  double found(std::size_t column, std::size_t kind) const;
  // Its mean over the columns.
  double mean_found(std::size_t kind) const;
  // The probability that all watchers miss it on a night of each contrast.
  const PerKindAndLevel<double>& missed_by_all(std::size_t column) const { return missed_[column]; }

 private:
  struct Entry {
    Chances chances;
    double availability = 1;
  };

  void refresh(std::size_t first, std::size_t count);

  std::size_t columns_;
  std::vector<Entry> watchers_;
  std::vector<PerKindAndLevel<double>> missed_;
};

// A stretch of columns in which a kind of crosser is found with less than some probability.
struct BlindStretch {
  std::size_t first_column = 0;
  std::size_t columns = 0;
  double least_found = 0;  // in the worst of its columns
};
std::vector<BlindStretch> blind_stretches(const Ledger& ledger, std::size_t kind, double enough);

}  // namespace marsad::plan
