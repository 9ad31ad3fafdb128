// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include "service/site.h"
#include "tests/support/temporary_folder.h"

namespace marsad::service {

// The parts of a small site: a border that runs south with home to its east, made ground, and a
// camera that looks along the border at whoever crosses it 600 m away.
inline const std::string kBorderLine =
    R"({"type": "Feature", "properties": {}, "geometry": {"type": "LineString",
 "coordinates": [[41.0, 34.02], [41.0, 33.96]]}})";

inline const std::string kHead = R"(name = "Test site"
[border]
file = "border.geojson"
home_side = "left"
[elevation]
desert_seed = 1
desert_spacing_m = 60
[service]
port = 0
[record]
file = "var/marsad.db"
)";

inline const std::string kSimulation = R"([simulation]
scenario = "scenario.toml"
)";

// Two cross inbound, the first of them six seconds after the start.
inline const std::string kScenario = R"(seed = 3
[[party]]
name = "walkers"
mover = "person"
count = 2
spacing_m = 6
speed_mps = 2.5
start_s = -4
path = [[40.99973, 33.9945], [41.0008, 33.9945]]
)";

// A camera's table; `source` as TOML has it after the equals sign, and further keys.
inline std::string camera(const std::string& id, const std::string& source) {
  return "[[camera]]\nid = \"" + id + R"("
lat_deg = 34.0
lon_deg = 41.0005
height_above_ground_m = 30
azimuth_deg = 184
elevation_deg = -2.6
horizontal_fov_deg = 12
width_px = 320
height_px = 256
fps = 10
source = )" +
         source + "\n";
}

// A site's folder of its own, which goes with the test; at first a good, simulated site.
class SiteFolder : public test::TemporaryFolder {
 public:
  SiteFolder() {
    write("border.geojson", kBorderLine);
    write("scenario.toml", kScenario);
    write("site.toml", kHead + camera("T1", "\"simulated\"") + kSimulation);
  }

  Site load() const {
    LoadedSite loaded = load_site(path());
    for (const base::Error& error : loaded.errors) ADD_FAILURE() << to_string(error);
    if (!loaded.site) throw std::runtime_error("the site is not in order");
    return *std::move(loaded.site);
  }
};

}  // namespace marsad::service
