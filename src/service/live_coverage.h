// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "base/time.h"
#include "plan/history.h"
#include "plan/live_ledger.h"
#include "service/site.h"
#include "wire/messages.h"

namespace marsad::service {

// What decides at a moment who sees how far.
struct CameraNow {
  std::string state;  // its health's, or "down" of a balloon
  base::Time since;
  std::string detail;
  bool up = false;  // whether it watches
  bool operator==(const CameraNow&) const = default;
};
struct AirNow {
  double extinction_per_km = 0;
  std::optional<base::Time> since;  // none while nobody has told of it
  std::string text;
};
struct ConditionsNow {
  std::vector<CameraNow> cameras;  // in the site's order
  AirNow air;
};

// The live ledger in words: who is dark, since when and why, for the page and for the record.
// One thread at a time.
class LiveCoverage {
 public:
  // The ledger's watchers are the site's cameras, which must outlive this.
  LiveCoverage(const Site& site, plan::LiveLedger ledger);

  // Takes conditions; whether they differ from the last in what counts. What went dark by them is
  // dated by them, not after `now`.
  bool take(const ConditionsNow& conditions, base::Time now);
  // Ends all that is dark.
  void end(base::Time now);

  // Into a message: what is found, and what is dark.
  void tell(wire::LedgerMessage& message) const;

  // What has begun or ended since this was last asked.
  std::vector<plan::DarkSpell> take_spells();

 private:
  using Place = std::tuple<std::size_t, double, double, std::string>;  // kind, from, to, cause

  bool differs(const ConditionsNow& conditions) const;
  base::Time date_of(const ConditionsNow& conditions, base::Time now) const;
  std::string cause_words(const plan::DarkStretch& stretch) const;
  wire::DarkCauseView cause_view(std::size_t cause) const;
  void follow_spells();

  const Site& site_;
  plan::LiveLedger ledger_;
  std::optional<ConditionsNow> conditions_;
  base::Time settled_;
  std::array<std::vector<plan::DarkStretch>, plan::kCrosserKinds> dark_;  // since then
  std::map<Place, plan::DarkSpell> lasting_;
  std::vector<plan::DarkSpell> changed_;
  std::uint32_t spells_ = 0;
};

}  // namespace marsad::service
