// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "coverage/coverage.h"
#include "service/site.h"
#include "tests/service/site_folder.h"

namespace marsad::service {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

// The good site's text with more about its elevation.
std::string site_text(const std::string& more) {
  std::string text = kHead + camera("T1", "\"simulated\"") + kSimulation;
  return text.insert(text.find("desert_seed"), more);
}

TEST(Site, PutsItsEarthworksOnTheElevation) {
  const SiteFolder folder;
  const Site plain = folder.load();
  folder.write("site.toml", site_text("earthworks = \"earthworks.geojson\"\n"));
  folder.write("earthworks.geojson",
               R"({"type":"Feature","properties":{"kind":"berm","height_m":3,"width_m":8},
                   "geometry":{"type":"LineString","coordinates":[[40.999,33.99],[41.002,33.99]]}})");
  const Site site = folder.load();
  ASSERT_THAT(site.earthworks, SizeIs(1));
  EXPECT_THAT(site.text, HasSubstr("\"width_m\":8"));
  const double lat_rad = geo::radians(33.99), lon_rad = geo::radians(41);
  EXPECT_NEAR(*site.elevation->surface_m(lat_rad, lon_rad),
              *plain.elevation->height_m(lat_rad, lon_rad) + 3, 1e-3);
  // A walker just behind it, seen from 30 m up 1.1 km away before.
  const geo::Geodetic walker{geo::radians(33.98991), lon_rad, 0};
  const sensor::Camera& camera = site.cameras[0].camera;
  EXPECT_GT(
      coverage::detection_probability(camera, *plain.elevation, walker, sensor::MoverClass::person),
      0.1);
  EXPECT_EQ(
      coverage::detection_probability(camera, *site.elevation, walker, sensor::MoverClass::person),
      0);
  folder.write("earthworks.geojson",
               R"({"type":"Feature","properties":{"kind":"berm","width_m":8},
                   "geometry":{"type":"LineString","coordinates":[[41,33.99],[41.001,33.99]]}})");
  const LoadedSite refused = load_site(folder.path());
  ASSERT_THAT(refused.errors, SizeIs(1));
  EXPECT_THAT(to_string(refused.errors[0]), HasSubstr("earthworks.geojson: feature 1: height_m"));
}

}  // namespace
}  // namespace marsad::service
