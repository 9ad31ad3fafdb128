// SPDX-License-Identifier: Apache-2.0
#include "service/site.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "base/words.h"
#include "service/liaison_file.h"
#include "service/scenario_file.h"
#include "service/site_cameras.h"
#include "service/site_elevation.h"
#include "service/site_plan.h"
#include "service/toml_reader.h"
#include "video/address.h"
#include "wire/earthworks.h"
#include "wire/geojson.h"

namespace marsad::service {
namespace {

namespace fs = std::filesystem;
using geo::radians;
using Table = TomlReader::Table;

constexpr double kMarginAroundSite_m = 6'000;
constexpr std::int64_t kDefaultCache_mb = terrain::Elevation::kDefaultCache_bytes >> 20;
constexpr double kMostDesertNodes = 10e6;  // made in some 10 s

geo::Geodetic on_map(wire::LngLat at) { return {radians(at[1]), radians(at[0]), 0}; }

std::vector<geo::Geodetic> on_map(const std::vector<wire::LngLat>& coordinates) {
  std::vector<geo::Geodetic> out;
  for (const wire::LngLat& at : coordinates) out.push_back(on_map(at));
  return out;
}

// Reads a site from the ground up; each part adds to `errors` and leaves the rest to be read.
class SiteLoader {
 public:
  explicit SiteLoader(const fs::path& folder) { site_.folder = folder; }

  LoadedSite load();

 private:
  void read_border(Table& root);
  void read_barriers(Table& root);
  void read_zones(Table& root);
  void read_privacy(const wire::Feature& feature, const std::string& file, border::Zone& zone);
  void read_elevation(Table& root);
  void read_earthworks(const std::string& location);
  void read_simulation(Table& root);
  void read_partners(Table& root);
  void read_accounts(Table& root);
  void read_settings(Table& root);

  // The features of a GeoJSON file, none where it can't be read; its text goes into the record.
  std::optional<std::vector<wire::Feature>> features(const std::string& location);
  std::optional<std::string> named_file(const std::string& location);
  // A feature's property in metres; 0 where it has none.
  double number_of(const wire::Feature& feature, const std::string& key, const std::string& file);
  terrain::Bounds bounds() const;
  void wrong(base::Error error) { errors_.push_back(std::move(error)); }

