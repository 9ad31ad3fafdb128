// SPDX-License-Identifier: Apache-2.0
#include "wire/control.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <nlohmann/json.hpp>

#include "base/words.h"
#include "wire/geojson.h"

namespace marsad::wire {
namespace {

using border::ControlEntry;
using nlohmann::json;

constexpr double kMost_km = 20'000;

geo::Geodetic place(const LngLat& at) { return {geo::radians(at[1]), geo::radians(at[0]), 0}; }

// One feature as an entry; what is wrong goes to the errors.
class FeatureReader {
 public:
  FeatureReader(const Feature& feature, const std::string& file, const geo::BorderLine& line,
                const ControlDefaults& defaults, ReadControl& out)
      : feature_(feature),
        where_(fmt::format("{}: feature {}", file, feature.number)),
        line_(line),
        defaults_(defaults),
        out_(out) {}

  void read() {
    ControlEntry entry;
    if (!set_stretch(entry)) return;
    set_holder(entry);
    entry.side = defaults_.side;
    if (const std::string side = text("side"); !side.empty()) {
      const auto known = base::from_word<border::Side>(side);
      if (!known) {
        wrong(fmt::format("side: found '{}'; expected one of {}", side,
                          base::all_words<border::Side>()));
      }
      entry.side = known.value_or(entry.side);
    }
    const auto since = time("since", defaults_.since);
    if (!since) wrong("since: none told; expected a time like 2026-11-22T03:12:05Z");
    entry.since = since.value_or(base::Time{});
    entry.until = time("until", std::nullopt);
    entry.learnt = time("learnt", defaults_.learnt).value_or(base::Time{});
    entry.source = text("source").empty() ? defaults_.source : text("source");
    entry.confidence = number("confidence", 0, 1).value_or(defaults_.confidence);
    if (!fine_) return;
    auto checked = border::checked(std::move(entry));
    if (!checked)
      return wrong(fmt::format("{}: {}", checked.error().where, checked.error().message));
    out_.entries.push_back(*std::move(checked));
  }

 private:
  void wrong(std::string message) {
    fine_ = false;
    out_.errors.push_back({where_, std::move(message)});
  }

  // A property; empty where it is not there or null.
  std::string text(const std::string& key) const {
    const auto found = feature_.properties.find(key);
    return found == feature_.properties.end() || found->second == "null" ? "" : found->second;
  }

  std::optional<double> number(const std::string& key, double low, double high) {
    const std::string found = text(key);
    if (found.empty()) return std::nullopt;
    char* end = nullptr;
    const double value = std::strtod(found.c_str(), &end);
    if (*end == '\0' && value >= low && value <= high) return value;
    wrong(fmt::format("{}: found '{}'; expected a number from {} to {}", key, found, low, high));
    return std::nullopt;
  }

  std::optional<base::Time> time(const std::string& key, std::optional<base::Time> otherwise) {
    const std::string found = text(key);
    if (found.empty()) return otherwise;
    const auto value = base::parse_iso8601(found);
    if (value) return *value;
    wrong(fmt::format("{}: {}", key, value.error().message));
    return otherwise;
  }

  // A property that is null says that nobody knows; one that is not there says nothing.
  void set_holder(ControlEntry& entry) {
    const auto found = feature_.properties.find(defaults_.holder_key);
    if (found == feature_.properties.end()) {
      return wrong(fmt::format("{}: none told; expected a name, contested, nobody, unknown or null",
                               defaults_.holder_key));
    }
    if (found->second != "null") entry.holder = border::holder_of(found->second);
  }

  // False where the feature is too far off the line to say anything of it.
  bool set_stretch(ControlEntry& entry) {
    const auto from_km = number("from_km", 0, kMost_km), to_km = number("to_km", 0, kMost_km);
    if (from_km && to_km) {
      entry.from_m = 1000 * *from_km;
      entry.to_m = 1000 * *to_km;
      return true;
    }
    if (from_km.has_value() != to_km.has_value() || feature_.coordinates.empty()) {
      wrong("expected from_km and to_km, or neither and a geometry beside the line");
      return false;
    }
    entry.from_m = line_.length_m();
    entry.to_m = 0;
    double nearest_m = std::numeric_limits<double>::infinity();
    for (const LngLat& at : feature_.coordinates) {
      const geo::Chainage beside = line_.chainage(place(at));
      entry.from_m = std::min(entry.from_m, beside.s_m);
      entry.to_m = std::max(entry.to_m, beside.s_m);
      nearest_m = std::min(nearest_m, std::abs(beside.d_m));
    }
    if (nearest_m > defaults_.reach_m) {
      out_.far_off.push_back(fmt::format("feature {} '{}': {:.0f} km from the line",
                                         feature_.number, text("name"), nearest_m / 1000));
      return false;
    }
    if (feature_.shape == Shape::point) {
      entry.from_m = std::max(entry.from_m - defaults_.around_m, 0.0);
      entry.to_m = std::min(entry.to_m + defaults_.around_m, line_.length_m());
    }
    return true;
  }

  const Feature& feature_;
  std::string where_;
  const geo::BorderLine& line_;
  const ControlDefaults& defaults_;
  ReadControl& out_;
  bool fine_ = true;
};

json position(const geo::Geodetic& at) {
  const auto rounded = [](double angle_rad) {
    return std::round(geo::degrees(angle_rad) * 1e7) / 1e7;
  };
  return {rounded(at.lon_rad), rounded(at.lat_rad)};
}

}  // namespace

ReadControl read_control(std::string_view text, const std::string& file,
                         const geo::BorderLine& line, const ControlDefaults& defaults) {
  ReadControl out;
  const auto features = read_geojson(text, file);
  if (!features) return {{}, {}, {features.error()}};
  for (const Feature& feature : *features) FeatureReader(feature, file, line, defaults, out).read();
  if (!out.errors.empty()) out.entries.clear();
  return out;
}

std::string control_geojson(const border::ControlRegister& control, const geo::BorderLine& line) {
  std::vector<double> along_m;
  for (const geo::Geodetic& vertex : line.vertices()) along_m.push_back(line.chainage(vertex).s_m);
  json features = json::array();
  for (const ControlEntry& entry : control.entries()) {
    json coordinates = {position(line.at(entry.from_m))};
    for (std::size_t i = 0; i < along_m.size(); ++i) {
      if (along_m[i] > entry.from_m && along_m[i] < entry.to_m)
        coordinates.push_back(position(line.vertices()[i]));
    }
    coordinates.push_back(position(line.at(entry.to_m)));
    features.push_back(
        {{"type", "Feature"},
         {"properties",
          {{"from_km", entry.from_m / 1000},
           {"to_km", entry.to_m / 1000},
           {"side", base::word(entry.side)},
           {"holder", border::text_of(entry.holder)},
           {"since", base::to_iso8601(entry.since)},
           {"until", entry.until ? json(base::to_iso8601(*entry.until)) : json()},
           {"learnt", base::to_iso8601(entry.learnt)},
           {"source", entry.source},
           {"confidence", entry.confidence}}},
         {"geometry", {{"type", "LineString"}, {"coordinates", std::move(coordinates)}}}});
  }
  // Bytes that are no UTF-8, of a table written by hand, must not end the program.
  return json{{"type", "FeatureCollection"}, {"features", std::move(features)}}.dump(
             1, ' ', false, json::error_handler_t::replace) +
         "\n";
}

}  // namespace marsad::wire
