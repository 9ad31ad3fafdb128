// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "app/commands.h"
#include "app/plan_tables.h"
#include "app/range_curves.h"
#include "app/site_option.h"
#include "base/words.h"
#include "sensor/air.h"

namespace marsad::app {
namespace {

struct RangeOptions {
  std::string site, camera;
  double fov_deg = 0;
  int width_px = 640, height_px = 512;
  sensor::ThermalOptics optics;
  std::string air = "clear";
  double extinction_per_km = -1;
  double contrast = 1;
  double most_km = 0;
  std::string out, svg;
};

// Past this nothing is found any more, and the tables end: the next whole kilometre.
double most_of_m(const sensor::Camera& camera, const coverage::Conditions& conditions) {
  constexpr double kHardly = 0.01;
  double most_m = 0;
  for (const auto mover : kRangeMovers) {
    for (const Sight sight : kSights) {
      most_m = std::max(most_m, range_of_m(camera, mover, sight, kHardly, conditions));
    }
  }
  return std::max(1.0, std::ceil(most_m / 1000)) * 1000;
}

void print(const sensor::Camera& camera, const coverage::Conditions& conditions) {
  fmt::print("{:<10} {:<18} {:>9} {:>9} {:>9}\n", "", "", "90 %", "50 %", "10 %");
  for (const auto mover : kRangeMovers) {
    for (const Sight sight : kSights) {
      std::string name(base::word(sight));
      std::replace(name.begin(), name.end(), '_', ' ');
      fmt::print("{:<10} {:<18}", sight == Sight::machine_finds ? sensor::name(mover) : "", name);
      for (const double p : {0.9, 0.5, 0.1}) {
        fmt::print(" {:>7.0f} m", range_of_m(camera, mover, sight, p, conditions));
      }
      fmt::print("\n");
    }
  }
}

base::Result<sensor::Camera> camera_of(const RangeOptions& options) {
  sensor::Camera camera;
  camera.model.width_px = options.width_px;
  camera.model.height_px = options.height_px;
  camera.model.horizontal_fov_rad = geo::radians(options.fov_deg);
  camera.optics = options.optics;
  if (options.fov_deg <= 0) {
    return base::Error{"--fov", "missing; expected it, or a site and one of its cameras"};
  }
  return camera;
}

int run_range(const RangeOptions& options) {
  sensor::Camera camera;
  if (!options.site.empty()) {
    const auto site = load_site_or_explain(options.site);
    if (!site) return 1;
    const auto* const known = camera_or_explain(*site, options.camera, "camera");
    if (known == nullptr) return 1;
    camera = known->camera;
  } else {
    const auto told = camera_of(options);
    if (!told) return fail(told.error());
    camera = *told;
  }
  const auto usual_per_km = sensor::usual_extinction_per_km(options.air);
  if (!usual_per_km) {
    return fail({"--air", fmt::format("found '{}'; expected clear, limited, humid, haze, dust or "
                                      "fog",
                                      options.air)});
  }
  const coverage::Conditions conditions{
      options.extinction_per_km >= 0 ? options.extinction_per_km : *usual_per_km, options.contrast};
  print(camera, conditions);
  const double most_m =
      options.most_km > 0 ? 1000 * options.most_km : most_of_m(camera, conditions);
  if (!options.out.empty()) {
    const auto written = write_text(options.out, range_table(camera, most_m, conditions));
    if (!written) return fail(written.error());
  }
  if (options.svg.empty()) return 0;
  const auto written = write_text(options.svg, range_chart(camera, most_m, conditions));
  return written ? 0 : fail(written.error());
}

}  // namespace

void add_range(CLI::App& app, int& status) {
  auto options = std::make_shared<RangeOptions>();
  CLI::App* command =
      app.add_subcommand("range",
                         "From how far a camera finds and a person at its screen recognises whom.\n"
                         "Example: marsad range examples/demo T1 --air haze --svg t1.svg\n"
                         "         marsad range --fov 6 --netd 0.04 --out range.csv");
  auto* const site = command->add_option("site", options->site, "Folder with site.toml");
  auto* const camera = command->add_option("camera", options->camera, "One of the site's cameras");
  site->needs(camera);
  for (CLI::Option* option :
       {command->add_option("--fov", options->fov_deg, "Horizontal field of view, degrees")
            ->check(CLI::Range(0.05, 120.0)),
        command->add_option("--width", options->width_px, "Pixels across")
            ->check(CLI::Range(16, 8192))
            ->capture_default_str(),
        command->add_option("--height", options->height_px, "Pixels down")
            ->check(CLI::Range(16, 8192))
            ->capture_default_str(),
        command->add_option("--netd", options->optics.netd_K, "Noise, kelvin")
            ->check(CLI::Range(0.001, 1.0))
            ->capture_default_str(),
        command->add_option("--pitch", options->optics.pitch_um, "Between pixels, micrometres")
            ->check(CLI::Range(3.0, 100.0))
            ->capture_default_str(),
        command->add_option("--f-number", options->optics.f_number, "Focal length over aperture")
            ->check(CLI::Range(0.5, 20.0))
            ->capture_default_str()}) {
    option->excludes(site);
  }
  auto* const air =
      command->add_option("--air", options->air, "clear, limited, humid, haze, dust or fog");
  air->capture_default_str();
  command->add_option("--extinction", options->extinction_per_km, "Of thermal contrast, per km")
      ->check(CLI::Range(0.0, 100.0))
      ->excludes(air);
  command->add_option("--contrast", options->contrast, "Of movers, over the usual")
      ->check(CLI::Range(0.01, 10.0))
      ->capture_default_str();
  command->add_option("--max-range", options->most_km, "Where table and picture end, km")
      ->check(CLI::Range(0.1, 100.0));
  command->add_option("--out", options->out, "Table of probabilities by range, CSV");
  command->add_option("--svg", options->svg, "The same as a picture, SVG");
  command->callback([options, &status] { status = run_range(*options); });
}

}  // namespace marsad::app
