// SPDX-License-Identifier: Apache-2.0
#include "store/account_rows.h"

#include <fmt/format.h>

#include <map>
#include <utility>

#include "store/schema.h"
#include "store/sqlite.h"

namespace marsad::store {
namespace {

constexpr int kFirstVersionWithAccounting = 7;

std::int64_t hour_of(base::Time time) {
  return std::chrono::floor<std::chrono::hours>(time).time_since_epoch().count();
}

// Told later than it happened, but rarely by more than this: so that the index of times can be
// used.
constexpr auto kLongestUntold = std::chrono::hours(24);

// Without those that were merged into another.
constexpr const char* kReadAccounted = R"sql(
SELECT incident.id, coalesce(told_us, time_us) AS told, chainage_m, kind, state, outcome, acknowledged_us, arrived_us
FROM incident LEFT JOIN incident_life ON incident_life.incident_id = incident.id
  LEFT JOIN incident_reached ON incident_reached.incident_id = incident.id
WHERE time_us >= ? AND time_us < ? AND told >= ? AND told < ? AND merged_into IS NULL
ORDER BY time_us
)sql";

}  // namespace

void write_watch(SQLite::Database& database, RunId run,
                 const std::vector<detect::FrameDetections>& frames) {
  struct Count {
    std::uint64_t frames = 0, detections = 0;
  };
  std::map<std::pair<std::int64_t, std::string>, Count> counts;
  for (const detect::FrameDetections& frame : frames) {
    Count& count = counts[{hour_of(frame.time), frame.camera.text}];
    ++count.frames;
    count.detections += frame.detections.size();
  }
  SQLite::Statement statement(database,
                              "INSERT INTO watch_hour (run_id, hour, camera, frames, detections) "
                              "VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
                              "frames = frames + excluded.frames, "
                              "detections = detections + excluded.detections");
  for (const auto& [of, count] : counts) {
    Binder(statement) << run << of.first << of.second << count.frames << count.detections;
    statement.exec();
    statement.reset();
  }
}

std::vector<CameraWatch> read_watch(SQLite::Database& database, base::Time from, base::Time to) {
  std::vector<CameraWatch> found;
  if (schema_version(database) < kFirstVersionWithAccounting) return found;
  SQLite::Statement statement(database,
                              "SELECT camera, count(DISTINCT hour), sum(frames), sum(detections) "
                              "FROM watch_hour WHERE hour >= ? AND hour <= ? "
                              "GROUP BY camera ORDER BY camera");
  Binder(statement) << hour_of(from) << hour_of(to - base::Duration(1));
  while (statement.executeStep()) {
    Row row(statement);
    CameraWatch& watch = found.emplace_back();
    watch.camera.text = row.text();
    watch.hours = row.unsigned_integer();
    watch.frames = row.unsigned_integer();
    watch.detections = row.unsigned_integer();
  }
  return found;
}

base::Result<std::vector<incident::Accounted>> read_accounted(SQLite::Database& database,
                                                              base::Time from, base::Time to) {
  std::vector<incident::Accounted> found;
  if (schema_version(database) < kFirstVersionWithAccounting) return found;
  SQLite::Statement sensors(database,
                            "SELECT sensor FROM incident_sensor WHERE incident_id = ? "
                            "ORDER BY position");
  SQLite::Statement statement(database, kReadAccounted);
  Binder(statement) << from - kLongestUntold << to << from << to;
  while (statement.executeStep()) {
    Row row(statement);
    incident::Accounted& one = found.emplace_back();
    const auto id = row.id<incident::IncidentId>();
    one.told = row.time();
    one.chainage_m = row.real();
    const std::string kind = row.text(), state = row.text(), outcome = row.text();
    one.acknowledged = row.time_if_any();
    one.arrived = row.time_if_any();
    const auto known_kind = base::from_word<incident::Kind>(kind);
    const auto known_state = base::from_word<incident::LifecycleState>(state);
    one.outcome = base::from_word<incident::Outcome>(outcome);  // "" where NULL
    if (!known_kind || !known_state || (!outcome.empty() && !one.outcome)) {
      return base::Error{fmt::format("incident {}", id.value),
                         fmt::format("unknown word among '{}', '{}', '{}'", kind, state, outcome)};
    }
    one.kind = *known_kind;
    one.state = *known_state;
    sensors.reset();
    Binder(sensors) << id;
    while (sensors.executeStep()) one.sensors.push_back({Row(sensors).text()});
  }
  return found;
}

}  // namespace marsad::store
