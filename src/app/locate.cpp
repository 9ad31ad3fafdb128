// SPDX-License-Identifier: Apache-2.0
#include <fstream>

#include "app/commands.h"
#include "app/site_option.h"
#include "base/progress.h"
#include "detect/csv.h"
#include "locate/csv.h"
#include "locate/locator.h"
#include "service/privacy.h"

namespace marsad::app {
namespace {

struct Options {
  std::string detections;
  std::string site;
  std::string camera;
  std::string out;
};

int locate_detections(const Options& options) {
  const auto site = load_site_or_explain(options.site);
  if (!site) return 1;
  const service::SiteCamera* camera = camera_or_explain(*site, options.camera, "--camera");
  if (camera == nullptr) return 1;
  std::ifstream in(options.detections);
  if (!in) return fail({options.detections, "can't be read"});
  std::ofstream out(options.out);
  if (!out) return fail({options.out, "can't be written"});
  const locate::Locator locator(camera->camera, site->elevation, site->locator);
  const mask::PixelMask hidden = service::hidden_of(*site, *camera);
  locate::write_plot_header(out);
  base::Progress progress("locate", std::nullopt);
  const auto read =
      detect::read_detections(in, options.detections, [&](detect::FrameDetections frame) {
        frame.camera = camera->camera.id;
        frame.pose = camera->camera.pose;
        mask::drop_hidden(hidden, frame.detections);
        if (camera->ignored) mask::drop_masked(*camera->ignored, frame.detections);
        std::vector<locate::Plot> plots = locator.locate(frame);
        service::drop_private(site->border->zones, frame.detections, plots);
        locate::write_plots(out, frame.camera, frame.time, plots);
        progress.advance();
      });
  if (!read) return fail(read.error());
  return close_table(out, options.out);
}

}  // namespace

void add_locate(CLI::App& app, int& status) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "locate",
      "Puts a camera's detections on the ground, each with its covariance; without those in the\n"
      "site's privacy zones and the camera's mask.\n"
      "Example: marsad locate detections.csv --site examples/demo --camera T1 --out plots.csv");
  command->add_option("detections", options->detections, "Table written by marsad detect")
      ->required();
  command->add_option("--site", options->site, "Folder with site.toml")->required();
  command->add_option("--camera", options->camera, "The camera's id in the site")->required();
  command->add_option("--out", options->out, "Table of plots to write")->required();
  command->callback([options, &status] { status = locate_detections(*options); });
}

}  // namespace marsad::app
