// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "border/border.h"

namespace marsad::border {

BarrierCondition condition(const Barrier& barrier, double s_m, base::Time at, base::Time known) {
  const BarrierChange* counts = nullptr;
  for (const BarrierChange& change : barrier.history) {
    const bool covers = change.from_m <= s_m && s_m < change.to_m;
    if (!covers || change.since > at || change.learnt > known) continue;
    // What was learnt last counts, also where it tells of an earlier moment; of what was learnt
    // at once, what came to be last.
    const bool later = counts == nullptr || counts->learnt < change.learnt ||
                       (counts->learnt == change.learnt && counts->since <= change.since);
    if (later) counts = &change;
  }
  return counts == nullptr ? BarrierCondition::intact : counts->condition;
}

bool stands(const Barrier& barrier, double s_m, base::Time at, base::Time known) {
  const BarrierCondition now = condition(barrier, s_m, at, known);
  return now == BarrierCondition::intact || now == BarrierCondition::repaired;
}

}  // namespace marsad::border
