// SPDX-License-Identifier: Apache-2.0
#include "track/existence.h"

#include <algorithm>
#include <cmath>

namespace marsad::track {
namespace {

// Nothing is ever quite sure, so that belief can turn again.
constexpr double kMost = 1 - 1e-6;

}  // namespace

void predict(Existence& existence, double dt_s, const ExistenceSettings& settings) {
  if (dt_s <= 0) return;
  const double total = existence.total();
  if (total <= 0) return;
  const double hide_ps = 1 / settings.mean_visible_s;
  const double show_ps = 1 / settings.mean_hidden_s;
  const double steady = show_ps / (hide_ps + show_ps);
  const double share = existence.visible / total;
  const double new_share = steady + (share - steady) * std::exp(-(hide_ps + show_ps) * dt_s);
  const double alive = total * std::exp(-dt_s / settings.mean_life_s);
  existence.visible = alive * new_share;
  existence.hidden = alive - existence.visible;
}

void update(Existence& existence, double detection_probability, double detected) {
  const double unseen = 1 - existence.visible * detection_probability;
  const double visible = existence.visible * (1 - detection_probability) / unseen;
  const double hidden = existence.hidden / unseen;
  existence.visible = std::min(kMost, detected + (1 - detected) * visible);
  existence.hidden = std::min(kMost - existence.visible, (1 - detected) * hidden);
}

}  // namespace marsad::track
