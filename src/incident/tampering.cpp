// SPDX-License-Identifier: Apache-2.0
#include "incident/tampering.h"

#include <fmt/format.h>

#include "base/words.h"

namespace marsad::incident {

std::optional<Finding> tampering(const SensorTrouble& trouble, const geo::BorderLine& line) {
  const sensor::HealthState state = trouble.condition.state;
  const bool by_hand = state == sensor::HealthState::covered ||
                       state == sensor::HealthState::blinded || state == sensor::HealthState::moved;
  if (!by_hand) return std::nullopt;
  Finding finding;
  finding.kind = Kind::tampering;
  finding.direction = Direction::none;
  finding.time = trouble.condition.since;
  finding.chainage_m = line.chainage(trouble.place).s_m;
  finding.place = trouble.place;
  finding.probability = 1;  // that it is so; not that somebody did it
  finding.what =
      fmt::format("was {}{}{}", base::word(state), trouble.condition.detail.empty() ? "" : ": ",
                  trouble.condition.detail);
  return finding;
}

}  // namespace marsad::incident
