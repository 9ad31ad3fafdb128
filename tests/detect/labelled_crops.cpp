// SPDX-License-Identifier: Apache-2.0
#include "tests/detect/labelled_crops.h"

#include <cmath>
#include <fstream>

#include "base/check.h"
#include "base/csv.h"

namespace marsad::test {
namespace {

int whole(const base::CsvReader& row, std::string_view column) {
  return static_cast<int>(std::lround(*row.number(column)));
}

// The number at `part` of words between underscores, digits only: IR_BIRD_027#12 has 27 at 2.
int number_in(const std::string& name, int part) {
  std::size_t at = 0;
  for (int i = 0; i < part; ++i) at = name.find('_', at) + 1;
  return std::stoi(name.substr(at));
}

// Of pictures that were filmed together.
int group(const LabelledCrop& crop) {
  if (crop.source == "Halmstad") return number_in(crop.image, 2) / 5;
  if (crop.source == "HIT-UAV") {
    const int altitude_m = number_in(crop.image, 1);
    const int angle_deg = number_in(crop.image, 2);
    return altitude_m / 10 + 2 * (angle_deg / 10) + number_in(crop.image, 0);
  }
  return crop.image.starts_with("PIR-206_") ? number_in(crop.image, 1) : 0;
}

}  // namespace

std::vector<LabelledCrop> labelled_crops(const std::filesystem::path& folder) {
  std::ifstream table(folder / "train.csv");
  std::ifstream bytes(folder / "train.u8", std::ios::binary);
  auto row =
      base::CsvReader::open(table, "train.csv", {"class", "source", "image", "x", "y", "w", "h"});
  CHECK(row && bytes);
  std::vector<LabelledCrop> crops;
  while (*row->next()) {
    LabelledCrop crop{std::string(row->text("class")),
                      std::string(row->text("source")),
                      std::string(row->text("image")),
                      {whole(*row, "x"), whole(*row, "y"), whole(*row, "w"), whole(*row, "h")}};
    for (float& pixel : crop.pixels) pixel = static_cast<float>(bytes.get());
    CHECK(bytes.good());
    crops.push_back(std::move(crop));
  }
  return crops;
}

std::map<std::uint64_t, LabelledCrop> crops_of_clip(const std::filesystem::path& folder,
                                                    const std::string& clip,
                                                    const std::string& label) {
  std::map<std::uint64_t, LabelledCrop> found;
  for (LabelledCrop& crop : labelled_crops(folder)) {
    if (crop.label != label || !crop.image.starts_with(clip + "#")) continue;
    const std::uint64_t frame = std::stoull(crop.image.substr(clip.size() + 1));
    found.emplace(frame, std::move(crop));
  }
  return found;
}

bool is_test_part(const LabelledCrop& crop) {
  const bool is_trained_on =
      crop.source == "Halmstad" || crop.source == "HIT-UAV" || crop.source == "ThermalCheetah";
  const bool is_kept_out = crop.source == "ThermalCheetah" && crop.label == "person";
  return is_trained_on && !is_kept_out && group(crop) % 5 == 3;
}

}  // namespace marsad::test
