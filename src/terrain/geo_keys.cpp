// SPDX-License-Identifier: Apache-2.0
#include "terrain/geo_keys.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace marsad::terrain {
namespace {

// Where a key's value stands: in the entry itself, or in one of two tags.
constexpr std::uint16_t kHere = 0, kNumbers = 34736, kWords = 34737;
constexpr std::size_t kEntry = 4;  // values of an entry, and of the head before the first

// Keys by their numbers [GeoTIFF].
namespace key {
constexpr std::uint16_t kModelType = 1024;
constexpr std::uint16_t kRasterType = 1025;
constexpr std::uint16_t kCitation = 1026;
constexpr std::uint16_t kGeographicType = 2048;
constexpr std::uint16_t kGeographicCitation = 2049;
constexpr std::uint16_t kAngularUnit = 2054;
constexpr std::uint16_t kSemiMajor = 2057;
constexpr std::uint16_t kInverseFlattening = 2059;
constexpr std::uint16_t kProjectedType = 3072;
constexpr std::uint16_t kProjectedCitation = 3073;
constexpr std::uint16_t kLinearUnit = 3076;
}  // namespace key
constexpr std::uint16_t kProjected = 1, kGeographic = 2;  // of kModelType
constexpr std::uint16_t kEdges = 1, kCentres = 2;         // of kRasterType
constexpr std::uint16_t kDegree = 9102, kMetre = 9001;

constexpr std::uint16_t kWgs84 = 4326;  // geographic [EPSG]
// UTM zones by their codes, from one to another [EPSG].
constexpr std::array<std::pair<std::uint16_t, std::uint16_t>, 4> kZones{
    {{32601, 32660}, {32701, 32760}, {26901, 26923}, {25828, 25838}}};

// The keys, one at a time as their numbers rise.
class Reader {
 public:
  explicit Reader(const GeoKeys& keys) : keys_(keys) {}

  // Whether the whole directory was of the usual kind.
  bool read() {
    const std::span<const std::uint16_t> all(keys_.directory);
    const bool has_head = all.size() >= kEntry && all[0] == 1 && all[1] == 1 && all[2] <= 1;
    if (!has_head || all.size() != kEntry * (1 + std::size_t{all[3]})) return false;
    std::uint16_t last = 0;
    for (std::size_t at = kEntry; at < all.size(); at += kEntry) {
      const auto entry = all.subspan(at, kEntry);
      if (entry[0] <= last || !take(entry[0], entry[1], entry[2], entry[3])) return false;
      last = entry[0];
    }
    return true;
  }

  std::uint16_t model = 0, raster = kEdges, geographic = 0, projected = 0;
  double semi_major_m = 0, flattening_inverse = 0;  // 0: not told

 private:
  bool take(std::uint16_t key, std::uint16_t where, std::uint16_t count, std::uint16_t value) {
    switch (key) {
      case key::kModelType:
        model = value;
        return where == kHere && count == 1;
      case key::kRasterType:
        raster = value;
        return where == kHere && count == 1 && (value == kEdges || value == kCentres);
      case key::kGeographicType:
        geographic = value;
        return where == kHere && count == 1;
      case key::kProjectedType:
        projected = value;
        return where == kHere && count == 1;
      case key::kAngularUnit:
        return where == kHere && count == 1 && value == kDegree;
      case key::kLinearUnit:
        return where == kHere && count == 1 && value == kMetre;
      case key::kSemiMajor:
        return take_number(where, count, value, semi_major_m);
      case key::kInverseFlattening:
        return take_number(where, count, value, flattening_inverse);
      case key::kCitation:
      case key::kGeographicCitation:
      case key::kProjectedCitation:
        return where == kWords && is_only_a_name(count, value);
      default:
        return false;
    }
  }

  bool take_number(std::uint16_t where, std::uint16_t count, std::uint16_t at,
                   double& number) const {
    if (where != kNumbers || count != 1 || at >= keys_.numbers.size()) return false;
    number = keys_.numbers[at];
    return number > 0;
  }

  // Some programs put whole systems into names.
  bool is_only_a_name(std::uint16_t count, std::uint16_t at) const {
    if (std::size_t{at} + count > keys_.words.size()) return false;
    const std::string_view name = std::string_view(keys_.words).substr(at, count);
    return name.find_first_of("=[\n") == std::string_view::npos &&
           name.find("IMAGINE") == std::string_view::npos;
  }

  const GeoKeys& keys_;
};

}  // namespace

std::optional<KeyedSystem> understood(const GeoKeys& keys) {
  Reader reader(keys);
  if (!reader.read()) return std::nullopt;
  const auto agrees = [](double told, double known) { return told == 0 || told == known; };
  const bool is_point = reader.raster == kCentres;
  const bool is_wgs84 = reader.model == kGeographic && reader.projected == 0 &&
                        reader.geographic == kWgs84 &&
                        agrees(reader.semi_major_m, kWgs84SemiMajor_m) &&
                        agrees(reader.flattening_inverse, kWgs84InverseFlattening);
  if (is_wgs84) return KeyedSystem{true, is_point};
  const bool is_zone = std::ranges::any_of(kZones, [&](const auto& zones) {
    return zones.first <= reader.projected && reader.projected <= zones.second;
  });
  // A datum told beside the zone's own may be another.
  const bool is_plain = reader.model == kProjected && is_zone && reader.geographic == 0 &&
                        reader.semi_major_m == 0 && reader.flattening_inverse == 0;
  return is_plain ? std::optional(KeyedSystem{false, is_point}) : std::nullopt;
}

GeoKeys by_edges(GeoKeys keys) {
  for (std::size_t at = kEntry; at + kEntry <= keys.directory.size(); at += kEntry)
    if (keys.directory[at] == key::kRasterType) keys.directory[at + 3] = kEdges;
  return keys;
}

}  // namespace marsad::terrain
