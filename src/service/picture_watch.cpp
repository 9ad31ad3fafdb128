// SPDX-License-Identifier: Apache-2.0
#include "service/picture_watch.h"

namespace marsad::service {

PictureWatch::PictureWatch(const SiteCamera& camera)
    : health_({camera.camera.model.width_px, camera.camera.model.height_px,
               camera.clock_tolerance_s, camera.camera.model.horizontal_fov_rad}) {}

bool PictureWatch::look(const video::Frame& frame, std::optional<base::Time> arrived) {
  conditions_ = health_.look(frame, arrived);
  const sensor::Condition* const worst = sensor::worst(conditions_);
  return worst == nullptr || sensor::watches(worst->state);
}

}  // namespace marsad::service
