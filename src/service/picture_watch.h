// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "detect/picture_health.h"
#include "service/site.h"

namespace marsad::service {

// Watches the pictures of one camera, and says which of them count as a look. A camera that is
// covered, blinded, frozen or moved, or whose pictures are of another size than the site says, must
// not be taken to have looked and seen nothing, nor be located.
class PictureWatch {
 public:
  explicit PictureWatch(const SiteCamera& camera);

  // Whether the frame counts. `arrived`: when a live camera's frame came in; none for recordings.
  bool look(const video::Frame& frame, std::optional<base::Time> arrived);
  // What is wrong as of the newest frame.
  const std::vector<sensor::Condition>& conditions() const { return conditions_; }
  // Those of them that began with the newest frame, dated by it.
  const std::vector<sensor::Condition>& begun() const { return begun_; }

 private:
  detect::PictureHealth health_;
  std::vector<sensor::Condition> conditions_;
  std::vector<sensor::Condition> begun_;
};

}  // namespace marsad::service
