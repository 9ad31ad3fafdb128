// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "base/time.h"
#include "plan/belt.h"
#include "plan/ledger.h"
#include "plan/watch.h"

namespace marsad::plan {

// One watcher at a moment.
struct WatcherNow {
  Chances usual;  // in the air that plans count with
  Chances now;    // in the air there is
  bool up = true;
};

// What could come back: a watcher by its number, or the usual air.
inline constexpr std::size_t kAir = static_cast<std::size_t>(-1);

// Why a kind of crosser is found in a column with less than `enough`.
struct WhyDark {
  // It would be no better with all watchers up in the usual air: nothing that watches there is
  // missing.
  bool always = false;
  // Otherwise each of those whose return alone would be enough; where there is none, some that are
  // together and none of which could stay away. Watchers in order of number, then the air.
  std::vector<std::size_t> causes;

  bool operator==(const WhyDark&) const = default;
};

// None where it is found with `enough`.
std::optional<WhyDark> why_dark(std::span<const WatcherNow> watchers, std::size_t column,
                                std::size_t kind, double enough);

// Neighbouring columns that are dark for a kind of crosser since the same moment, or always.
struct DarkStretch {
  std::size_t first_column = 0;
  std::size_t columns = 0;
  double least_found = 0;           // in the worst of its columns
  std::optional<base::Time> since;  // none where it always is
  std::vector<std::size_t> causes;  // of any of its columns; in the order of WhyDark's

  bool operator==(const DarkStretch&) const = default;
};

// The ledger of blind kilometres as it is now: watchers go down and come back, the air changes.
// A watcher that is up is counted on wholly.
class LiveLedger {
 public:
  // `watches` were made in air that is as clear as it gets; `usual_per_km` is what plans count
  // with.
  LiveLedger(Belt belt, std::vector<Watch> watches, double usual_per_km, double enough);

  // Each changes what is found at once; settle() then dates what went dark by it.
  void set_up(std::size_t watcher, bool up);
  void set_air(double extinction_per_km);
  void settle(base::Time time);

  const Belt& belt() const { return *belt_; }
  std::shared_ptr<const Belt> shared_belt() const { return belt_; }
  // The ledger that plans count with: all watchers up in the usual air, in their order.
  Ledger planned() const;
  double found(std::size_t column, std::size_t kind) const { return ledger_.found(column, kind); }
  // In the order of columns.
  std::vector<DarkStretch> dark(std::size_t kind) const;

 private:
  std::shared_ptr<const Belt> belt_;
  std::vector<Watch> watches_;
  double enough_;
  std::vector<WatcherNow> watchers_;
  Ledger ledger_;
  // By column, since when it has been found with less than enough.
  std::array<std::vector<std::optional<base::Time>>, kCrosserKinds> dark_since_;
};

}  // namespace marsad::plan
