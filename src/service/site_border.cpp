// SPDX-License-Identifier: Apache-2.0
#include "service/site_border.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <sstream>

#include "base/words.h"
#include "border/csv.h"
#include "wire/geojson.h"

namespace marsad::service {
namespace {

using geo::radians;
using Table = TomlReader::Table;

geo::Geodetic on_map(wire::LngLat at) { return {radians(at[1]), radians(at[0]), 0}; }

std::vector<geo::Geodetic> on_map(const std::vector<wire::LngLat>& coordinates) {
  std::vector<geo::Geodetic> out;
  for (const wire::LngLat& at : coordinates) out.push_back(on_map(at));
  return out;
}

// Each part adds what is wrong to the errors and leaves the rest to be read.
class BorderReader {
 public:
  explicit BorderReader(SiteFiles& files) : files_(files) {}

  std::optional<border::Border> read(Table& root) {
    read_border(root);
    read_barriers(root);
    read_zones(root);
    read_control(root);
    read_forces(root);
    if (!line_) return std::nullopt;
    return border::Border{*line_, std::move(barriers_), std::move(zones_), std::move(control_),
                          std::move(forces_)};
  }

 private:
  void read_border(Table& root);
  void read_barriers(Table& root);
  void read_zones(Table& root);
  void read_control(Table& root);
  void read_forces(Table& root);
  void read_times(const wire::Feature& feature, const std::string& file, border::Zone& zone);
  void read_privacy(const wire::Feature& feature, const std::string& file, border::Zone& zone);

  // The features of a GeoJSON file; none where it can't be read.
  std::optional<std::vector<wire::Feature>> features(const std::string& location);
  // A feature's property in metres; 0 where it has none.
  double number_of(const wire::Feature& feature, const std::string& key, const std::string& file);

