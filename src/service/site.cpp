// SPDX-License-Identifier: Apache-2.0
#include "service/site.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include "base/words.h"
#include "service/scenario_file.h"
#include "service/toml_reader.h"
#include "wire/geojson.h"

namespace marsad::service {
namespace {

namespace fs = std::filesystem;
using geo::radians;
using Table = TomlReader::Table;

constexpr Range kLatitude{-89, 89};
constexpr Range kLongitude{-180, 180};
constexpr std::string_view kFolderLine = "# site folder: ";
constexpr double kMarginAroundSite_m = 6'000;

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
  void read_cameras(Table& root);
  SiteCamera read_camera(Table& table);
  void read_elevation(Table& root);
  void read_simulation(Table& root);
  void stand_cameras();
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
  std::vector<Table> camera_tables_;
  std::vector<std::optional<double>> heights_msl_m_;  // of the cameras, where given so
};

std::optional<std::string> SiteLoader::named_file(const std::string& location) {
  if (location.empty()) return std::nullopt;  // its key was missing, which is told already
  auto text = read_text(resolve(site_.folder, location));
  if (!text) {
    wrong(text.error());
    return std::nullopt;
  }
  site_.text += fmt::format("\n# {}\n{}", location, *text);
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
    if (kind) zones_.push_back({name_of(feature), *kind, on_map(feature.coordinates)});
  }
}