  Site site_;
  std::vector<base::Error> errors_;
  std::optional<geo::BorderLine> line_;
  std::vector<border::Barrier> barriers_;
  std::vector<border::Zone> zones_;
};

std::optional<std::string> SiteLoader::named_file(const std::string& location) {
  if (location.empty()) return std::nullopt;  // its key was missing, which is told already
  auto text = read_text(resolve(site_.folder, location));
  if (!text) {
    wrong(text.error());
    return std::nullopt;
  }
  site_.text += fmt::format("\n# {}\n{}", location, video::without_passwords(*text));
  return *std::move(text);
}

std::optional<std::vector<wire::Feature>> SiteLoader::features(const std::string& location) {
  const auto text = named_file(location);
  if (!text) return std::nullopt;
  auto read = wire::read_geojson(*text, resolve(site_.folder, location).string());
  if (read) return *std::move(read);
  wrong(read.error());
  return std::nullopt;
}

void SiteLoader::read_border(Table& root) {
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
    wrong({file, "no LineString; expected the border line"});
    return;
  }
  auto made = geo::BorderLine::make(on_map(line->coordinates), side == "left");
  if (made) {
    line_ = *std::move(made);
  } else {
    wrong({file, made.error().message});
  }
}

// The kind a feature says it is of; an error where it is none of the known words.
template <class Kind>
std::optional<Kind> kind_of(const wire::Feature& feature, const std::string& file,
                            std::vector<base::Error>& errors) {
  const auto found = feature.properties.find("kind");
  const std::string text = found == feature.properties.end() ? "" : found->second;
  const auto kind = base::from_word<Kind>(text);
  if (!kind) {
    errors.push_back({file, fmt::format("a feature of kind '{}'; expected one of {}", text,
                                        base::all_words<Kind>())});
  }
  return kind;
}

std::string name_of(const wire::Feature& feature) {
  const auto found = feature.properties.find("name");
  return found == feature.properties.end() ? "" : found->second;
}

double SiteLoader::number_of(const wire::Feature& feature, const std::string& key,
                             const std::string& file) {
  const auto found = feature.properties.find(key);
  if (found == feature.properties.end()) return 0;
  char* end = nullptr;
  const double value = std::strtod(found->second.c_str(), &end);
  if (found->second.empty() || *end != '\0' || !std::isfinite(value)) {
    wrong({file, fmt::format("{} is '{}'; expected a number of metres", key, found->second)});
    return 0;
  }
  return value;
}

void SiteLoader::read_barriers(Table& root) {
  auto table = root.table("barriers");
  if (!table) return;
  const std::string file = table->required_text("file");
  for (const wire::Feature& feature : features(file).value_or(std::vector<wire::Feature>{})) {
    const auto kind = kind_of<border::BarrierKind>(feature, file, errors_);
    if (!kind) continue;
    barriers_.push_back({name_of(feature), *kind, on_map(feature.coordinates),
                         number_of(feature, "height_m", file),
                         number_of(feature, "width_m", file)});
  }
}

void SiteLoader::read_zones(Table& root) {
  auto table = root.table("zones");
  if (!table) return;
  const std::string file = table->required_text("file");
  for (const wire::Feature& feature : features(file).value_or(std::vector<wire::Feature>{})) {
    const auto kind = kind_of<border::ZoneKind>(feature, file, errors_);
    if (!kind) continue;
    border::Zone zone{name_of(feature), *kind, on_map(feature.coordinates)};
    if (*kind == border::ZoneKind::privacy) read_privacy(feature, file, zone);
    zones_.push_back(std::move(zone));
  }
}

// A privacy zone that protects nothing must not pass for one that does.
void SiteLoader::read_privacy(const wire::Feature& feature, const std::string& file,
                              border::Zone& zone) {
  const std::string which = fmt::format("privacy zone '{}'", zone.name);
  if (feature.shape != wire::Shape::polygon || zone.ring.size() < 4) {
    wrong({file, which + " is no area; expected a Polygon of three corners or more"});
  }
  if (!feature.properties.contains("height_m")) return;
  zone.height_m = number_of(feature, "height_m", file);
  const bool is_in_range = zone.height_m >= 0 && zone.height_m <= 500;
  if (!is_in_range) {
    wrong({file, fmt::format("{}: height_m {} is out of range; expected 0 to 500", which,
                             zone.height_m)});
  }
}

void SiteLoader::read_earthworks(const std::string& location) {
  const auto text = named_file(location);
  if (!text) return;
  auto read = wire::read_earthworks(*text, resolve(site_.folder, location).string());
  site_.earthworks = std::move(read.works);
  for (base::Error& error : read.errors) wrong(std::move(error));
}

terrain::Bounds SiteLoader::bounds() const {
  terrain::Bounds box{10, -10, 10, -10};
  const auto include = [&](const geo::Geodetic& place) {
    box.south_rad = std::min(box.south_rad, place.lat_rad);
    box.north_rad = std::max(box.north_rad, place.lat_rad);
    box.west_rad = std::min(box.west_rad, place.lon_rad);
    box.east_rad = std::max(box.east_rad, place.lon_rad);
  };
  for (const geo::Geodetic& vertex : line_->vertices()) include(vertex);
  for (const SiteCamera& camera : site_.cameras) include(camera.camera.pose.position);
  return terrain::grown(box, kMarginAroundSite_m);
}

void SiteLoader::read_elevation(Table& root) {
  auto table = root.table("elevation");
  if (!table) {
    root.wrong("elevation", "missing; expected a table [elevation] with file");
    return;
  }
  std::vector<terrain::ElevationFile> files = read_elevation_files(*table, site_.folder);
  const auto cache_mb = table->whole_number("cache_mb", {1, 1 << 20}).value_or(kDefaultCache_mb);
  const auto seed = table->whole_number("desert_seed", {0, 1e9});
  const double spacing_m = table->number("desert_spacing_m", {5, 1000}).value_or(30);
  if (const auto file = table->text("earthworks")) read_earthworks(*file);
  if (!files.empty() == seed.has_value()) {
    table->wrong("file",
                 "expected either file (any GDAL raster) or desert_seed (simulated ground)");
    return;
  }
  if (!line_) return;
  if (!files.empty()) {
    auto opened =
        terrain::Elevation::open(files, bounds(), static_cast<std::size_t>(cache_mb) << 20);
    site_.elevation_files = std::move(files);
    if (opened) {
      site_.elevation =
          std::make_shared<terrain::Elevation>((*std::move(opened)).with(site_.earthworks));
    } else {
      wrong(opened.error());
    }
  } else {
    if (const double nodes = simulate::desert_nodes(bounds(), spacing_m);
        !(nodes <= kMostDesertNodes)) {
      table->wrong(
          "desert_spacing_m",
          fmt::format("{:.4g} million heights between the border and all cameras; expected "
                      "{:.0f} million at most: a greater spacing, or does a place lie far "
                      "off by mistake?",
                      nodes / 1e6, kMostDesertNodes / 1e6));
      return;
    }
    std::vector<simulate::Earthwork> coarse;  // as wide as the grid
    for (const border::Barrier& barrier : barriers_) {
      if (barrier.height_m == 0 || barrier.line.size() < 2) continue;
      coarse.push_back({barrier.line, barrier.height_m, barrier.width_m});
    }
    site_.elevation = std::make_shared<terrain::Elevation>(
        simulate::make_desert(bounds(), spacing_m, static_cast<std::uint64_t>(*seed), coarse)
            .with(site_.earthworks));
  }
}

void SiteLoader::read_simulation(Table& root) {
  const bool wanted = std::any_of(site_.cameras.begin(), site_.cameras.end(),
                                  [](const SiteCamera& c) { return c.source == "simulated"; });
  auto table = root.table("simulation");
  if (wanted && !table) {
    root.wrong("simulation",
               "missing; a camera's source is \"simulated\", so expected a table "
               "[simulation] with scenario");
  }
  if (!table) return;
  const std::string location = table->required_text("scenario");
  const auto text = named_file(location);
  if (!text) return;
  LoadedScenario loaded = read_scenario(*text, resolve(site_.folder, location).string());
  for (base::Error& error : loaded.errors) wrong(std::move(error));
  if (loaded.scenario && wanted && site_.elevation) {
    site_.world = std::make_shared<simulate::World>(*std::move(loaded.scenario), site_.elevation);
  }
}

void SiteLoader::read_partners(Table& root) {
  auto table = root.table("liaison");
  if (!table) return;
  const std::string location = table->required_text("file");
  const auto text = named_file(location);
  if (!text) return;
  LoadedLiaison loaded = read_liaison(*text, resolve(site_.folder, location).string());
  site_.liaison = std::move(loaded.liaison);
  for (base::Error& error : loaded.errors) wrong(std::move(error));
}

// Whoever reaches the port from outside must say who they are.
void SiteLoader::read_accounts(Table& root) {
  const bool is_loopback = site_.address.starts_with("127.") || site_.address == "::1";
  site_.accounts_required = !is_loopback;
  auto table = root.table("accounts");
  if (!table) return;
  site_.accounts_required = table->boolean("required").value_or(site_.accounts_required);
  if (is_loopback || site_.accounts_required) return;
  table->wrong("required", fmt::format("found false, and the service's address is {}; expected "
                                       "true, or an address that only this computer reaches, "
                                       "like 127.0.0.1",
                                       site_.address));
}

void SiteLoader::read_settings(Table& root) {
  site_.record = resolve(site_.folder, "var/marsad.db");
  if (auto table = root.table("record")) {
    if (const auto file = table->text("file")) site_.record = resolve(site_.folder, *file);
  }
  if (auto table = root.table("service")) {
    site_.address = table->text("address").value_or(site_.address);
    site_.port =
        static_cast<std::uint16_t>(table->whole_number("port", {0, 65'535}).value_or(site_.port));
  }
  read_accounts(root);
  if (auto table = root.table("locate")) {
    site_.locator.max_range_m =
        table->number("max_range_m", {100, 100'000}).value_or(site_.locator.max_range_m);
    site_.locator.elevation_sigma_m =
        table->number("elevation_sigma_m", {0, 100}).value_or(site_.locator.elevation_sigma_m);
  }
  if (auto table = root.table("incident")) {
    incident::CrossingSettings& crossing = site_.judge.crossing;
    crossing.side_probability =
        table->number("side_probability", {0.5, 0.9999}).value_or(crossing.side_probability);
    crossing.hold_s = table->number("hold_s", {0, 600}).value_or(crossing.hold_s);
  }
}

LoadedSite SiteLoader::load() {
  const fs::path file = site_.folder / "site.toml";
  auto text = read_text(file);
  if (!text) return {std::nullopt, {text.error()}};
  const std::string recorded = video::without_passwords(*text);
  site_.text =
      fmt::format("{}{}\n{}", kSiteFolderLine, fs::absolute(site_.folder).string(), recorded);
  TomlReader reader(*text, file.string());
  if (!reader.parsed()) return {std::nullopt, reader.finish()};
  Table root = reader.root();
  site_.name = root.text("name").value_or(site_.folder.filename().string());
  read_border(root);
  read_barriers(root);
  read_zones(root);
  CameraReader camera_reader(site_.folder);
  site_.cameras = camera_reader.read(root);
  camera_reader.check_passwords(site_.cameras, recorded);
  read_elevation(root);
  if (site_.elevation) camera_reader.stand(site_.cameras, *site_.elevation);
  read_simulation(root);
  read_partners(root);
  read_settings(root);
  site_.plan = read_plan(root, site_.folder);
  if (site_.cameras.empty() && site_.plan.sensors.empty() && site_.plan.candidates.empty())
    root.wrong("camera", "no camera; expected at least one [[camera]], or a [plan] of sensors");
  for (base::Error& error : reader.finish()) wrong(std::move(error));
  if (!errors_.empty()) return {std::nullopt, std::move(errors_)};
  site_.border = std::make_shared<border::Border>(
      border::Border{*line_, std::move(barriers_), std::move(zones_)});
  return {std::move(site_), {}};
}

}  // namespace

const SiteCamera* Site::camera(const sensor::SensorId& id) const {
  const auto found = std::find_if(cameras.begin(), cameras.end(),
                                  [&](const SiteCamera& c) { return c.camera.id == id; });
  return found == cameras.end() ? nullptr : &*found;
}

LoadedSite load_site(const fs::path& folder) {
  return SiteLoader(folder.lexically_normal()).load();
}

}  // namespace marsad::service
