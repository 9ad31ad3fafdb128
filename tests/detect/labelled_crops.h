// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "detect/crop.h"

namespace marsad::test {

// One row of the labelled crops `thermal/patches32`.
struct LabelledCrop {
  std::string label;   // of the table: airplane and helicopter, not aircraft
  std::string source;  // the data set it is from
  std::string image;   // a picture's name, or CLIP#FRAME
  detect::Box box;     // in that picture, whole pixels
  detect::Crop pixels{};
};

std::vector<LabelledCrop> labelled_crops(const std::filesystem::path& folder);

// The crops of one class in one clip by their frame.
std::map<std::uint64_t, LabelledCrop> crops_of_clip(const std::filesystem::path& folder,
                                                    const std::string& clip,
                                                    const std::string& label);

// Whether a crop is of the test part, which no training saw: the rule of
// tools/train_classifier/patches.py.
bool is_test_part(const LabelledCrop& crop);

}  // namespace marsad::test
