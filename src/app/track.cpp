// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <fstream>

#include "app/commands.h"
#include "base/csv.h"
#include "track/csv.h"

namespace marsad::app {
namespace {

struct TrackOptions {
  std::string plots;
  std::string out;
};

// The plane to track in: around the first plot where places are lat, lon; else the table's own,
// which may as well touch the Earth at 0, 0.
base::Result<geo::LocalFrame> plane_of(const std::string& file) {
  std::ifstream in(file);
  if (!in) return base::Error{file, "can't be read"};
  auto reader = base::CsvReader::open(in, file, {"t", "sensor"});
  if (!reader) return reader.error();
  while (reader->has("lat") && reader->has("lon")) {
    const auto more = reader->next();
    if (!more) return more.error();
    if (!*more) break;
    if (reader->text("lat").empty()) continue;
    const auto lat = reader->number("lat"), lon = reader->number("lon");
    if (!lat) return lat.error();
    if (!lon) return lon.error();
    return geo::LocalFrame({geo::radians(*lat), geo::radians(*lon), 0});
  }
  return geo::LocalFrame({});
}

int track_plots(const TrackOptions& options) {
  const auto frame = plane_of(options.plots);
  if (!frame) return fail(frame.error());
  std::ifstream in(options.plots);
  const auto scans = track::read_plots(in, options.plots, *frame);
  if (!scans) return fail(scans.error());
  std::ofstream out(options.out);
  if (!out) return fail({options.out, "can't be written"});
  track::Tracker tracker({}, *frame);
  track::track_scans(tracker, *scans, *frame, out);
  return close_table(out, options.out);
}

}  // namespace

void add_track(CLI::App& app, int& status) {
  auto options = std::make_shared<TrackOptions>();
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
