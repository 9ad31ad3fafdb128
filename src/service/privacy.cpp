// SPDX-License-Identifier: Apache-2.0
#include "service/privacy.h"

#include <algorithm>

#include "base/check.h"

namespace marsad::service {
namespace {

mask::GroundMaskSettings settings_of(const Site& site, const SiteCamera& camera) {
  return {site.locator.elevation_sigma_m, camera.sway_px};
}

// Overwrites each frame as it is read.
class WithoutPrivate : public video::FrameSource {
 public:
  WithoutPrivate(std::unique_ptr<video::FrameSource> source, mask::PrivacyMask mask)
      : source_(std::move(source)), mask_(std::move(mask)) {}

  const video::SourceInfo& info() const override { return source_->info(); }
  video::Event next(std::stop_token stop) override {
    video::Event event = source_->next(std::move(stop));
    if (auto* frame = std::get_if<video::Frame>(&event)) mask_.hide(*frame);
    return event;
  }

 private:
  std::unique_ptr<video::FrameSource> source_;
  mask::PrivacyMask mask_;
};

}  // namespace

mask::PixelMask hidden_of(const Site& site, const SiteCamera& camera) {
  return ground_mask(camera.camera, *site.elevation, site.border->zones, settings_of(site, camera));
}

mask::PrivacyMask privacy_mask_of(const Site& site, const SiteCamera& camera) {
  return {camera.camera, site.elevation, site.border->zones, settings_of(site, camera)};
}

std::unique_ptr<video::FrameSource> without_private(const Site& site, const SiteCamera& camera,
                                                    std::unique_ptr<video::FrameSource> source) {
  const auto& zones = site.border->zones;
  const bool any = std::any_of(zones.begin(), zones.end(), [](const border::Zone& zone) {
    return zone.kind == border::ZoneKind::privacy;
  });
  if (!any) return source;
  return std::make_unique<WithoutPrivate>(std::move(source), privacy_mask_of(site, camera));
}

void drop_private(const std::vector<border::Zone>& zones,
                  std::vector<detect::Detection>& detections, std::vector<locate::Plot>& plots) {
  CHECK(detections.size() == plots.size());
  for (std::size_t i = plots.size(); i-- > 0;) {
    if (!plots[i].place || !is_private(zones, *plots[i].place)) continue;
    const auto at = static_cast<std::ptrdiff_t>(i);
    detections.erase(detections.begin() + at);
    plots.erase(plots.begin() + at);
  }
}

void hatch(const mask::PixelMask& hidden, int x0, int y0, video::Image<std::uint8_t>& picture) {
  constexpr int kEvery_px = 8, kLine_px = 2;
  constexpr std::uint8_t kDark = 70, kLight = 120;
  for (int y = 0; y < picture.height(); ++y) {
    for (int x = 0; x < picture.width(); ++x) {
      if (hidden.at(x0 + x, y0 + y) == 0) continue;
      picture.at(x, y) = (x0 + x + y0 + y) % kEvery_px < kLine_px ? kLight : kDark;
    }
  }
}

}  // namespace marsad::service
