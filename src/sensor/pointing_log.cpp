// SPDX-License-Identifier: Apache-2.0
#include "sensor/pointing_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/csv.h"

namespace marsad::sensor {
namespace {

using geo::radians;

constexpr double kLatest_s = 1e11;  // the year 5138: later times are no seconds but something else

double turned(double from_rad, double to_rad, double share) {
  return from_rad + share * std::remainder(to_rad - from_rad, 2 * std::numbers::pi);
}

double between(double from, double to, double share) { return from + share * (to - from); }

// Reads the cells of one row; the first thing wrong is kept and the rest not read.
class Cells {
 public:
  explicit Cells(const base::CsvReader& table) : table_(table) {}

  double number(std::string_view column, double low, double high) {
    if (error_) return 0;
    const base::Result<double> read = table_.number(column);
    if (!read) {
      error_ = read.error();
      return 0;
    }
    const bool is_in_range = *read >= low && *read <= high;
    if (!is_in_range) {
      error_ = base::Error{table_.where(),
                           fmt::format("{} is {}; expected {} to {}", column, *read, low, high)};
    }
    return *read;
  }

  // UTC, as ISO 8601 or as seconds since 1970.
  base::Duration utc(std::string_view column) {
    if (error_) return {};
    const std::string_view text = table_.text(column);
    if (const auto time = base::parse_iso8601(text)) return time->time_since_epoch();
    if (table_.number(column)) return base::from_seconds(number(column, 0, kLatest_s));
    error_ = base::Error{table_.where(), fmt::format("{} is '{}'; expected UTC like "
                                                     "2026-11-22T03:12:05Z, or seconds since 1970",
                                                     column, text)};
    return {};
  }

  const std::optional<base::Error>& error() const { return error_; }

 private:
  const base::CsvReader& table_;
  std::optional<base::Error> error_;
};

}  // namespace

base::Result<PointingLog> PointingLog::read(std::istream& in, const std::string& file) {
  auto table = base::CsvReader::open(in, file, {"azimuth_deg", "elevation_deg"});
  if (!table) return table.error();
  PointingLog log;
  log.since_start_ = table->has("since_start_s");
  log.tells_roll_ = table->has("roll_deg");
  log.tells_position_ = table->has("lat");
  if (log.since_start_ == table->has("t"))
    return base::Error{table->where(), "expected either a column t (UTC) or since_start_s"};
  if (table->has("lon") != log.tells_position_ || table->has("height_m") != log.tells_position_)
    return base::Error{table->where(), "expected all of lat, lon and height_m, or none of them"};
  while (true) {
    const auto more = table->next();
    if (!more) return more.error();
    if (!*more) break;
    Cells cells(*table);
    Row row;
    row.time = log.since_start_ ? base::from_seconds(cells.number("since_start_s", 0, kLatest_s))
                                : cells.utc("t");
    row.pose.azimuth_rad = radians(cells.number("azimuth_deg", -360, 360));
    row.pose.elevation_rad = radians(cells.number("elevation_deg", -90, 90));
    if (log.tells_roll_) row.pose.roll_rad = radians(cells.number("roll_deg", -180, 180));
    if (log.tells_position_) {
      row.pose.position = {radians(cells.number("lat", -89, 89)),
                           radians(cells.number("lon", -180, 180)),
                           cells.number("height_m", -500, 20'000)};
    }
    if (cells.error()) return *cells.error();
    if (!log.rows_.empty() && row.time <= log.rows_.back().time) {
      return base::Error{table->where(),
                         fmt::format("the time is {:g} s after that of the row "
                                     "before; expected a later one",
                                     base::to_seconds(row.time - log.rows_.back().time))};
    }
    log.rows_.push_back(row);
  }
  if (log.rows_.empty()) return base::Error{table->where(), "no row; expected at least one"};
  return log;
}

std::optional<Pose> PointingLog::at(base::Time time, base::Time first,
                                    const Pose& otherwise) const {
  const base::Duration key = since_start_ ? time - first : time.time_since_epoch();
  if (key < rows_.front().time || key > rows_.back().time) return std::nullopt;
  const auto after =
      std::lower_bound(rows_.begin(), rows_.end(), key,
                       [](const Row& row, base::Duration t) { return row.time < t; });
  const auto before = after == rows_.begin() ? after : after - 1;
  const double span_s = base::to_seconds(after->time - before->time);
  const double share = span_s > 0 ? base::to_seconds(key - before->time) / span_s : 0;
  const Pose& a = before->pose;
  const Pose& b = after->pose;
  Pose pose = otherwise;
  pose.azimuth_rad = turned(a.azimuth_rad, b.azimuth_rad, share);
  pose.elevation_rad = between(a.elevation_rad, b.elevation_rad, share);
  if (tells_roll_) pose.roll_rad = turned(a.roll_rad, b.roll_rad, share);
  if (tells_position_) {
    pose.position = {between(a.position.lat_rad, b.position.lat_rad, share),
                     turned(a.position.lon_rad, b.position.lon_rad, share),
                     between(a.position.height_m, b.position.height_m, share)};
  }
  return pose;
}

std::string PointingLog::span() const {
  const base::Duration begin = rows_.front().time, end = rows_.back().time;
  if (since_start_) {
    return fmt::format("{:.3f} to {:.3f} s after the first frame", base::to_seconds(begin),
                       base::to_seconds(end));
  }
  return fmt::format("{} to {}", base::to_iso8601(base::Time(begin)),
                     base::to_iso8601(base::Time(end)));
}

}  // namespace marsad::sensor
