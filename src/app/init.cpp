// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <string_view>

#include "app/commands.h"

namespace marsad::app {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSite =
    R"(# A Marsad site: everything an installer sets. `marsad check` says whether it is in order.
name = "My site"

[border]
file = "border.geojson"   # a LineString; replace it by your own line
home_side = "left"        # of the line as drawn in the file: "left" or "right"

[elevation]
desert_seed = 1           # made ground to begin with; then name a raster that GDAL reads instead:
# file = "elevation.tif"  # GeoTIFF, DTED, HGT, VRT; heights above mean sea level

# Fences, trenches, berms and zones are optional. Each feature has properties name and kind:
# trench, berm, fence, wall, gate, watch_tower; village, camp, minefield, closed_area, air_danger.
# [barriers]
# file = "barriers.geojson"
# [zones]
# file = "zones.geojson"

# One [[camera]] for each thermal camera.
[[camera]]
id = "T1"                        # a short name of its own
name = "Tower 1"
mount = "tower"                  # or "balloon"
lat_deg = 34.0
lon_deg = 41.001
height_above_ground_m = 30       # of the optics; or height_msl_m, above mean sea level
azimuth_deg = 181.0              # where it looks, clockwise from true north
elevation_deg = -1.6             # up from level
roll_deg = 0
horizontal_fov_deg = 12
width_px = 640
height_px = 512
pointing_sigma_deg = 0.05        # how well azimuth and elevation are known
position_sigma_m = 2
source = "simulated"             # a folder of images, a video file, a CPTV recording, or
# source = "rtsp://192.0.2.10/thermal"
# fps = 25                       # for folders of images, which have no times
# loop = true                    # begin a file again at its end
# sensitivity = 0.5              # 0: only the plainest movers, 1: the faintest
# smallest_area_px = 4
# moving = true                  # swings or rolls all the time, as a balloon does
# network = false                # tell classes by the outline alone
# mask = "mast.png"              # or polygons in pixels: [[[0, 0], [90, 0], [90, 40]]]

[simulation]                     # only while some camera's source is "simulated"
scenario = "scenario.toml"

[service]
address = "127.0.0.1"            # 0.0.0.0 to serve other machines
port = 8080

[record]
file = "var/marsad.db"
)";

constexpr std::string_view kBorder = R"({"type": "Feature", "properties": {"name": "Border"},
 "geometry": {"type": "LineString", "coordinates": [[41.0, 34.02], [41.0, 33.96]]}}
)";

constexpr std::string_view kScenario = R"(name = "Two walkers"
seed = 1

[[party]]
name = "walkers"
mover = "person"                 # person, vehicle, animal, aircraft
count = 2
spacing_m = 12
speed_mps = 1.4
start_s = -60
repeat_every_s = 180
path = [[40.998, 33.989], [41.0, 33.989], [41.002, 33.989]]
)";

base::Result<void> write_new(const fs::path& file, std::string_view text) {
  std::ofstream out(file);
  out << text;
  out.close();
  if (!out) return base::Error{file.string(), "can't be written"};
  return {};
}

int init(const std::string& folder) {
  std::error_code code;
  const fs::path root(folder);
  if (fs::exists(root / "site.toml", code)) {
    return fail({(root / "site.toml").string(), "is there already; expected a new folder"});
  }
  fs::create_directories(root, code);
  if (code) return fail({folder, "can't be made: " + code.message()});
  for (const auto& [name, text] :
       {std::pair{"border.geojson", kBorder}, {"scenario.toml", kScenario}, {"site.toml", kSite}}) {
    const auto written = write_new(root / name, text);
    if (!written) return fail(written.error());
  }
  fmt::print(
      "A starter site is in {0}. Try it:\n  marsad check {0}\n  marsad run {0}\n"
      "then put your own border, elevation and cameras into {0}/site.toml.\n",
      folder);
  return 0;
}

}  // namespace

void add_init(CLI::App& app, int& status) {
  auto folder = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand(
      "init",
      "Writes a commented starter site, which runs at once on simulated frames.\n"
      "Example: marsad init my-site");
  command->add_option("folder", *folder, "Folder to make")->required();
  command->callback([folder, &status] { status = init(*folder); });
}

}  // namespace marsad::app
