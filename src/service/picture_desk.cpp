// SPDX-License-Identifier: Apache-2.0
#include "service/picture_desk.h"

#include <algorithm>

#include "service/privacy.h"

namespace marsad::service {
namespace {

constexpr std::size_t kHeldFrames = 12;
constexpr int kCutOutSide_px = 64;  // of the frame
constexpr int kEnlarged = 4;
constexpr int kJpegQuality = 85;

video::Image<std::uint16_t> crop(const video::Image<std::uint16_t>& from, int x0, int y0, int width,
                                 int height) {
  video::Image<std::uint16_t> out(width, height);
  for (int y = 0; y < height; ++y) {
    const auto source = from.row(y0 + y).subspan(static_cast<std::size_t>(x0));
    std::copy_n(source.begin(), width, out.row(y).begin());
  }
  return out;
}

video::Image<std::uint8_t> enlarge(const video::Image<std::uint8_t>& from, int times) {
  video::Image<std::uint8_t> out(from.width() * times, from.height() * times);
  for (int y = 0; y < out.height(); ++y) {
    for (int x = 0; x < out.width(); ++x) out.at(x, y) = from.at(x / times, y / times);
  }
  return out;
}

}  // namespace

void PictureDesk::put(Picture picture) {
  std::lock_guard lock(mutex_);
  auto& held = held_[picture.frame->camera];
  held.push_back(std::move(picture));
  if (held.size() > kHeldFrames) held.pop_front();
}

std::optional<Picture> PictureDesk::newest(const sensor::SensorId& camera) const {
  std::lock_guard lock(mutex_);
  const auto found = held_.find(camera);
  if (found == held_.end()) return std::nullopt;
  return found->second.back();
}

std::optional<Picture> PictureDesk::of(const sensor::SensorId& camera,
                                       const locate::Cause& cause) const {
  std::lock_guard lock(mutex_);
  const auto found = held_.find(camera);
  if (found == held_.end()) return std::nullopt;
  for (const Picture& picture : found->second) {
    if (picture.frame->number == cause.frame) return picture;
  }
  return std::nullopt;
}

std::optional<video::Bytes> cut_out(const Picture& picture, const locate::Cause& cause) {
  const auto detection =
      std::find_if(picture.detections.begin(), picture.detections.end(),
                   [&](const detect::Detection& d) { return d.index == cause.index; });
  if (detection == picture.detections.end()) return std::nullopt;
  const auto& counts = picture.frame->counts;
  const detect::Box& box = detection->box;
  // Wide movers close up get more than the usual square, never more than the frame.
  const int width = std::min(counts.width(), std::max(kCutOutSide_px, 2 * box.width));
  const int height = std::min(counts.height(), std::max(kCutOutSide_px, 2 * box.height));
  const int x0 = std::clamp(box.x + box.width / 2 - width / 2, 0, counts.width() - width);
  const int y0 = std::clamp(box.y + box.height / 2 - height / 2, 0, counts.height() - height);
  video::Image<std::uint8_t> visible = video::to_8_bit(crop(counts, x0, y0, width, height));
  if (picture.frame->hidden) hatch(*picture.frame->hidden, x0, y0, visible);
  return video::encode_jpeg(enlarge(visible, kEnlarged), kJpegQuality);
}

}  // namespace marsad::service
