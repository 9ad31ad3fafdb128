// SPDX-License-Identifier: Apache-2.0
#include "service/site.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "service/http_target.h"
#include "service/liaison_file.h"
#include "service/scenario_file.h"
#include "service/site_border.h"
#include "service/site_cameras.h"
#include "service/site_elevation.h"
#include "service/site_files.h"
#include "service/site_incident.h"
#include "service/site_plan.h"
#include "service/toml_reader.h"
#include "video/address.h"
#include "wire/earthworks.h"

namespace marsad::service {
namespace {

namespace fs = std::filesystem;
using Table = TomlReader::Table;

constexpr double kMarginAroundSite_m = 6'000;
constexpr std::int64_t kDefaultCache_mb = terrain::Elevation::kDefaultCache_bytes >> 20;
constexpr double kMostDesertNodes = 10e6;  // made in some 10 s

// Reads a site from the ground up; each part adds to `errors` and leaves the rest to be read.
class SiteLoader {
 public:
  explicit SiteLoader(const fs::path& folder) : files_(folder, errors_) { site_.folder = folder; }

  LoadedSite load();

 private:
  void read_elevation(Table& root);
  void read_earthworks(const std::string& location);
  void read_simulation(Table& root);
  void read_partners(Table& root);
  void read_accounts(Table& root);
  void read_settings(Table& root);

  terrain::Bounds bounds() const;
  void wrong(base::Error error) { errors_.push_back(std::move(error)); }

  Site site_;
  std::vector<base::Error> errors_;
  SiteFiles files_;
  std::optional<border::Border> border_;
};

void SiteLoader::read_earthworks(const std::string& location) {
  const auto text = files_.text(location);
  if (!text) return;
  auto read = wire::read_earthworks(*text, files_.path(location));
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
  for (const geo::Geodetic& vertex : border_->line.vertices()) include(vertex);
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
  if (!border_) return;
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
    for (const border::Barrier& barrier : border_->barriers) {
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
  const auto text = files_.text(location);
  if (!text) return;
  LoadedScenario loaded = read_scenario(*text, files_.path(location));
  for (base::Error& error : loaded.errors) wrong(std::move(error));
  if (loaded.scenario && wanted && site_.elevation) {
    site_.world = std::make_shared<simulate::World>(*std::move(loaded.scenario), site_.elevation);
  }
}

void SiteLoader::read_partners(Table& root) {
  auto table = root.table("liaison");
  if (!table) return;
  const std::string location = table->required_text("file");
  const auto text = files_.text(location);
  if (!text) return;
  LoadedLiaison loaded = read_liaison(*text, files_.path(location));
  site_.liaison = std::move(loaded.liaison);
  for (base::Error& error : loaded.errors) wrong(std::move(error));
}

// Whoever reaches the port from outside must say who they are.
void SiteLoader::read_accounts(Table& root) {
  const bool is_inside = is_loopback(site_.address);
  site_.accounts_required = !is_inside;
  auto table = root.table("accounts");
  if (!table) return;
  site_.accounts_required = table->boolean("required").value_or(site_.accounts_required);
  if (is_inside || site_.accounts_required) return;
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
    site_.judge = read_incident(*table);
    site_.acknowledge_within_s =
        table->number("acknowledge_within_s", {1, 86'400}).value_or(site_.acknowledge_within_s);
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
  border_ = read_border(root, files_);
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
  site_.text += files_.recorded();
  site_.border = std::make_shared<border::Border>(*std::move(border_));
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
