// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ostream.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "app/commands.h"
#include "app/interrupt.h"
#include "app/site_option.h"
#include "base/progress.h"
#include "locate/csv.h"
#include "service/camera_feed.h"
#include "simulate/scenario.h"
#include "video/encode.h"

namespace marsad::app {
namespace {

namespace fs = std::filesystem;

struct SimulateOptions {
  std::string scenario;
  std::string out;
  double duration_s = 60;
  double every_s = 1;
  bool frames = false;
};

// The plane of truth.csv is the border's; its time starts at 0, which plots.csv shares.
void write_truth(std::ostream& out, const service::Site& site, double t_s) {
  for (const simulate::TruthState& state : site.world->truth(t_s)) {
    const geo::Enu at = site.border->line.frame().to_enu(state.place);
    fmt::print(out, "{:.3f},{},{},{:.3f},{:.3f},{:.3f},{:.3f},{:.7f},{:.7f}\n", t_s, state.id,
               sensor::name(state.mover), at.east, at.north, state.ve_mps, state.vn_mps,
               geo::degrees(state.place.lat_rad), geo::degrees(state.place.lon_rad));
  }
}

void write_scans(std::ostream& out, const service::Site& site, double t_s) {
  for (const service::SiteCamera& camera : site.cameras) {
    const base::Time time{base::from_seconds(t_s)};
    std::vector<locate::Plot> plots =
        simulate::plots(*site.world, {camera.camera}, t_s, base::Time{});
    std::erase_if(plots, [&](const locate::Plot& plot) {
      return plot.place && is_private(site.border->zones, *plot.place);
    });
    locate::write_plots(out, camera.camera.id, time, plots);
  }
}

base::Result<void> write_frames(const service::Site& site, const service::SiteCamera& camera,
                                const SimulateOptions& options, std::stop_token stop) {
  const fs::path folder = fs::path(options.out) / "frames" / camera.camera.id.text;
  fs::create_directories(folder);
  auto source = service::open_camera(site, camera, base::Time{});
  if (!source) return source.error();
  base::Progress progress("frames " + camera.camera.id.text, std::nullopt);
  while (true) {
    const video::Event event = (*source)->next(stop);
    const auto* frame = std::get_if<video::Frame>(&event);
    if (frame == nullptr) return {};
    if (base::to_seconds(frame->time.time_since_epoch()) >= options.duration_s) return {};
    const auto file = folder / fmt::format("{:06}.png", frame->number);
    const auto written = video::write_file(file.string(), video::encode_png(frame->counts));
    if (!written) return written;
    progress.advance();
  }
}

int simulate_scenario(SimulateOptions options) {
  if (fs::is_regular_file(options.scenario)) {
    options.scenario = fs::path(options.scenario).parent_path().string();
  }
  const auto site = load_site_or_explain(options.scenario);
  if (!site) return 1;
  if (!site->world) return fail({options.scenario, "no simulated camera in this site"});
  const std::stop_token stop = stop_on_interrupt();
  std::error_code code;
  fs::create_directories(options.out, code);
  const std::string truth_file = fs::path(options.out) / "truth.csv";
  const std::string plots_file = fs::path(options.out) / "plots.csv";
  std::ofstream truth(truth_file), plots(plots_file);
  if (!truth || !plots) return fail({options.out, "can't be written"});
  truth << "t,id,class,e,n,ve,vn,lat,lon\n";
  locate::write_plot_header(plots);
  const auto scans = static_cast<std::uint64_t>(std::ceil(options.duration_s / options.every_s));
  {
    base::Progress progress("simulate", scans);
    for (std::uint64_t scan = 0; scan < scans && !stop.stop_requested(); ++scan) {
      const double t_s = static_cast<double>(scan) * options.every_s;
      write_truth(truth, *site, t_s);
      write_scans(plots, *site, t_s);
      progress.advance();
    }
  }
  if (const int failed = close_table(truth, truth_file)) return failed;
  if (const int failed = close_table(plots, plots_file)) return failed;
  if (!options.frames) return 0;
  for (const service::SiteCamera& camera : site->cameras) {
    if (camera.source != "simulated") continue;
    const auto written = write_frames(*site, camera, options, stop);
    if (!written) return fail(written.error());
  }
  return 0;
}

}  // namespace

void add_simulate(CLI::App& app, int& status) {
  auto options = std::make_shared<SimulateOptions>();
  CLI::App* command = app.add_subcommand(
      "simulate",
      "Writes what truly happens in a site's scenario (truth.csv), plots as its cameras would\n"
      "report them (plots.csv) and, if asked, their frames (frames/CAMERA/*.png, 16 bit).\n"
      "Example: marsad simulate examples/demo --out /tmp/demo --duration 120 --frames");
  command->add_option("scenario", options->scenario, "Site folder, or its scenario file")
      ->required();
  command->add_option("--out", options->out, "Folder to write")->required();
  command->add_option("--duration", options->duration_s, "Seconds to simulate")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  command->add_option("--every", options->every_s, "Seconds between truth states and scans")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  command->add_flag("--frames", options->frames, "Write the thermal frames as well");
  command->callback([options, &status] { status = simulate_scenario(*options); });
}

}  // namespace marsad::app
