// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <fstream>

#include "app/commands.h"
#include "app/site_option.h"
#include "base/progress.h"
#include "detect/csv.h"
#include "locate/csv.h"
#include "locate/locator.h"
#include "service/pointing.h"
#include "service/privacy.h"

namespace marsad::app {
namespace {

struct LocateOptions {
  std::string detections;
  std::string site;
  std::string camera;
  std::string out;
};

int locate_detections(const LocateOptions& options) {
  const auto site = load_site_or_explain(options.site);
  if (!site) return 1;
  const service::SiteCamera* camera = camera_or_explain(*site, options.camera, "--camera");
  if (camera == nullptr) return 1;
  std::ifstream in(options.detections);
  if (!in) return fail({options.detections, "can't be read"});
  std::ofstream out(options.out);
  if (!out) return fail({options.out, "can't be written"});
  const locate::Locator locator(camera->camera, site->elevation, site->locator);
  mask::PrivacyMask privacy = service::privacy_mask_of(*site, *camera);
  service::FramePoses poses(*camera);
  locate::write_plot_header(out);
  base::Progress progress("locate", std::nullopt);
  const auto read =
      detect::read_detections(in, options.detections, [&](detect::FrameDetections frame) {
        frame.camera = camera->camera.id;
        const service::FramePoses::Told told = poses.at(frame.frame, frame.time);
        if (told.fault) fmt::print(stderr, "marsad: {}; going on\n", told.fault->what);
        frame.pose = told.pose.value_or(camera->camera.pose);
        const auto hidden = privacy.hidden_from(frame.pose);
        if (hidden) mask::drop_hidden(*hidden, frame.detections);
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
  auto options = std::make_shared<LocateOptions>();
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
