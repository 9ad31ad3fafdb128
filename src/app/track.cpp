// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <fstream>

#include "app/commands.h"
#include "track/csv.h"

namespace marsad::app {
namespace {

struct Options {
  std::string plots;
  std::string out;
};

int track_plots(const Options& options) {
  std::ifstream in(options.plots);
  if (!in) return fail({options.plots, "can't be read"});
  const auto table = track::read_plots(in, options.plots);
  if (!table) return fail(table.error());
  std::ofstream out(options.out);
  if (!out) return fail({options.out, "can't be written"});
  track::Tracker tracker({}, table->frame);
  track::track_scans(tracker, table->scans, table->frame, out);
  out.close();
  return out ? 0 : fail({options.out, "not all could be written; is the disk full?"});
}

}  // namespace

void add_track(CLI::App& app, int& status) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "track",
      "Follows movers through a table of plots from any number of sensors.\n"
      "Columns t,sensor,var_e,var_n,cov_en and either lat,lon (degrees) or e,n (metres, local).\n"
      "Example: marsad track plots.csv --out tracks.csv");
  command->add_option("plots", options->plots, "Table of plots, in order of t")->required();
  command->add_option("--out", options->out, "Table of tracks to write")->required();
  command->callback([options, &status] { status = track_plots(*options); });
}

}  // namespace marsad::app
