// SPDX-License-Identifier: Apache-2.0
#include "wire/geojson.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

namespace marsad::wire {
namespace {

using nlohmann::json;

// Thrown and caught in this file only, so that nested readers stay short.
struct Wrong {
  std::string message;
};

// Some of what is done with JSON takes a little stack for each level.
bool refuse_deep(int depth, json::parse_event_t, json&) {
  constexpr int kDeepest = 100;
  if (depth > kDeepest) throw Wrong{fmt::format("nested more than {} deep", kDeepest)};
  return true;
}

LngLat read_position(const json& position) {
  if (!position.is_array() || position.size() < 2 || !position[0].is_number() ||
      !position[1].is_number()) {
    throw Wrong{fmt::format("found {} for a position; expected [longitude, latitude]",
                            position.dump().substr(0, 40))};
  }
  const LngLat at{position[0].get<double>(), position[1].get<double>()};
  if (!(std::abs(at[0]) <= 180) || !(std::abs(at[1]) <= 90)) {
    throw Wrong{fmt::format(
        "position [{}, {}] is not on Earth; expected degrees [longitude, latitude]", at[0], at[1])};
  }
  return at;
}

std::vector<LngLat> read_positions(const json& array) {
  if (!array.is_array()) throw Wrong{"coordinates are not a list of positions"};
  std::vector<LngLat> out;
  for (const json& position : array) out.push_back(read_position(position));
  return out;
}

const json& member(const json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end()) throw Wrong{fmt::format("no '{}'", key)};
  return *found;
}

// A text as it is, anything else as JSON has it.
std::string text_of(const json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

std::vector<LngLat> outer_ring(const json& polygon) {
  if (!polygon.is_array() || polygon.empty()) throw Wrong{"a polygon without a ring"};
  return read_positions(polygon[0]);
}

// A member that is a list: a multi-geometry's parts, or what else holds several.
const json& list_member(const json& object, const char* key, std::string_view of) {
  const json& value = member(object, key);
  if (!value.is_array()) throw Wrong{fmt::format("not a list of {}", of)};
  return value;
}

void read_geometry(const json& geometry, const Feature& like, std::vector<Feature>& out) {
  if (!geometry.is_object()) throw Wrong{"no geometry"};
  const std::string type = text_of(member(geometry, "type"));
  const auto add = [&](Shape shape, std::vector<LngLat> coordinates) {
    out.push_back(Feature{shape, std::move(coordinates), like.properties, like.number});
  };
  const auto coordinates = [&]() -> const json& { return member(geometry, "coordinates"); };
  if (type == "Point") {
    add(Shape::point, {read_position(coordinates())});
  } else if (type == "LineString") {
    add(Shape::line, read_positions(coordinates()));
  } else if (type == "MultiLineString") {
    for (const json& line : list_member(geometry, "coordinates", "lines")) {
      add(Shape::line, read_positions(line));
    }
  } else if (type == "Polygon") {
    add(Shape::polygon, outer_ring(coordinates()));
  } else if (type == "MultiPolygon") {
    for (const json& polygon : list_member(geometry, "coordinates", "polygons")) {
      add(Shape::polygon, outer_ring(polygon));
    }
  } else {
    throw Wrong{fmt::format("geometry '{}'; expected Point, LineString or Polygon", type)};
  }
}

void read_feature(const json& feature, std::size_t number, std::vector<Feature>& out) {
  if (!feature.is_object()) {
    throw Wrong{fmt::format("found {}; expected a Feature", feature.dump().substr(0, 40))};
  }
  Feature like;
  like.number = number;
  const auto properties = feature.find("properties");
  if (properties != feature.end() && properties->is_object()) {
    for (const auto& [key, value] : properties->items()) {
      like.properties[key] = text_of(value);
    }
  }
  read_geometry(member(feature, "geometry"), like, out);
}

}  // namespace

base::Result<std::vector<Feature>> read_geojson(std::string_view text, const std::string& file) {
  std::vector<Feature> features;
  std::size_t number = 0;
  try {
    const json root = json::parse(text, refuse_deep, /*allow_exceptions=*/false);
    if (!root.is_object()) throw Wrong{"not GeoJSON; expected an object with a 'type'"};
    const json& type = member(root, "type");
    if (type == "FeatureCollection") {
      for (const json& feature : list_member(root, "features", "features")) {
        ++number;
        read_feature(feature, number, features);
      }
    } else if (type == "Feature") {
      read_feature(root, 1, features);
    } else {
      read_geometry(root, {}, features);
    }
  } catch (const Wrong& wrong) {
    return base::Error{number == 0 ? file : fmt::format("{}: feature {}", file, number),
                       wrong.message};
  } catch (const json::exception& exception) {
    return base::Error{file, exception.what()};
  }
  return features;
}

}  // namespace marsad::wire
