// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "mask/privacy_mask.h"
#include "service/site.h"
#include "video/source.h"

namespace marsad::service {

// What a site's privacy zones hide of a camera, in its own pose and size; empty for nothing.
mask::PixelMask hidden_of(const Site& site, const SiteCamera& camera);

// What masks a site's privacy zones in a camera's frames, whatever their poses.
mask::PrivacyMask privacy_mask_of(const Site& site, const SiteCamera& camera);

// The same source, whose frames have the site's privacy zones overwritten before anyone else sees
// them. Where the site has none, `source` itself.
std::unique_ptr<video::FrameSource> without_private(const Site& site, const SiteCamera& camera,
                                                    std::unique_ptr<video::FrameSource> source);

// Drops the detections that lie in a privacy zone, and their plots; the two belong to each other by
// their order. Plots that are only a bearing stay.
void drop_private(const std::vector<border::Zone>& zones,
                  std::vector<detect::Detection>& detections, std::vector<locate::Plot>& plots);

// Hatches what is hidden of a picture for people's eyes, so that it is not taken for ground. The
// picture's top left pixel is the mask's at x0, y0.
void hatch(const mask::PixelMask& hidden, int x0, int y0, video::Image<std::uint8_t>& picture);

}  // namespace marsad::service