  SiteFiles& files_;
  std::optional<geo::BorderLine> line_;
  std::vector<border::Barrier> barriers_;
  std::vector<border::Zone> zones_;
  border::ControlRegister control_;
  std::vector<border::ForceReport> forces_;
};

std::optional<std::vector<wire::Feature>> BorderReader::features(const std::string& location) {
  const auto text = files_.text(location);
  if (!text) return std::nullopt;
  auto read = wire::read_geojson(*text, files_.path(location));
  if (read) return *std::move(read);
  files_.wrong(read.error());
  return std::nullopt;
}

void BorderReader::read_border(Table& root) {
  auto table = root.table("border");
  if (!table) {
    root.wrong("border", "missing; expected a table [border] with file and home_side");
    return;
  }
  const std::string side = table->required_text("home_side");
  if (side != "left" && side != "right") {
    table->wrong("home_side",
                 fmt::format("found '{}'; expected \"left\" or \"right\" of the line as "
                             "drawn in the file",
                             side));
  }
  const std::string file = table->required_text("file");
  const auto all = features(file);
  if (!all) return;
  const auto line = std::find_if(all->begin(), all->end(), [](const wire::Feature& feature) {
    return feature.shape == wire::Shape::line;
  });
  if (line == all->end()) {
    files_.wrong({file, "no LineString; expected the border line"});
    return;
  }
  auto made = geo::BorderLine::make(on_map(line->coordinates), side == "left");
  if (made) {
    line_ = *std::move(made);
  } else {
    files_.wrong({file, made.error().message});
  }
}

// The kind a feature says it is of; an error where it is none of the known words.
template <class Kind>
std::optional<Kind> kind_of(const wire::Feature& feature, const std::string& file,
                            SiteFiles& files) {
  const auto found = feature.properties.find("kind");
  const std::string text = found == feature.properties.end() ? "" : found->second;
  const auto kind = base::from_word<Kind>(text);
  if (!kind) {
    files.wrong({file, fmt::format("a feature of kind '{}'; expected one of {}", text,
                                   base::all_words<Kind>())});
  }
  return kind;
}

std::string name_of(const wire::Feature& feature) {
  const auto found = feature.properties.find("name");
  return found == feature.properties.end() ? "" : found->second;
}

double BorderReader::number_of(const wire::Feature& feature, const std::string& key,
                               const std::string& file) {
  const auto found = feature.properties.find(key);
  if (found == feature.properties.end()) return 0;
  char* end = nullptr;
  const double value = std::strtod(found->second.c_str(), &end);
  if (found->second.empty() || *end != '\0' || !std::isfinite(value)) {
    files_.wrong(
        {file, fmt::format("{} is '{}'; expected a number of metres", key, found->second)});
    return 0;
  }
  return value;
}

void BorderReader::read_barriers(Table& root) {
  auto table = root.table("barriers");
  if (!table) return;
  const std::string file = table->required_text("file");
  for (const wire::Feature& feature : features(file).value_or(std::vector<wire::Feature>{})) {
    const auto kind = kind_of<border::BarrierKind>(feature, file, files_);
    if (!kind) continue;
    barriers_.push_back({name_of(feature),
                         *kind,
                         on_map(feature.coordinates),
                         number_of(feature, "height_m", file),
                         number_of(feature, "width_m", file),
                         {}});
  }
  const auto history = table->text("history");
  if (!history) return;
  if (const auto text = files_.growing_text(*history)) {
    std::istringstream in(*text);
    const auto read = border::read_barrier_history(in, files_.path(*history), barriers_);
    if (!read) files_.wrong(read.error());
  }
}

void BorderReader::read_zones(Table& root) {
  auto table = root.table("zones");
  if (!table) return;
  const std::string file = table->required_text("file");
  for (const wire::Feature& feature : features(file).value_or(std::vector<wire::Feature>{})) {
    const auto kind = kind_of<border::ZoneKind>(feature, file, files_);
    if (!kind) continue;
    border::Zone zone{name_of(feature), *kind, on_map(feature.coordinates), 4, {}, {}};
    read_times(feature, file, zone);
    if (*kind == border::ZoneKind::privacy) read_privacy(feature, file, zone);
    zones_.push_back(std::move(zone));
  }
}

void BorderReader::read_times(const wire::Feature& feature, const std::string& file,
                              border::Zone& zone) {
  const auto read = [&](const std::string& key) -> std::optional<base::Time> {
    const auto found = feature.properties.find(key);
    if (found == feature.properties.end()) return std::nullopt;
    const auto time = base::parse_iso8601(found->second);
    if (time) return *time;
    files_.wrong({file, fmt::format("zone '{}': {}: {}", zone.name, key, time.error().message)});
    return std::nullopt;
  };
  zone.since = read("since");
  zone.until = read("until");
  if (zone.since && zone.until && *zone.until <= *zone.since) {
    files_.wrong({file, fmt::format("zone '{}': until is not after since", zone.name)});
  }
  if (zone.kind == border::ZoneKind::privacy && (zone.since || zone.until)) {
    files_.wrong(
        {file, fmt::format("privacy zone '{}': since and until are for other kinds; a privacy "
                           "zone always holds",
                           zone.name)});
  }
}

void BorderReader::read_control(Table& root) {
  auto table = root.table("control");
  if (!table) return;
  const std::string location = table->required_text("file");
  const auto text = files_.growing_text(location);
  if (!text) return;
  std::istringstream in(*text);
  auto read = border::read_control(in, files_.path(location));
  if (read) {
    control_ = *std::move(read);
  } else {
    files_.wrong(read.error());
  }
}

void BorderReader::read_forces(Table& root) {
  auto table = root.table("forces");
  if (!table) return;
  const std::string location = table->required_text("file");
  const auto text = files_.text(location);
  if (!text) return;
  std::istringstream in(*text);
  auto read = border::read_forces(in, files_.path(location));
  if (read) {
    forces_ = *std::move(read);
  } else {
    files_.wrong(read.error());
  }
}

// A privacy zone that protects nothing must not pass for one that does.
void BorderReader::read_privacy(const wire::Feature& feature, const std::string& file,
                                border::Zone& zone) {
  const std::string which = fmt::format("privacy zone '{}'", zone.name);
  if (feature.shape != wire::Shape::polygon || zone.ring.size() < 4) {
    files_.wrong({file, which + " is no area; expected a Polygon of three corners or more"});
  }
  if (!feature.properties.contains("height_m")) return;
  zone.height_m = number_of(feature, "height_m", file);
  const bool is_in_range = zone.height_m >= 0 && zone.height_m <= 500;
  if (!is_in_range) {
    files_.wrong({file, fmt::format("{}: height_m {} is out of range; expected 0 to 500", which,
                                    zone.height_m)});
  }
}

}  // namespace

std::optional<border::Border> read_border(Table& root, SiteFiles& files) {
  return BorderReader(files).read(root);
}

}  // namespace marsad::service
