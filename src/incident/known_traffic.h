// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "incident/rule.h"
#include "incident/scope.h"

namespace marsad::incident {

// Traffic that is no event: a shepherd's hours on his pasture, a crossing point while it is open.
struct KnownTraffic {
  std::string name;
  Scope scope;
  std::optional<sensor::MoverClass> mover;  // only of this class; none: of any
};

// How own and allied patrols explain a mover.
struct PatrolSettings {
  double within_m = 60;  // of where one was heard of, beside its uncertainty, 2 sigma
  double heard_s = 60;   // no longer ago than this: a patrol must not excuse who is not it
};

struct HeldBack {
  std::string name;
  std::uint64_t movers = 0;
  bool operator==(const HeldBack&) const = default;
};

// Holds back what known traffic explains, and counts it: each mover once for each name.
class KnownTrafficDesk {
 public:
  KnownTrafficDesk(std::vector<KnownTraffic> known, const PatrolSettings& patrols)
      : known_(std::move(known)), patrols_(patrols) {}

  // Whether a finding of movers is held back.
  bool holds_back(const Finding& finding, const Scene& scene);
  void forget(track::TrackId id);
  std::vector<HeldBack> counts() const;  // by name

 private:
  std::optional<std::string> explanation(const Finding& finding, const Scene& scene) const;

  std::vector<KnownTraffic> known_;
  PatrolSettings patrols_;
  std::map<std::string, std::uint64_t> counts_;
  std::map<track::TrackId, std::set<std::string>> counted_;
};

}  // namespace marsad::incident
