// SPDX-License-Identifier: Apache-2.0
#include "store/track_rows.h"

#include <fmt/format.h>

#include "base/words.h"
#include "store/sqlite.h"

namespace marsad::store {
namespace {

using track::Track;

std::int64_t second_of(base::Time time) {
  return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
}

constexpr const char* kWriteTrack =
    "INSERT OR REPLACE INTO track VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
    "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

constexpr const char* kReadTracks = R"sql(
SELECT id, status, time_us, lat_rad, lon_rad, height_m, east_mps, north_mps,
  cov_e_e_m2, cov_e_n_m2, cov_e_ve_m2ps, cov_e_vn_m2ps, cov_n_n_m2, cov_n_ve_m2ps, cov_n_vn_m2ps,
  cov_ve_ve_m2ps2, cov_ve_vn_m2ps2, cov_vn_vn_m2ps2, bias_e_e_m2, bias_e_n_m2, bias_n_n_m2,
  existence, person, vehicle, animal, aircraft, bird, unknown, first_seen_us, last_seen_us, plots,
  last_sensor, last_frame, last_index
FROM track WHERE run_id = ?1 AND second BETWEEN ?2 AND ?3 AND time_us >= ?4 AND time_us < ?5
ORDER BY second, id
)sql";

void write_row(SQLite::Statement& statement, RunId run, const Track& track) {
  Binder row(statement);
  row << run << second_of(track.time) << track.id << std::string(base::word(track.status))
      << track.time << track.place.lat_rad << track.place.lon_rad << track.place.height_m
      << track.ve_mps << track.vn_mps;
  for (double value : track.cov) row << value;
  row << track.bias_cov_m2.ee << track.bias_cov_m2.en << track.bias_cov_m2.nn << track.existence;
  for (double probability : track.classes) row << probability;
  row << track.first_seen << track.last_seen << track.plots << track.last_sensor.text
      << track.last_cause.frame << track.last_cause.index;
  statement.exec();
  statement.reset();
}

void write_sensors(SQLite::Statement& statement, RunId run, const Track& track) {
  for (std::size_t i = 0; i < track.sensors.size(); ++i) {
    Binder(statement) << run << track.id << static_cast<std::uint64_t>(i) << track.sensors[i].text
                      << track.time;
    statement.exec();
    statement.reset();
  }
}

base::Result<Track> read_row(SQLite::Statement& statement) {
  Row row(statement);
  Track track;
  track.id = row.id<track::TrackId>();
  const std::string status = row.text();
  track.time = row.time();
  track.place.lat_rad = row.real();
  track.place.lon_rad = row.real();
  track.place.height_m = row.real();
  track.ve_mps = row.real();
  track.vn_mps = row.real();
  for (double& value : track.cov) value = row.real();
  track.bias_cov_m2.ee = row.real();
  track.bias_cov_m2.en = row.real();
  track.bias_cov_m2.nn = row.real();
  track.existence = row.real();
  for (double& probability : track.classes) probability = row.real();
  track.first_seen = row.time();
  track.last_seen = row.time();
  track.plots = row.small();
  track.last_sensor.text = row.text();
  track.last_cause.frame = row.unsigned_integer();
  track.last_cause.index = row.small();
  const auto known_status = base::from_word<track::TrackStatus>(status);
  if (!known_status) {
    return base::Error{fmt::format("track {}", track.id.value),
                       fmt::format("unknown status '{}'", status)};
  }
  track.status = *known_status;
  return track;
}

}  // namespace

void write_tracks(SQLite::Database& database, RunId run, const std::vector<Track>& tracks) {
  SQLite::Statement row(database, kWriteTrack);
  SQLite::Statement sensor(database, "INSERT OR IGNORE INTO track_sensor VALUES (?, ?, ?, ?, ?)");
  for (const Track& track : tracks) {
    write_row(row, run, track);
    write_sensors(sensor, run, track);
  }
}

void erase_tracks(SQLite::Database& database, RunId run, std::chrono::sys_seconds first,
                  std::chrono::sys_seconds last) {
  SQLite::Statement erase(database,
                          "DELETE FROM track WHERE run_id = ? AND second BETWEEN ? AND ?");
  Binder(erase) << run << second_of(first) << second_of(last);
  erase.exec();
  // What was known from these seconds on of who saw a track is written anew with its states.
  SQLite::Statement sensors(database,
                            "DELETE FROM track_sensor WHERE run_id = ? AND since_us >= ?");
  Binder(sensors) << run << base::Time(first);
  sensors.exec();
}

base::Result<std::vector<Track>> read_tracks(SQLite::Database& database, RunId run, base::Time from,
                                             base::Time to) {
  SQLite::Statement statement(database, kReadTracks);
  Binder(statement) << run << second_of(from) << second_of(to) << from << to;
  SQLite::Statement sensors(database,
                            "SELECT sensor FROM track_sensor WHERE run_id = ? AND track_id = ? "
                            "AND since_us <= ? ORDER BY position");
  std::vector<Track> tracks;
  while (statement.executeStep()) {
    auto track = read_row(statement);
    if (!track) return track.error();
    sensors.reset();
    Binder(sensors) << run << track->id << track->time;
    while (sensors.executeStep()) track->sensors.push_back({Row(sensors).text()});
    tracks.push_back(std::move(*track));
  }
  return tracks;
}

}  // namespace marsad::store
