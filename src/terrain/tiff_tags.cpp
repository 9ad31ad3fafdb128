// SPDX-License-Identifier: Apache-2.0
#include "terrain/tiff_tags.h"

#include <algorithm>
#include <array>
#include <span>

namespace marsad::terrain {
namespace {

constexpr tmsize_t kMostBytes = tmsize_t{1} << 28;  // of what the library takes at once
constexpr std::size_t kMostValues = 60'000;         // the count of a list that is set has 16 bits

int say_nothing(TIFF*, void*, const char*, const char*, va_list) { return 1; }

struct FreeOptions {
  void operator()(TIFFOpenOptions* options) const { TIFFOpenOptionsFree(options); }
};

// The values of a tag in the file's own memory; empty where it is not there.
template <class Value>
std::optional<std::span<const Value>> values(TIFF* file, std::uint32_t tag, TIFFDataType type) {
  const TIFFField* field = TIFFFindField(file, tag, TIFF_ANY);
  if (field == nullptr || TIFFFieldDataType(field) != type || TIFFFieldPassCount(field) == 0)
    return std::nullopt;
  const Value* first = nullptr;
  // How wide the count is depends on who made the tag known: this file, or GDAL.
  if (TIFFFieldReadCount(field) == TIFF_VARIABLE2) {
    std::uint32_t count = 0;
    if (TIFFGetField(file, tag, &count, &first) != 1) return std::nullopt;
    return std::span(first, count);
  }
  std::uint16_t count = 0;
  if (TIFFGetField(file, tag, &count, &first) != 1) return std::nullopt;
  return std::span(first, count);
}

template <class Value>
std::optional<std::vector<Value>> copied(std::optional<std::span<const Value>> all) {
  if (!all) return std::nullopt;
  return std::vector<Value>(all->begin(), all->end());
}

// What libtiff is told of the tags, where nobody has told it before.
void make_known(TIFF* file) {
  const auto list = [](std::uint32_t tag, TIFFDataType type, const char* name) {
    return TIFFFieldInfo{tag, TIFF_VARIABLE,          TIFF_VARIABLE, type, FIELD_CUSTOM, 1,
                         1,   const_cast<char*>(name)};
  };
  const auto words = [](std::uint32_t tag, const char* name) {
    return TIFFFieldInfo{tag, TIFF_VARIABLE,          TIFF_VARIABLE, TIFF_ASCII, FIELD_CUSTOM, 1,
                         0,   const_cast<char*>(name)};
  };
  static const std::array<TIFFFieldInfo, 7> known{
      list(tags::kPixelScale, TIFF_DOUBLE, "ModelPixelScaleTag"),
      list(tags::kTiePoints, TIFF_DOUBLE, "ModelTiepointTag"),
      list(tags::kKeyDirectory, TIFF_SHORT, "GeoKeyDirectoryTag"),
      list(tags::kKeyNumbers, TIFF_DOUBLE, "GeoDoubleParamsTag"),
      words(tags::kKeyWords, "GeoAsciiParamsTag"),
      words(tags::kGdalMetadata, "GDAL_METADATA"),
      words(tags::kGdalNodata, "GDAL_NODATA")};
  TIFFMergeFieldInfo(file, known.data(), static_cast<std::uint32_t>(known.size()));
}

}  // namespace

TiffPtr open_tiff(const std::string& file, const char* mode) {
  const std::unique_ptr<TIFFOpenOptions, FreeOptions> options(TIFFOpenOptionsAlloc());
  if (!options) return nullptr;
  TIFFOpenOptionsSetMaxSingleMemAlloc(options.get(), kMostBytes);
  TIFFOpenOptionsSetErrorHandlerExtR(options.get(), say_nothing, nullptr);
  TIFFOpenOptionsSetWarningHandlerExtR(options.get(), say_nothing, nullptr);
  TiffPtr opened(TIFFOpenExt(file.c_str(), mode, options.get()));
  if (opened) make_known(opened.get());
  return opened;
}

std::optional<std::vector<std::uint16_t>> shorts(TIFF* file, std::uint32_t tag) {
  return copied(values<std::uint16_t>(file, tag, TIFF_SHORT));
}

std::optional<std::vector<double>> doubles(TIFF* file, std::uint32_t tag) {
  return copied(values<double>(file, tag, TIFF_DOUBLE));
}

std::optional<std::string> text(TIFF* file, std::uint32_t tag) {
  const TIFFField* field = TIFFFindField(file, tag, TIFF_ANY);
  if (field == nullptr || TIFFFieldDataType(field) != TIFF_ASCII) return std::nullopt;
  if (TIFFFieldPassCount(field) == 0) {
    const char* words = nullptr;
    return TIFFGetField(file, tag, &words) == 1 ? std::optional<std::string>(words) : std::nullopt;
  }
  const auto letters = values<char>(file, tag, TIFF_ASCII);
  if (!letters) return std::nullopt;
  return std::string(letters->begin(), std::find(letters->begin(), letters->end(), '\0'));
}

bool set(TIFF* file, std::uint32_t tag, int value) { return TIFFSetField(file, tag, value) == 1; }

bool set(TIFF* file, std::uint32_t tag, const std::vector<std::uint16_t>& values) {
  return values.size() <= kMostValues &&
         TIFFSetField(file, tag, static_cast<int>(values.size()), values.data()) == 1;
}

bool set(TIFF* file, std::uint32_t tag, const std::vector<double>& values) {
  return values.size() <= kMostValues &&
         TIFFSetField(file, tag, static_cast<int>(values.size()), values.data()) == 1;
}

bool set(TIFF* file, std::uint32_t tag, const std::string& words) {
  return TIFFSetField(file, tag, words.c_str()) == 1;
}

}  // namespace marsad::terrain
