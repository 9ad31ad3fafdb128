// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>
#include <filesystem>
#include <vector>

#include "video/decode.h"
#include "video/sources.h"

namespace marsad::video {
namespace {

namespace fs = std::filesystem;

constexpr double kLongestSequence_s = 1e9;

struct NumberedFile {
  std::uint64_t number = 0;
  fs::path path;
};

// The last run of digits in the name, without its extension.
std::optional<std::uint64_t> number_in(const fs::path& path) {
  constexpr const char* kDigits = "0123456789";
  const std::string stem = path.stem().string();
  const std::size_t last = stem.find_last_of(kDigits);
  if (last == std::string::npos) return std::nullopt;
  const std::size_t before = stem.find_last_not_of(kDigits, last);
  const std::size_t first = before == std::string::npos ? 0 : before + 1;
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(stem.data() + first, stem.data() + last + 1, number);
  return error == std::errc() ? std::optional(number) : std::nullopt;
}

base::Result<std::vector<NumberedFile>> list(const std::string& folder) {
  std::error_code error;
  std::vector<NumberedFile> files;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    if (!is_image(entry->path().string())) continue;
    if (const auto number = number_in(entry->path())) files.push_back({*number, entry->path()});
  }
  if (error) return base::Error{folder, "can't be listed: " + error.message()};
  if (files.empty()) {
    return base::Error{folder,
                       "no numbered images; expected PNG, TIFF, JPEG or PGM files with "
                       "the frame's number in their names, as in000017.png"};
  }
  std::ranges::sort(files, {},
                    [](const NumberedFile& file) { return std::pair(file.number, file.path); });
  const auto twin = std::ranges::adjacent_find(files, {}, &NumberedFile::number);
  if (twin != files.end()) {
    return base::Error{folder, twin->path.filename().string() + " and " +
                                   std::next(twin)->path.filename().string() + " are both frame " +
                                   std::to_string(twin->number) +
                                   "; expected one file for each number"};
  }
  return files;
}

// A folder's images in the order of the numbers in their names. A gap in the numbers is a gap in
// time.
class ImageFolder final : public FrameSource {
 public:
  ImageFolder(SourceSettings settings, std::vector<NumberedFile> files, SourceInfo info)
      : settings_(std::move(settings)), files_(std::move(files)), info_(std::move(info)) {}

  const SourceInfo& info() const override { return info_; }

  Event next(std::stop_token stop) override {
    if (stop.stop_requested() || next_ == files_.size()) return End{};
    const NumberedFile& file = files_[next_++];
    base::Result<StillImage> image = read_image(file.path.string());
    if (!image) return Fault{Fault::Kind::corrupt_frame, to_string(image.error())};
    const double passed_s = static_cast<double>(file.number - files_.front().number) /
                            settings_.fps.value_or(kDefaultFps);
    return Frame{.camera = settings_.camera,
                 .number = file.number,
                 .time = settings_.start + base::from_seconds(passed_s),
                 .bits = image->bits,
                 .counts = std::move(image->counts),
                 .pose = std::nullopt};
  }

 private:
  SourceSettings settings_;
  std::vector<NumberedFile> files_;
  SourceInfo info_;
  std::size_t next_ = 0;
};

}  // namespace

OpenedSource open_image_folder(const SourceSettings& settings) {
  base::Result<std::vector<NumberedFile>> files = list(settings.location);
  if (!files) return files.error();
  const double fps = settings.fps.value_or(kDefaultFps);
  const std::uint64_t span = files->back().number - files->front().number;
  if (static_cast<double>(span) / fps > kLongestSequence_s) {
    return base::Error{settings.location,
                       "frame numbers from " + std::to_string(files->front().number) + " to " +
                           std::to_string(files->back().number) + "; expected them counted by one"};
  }
  std::optional<base::Error> first_error;
  for (const NumberedFile& file : *files) {
    const base::Result<StillImage> image = read_image(file.path.string());
    if (image) {
      const Image<std::uint16_t>& counts = image->counts;
      SourceInfo info{counts.width(), counts.height(), files->size(),
                      "images, " + std::to_string(counts.width()) + "×" +
                          std::to_string(counts.height()) + ", " + std::to_string(image->bits) +
                          " bit",
                      false};
      return OpenedSource(
          std::make_unique<ImageFolder>(settings, std::move(*files), std::move(info)));
    }
    if (!first_error) first_error = image.error();
  }
  return base::Error{settings.location, "none of its " + std::to_string(files->size()) +
                                            " images can be read; " + to_string(*first_error)};
}

}  // namespace marsad::video
