// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>

#include "app/commands.h"
#include "app/site_option.h"
#include "base/words.h"
#include "coverage/coverage.h"
#include "service/privacy.h"
#include "service/visibility.h"
#include "video/address.h"

namespace marsad::app {
namespace {

using geo::degrees;

void print_masks(const service::SiteCamera& camera, const service::Site& site) {
  const double hidden = mask::share(service::hidden_of(site, camera));
  if (hidden > 0) {
    fmt::print("           privacy zones mask {:.1f} % of its picture{}\n", 100 * hidden,
               hidden > 0.5 ? "  (warning: it watches little else)" : "");
  }
  if (camera.ignored) {
    fmt::print("           detections don't count in {:.1f} % of its picture\n",
               100 * mask::share(*camera.ignored));
  }
}

void print_camera(const service::SiteCamera& site_camera, const service::Site& site) {
  const sensor::Camera& camera = site_camera.camera;
  const geo::Chainage chainage = site.border->line.chainage(camera.pose.position);
  const auto rings =
      coverage::footprint(camera, *site.elevation, service::conditions_of(site)).rings.size();
  fmt::print("  {:<8} {} ({}), km {:.1f}, {:.0f} m on the {} side, {:.1f} m above ground\n",
             camera.id.text, camera.name, base::word(site_camera.mount), chainage.s_m / 1000,
             std::abs(chainage.d_m), chainage.d_m >= 0 ? "home" : "far",
             site_camera.height_above_ground_m);
  fmt::print("           looks {:.1f}° (elevation {:.2f}°), {:.1f}°×{:.1f}°, {}×{} px\n",
             degrees(camera.pose.azimuth_rad), degrees(camera.pose.elevation_rad),
             degrees(camera.model.horizontal_fov_rad), degrees(camera.model.vertical_fov_rad()),
             camera.model.width_px, camera.model.height_px);
  if (site_camera.pointing)
    fmt::print("           turned as its pointing log says, {}\n", site_camera.pointing->span());
  fmt::print("           source {}{}\n", video::without_password(site_camera.source),
             rings == 0 ? "  (warning: it sees no ground a person could be detected on)" : "");
  print_masks(site_camera, site);
}

int check(const std::string& folder) {
  const auto site = load_site_or_explain(folder);
  if (!site) return 1;
  const border::Border& border = *site->border;
  const terrain::Elevation& elevation = *site->elevation;
  fmt::print("{}{}\n", site->name, site->simulated() ? " (simulated)" : "");
  fmt::print("border     {:.2f} km, {} vertices, {} barriers, {} zones\n",
             border.line.length_m() / 1000, border.line.vertices().size(), border.barriers.size(),
             border.zones.size());
  if (!border.control.entries().empty() || !border.forces.empty()) {
    fmt::print("about it   {} entries of who holds what, {} reports of forces\n",
               border.control.entries().size(), border.forces.size());
  }
  fmt::print("elevation  {}×{} nodes every {:.0f} m, {:.1f} % without a height\n",
             elevation.columns(), elevation.rows(), elevation.spacing_m(),
             100 * elevation.void_share());
  fmt::print("cameras    {}\n", site->cameras.size());
  for (const service::SiteCamera& camera : site->cameras) print_camera(camera, *site);
  fmt::print("record     {}\npage       http://{}:{}/\nThe site is in order.\n",
             site->record.string(), site->address, site->port);
  return 0;
}

}  // namespace

void add_check(CLI::App& app, int& status) {
  auto site = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand(
      "check",
      "Validates a site and prints what was understood, or everything that is wrong.\n"
      "Example: marsad check examples/demo");
  command->add_option("site", *site, "Folder with site.toml")->required();
  command->callback([site, &status] { status = check(*site); });
}

}  // namespace marsad::app
