// SPDX-License-Identifier: Apache-2.0
#include "service/picture_watch.h"

#include <algorithm>

namespace marsad::service {

PictureWatch::PictureWatch(const SiteCamera& camera)
    : health_({camera.camera.model.width_px, camera.camera.model.height_px,
               camera.clock_tolerance_s, camera.camera.model.horizontal_fov_rad}) {}

bool PictureWatch::look(const video::Frame& frame, std::optional<base::Time> arrived) {
  std::vector<sensor::Condition> now = health_.look(frame, arrived);
  begun_.clear();
  for (const sensor::Condition& condition : now) {
    const bool lasts = std::any_of(
        conditions_.begin(), conditions_.end(),
        [&](const sensor::Condition& before) { return before.state == condition.state; });
    if (!lasts) begun_.push_back({condition.state, frame.time, condition.detail});
  }
  conditions_ = std::move(now);
  const sensor::Condition* const worst = sensor::worst(conditions_);
  return worst == nullptr || sensor::watches(worst->state);
}

}  // namespace marsad::service
