// SPDX-License-Identifier: Apache-2.0
#include "service/detect_settings.h"

#include <fmt/format.h>

#include <utility>

#include "service/site.h"
#include "video/decode.h"

namespace marsad::service {

detect::DetectorSettings read_detector(TomlReader::Table& table,
                                       detect::DetectorSettings otherwise) {
  detect::DetectorSettings out = otherwise;
  out.sensitivity = table.number("sensitivity", {0, 1}).value_or(out.sensitivity);
  out.smallest_area_px = static_cast<int>(
      table.whole_number("smallest_area_px", {1, 10'000}).value_or(out.smallest_area_px));
  return out;
}

std::shared_ptr<const mask::PixelMask> read_mask(TomlReader::Table& table,
                                                 const std::filesystem::path& folder, int width_px,
                                                 int height_px) {
  if (table.is_list("mask")) {
    std::vector<std::vector<sensor::Pixel>> polygons;
    for (const auto& pairs : table.polygons("mask")) {
      auto& polygon = polygons.emplace_back();
      for (const auto& [x, y] : pairs) polygon.push_back({x, y});
    }
    if (polygons.empty()) return nullptr;
    return std::make_shared<const mask::PixelMask>(mask::mask_of(width_px, height_px, polygons));
  }
  const auto file = table.text("mask");
  if (!file || file->empty()) return nullptr;
  const auto picture = video::read_image(resolve(folder, *file).string());
  if (!picture) {
    table.wrong("mask", to_string(picture.error()));
    return nullptr;
  }
  const auto& counts = picture->counts;
  if (counts.width() != width_px || counts.height() != height_px) {
    table.wrong("mask", fmt::format("{} has {}x{} pixels; expected the camera's {}x{}", *file,
                                    counts.width(), counts.height(), width_px, height_px));
    return nullptr;
  }
  mask::PixelMask mask(width_px, height_px);
  for (std::size_t i = 0; i < counts.pixels().size(); ++i) {
    mask.pixels()[i] = counts.pixels()[i] != 0 ? 255 : 0;
  }
  return std::make_shared<const mask::PixelMask>(std::move(mask));
}

}  // namespace marsad::service
