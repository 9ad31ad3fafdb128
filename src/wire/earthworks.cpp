// SPDX-License-Identifier: Apache-2.0
#include "wire/earthworks.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>
#include <optional>

#include "base/words.h"
#include "wire/geojson.h"

namespace marsad::wire {
namespace {

using terrain::Earthwork;
using terrain::EarthworkKind;

struct Range {
  double least = 0;
  double most = 0;
};
constexpr Range kHeight_m{0.05, 50}, kWidth_m{0.05, 500};

// One feature as an earthwork; what is wrong goes to `errors`.
class FeatureReader {
 public:
  FeatureReader(const Feature& feature, const std::string& file, std::vector<base::Error>& errors)
      : feature_(feature),
        where_(fmt::format("{}: feature {}", file, feature.number)),
        errors_(errors) {}

  Earthwork read() {
    Earthwork work;
    if (feature_.shape != Shape::line || feature_.coordinates.size() < 2)
      wrong("no line; expected a LineString of two points or more");
    for (const LngLat& at : feature_.coordinates)
      work.line.push_back({geo::radians(at[1]), geo::radians(at[0]), 0});
    const auto found = feature_.properties.find("kind");
    const std::string word = found == feature_.properties.end() ? "" : found->second;
    const auto kind = base::from_word<EarthworkKind>(word);
    if (!kind) {
      wrong(fmt::format("kind: found '{}'; expected one of {}", word,
                        base::all_words<EarthworkKind>()));
      return work;
    }
    work.kind = *kind;
    const bool is_trench = *kind == EarthworkKind::trench;
    unused(is_trench ? "height_m" : "depth_m",
           is_trench ? "a trench has depth_m" : "only a trench has a depth");
    work.height_m = number(is_trench ? "depth_m" : "height_m", kHeight_m).value_or(0);
    work.width_m = number("width_m", kWidth_m).value_or(0);
    if (*kind == EarthworkKind::wall) {
      unused("crest_width_m", "a wall has one width");
    } else if (feature_.properties.contains("crest_width_m")) {
      work.crest_width_m = number("crest_width_m", {0, work.width_m}).value_or(0);
    }
    return work;
  }

 private:
  void wrong(std::string message) { errors_.push_back({where_, std::move(message)}); }

  void unused(const std::string& key, const std::string& why) {
    const auto found = feature_.properties.find(key);
    if (found != feature_.properties.end())
      wrong(fmt::format("{}: found '{}'; {}", key, found->second, why));
  }

  std::optional<double> number(const std::string& key, Range range) {
    const auto found = feature_.properties.find(key);
    const std::string text = found == feature_.properties.end() ? "" : found->second;
    char* end = nullptr;
    const double value = std::strtod(text.c_str(), &end);
    const bool is_number = !text.empty() && *end == '\0' && std::isfinite(value);
    if (is_number && value >= range.least && value <= range.most) return value;
    wrong(fmt::format("{}: found '{}'; expected a number of metres from {:g} to {:g}", key, text,
                      range.least, range.most));
    return std::nullopt;
  }

  const Feature& feature_;
  std::string where_;
  std::vector<base::Error>& errors_;
};

}  // namespace

ReadEarthworks read_earthworks(std::string_view text, const std::string& file) {
  ReadEarthworks out;
  const auto features = read_geojson(text, file);
  if (!features) return {{}, {features.error()}};
  for (const Feature& feature : *features)
    out.works.push_back(FeatureReader(feature, file, out.errors).read());
  if (!out.errors.empty()) out.works.clear();
  return out;
}

}  // namespace marsad::wire
