// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>

#include "incident/rule.h"
#include "incident/scope.h"

namespace marsad::incident {

// A mover surely on one side, then surely on the other.
struct Crossing {
  bool to_home = false;
  base::Time time;  // when its path met the line
  double chainage_m = 0;
  geo::Geodetic place;     // on the line
  double probability = 0;  // that it was on the one side before and is on the other now
};

struct CrossingSettings {
  double side_probability = 0.9;  // how sure of the side, before and after, a crossing takes
  double hold_s = 1;              // how long the mover must be seen on a side for it to count
};

// Watches one track for crossings. The probability of a side comes from the distance to the line
// and its standard deviation across the line; a side counts once it is that probable for a while.
class CrossingWatch {
 public:
  std::optional<Crossing> update(const Seen& mover, const geo::BorderLine& line,
                                 const CrossingSettings& settings);

 private:
  struct Fix {
    base::Time time;
    geo::Geodetic place;
    double probability = 0;  // of the side it is settled on
  };

  std::optional<bool> home_;       // the side it is settled on
  Fix settled_;                    // the newest fix on that side
  std::optional<bool> candidate_;  // the side it seems to be on now
  base::Time candidate_since_;
};

// Movers that pass the line, either way.
std::unique_ptr<Rule> crossing_rule(Scoped<CrossingSettings> settings);

}  // namespace marsad::incident
