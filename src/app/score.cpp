// SPDX-License-Identifier: Apache-2.0
#include "score/score.h"

#include <fmt/format.h>

#include <fstream>

#include "app/commands.h"
#include "base/csv.h"
#include "geo/local_frame.h"

namespace marsad::app {
namespace {

struct ScoreOptions {
  std::string truth;
  std::string found;
  double cut_off_m = 60;
};

// Where the table's e, n lie, which is the program's that wrote it, need not be where another's do.
// So places are compared by lat, lon where both tables have them, in a plane around the first.
struct PointTable {
  std::vector<score::TimedPoint> points;
  std::vector<geo::Geodetic> places;  // of the points; empty where there are no columns lat, lon
};

base::Result<PointTable> read_points(const std::string& file) {
  std::ifstream in(file);
  if (!in) return base::Error{file, "can't be read"};
  auto reader = base::CsvReader::open(in, file, {"t", "id", "e", "n"});
  if (!reader) return reader.error();
  const bool has_places = reader->has("lat") && reader->has("lon");
  PointTable table;
  while (true) {
    const auto more = reader->next();
    if (!more) return more.error();
    if (!*more) return table;
    const auto t = reader->number("t"), e = reader->number("e"), n = reader->number("n");
    for (const auto* cell : {&t, &e, &n}) {
      if (!*cell) return cell->error();
    }
    table.points.push_back({*t, std::string(reader->text("id")), *e, *n});
    if (!has_places) continue;
    const auto lat = reader->number("lat"), lon = reader->number("lon");
    for (const auto* cell : {&lat, &lon}) {
      if (!*cell) return cell->error();
    }
    table.places.push_back({geo::radians(*lat), geo::radians(*lon), 0});
  }
}

void lay_in(const geo::LocalFrame& frame, PointTable& table) {
  for (std::size_t i = 0; i < table.points.size(); ++i) {
    const geo::Enu at = frame.to_enu(table.places[i]);
    table.points[i].e_m = at.east;
    table.points[i].n_m = at.north;
  }
}

int score_tracks(const ScoreOptions& options) {
  auto truth = read_points(options.truth);
  if (!truth) return fail(truth.error());
  auto tracks = read_points(options.found);
  if (!tracks) return fail(tracks.error());
  if (!truth->places.empty() && !tracks->places.empty()) {
    const geo::LocalFrame frame(truth->places.front());
    lay_in(frame, *truth);
    lay_in(frame, *tracks);
  }
  const score::TrackScore s = score::score_tracks(truth->points, tracks->points, options.cut_off_m);
  fmt::print(
      "{{\"gospa_m\":{:.3f},\"missed_per_scan\":{:.4f},\"false_per_scan\":{:.4f},"
      "\"location_rms_m\":{:.3f},\"id_switches\":{},\"truth_per_scan\":{:.2f}}}\n",
      s.gospa_m, s.missed, s.false_tracks, s.location_rms_m, s.id_switches, s.truth);
  return 0;
}

int score_detections(const ScoreOptions& options) {
  const auto scored = score::score_masks(options.truth, options.found);
  if (!scored) return fail(scored.error());
  fmt::print(
      "{{\"frames\":{},\"precision_px\":{:.4f},\"recall_px\":{:.4f},\"f_px\":{:.4f},"
      "\"objects\":{},\"objects_found\":{},\"false_objects\":{},\"precision_objects\":{:.4f},"
      "\"recall_objects\":{:.4f},\"f_objects\":{:.4f},\"false_objects_per_1000_frames\":{:.1f}}}\n",
      scored->frames, scored->precision_px, scored->recall_px, scored->f_px, scored->objects,
      scored->objects_found, scored->false_objects, scored->precision_objects,
      scored->recall_objects, scored->f_objects, scored->false_objects_per_1000_frames);
  return 0;
}

void add_tracks(CLI::App& score, int& status) {
  auto options = std::make_shared<ScoreOptions>();
  CLI::App* command = score.add_subcommand(
      "tracks",
      "GOSPA (p 2, alpha 2) and identity switches; tables with t,id,e,n. Where\n"
      "both have lat,lon as well, these say where.\n"
      "Example: marsad score tracks truth.csv tracks.csv");
  command->add_option("truth", options->truth, "Table of truth")->required();
  command->add_option("tracks", options->found, "Table of tracks")->required();
  command->add_option("--cut-off", options->cut_off_m, "GOSPA's c, metres")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  command->callback([options, &status] { status = score_tracks(*options); });
}

void add_detections(CLI::App& score, int& status) {
  auto options = std::make_shared<ScoreOptions>();
  CLI::App* command = score.add_subcommand(
      "detections",
      "Precision, recall and F by pixel and by object, from two folders of masks paired by the\n"
      "number in their names.\n"
      "Example: marsad score detections groundtruth masks");
  command->add_option("truth", options->truth, "Folder of true masks")->required();
  command->add_option("masks", options->found, "Folder written by marsad detect --masks")
      ->required();
  command->callback([options, &status] { status = score_detections(*options); });
}

}  // namespace

void add_score(CLI::App& app, int& status) {
  CLI::App* score = app.add_subcommand("score", "Compares results with truth; prints JSON.");
  score->require_subcommand(1);
  add_tracks(*score, status);
  add_detections(*score, status);
}

}  // namespace marsad::app
