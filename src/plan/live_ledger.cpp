// SPDX-License-Identifier: Apache-2.0
#include "plan/live_ledger.h"

#include <algorithm>
#include <set>
#include <utility>

namespace marsad::plan {
namespace {

// A watcher that sees something of a column.
struct Seer {
  std::size_t watcher = 0;
  bool up = true;
  const std::array<float, kLevels>* usual = nullptr;
  const std::array<float, kLevels>* now = nullptr;
};

const std::array<float, kLevels>* at(const Chances& chances, std::size_t column, std::size_t kind) {
  if (column < chances.first_column) return nullptr;
  const std::size_t row = column - chances.first_column;
  return row < chances.of_column.size() ? &chances.of_column[row][kind] : nullptr;
}

std::vector<Seer> seers(std::span<const WatcherNow> watchers, std::size_t column,
                        std::size_t kind) {
  std::vector<Seer> found;
  for (std::size_t i = 0; i < watchers.size(); ++i) {
    const WatcherNow& watcher = watchers[i];
    Seer seer{i, watcher.up, at(watcher.usual, column, kind), at(watcher.now, column, kind)};
    if (seer.usual != nullptr || seer.now != nullptr) found.push_back(seer);
  }
  return found;
}

// The probability of being found once some have come back.
double found_with(std::span<const Seer> seers, std::span<const std::size_t> back) {
  const auto is_back = [&](std::size_t one) {
    return std::find(back.begin(), back.end(), one) != back.end();
  };
  const bool usual = is_back(kAir);
  double found = 0;
  for (std::size_t level = 0; level < kLevels; ++level) {
    double miss = 1;
    for (const Seer& seer : seers) {
      const auto* const chances = usual ? seer.usual : seer.now;
      if (chances == nullptr || !(seer.up || is_back(seer.watcher))) continue;
      miss *= missed((*chances)[level], 1);
    }
    found += kContrastLevels[level].weight * (1 - miss);
  }
  return found;
}

// Takes each time the one that helps most, then gives up what is not needed.
std::vector<std::size_t> enough_together(std::span<const Seer> seers,
                                         std::vector<std::size_t> missing, double enough) {
  std::vector<std::size_t> back;
  while (found_with(seers, back) < enough) {
    const auto with = [&](std::size_t one) {
      std::vector<std::size_t> more = back;
      more.push_back(one);
      return found_with(seers, more);
    };
    const auto best =
        std::max_element(missing.begin(), missing.end(),
                         [&](std::size_t a, std::size_t b) { return with(a) < with(b); });
    back.push_back(*best);
    missing.erase(best);
  }
  for (const std::size_t one : std::vector<std::size_t>(back)) {
    std::vector<std::size_t> fewer = back;
    std::erase(fewer, one);
    if (found_with(seers, fewer) >= enough) back = std::move(fewer);
  }
  std::sort(back.begin(), back.end());
  return back;
}

}  // namespace

std::optional<WhyDark> why_dark(std::span<const WatcherNow> watchers, std::size_t column,
                                std::size_t kind, double enough) {
  const std::vector<Seer> all = seers(watchers, column, kind);
  if (found_with(all, {}) >= enough) return std::nullopt;
  std::vector<std::size_t> missing;
  for (const Seer& seer : all) {
    if (!seer.up) missing.push_back(seer.watcher);
  }
  std::vector<std::size_t> with_air = missing;
  with_air.push_back(kAir);
  // In clearer air than usual nobody wants the usual back.
  if (found_with(all, with_air) > found_with(all, missing)) missing = std::move(with_air);
  if (found_with(all, missing) < enough) return WhyDark{true, {}};
  WhyDark why;
  for (const std::size_t one : missing) {
    if (found_with(all, std::span(&one, 1)) >= enough) why.causes.push_back(one);
  }
  if (why.causes.empty()) why.causes = enough_together(all, missing, enough);
  return why;
}

LiveLedger::LiveLedger(Belt belt, std::vector<Watch> watches, double usual_per_km, double enough)
    : belt_(std::make_shared<const Belt>(std::move(belt))),
      watches_(std::move(watches)),
      enough_(enough),
      ledger_(belt_->columns()) {
  for (Watch& watch : watches_) {
    watch.set_air(usual_per_km);
    const Chances usual = chances(*belt_, watch);
    watchers_.push_back({usual, usual, true});
    ledger_.add(usual, 1);
  }
  for (auto& since : dark_since_) since.resize(belt_->columns());
}

void LiveLedger::set_up(std::size_t watcher, bool up) {
  watchers_.at(watcher).up = up;
  ledger_.set_availability(watcher, up ? 1 : 0);
}

void LiveLedger::set_air(double extinction_per_km) {
  for (std::size_t i = 0; i < watches_.size(); ++i) {
    watches_[i].set_air(extinction_per_km);
    watchers_[i].now = chances(*belt_, watches_[i]);
    ledger_.replace(i, watchers_[i].now);
  }
}

Ledger LiveLedger::planned() const {
  Ledger planned(belt_->columns());
  for (const WatcherNow& watcher : watchers_) planned.add(watcher.usual, 1);
  return planned;
}

void LiveLedger::settle(base::Time time) {
  for (std::size_t kind = 0; kind < kCrosserKinds; ++kind) {
    for (std::size_t column = 0; column < belt_->columns(); ++column) {
      std::optional<base::Time>& since = dark_since_[kind][column];
      if (found(column, kind) >= enough_) {
        since.reset();
      } else if (!since) {
        since = time;
      }
    }
  }
}

std::vector<DarkStretch> LiveLedger::dark(std::size_t kind) const {
  std::vector<DarkStretch> stretches;
  std::vector<std::set<std::size_t>> causes;
  for (std::size_t column = 0; column < belt_->columns(); ++column) {
    const auto why = why_dark(watchers_, column, kind, enough_);
    if (!why) continue;
    const double here = found(column, kind);
    const auto since = why->always ? std::nullopt : dark_since_[kind][column];
    const bool goes_on = !stretches.empty() && stretches.back().since == since &&
                         stretches.back().first_column + stretches.back().columns == column;
    if (!goes_on) {
      stretches.push_back({column, 0, here, since, {}});
      causes.emplace_back();
    }
    DarkStretch& stretch = stretches.back();
    ++stretch.columns;
    stretch.least_found = std::min(stretch.least_found, here);
    causes.back().insert(why->causes.begin(), why->causes.end());
  }
  for (std::size_t i = 0; i < stretches.size(); ++i) {
    stretches[i].causes.assign(causes[i].begin(), causes[i].end());
  }
  return stretches;
}

}  // namespace marsad::plan
