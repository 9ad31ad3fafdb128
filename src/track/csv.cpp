// SPDX-License-Identifier: Apache-2.0
#include "track/csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <limits>
#include <map>
#include <tuple>
#include <utility>

#include "base/csv.h"

namespace marsad::track {
namespace {

using base::CsvReader;
using base::Error;
using base::Result;

constexpr double kMostHeight_m = 1e5;

// A number no greater than `most` either way.
Result<double> number_within(const CsvReader& row, std::string_view column, double most) {
  Result<double> number = row.number(column);
  if (!number || std::abs(*number) <= most) return number;
  return Error{row.where(),
               fmt::format("{} is {}; expected -{} to {}", column, *number, most, most)};
}

bool given(const CsvReader& row, std::string_view column) {
  return row.has(column) && !row.text(column).empty();
}

// A number of a cell that may be empty or of a column that may be missing, which leave `into`.
Result<void> read_optional(const CsvReader& row, std::string_view column, double most,
                           double& into) {
  if (!given(row, column)) return {};
  const Result<double> number = number_within(row, column, most);
  if (!number) return number.error();
  into = *number;
  return {};
}

// The same for a whole number from 0 on.
template <class Whole>
Result<void> read_count(const CsvReader& row, std::string_view column, Whole& into) {
  if (!given(row, column)) return {};
  const Result<std::int64_t> number = row.integer(column);
  if (!number) return number.error();
  if (!std::in_range<Whole>(*number)) {
    return Error{row.where(), fmt::format("{} is {}; expected 0 to {}", column, *number,
                                          std::numeric_limits<Whole>::max())};
  }
  into = static_cast<Whole>(*number);
  return {};
}

// Places are metres of a plane where both columns are there, else degrees.
bool in_plane(const CsvReader& row) { return row.has("e") && row.has("n"); }

// The names of the two columns of a place.
struct PlaceColumns {
  std::string_view e, n;
  std::string_view lat, lon;
};
constexpr PlaceColumns kPlotPlace = {"e", "n", "lat", "lon"};
constexpr PlaceColumns kSensorPlace = {"from_e", "from_n", "from_lat", "from_lon"};

Result<geo::Geodetic> read_place(const CsvReader& row, const PlaceColumns& columns,
                                 const geo::LocalFrame& frame) {
  if (in_plane(row)) {
    constexpr double kMost_m = 1e6;  // a plane is no frame for more
    const Result<double> e = number_within(row, columns.e, kMost_m);
    if (!e) return e.error();
    const Result<double> n = number_within(row, columns.n, kMost_m);
    if (!n) return n.error();
    return frame.to_geodetic({*e, *n, 0});
  }
  const Result<double> lat = number_within(row, columns.lat, 90);
  if (!lat) return lat.error();
  const Result<double> lon = number_within(row, columns.lon, 180);
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

// A bias may be none at all, or all along one direction.
Result<geo::CovEn> read_bias(const CsvReader& row) {
  constexpr double kMost_m2 = 1e12;
  geo::CovEn bias;
  for (const auto& [column, value] :
       {std::pair{"bias_e", &bias.ee}, {"bias_n", &bias.nn}, {"bias_en", &bias.en}}) {
    const Result<void> read = read_optional(row, column, kMost_m2, *value);
    if (!read) return read.error();
  }
  for (const auto& [column, variance] : {std::pair{"bias_e", bias.ee}, {"bias_n", bias.nn}}) {
    if (variance >= 0) continue;
    return Error{row.where(),
                 fmt::format("{} is {}; expected a variance of 0 or more", column, variance)};
  }
  constexpr double kRounding = 1 + 1e-9;
  if (bias.en * bias.en <= kRounding * bias.ee * bias.nn) return bias;
  return Error{row.where(),
               fmt::format("bias_en is {}; expected no more than √(bias_e·bias_n) = {}", bias.en,
                           std::sqrt(bias.ee * bias.nn))};
}

// Unknown where the row names no class at all.
Result<sensor::ClassProbabilities> read_classes(const CsvReader& row) {
  sensor::ClassProbabilities classes{};
  bool any = false;
  double sum = 0;
  for (std::size_t i = 0; i < classes.size(); ++i) {
    const std::string_view column = sensor::kMoverClassNames[i];
    any = any || given(row, column);
    const Result<void> read = read_optional(row, column, 1, classes[i]);
    if (!read) return read.error();
    if (classes[i] < 0) {
      return Error{row.where(),
                   fmt::format("{} is {}; expected a probability", column, classes[i])};
    }
    sum += classes[i];
  }
  if (!any) return sensor::kUnknownClass;
  constexpr double kRounding = 1e-3;
  if (std::abs(sum - 1) <= kRounding) return classes;
  return Error{row.where(),
               fmt::format("the classes' probabilities add up to {}; expected 1", sum)};
}

// The part of the row that says where it is: all of it, or none for a bearing.
Result<void> read_ground(const CsvReader& row, const geo::LocalFrame& frame, locate::Plot& plot) {
  const std::array<std::string_view, 5> columns = {
      in_plane(row) ? "e" : "lat", in_plane(row) ? "n" : "lon", "var_e", "var_n", "cov_en"};
  if (std::none_of(columns.begin(), columns.end(),
                   [&](std::string_view column) { return given(row, column); })) {
    return {};
  }
  const Result<geo::Geodetic> place = read_place(row, kPlotPlace, frame);
  if (!place) return place.error();
  const Result<geo::CovEn> cov = read_covariance(row);
  if (!cov) return cov.error();
  const Result<geo::CovEn> bias = read_bias(row);
  if (!bias) return bias.error();
  plot.place = *place;
  plot.cov_m2 = *cov;
  plot.bias_cov_m2 = *bias;
  const Result<void> height = read_optional(row, "height", kMostHeight_m, plot.place->height_m);
  if (!height) return height;
  constexpr double kMostKurtosis = 1e12;
  return read_optional(row, "kurtosis", kMostKurtosis, plot.kurtosis);
}

// Where the sensor was: all of it or none.
Result<void> read_from(const CsvReader& row, const geo::LocalFrame& frame, locate::Plot& plot) {
  const std::string_view one = in_plane(row) ? kSensorPlace.e : kSensorPlace.lat;
  const std::string_view other = in_plane(row) ? kSensorPlace.n : kSensorPlace.lon;
  if (!given(row, one) && !given(row, other)) return {};
  if (!given(row, one) || !given(row, other)) {
    return Error{row.where(), fmt::format("expected {} and {}; found one of them", one, other)};
  }
  const Result<geo::Geodetic> from = read_place(row, kSensorPlace, frame);
  if (!from) return from.error();
  plot.from = *from;
  return read_optional(row, "from_height", kMostHeight_m, plot.from->height_m);
}

// What the sensor saw beside the place.
Result<void> read_sight(const CsvReader& row, locate::Plot& plot) {
  constexpr double kMostSnr = 1e9;
  double bearing_deg = 0, bearing_sigma_deg = 0, bearing_bias_deg = 0, elevation_deg = 0;
  for (const auto& [column, most, value] : {std::tuple{"bearing_deg", 360.0, &bearing_deg},
                                            {"bearing_sigma_deg", 360.0, &bearing_sigma_deg},
                                            {"bearing_bias_deg", 360.0, &bearing_bias_deg},
                                            {"elevation_deg", 90.0, &elevation_deg},
                                            {"snr", kMostSnr, &plot.snr}}) {
    const Result<void> read = read_optional(row, column, most, *value);
    if (!read) return read;
  }
  plot.bearing_rad = geo::radians(bearing_deg);
  plot.bearing_sigma_rad = geo::radians(bearing_sigma_deg);
  plot.bearing_bias_sigma_rad = geo::radians(bearing_bias_deg);
  plot.elevation_rad = geo::radians(elevation_deg);
  const Result<void> frame = read_count(row, "frame", plot.cause.frame);
  if (!frame) return frame;
  const Result<void> index = read_count(row, "index", plot.cause.index);
  if (!index) return index;
  const Result<sensor::ClassProbabilities> classes = read_classes(row);
  if (!classes) return classes.error();
  plot.classes = *classes;
  return {};
}

Result<locate::Plot> read_plot(const CsvReader& row, const geo::LocalFrame& frame) {
  constexpr double kMost_s = 1e11;  // the year 5138, well within a Time
  const Result<double> t = number_within(row, "t", kMost_s);
  if (!t) return t.error();
  locate::Plot plot;
  plot.sensor = sensor::SensorId{std::string(row.text("sensor"))};
  plot.time = base::Time(base::from_seconds(*t));
  const Result<void> ground = read_ground(row, frame, plot);
  if (!ground) return ground.error();
  const Result<void> from = read_from(row, frame, plot);
  if (!from) return from.error();
  const Result<void> sight = read_sight(row, plot);
  if (!sight) return sight.error();
  return plot;
}

using Look = std::pair<base::Time, sensor::SensorId>;
struct Earlier {
  bool operator()(const Look& a, const Look& b) const {
    return a.first != b.first ? a.first < b.first : comes_before(a.second, b.second);
  }
};

}  // namespace

Result<std::vector<Scan>> read_plots(std::istream& in, const std::string& file,
                                     const geo::LocalFrame& frame) {
  Result<CsvReader> reader = CsvReader::open(in, file, {"t", "sensor", "var_e", "var_n", "cov_en"});
  if (!reader) return reader.error();
  CsvReader& row = *reader;
  if (!in_plane(row) && !(row.has("lat") && row.has("lon"))) {
    return Error{row.where(), "no columns e,n or lat,lon"};
  }
  std::map<Look, Scan, Earlier> scans;
  while (true) {
    const Result<bool> more = row.next();
    if (!more) return more.error();
    if (!*more) break;
    Result<locate::Plot> plot = read_plot(row, frame);
    if (!plot) return plot.error();
    const auto [scan, first] = scans.try_emplace({plot->time, plot->sensor});
    if (first) scan->second = {plot->sensor, plot->time, {}};
    // A row of only t and sensor is a look that found nothing.
    const bool found = plot->place || given(row, "bearing_deg");
    if (found) scan->second.plots.push_back(*std::move(plot));
  }
  std::vector<Scan> in_order;
  in_order.reserve(scans.size());
  for (auto& [look, scan] : scans) in_order.push_back(std::move(scan));
  return in_order;
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