SiteCamera SiteLoader::read_camera(Table& table) {
  SiteCamera out;
  sensor::Camera& camera = out.camera;
  camera.id.text = table.required_text("id");
  camera.name = table.text("name").value_or(camera.id.text);
  const std::string mount = table.text("mount").value_or("tower");
  if (const auto kind = base::from_word<MountKind>(mount)) {
    out.mount = *kind;
  } else {
    table.wrong("mount",
                fmt::format("found '{}'; expected one of {}", mount, base::all_words<MountKind>()));
  }
  camera.pose.position = {radians(table.required_number("lat_deg", kLatitude)),
                          radians(table.required_number("lon_deg", kLongitude)), 0};
  camera.pose.azimuth_rad = radians(table.required_number("azimuth_deg", {-360, 360}));
  camera.pose.elevation_rad = radians(table.required_number("elevation_deg", {-90, 90}));
  camera.pose.roll_rad = radians(table.number("roll_deg", {-45, 45}).value_or(0));
  camera.model.horizontal_fov_rad =
      radians(table.required_number("horizontal_fov_deg", {0.1, 120}));
  camera.model.width_px = static_cast<int>(table.required_whole_number("width_px", {16, 8192}));
  camera.model.height_px = static_cast<int>(table.required_whole_number("height_px", {16, 8192}));

  const double pointing_deg = table.number("pointing_sigma_deg", {0, 10}).value_or(0.05);
  camera.sigma.azimuth_rad = camera.sigma.elevation_rad = radians(pointing_deg);
  camera.sigma.roll_rad = radians(table.number("roll_sigma_deg", {0, 10}).value_or(0.1));
  camera.sigma.position_m = table.number("position_sigma_m", {0, 1000}).value_or(2);
  camera.sigma.height_m = table.number("height_sigma_m", {0, 1000}).value_or(1);

  out.source = table.required_text("source");
  out.fps = table.number("fps", {0.01, 1000});
  out.loop = table.boolean("loop").value_or(false);
  out.sway_px = table.number("sway_px", {0, 50}).value_or(0);
  out.clock_tolerance_s =
      table.number("clock_tolerance_s", {0.1, 3600}).value_or(out.clock_tolerance_s);
  out.detector.sensitivity = table.number("sensitivity", {0, 1}).value_or(out.detector.sensitivity);
  out.detector.smallest_area_px = static_cast<int>(
      table.whole_number("smallest_area_px", {1, 10'000}).value_or(out.detector.smallest_area_px));

  const auto above = table.number("height_above_ground_m", {-1000, 10'000});
  const auto msl = table.number("height_msl_m", {-500, 20'000});
  if (above.has_value() == msl.has_value()) {
    table.wrong("height_above_ground_m",
                "expected either height_above_ground_m or height_msl_m (above mean sea level)");
  }
  out.height_above_ground_m = above.value_or(0);
  heights_msl_m_.push_back(msl);
  return out;
}

void SiteLoader::read_cameras(Table& root) {
  std::set<std::string> seen;
  camera_tables_ = root.tables("camera");
  for (Table& table : camera_tables_) {
    SiteCamera camera = read_camera(table);
    if (!seen.insert(camera.camera.id.text).second) {
      table.wrong("id", fmt::format("a second sensor named '{}'; expected a name of its own",
                                    camera.camera.id.text));
    }
    site_.cameras.push_back(std::move(camera));
  }
  if (site_.cameras.empty()) root.wrong("camera", "no camera; expected at least one [[camera]]");
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
  const auto file = table->text("file");
  const auto seed = table->whole_number("desert_seed", {0, 1e9});
  const double spacing_m = table->number("desert_spacing_m", {5, 1000}).value_or(30);
  if (file.has_value() == seed.has_value()) {
    table->wrong("file",
                 "expected either file (any GDAL raster) or desert_seed (simulated ground)");
    return;
  }
  if (!line_) return;
  if (file) {
    auto opened = terrain::Elevation::open(resolve(site_.folder, *file).string(), bounds());
    if (opened) {
      site_.elevation = std::make_shared<terrain::Elevation>(*std::move(opened));
    } else {
      wrong(opened.error());
    }
  } else {
    std::vector<simulate::Earthwork> earthworks;
    for (const border::Barrier& barrier : barriers_) {
      if (barrier.height_m == 0 || barrier.line.size() < 2) continue;
      earthworks.push_back({barrier.line, barrier.height_m, barrier.width_m});
    }
    site_.elevation = std::make_shared<terrain::Elevation>(
        simulate::make_desert(bounds(), spacing_m, static_cast<std::uint64_t>(*seed), earthworks));
  }
}

void SiteLoader::stand_cameras() {
  for (std::size_t i = 0; i < site_.cameras.size(); ++i) {
    SiteCamera& camera = site_.cameras[i];
    geo::Geodetic& position = camera.camera.pose.position;
    const auto ground = site_.elevation->height_m(position.lat_rad, position.lon_rad);
    if (!ground) {
      camera_tables_[i].wrong(
          "lat_deg",
          fmt::format("camera {} stands where the elevation has no height", camera.camera.id.text));
      continue;
    }
    position.height_m = heights_msl_m_[i].value_or(*ground + camera.height_above_ground_m);
    camera.height_above_ground_m = position.height_m - *ground;
    if (camera.height_above_ground_m < 0) {
      camera_tables_[i].wrong(
          heights_msl_m_[i] ? "height_msl_m" : "height_above_ground_m",
          fmt::format("camera {} is {:.1f} m below the ground, which is at {:.1f} m; "
                      "expected a height above it",
                      camera.camera.id.text, -camera.height_above_ground_m, *ground));
    }
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
  if (auto table = root.table("locate")) {
    site_.locator.max_range_m =
        table->number("max_range_m", {100, 100'000}).value_or(site_.locator.max_range_m);
    site_.locator.elevation_sigma_m =
        table->number("elevation_sigma_m", {0, 100}).value_or(site_.locator.elevation_sigma_m);
  }
  if (auto table = root.table("incident")) {
    site_.judge.side_probability =
        table->number("side_probability", {0.5, 0.9999}).value_or(site_.judge.side_probability);
    site_.judge.hold_s = table->number("hold_s", {0, 600}).value_or(site_.judge.hold_s);
  }
}

LoadedSite SiteLoader::load() {
  const fs::path file = site_.folder / "site.toml";
  auto text = read_text(file);
  if (!text) return {std::nullopt, {text.error()}};
  site_.text = fmt::format("{}{}\n{}", kFolderLine, fs::absolute(site_.folder).string(), *text);
  TomlReader reader(*text, file.string());
  if (!reader.parsed()) return {std::nullopt, reader.finish()};
  Table root = reader.root();
  site_.name = root.text("name").value_or(site_.folder.filename().string());
  read_border(root);
  read_barriers(root);
  read_zones(root);
  read_cameras(root);
  read_elevation(root);
  if (site_.elevation) stand_cameras();
  read_simulation(root);
  read_settings(root);
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

std::string folder_in(const std::string& site_text) {
  if (!site_text.starts_with(kFolderLine)) return "";
  return site_text.substr(kFolderLine.size(), site_text.find('\n') - kFolderLine.size());
}

std::string without_folder(const std::string& site_text) {
  return site_text.starts_with(kFolderLine) ? site_text.substr(site_text.find('\n') + 1)
                                            : site_text;
}

base::Result<std::string> read_text(const fs::path& file) {
  std::error_code code;
  if (fs::is_directory(file, code)) {
    return base::Error{file.string(), "a folder; expected a text file"};
  }
  std::ifstream in(file, std::ios::binary);
  if (!in) return base::Error{file.string(), "can't be read; expected a text file"};
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

fs::path resolve(const fs::path& folder, const std::string& location) {
  constexpr std::string_view kVariable = "${MARSAD_DATA}";
  if (location.starts_with(kVariable)) {
    const char* value = std::getenv("MARSAD_DATA");
    return fs::path(value != nullptr ? value : "../shared/data") /
           fs::path(location.substr(kVariable.size())).relative_path();
  }
  const fs::path path(location);
  return path.is_absolute() ? path : (folder / path).lexically_normal();
}

}  // namespace marsad::service
