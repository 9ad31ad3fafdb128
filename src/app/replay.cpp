// SPDX-License-Identifier: Apache-2.0
#include "service/replay.h"

#include <fmt/format.h>

#include "app/commands.h"
#include "app/site_option.h"
#include "base/progress.h"
#include "video/address.h"

namespace marsad::app {
namespace {

struct ReplayOptions {
  std::string recording;
  std::string site;
  std::optional<std::uint64_t> run;
};

int replay_recording(const ReplayOptions& options) {
  auto store = store::Store::open_to_read(options.recording);
  if (!store) return fail(store.error());
  store::RunId run{options.run.value_or(0)};
  if (!options.run) {
    const auto newest = store->newest_run();
    if (!newest) return fail(newest.error());
    run = *newest;
  }
  const auto recorded_site = store->site_of(run);
  if (!recorded_site) return fail(recorded_site.error());
  const std::string folder =
      options.site.empty() ? service::folder_in(*recorded_site) : options.site;
  const auto site = load_site_or_explain(folder);
  if (!site) return 1;
  // Older records still have the passwords in them.
  if (service::without_folder(site->text) !=
      service::without_folder(video::without_passwords(*recorded_site))) {
    return fail({folder,
                 "the site has changed since it was recorded; expected the same files "
                 "(give the folder that has them with --site)"});
  }
  base::Result<service::ReplayReport> report = [&] {
    base::Progress progress("replay", std::nullopt);
    return service::replay(*store, run, *site, [&] { progress.advance(); });
  }();
  if (!report) return fail(report.error());
  fmt::print("run {}: {} frames, {} track states, {} incidents", run.value, report->frames,
             report->track_states, report->incidents);
  if (report->differences == 0) {
    fmt::print(": all the same, bit for bit\n");
    return 0;
  }
  fmt::print(": {} differ, first {}\n", report->differences, report->first_difference);
  return 1;
}

}  // namespace

void add_replay(CLI::App& app, int& status) {
  auto options = std::make_shared<ReplayOptions>();
  CLI::App* command = app.add_subcommand(
      "replay",
      "Runs a recording's detections through tracking and judging again and checks that the same\n"
      "tracks and incidents come out, bit for bit.\n"
      "Example: marsad replay examples/demo/var/marsad.db");
  command->add_option("recording", options->recording, "The record of a run")->required();
  command->add_option("--site", options->site, "Site folder, where it has been moved since");
  command->add_option("--run", options->run, "Number of the run (default: the newest)");
  command->callback([options, &status] { status = replay_recording(*options); });
}

}  // namespace marsad::app
