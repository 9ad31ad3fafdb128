// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cctype>
#include <charconv>
#include <filesystem>
#include <map>
#include <optional>
#include <system_error>

#include "detect/components.h"
#include "score/score.h"
#include "video/decode.h"

namespace marsad::score {
namespace {

using Mask = video::Image<std::uint8_t>;
using Files = std::map<std::uint64_t, std::string>;

// The last number in a file's name: 17 for "gt000017.png".
std::optional<std::uint64_t> number_in(const std::string& stem) {
  const auto digit = [](unsigned char c) { return std::isdigit(c) != 0; };
  const auto last = std::find_if(stem.rbegin(), stem.rend(), digit);
  const auto first = std::find_if_not(last, stem.rend(), digit);
  const char* const begin = stem.data() + (stem.rend() - first);
  const char* const end = stem.data() + (stem.rend() - last);
  std::uint64_t number = 0;
  const auto [stop, error] = std::from_chars(begin, end, number);
  if (begin == end || error != std::errc{}) return std::nullopt;
  return number;
}

base::Result<Files> numbered_files(const std::string& folder) {
  std::error_code error;
  std::filesystem::directory_iterator entries(folder, error);
  if (error) return base::Error{folder, "is not a folder that can be read: " + error.message()};
  Files files;
  for (const std::filesystem::directory_entry& entry : entries) {
    if (entry.path().extension() != ".png") continue;
    const std::optional<std::uint64_t> number = number_in(entry.path().stem().string());
    if (!number) continue;
    const auto [known, is_new] = files.emplace(*number, entry.path().string());
    if (!is_new)
      return base::Error{folder, "two files of the number " + std::to_string(*number) + ": " +
                                     known->second + " and " + entry.path().string()};
  }
  return files;
}

// 1 where the picture is brighter than half.
base::Result<Mask> read_mask(const std::string& path) {
  const base::Result<video::StillImage> image = video::read_image(path);
  if (!image) return image.error();
  const int half = 1 << (image->bits - 1);
  Mask mask(image->counts.width(), image->counts.height());
  std::transform(
      image->counts.pixels().begin(), image->counts.pixels().end(), mask.pixels().begin(),
      [&](std::uint16_t count) { return count >= half ? std::uint8_t{1} : std::uint8_t{0}; });
  return mask;
}

bool touches(const detect::Component& component, const Mask& mask) {
  return std::any_of(component.runs.begin(), component.runs.end(), [&](const detect::Run& run) {
    const auto row = mask.row(run.y);
    return std::any_of(row.begin() + run.x_begin, row.begin() + run.x_end,
                       [](std::uint8_t pixel) { return pixel != 0; });
  });
}

std::uint64_t count_touching(const std::vector<detect::Component>& components, const Mask& mask) {
  const auto count = std::count_if(components.begin(), components.end(),
                                   [&](const auto& component) { return touches(component, mask); });
  return static_cast<std::uint64_t>(count);
}

void add_frame(const Mask& truth, const Mask& mask, DetectionScore& score) {
  ++score.frames;
  for (std::size_t i = 0; i < truth.pixels().size(); ++i) {
    const bool is_true = truth.pixels()[i] != 0;
    const bool is_detected = mask.pixels()[i] != 0;
    score.true_positive_px += is_true && is_detected ? 1 : 0;
    score.false_positive_px += !is_true && is_detected ? 1 : 0;
    score.false_negative_px += is_true && !is_detected ? 1 : 0;
  }
  const std::vector<detect::Component> objects = detect::connected_components(truth);
  const std::vector<detect::Component> detected = detect::connected_components(mask);
  score.objects += objects.size();
  score.objects_found += count_touching(objects, mask);
  score.detected_objects += detected.size();
  score.false_objects += detected.size() - count_touching(detected, truth);
}

double ratio(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

double f_measure(double precision, double recall) {
  return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
}

void finish(DetectionScore& score) {
  const std::uint64_t found = score.true_positive_px;
  score.precision_px = ratio(found, found + score.false_positive_px);
  score.recall_px = ratio(found, found + score.false_negative_px);
  score.f_px = f_measure(score.precision_px, score.recall_px);
  score.precision_objects =
      ratio(score.detected_objects - score.false_objects, score.detected_objects);
  score.recall_objects = ratio(score.objects_found, score.objects);
  score.f_objects = f_measure(score.precision_objects, score.recall_objects);
  score.false_objects_per_1000_frames = 1000 * ratio(score.false_objects, score.frames);
}

}  // namespace

base::Result<DetectionScore> score_masks(const std::string& truth_folder,
                                         const std::string& mask_folder) {
  const base::Result<Files> truth_files = numbered_files(truth_folder);
  if (!truth_files) return truth_files.error();
  const base::Result<Files> mask_files = numbered_files(mask_folder);
  if (!mask_files) return mask_files.error();
  if (truth_files->empty())
    return base::Error{truth_folder, "found no PNG with a number in its name, expected the truth"};

  DetectionScore score;
  for (const auto& [number, truth_file] : *truth_files) {
    const base::Result<Mask> truth = read_mask(truth_file);
    if (!truth) return truth.error();
    Mask mask(truth->width(), truth->height());
    if (const auto file = mask_files->find(number); file != mask_files->end()) {
      base::Result<Mask> found = read_mask(file->second);
      if (!found) return found.error();
      if (found->width() != mask.width() || found->height() != mask.height())
        return base::Error{file->second, "found " + std::to_string(found->width()) + "×" +
                                             std::to_string(found->height()) + " px, expected " +
                                             std::to_string(mask.width()) + "×" +
                                             std::to_string(mask.height()) + " as in the truth"};
      mask = std::move(*found);
    }
    add_frame(*truth, mask, score);
  }
  finish(score);
  return score;
}

}  // namespace marsad::score
