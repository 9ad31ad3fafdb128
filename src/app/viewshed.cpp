// SPDX-License-Identifier: Apache-2.0
#include "app/viewshed.h"

#include <fmt/format.h>

#include <cmath>

#include "app/commands.h"
#include "app/interrupt.h"
#include "app/viewshed_many.h"
#include "app/viewshed_picture.h"

namespace marsad::app {
namespace {

constexpr int kInterrupted = 130;

struct ViewshedOptions {
  std::string dem;
  std::string earthworks;
  std::optional<double> x, y, lat_deg, lon_deg;
  std::string observers;
  std::optional<double> observer_height_m;
  double target_height_m = 1.5;
  double range_m = 0;
  std::vector<double> azimuth_deg, elevation_deg;
  bool mask = false;
  bool no_curvature = false;
  double refraction = terrain::kRefraction;
  std::string out;
  std::string png;
};

std::string told_of(const ViewshedOptions& options) {
  const std::string earth =
      options.no_curvature
          ? "flat Earth"
          : fmt::format("curved Earth, refraction coefficient {:g}", options.refraction);
  const std::string works = options.earthworks.empty()
                                ? ""
                                : fmt::format("; with the earthworks of {}", options.earthworks);
  if (options.mask) {
    return fmt::format(
        "marsad viewshed: 1 where something {:g} m high is seen, 0 where not, 255 "
        "not asked; the exact ray test's answer in more than 99.99 % of cells; {}{}",
        options.target_height_m, earth, works);
  }
  return fmt::format(
      "marsad viewshed: least visible height above ground in metres, 0 where the "
      "ground is seen, NaN where nothing is told; off by less than {:g} m in 99.9 % "
      "of cells, and 0 rightly told from more in over 99.99 %; {}{}",
      terrain::kUsualHeightError_m, earth, works);
}

std::optional<terrain::Sector> sector(const std::vector<double>& limits_deg) {
  if (limits_deg.empty()) return std::nullopt;
  return terrain::Sector{geo::radians(limits_deg[0]), geo::radians(limits_deg[1])};
}

// The observers, one or many.
base::Result<std::vector<NamedObserver>> observers_of(const ViewshedOptions& options) {
  if (!options.observers.empty()) return read_observers(options.observers);
  if (!options.observer_height_m) return base::Error{"--observer-height", "is missing"};
  if (options.x && options.y) {
    const terrain::MapPoint at{*options.x, *options.y};
    return std::vector<NamedObserver>{{"observer", at, *options.observer_height_m}};
  }
  if (options.lat_deg && options.lon_deg) {
    const geo::Geodetic at{geo::radians(*options.lat_deg), geo::radians(*options.lon_deg), 0};
    return std::vector<NamedObserver>{{"observer", at, *options.observer_height_m}};
  }
  return base::Error{"observer", "expected --x and --y, --lat and --lon, or --observers"};
}

terrain::ViewshedSettings limits_of(const ViewshedOptions& options) {
  terrain::ViewshedSettings limits;
  limits.range_m = options.range_m;
  limits.azimuth = sector(options.azimuth_deg);
  limits.elevation = sector(options.elevation_deg);
  limits.curvature = !options.no_curvature;
  limits.refraction = options.refraction;
  return limits;
}

// Writes the layer and, if asked, the picture.
template <class Write, class Layer, class Cell>
int write(const ViewshedOptions& options, const Write& write_layer, const terrain::GroundMap& map,
          const Layer& layer, const std::vector<Cell>& cells, std::vector<LegendLine> legend) {
  const auto written = write_layer(options.out, map, layer, told_of(options));
  if (!written) return fail(written.error());
  if (options.png.empty()) return 0;
  const auto picture = picture_of(map, [&](std::size_t cell) { return tint_of(cells[cell]); },
                                  {std::move(legend), options.range_m});
  const auto drawn = video::write_file(options.png, video::encode_png(picture));
  return drawn ? 0 : fail(drawn.error());
}

base::Result<MapWithWorks> read_map(const ViewshedOptions& options, const MapFiles& files,
                                    std::span<const terrain::MapPlace> places) {
  if (!options.earthworks.empty()) {
    return files.read_with_works(options.dem, options.earthworks, places, options.range_m);
  }
  auto map = files.read(options.dem, places, options.range_m);
  if (!map) return map.error();
  return MapWithWorks{*std::move(map), {}};
}

int run_viewshed(const ViewshedOptions& options, const MapFiles& files) {
  if (!options.elevation_deg.empty() && options.elevation_deg[0] >= options.elevation_deg[1])
    return fail({"--elevation", "expected the lower of the two first"});
  const std::stop_token stop = stop_on_interrupt();
  auto observers = observers_of(options);
  if (!observers) return fail(observers.error());
  std::vector<terrain::MapPlace> places;
  for (const NamedObserver& observer : *observers) places.push_back(observer.place);
  const auto read = read_map(options, files, places);
  if (!read) return fail(read.error());
  const terrain::GroundMap& map = read->map;
  ManySettings settings{*std::move(observers), limits_of(options), options.target_height_m};
  const bool is_single = settings.observers.size() == 1;
  settings.limits.earthworks = read->works;
  settings.limits.observer = map.places.front();
  settings.limits.observer_height_m = settings.observers.front().height_m;
  if (options.mask) {
    const auto layer = is_single
                           ? terrain::sight(map.grid, settings.limits, options.target_height_m)
                           : sight_of_all(map, settings, stop);
    if (stop.stop_requested()) return kInterrupted;
    if (!layer) return fail(layer.error());
    return write(options, files.write_sight, map, *layer, layer->sight,
                 sight_legend(options.target_height_m));
  }
  const auto layer = is_single ? terrain::least_visible_heights(map.grid, settings.limits)
                               : least_heights_of_all(map, settings, stop);
  if (stop.stop_requested()) return kInterrupted;
  if (!layer) return fail(layer.error());
  return write(options, files.write_heights, map, *layer, layer->least_m, height_legend());
}

void add_limits(CLI::App& command, ViewshedOptions& options) {
  command.add_option("--range", options.range_m, "How far to look, metres")
      ->required()
      ->check(CLI::Range(1.0, 1e6));
  command
      .add_option(
          "--azimuth", options.azimuth_deg,
          "Look only from one azimuth clockwise to another, degrees from the raster's north")
      ->expected(2)
      ->check(CLI::Range(-360.0, 720.0));
  command
      .add_option("--elevation", options.elevation_deg,
                  "Look only between two elevations, degrees upwards from the level")
      ->expected(2)
      ->check(CLI::Range(-89.9, 89.9));
  command.add_flag("--no-curvature", options.no_curvature, "Take the Earth as flat");
  command
      .add_option("--refraction", options.refraction,
                  "Coefficient of refraction: the part of the Earth's curve that light follows")
      ->check(CLI::Range(-1.0, 1.0))
      ->capture_default_str();
}

}  // namespace

void add_viewshed(CLI::App& app, int& status, const MapFiles& files) {
  auto options = std::make_shared<ViewshedOptions>();
  CLI::App* command = app.add_subcommand(
      "viewshed",
      "Works out what an observer sees of the ground: how high something must be in each cell to\n"
      "be seen (least visible height, metres above ground; 0 where the ground is seen; off by "
      "less\n"
      "than 0.5 m in 99.9 % of cells) or, with --mask, whether a height is seen (the exact ray\n"
      "test's answer in more than 99.99 % of cells). The GeoTIFF is in the raster's own system.\n"
      "Example: marsad viewshed --dem hills.tif --lat 34.1 --lon 41.2 --observer-height 30 "
      "--range 15000 --out seen.tif --png seen.png");
  command->add_option("--dem", options->dem, "Elevation raster, any that GDAL reads")->required();
  auto* x = command->add_option("--x", options->x, "Where the observer stands, the raster's own x");
  auto* y = command->add_option("--y", options->y, "and y");
  auto* lat = command->add_option("--lat", options->lat_deg, "or its latitude, degrees")
                  ->check(CLI::Range(-90.0, 90.0));
  auto* lon = command->add_option("--lon", options->lon_deg, "and longitude, degrees")
                  ->check(CLI::Range(-180.0, 180.0));
  auto* many = command->add_option(
      "--observers", options->observers,
      "or a table of many (name,lat,lon,height): what any of them sees, on all cores");
  x->needs(y)->excludes(lat)->excludes(many);
  y->needs(x);
  lat->needs(lon)->excludes(many);
  lon->needs(lat);
  command
      ->add_option("--observer-height", options->observer_height_m,
                   "Height of the eye above the ground, metres")
      ->check(CLI::Range(0.0, 100'000.0))
      ->excludes(many);
  command
      ->add_option("--target-height", options->target_height_m,
                   "Height above ground asked for, metres; counts with --mask")
      ->check(CLI::Range(0.0, 100'000.0))
      ->capture_default_str();
  command->add_option("--earthworks", options->earthworks,
                      "Berms and walls that hide what is behind them, GeoJSON lines with kind, "
                      "height_m, width_m and crest_width_m; trenches in it do not count");
  add_limits(*command, *options);
  command->add_flag("--mask", options->mask, "Bytes: 1 seen, 0 hidden, 255 not asked");
  command->add_option("--out", options->out, "GeoTIFF to write")->required();
  command->add_option("--png", options->png, "Picture to write, over shaded hills");
  command->callback([options, files, &status] { status = run_viewshed(*options, files); });
}

}  // namespace marsad::app
