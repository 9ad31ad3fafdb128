// SPDX-License-Identifier: Apache-2.0
#include "plan/ledger.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/check.h"

namespace marsad::plan {

namespace {

PerKindAndLevel<double> all_missed() {
  PerKindAndLevel<double> missed{};
  for (auto& levels : missed) levels.fill(1);
  return missed;
}

}  // namespace

Ledger::Ledger(std::size_t columns) : columns_(columns), missed_(columns, all_missed()) {}

std::size_t Ledger::add(Chances chances, double availability) {
  CHECK(availability >= 0 && availability <= 1);
  watchers_.push_back({std::move(chances), availability});
  const Chances& added = watchers_.back().chances;
  refresh(added.first_column, added.of_column.size());
  return watchers_.size() - 1;
}

void Ledger::replace(std::size_t watcher, Chances chances) {
  const Chances before = std::exchange(watchers_.at(watcher).chances, std::move(chances));
  const Chances& now = watchers_[watcher].chances;
  refresh(before.first_column, before.of_column.size());
  refresh(now.first_column, now.of_column.size());
}

void Ledger::set_availability(std::size_t watcher, double availability) {
  CHECK(availability >= 0 && availability <= 1);
  Entry& entry = watchers_.at(watcher);
  entry.availability = availability;
  refresh(entry.chances.first_column, entry.chances.of_column.size());
}

void Ledger::refresh(std::size_t first, std::size_t count) {
  CHECK(first + count <= columns_);
  std::fill_n(missed_.begin() + static_cast<std::ptrdiff_t>(first), count, all_missed());
  for (const Entry& entry : watchers_) {
    const Chances& chances = entry.chances;
    const std::size_t begin = std::max(first, chances.first_column);
    const std::size_t end =
        std::min(first + count, chances.first_column + chances.of_column.size());
    for (std::size_t column = begin; column < end; ++column) {
      const auto& own = chances.of_column[column - chances.first_column];
      for (std::size_t kind = 0; kind < kCrosserKinds; ++kind) {
        for (std::size_t level = 0; level < kLevels; ++level) {
          missed_[column][kind][level] *= missed(own[kind][level], entry.availability);
        }
      }
    }
  }
}

double Ledger::found(std::size_t column, std::size_t kind) const {
  double found = 0;
  for (std::size_t level = 0; level < kLevels; ++level) {
    found += kContrastLevels[level].weight * (1 - missed_[column][kind][level]);
  }
  return found;
}

double Ledger::mean_found(std::size_t kind) const {
  double sum = 0;
  for (std::size_t column = 0; column < columns_; ++column) sum += found(column, kind);
  return sum / static_cast<double>(columns_);
}

std::vector<BlindStretch> blind_stretches(const Ledger& ledger, std::size_t kind, double enough) {
  std::vector<BlindStretch> stretches;
  for (std::size_t column = 0; column < ledger.columns(); ++column) {
    const double found = ledger.found(column, kind);
    if (found >= enough) continue;
    const bool goes_on =
        !stretches.empty() && stretches.back().first_column + stretches.back().columns == column;
    if (!goes_on) stretches.push_back({column, 0, found});
    BlindStretch& stretch = stretches.back();
    ++stretch.columns;
    stretch.least_found = std::min(stretch.least_found, found);
  }
  return stretches;
}

}  // namespace marsad::plan
