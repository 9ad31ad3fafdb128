// SPDX-License-Identifier: Apache-2.0
#include "track/csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include "base/csv.h"

namespace marsad::track {
namespace {

using base::CsvReader;
using base::Error;
using base::Result;

// A number no greater than `most` either way.
Result<double> number_within(const CsvReader& row, std::string_view column, double most) {
  Result<double> number = row.number(column);
  if (!number || std::abs(*number) <= most) return number;
  return Error{row.where(),
               fmt::format("{} is {}; expected -{} to {}", column, *number, most, most)};
}

Result<geo::Geodetic> read_place(const CsvReader& row, const geo::LocalFrame& frame) {
  if (row.has("e")) {
    constexpr double kMost_m = 1e6;  // a plane is no frame for more
    const Result<double> e = number_within(row, "e", kMost_m);
    if (!e) return e.error();
    const Result<double> n = number_within(row, "n", kMost_m);
    if (!n) return n.error();
    return frame.to_geodetic({*e, *n, 0});
  }
  const Result<double> lat = number_within(row, "lat", 90);
  if (!lat) return lat.error();
  const Result<double> lon = number_within(row, "lon", 180);
  if (!lon) return lon.error();
  return geo::Geodetic{geo::radians(*lat), geo::radians(*lon), frame.origin().height_m};
}

Result<geo::CovEn> read_covariance(const CsvReader& row) {
  geo::CovEn cov;
  for (const auto& [column, value] :
       {std::pair{"var_e", &cov.ee}, {"var_n", &cov.nn}, {"cov_en", &cov.en}}) {
    const Result<double> number = row.number(column);
    if (!number) return number.error();
    *value = *number;
  }
  for (const auto& [column, variance] : {std::pair{"var_e", cov.ee}, {"var_n", cov.nn}}) {
    if (variance > 0) continue;
    return Error{row.where(),
                 fmt::format("{} is {}; expected a variance above 0", column, variance)};
  }
  if (cov.ee * cov.nn - cov.en * cov.en > 0) return cov;
  return Error{row.where(), fmt::format("cov_en is {}; expected less than √(var_e·var_n) = {}",
                                        cov.en, std::sqrt(cov.ee * cov.nn))};
}

Result<locate::Plot> read_plot(const CsvReader& row, const geo::LocalFrame& frame) {
  constexpr double kMost_s = 1e11;  // the year 5138, well within a Time
  const Result<double> t = number_within(row, "t", kMost_s);
  if (!t) return t.error();
  const Result<geo::Geodetic> place = read_place(row, frame);
  if (!place) return place.error();
  const Result<geo::CovEn> cov = read_covariance(row);
  if (!cov) return cov.error();
  locate::Plot plot;
  plot.sensor = sensor::SensorId{std::string(row.text("sensor"))};
  plot.time = base::Time(base::from_seconds(*t));
  plot.place = *place;
  plot.cov_m2 = *cov;
  return plot;
}

}  // namespace

Result<std::vector<Scan>> read_plots(std::istream& in, const std::string& file,
                                     const geo::LocalFrame& frame) {
  Result<CsvReader> reader = CsvReader::open(in, file, {"t", "sensor", "var_e", "var_n", "cov_en"});
  if (!reader) return reader.error();
  CsvReader& row = *reader;
  if (!(row.has("e") && row.has("n")) && !(row.has("lat") && row.has("lon"))) {
    return Error{row.where(), "no columns e,n or lat,lon"};
  }
  std::vector<Scan> scans;
  std::size_t first_of_time = 0;  // scans from here on are of the row's time
  while (true) {
    const Result<bool> more = row.next();
    if (!more) return more.error();
    if (!*more) return scans;
    Result<locate::Plot> plot = read_plot(row, frame);
    if (!plot) return plot.error();
    if (!scans.empty() && plot->time < scans.back().time) {
      return Error{row.where(),
                   fmt::format("t is {}, earlier than the row before; expected rows in order of t",
                               row.text("t"))};
    }
    if (scans.empty() || plot->time > scans.back().time) first_of_time = scans.size();
    auto scan = std::find_if(scans.begin() + std::ptrdiff_t(first_of_time), scans.end(),
                             [&](const Scan& s) { return s.sensor == plot->sensor; });
    if (scan == scans.end()) {
      scans.push_back({plot->sensor, plot->time, {}});
      scan = scans.end() - 1;
    }
    scan->plots.push_back(*std::move(plot));
  }
}

void write_track_header(std::ostream& out) { out << "t,id,e,n,ve,vn,lat,lon,existence,class\n"; }

void write_tracks(std::ostream& out, const std::vector<Track>& tracks,
                  const geo::LocalFrame& frame) {
  fmt::memory_buffer text;
  for (const Track& track : tracks) {
    if (track.status != TrackStatus::confirmed) continue;
    const geo::Enu at = frame.to_enu(track.place);
    fmt::format_to(std::back_inserter(text),
                   "{:.3f},{},{:.3f},{:.3f},{:.3f},{:.3f},{:.8f},{:.8f},{:.4f},{}\n",
                   base::to_seconds(track.time.time_since_epoch()), track.id.value, at.east,
                   at.north, track.ve_mps, track.vn_mps, geo::degrees(track.place.lat_rad),
                   geo::degrees(track.place.lon_rad), track.existence,
                   sensor::name(sensor::likeliest(track.classes)));
  }
  out.write(text.data(), std::ptrdiff_t(text.size()));
}

void track_scans(Tracker& tracker, const std::vector<Scan>& scans, const geo::LocalFrame& frame,
                 std::ostream& out) {
  write_track_header(out);
  for (std::size_t i = 0; i < scans.size(); ++i) {
    tracker.process(scans[i]);
    const bool last_of_time = i + 1 == scans.size() || scans[i + 1].time > scans[i].time;
    if (last_of_time) write_tracks(out, tracker.tracks(), frame);
  }
}

}  // namespace marsad::track
