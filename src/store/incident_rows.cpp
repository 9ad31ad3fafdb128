// SPDX-License-Identifier: Apache-2.0
#include "store/incident_rows.h"

#include <fmt/format.h>

#include "base/words.h"
#include "store/schema.h"
#include "store/sqlite.h"

namespace marsad::store {
namespace {

// The versions whose records have these tables first.
constexpr int kFirstWithLife = 5;
constexpr int kFirstWithReached = 7;

using incident::Incident;
using incident::IncidentId;

// The run is not among what a second writing changes: an incident stays with the run that saw it.
constexpr const char* kWriteIncident = R"sql(
INSERT INTO incident (id, run_id, kind, direction, time_us, chainage_m, lat_rad, lon_rad, height_m,
  probability, person, vehicle, animal, aircraft, bird, unknown, speed_mps, heading_rad,
  evidence_sensor, evidence_time_us, evidence_frame, evidence_index, because, state, outcome)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, direction = excluded.direction,
  time_us = excluded.time_us, chainage_m = excluded.chainage_m, lat_rad = excluded.lat_rad,
  lon_rad = excluded.lon_rad, height_m = excluded.height_m, probability = excluded.probability,
  person = excluded.person, vehicle = excluded.vehicle, animal = excluded.animal,
  aircraft = excluded.aircraft, bird = excluded.bird, unknown = excluded.unknown,
  speed_mps = excluded.speed_mps, heading_rad = excluded.heading_rad,
  evidence_sensor = excluded.evidence_sensor, evidence_time_us = excluded.evidence_time_us,
  evidence_frame = excluded.evidence_frame, evidence_index = excluded.evidence_index,
  because = excluded.because, state = excluded.state, outcome = excluded.outcome
)sql";

constexpr const char* kReadIncidents = R"sql(
SELECT id, kind, direction, time_us, chainage_m, lat_rad, lon_rad, height_m,
  probability, person, vehicle, animal, aircraft, bird, unknown, speed_mps, heading_rad,
  evidence_sensor, evidence_time_us, evidence_frame, evidence_index, because, state, outcome
FROM incident )sql";

void write_row(SQLite::Database& database, RunId run, const Incident& incident) {
  SQLite::Statement statement(database, kWriteIncident);
  Binder row(statement);
  row << incident.id << run << std::string(base::word(incident.kind))
      << std::string(base::word(incident.direction)) << incident.time << incident.chainage_m
      << incident.place.lat_rad << incident.place.lon_rad << incident.place.height_m
      << incident.probability;
  for (double probability : incident.classes) row << probability;
  row << incident.speed_mps << incident.heading_rad << incident.evidence.sensor.text
      << incident.evidence.time << incident.evidence.cause.frame << incident.evidence.cause.index
      << incident.because << std::string(base::word(incident.state));
  if (incident.outcome) {
    row << std::string(base::word(*incident.outcome));
  } else {
    row.null();
  }
  statement.exec();
}

// What is known of an incident beside its row; see the table.
void write_life(SQLite::Database& database, const Incident& incident) {
  SQLite::Statement statement(database, R"sql(
INSERT OR REPLACE INTO incident_life
  (incident_id, told_us, merged_into, tasked_to, adults, children, injured, referral, reminders)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?))sql");
  Binder row(statement);
  row << incident.id << incident.told;
  if (incident.merged_into) {
    row << *incident.merged_into;
  } else {
    row.null();
  }
  row << incident.tasked_to;
  if (incident.persons) {
    for (const std::uint32_t count :
         {incident.persons->adults, incident.persons->children, incident.persons->injured}) {
      row << std::uint64_t{count};
    }
  } else {
    row.null();
    row.null();
    row.null();
  }
  row << std::string(base::word(incident.referral)) << std::uint64_t{incident.reminders};
  statement.exec();
}

void write_reached(SQLite::Database& database, const Incident& incident) {
  const incident::Milestones& reached = incident.reached;
  if (reached == incident::Milestones{}) return;
  SQLite::Statement statement(database,
                              "INSERT OR REPLACE INTO incident_reached VALUES (?, ?, ?, ?, ?)");
  Binder row(statement);
  row << incident.id;
  for (const auto& time :
       {reached.acknowledged, reached.tasked, reached.arrived, reached.resolved}) {
    if (time) {
      row << *time;
    } else {
      row.null();
    }
  }
  statement.exec();
}

// Replaces an incident's rows of one child table; `bind` adds an item's own columns.
template <class Item, class Bind>
void write_list(SQLite::Database& database, const std::string& table, const std::string& columns,
                IncidentId incident, const std::vector<Item>& items, const Bind& bind) {
  SQLite::Statement clear(database, fmt::format("DELETE FROM {} WHERE incident_id = ?", table));
  Binder(clear) << incident;
  clear.exec();
  std::string own = ", ?";
  for (const char c : columns) own += c == ',' ? ", ?" : "";
  SQLite::Statement insert(
      database, fmt::format("INSERT INTO {} (incident_id, position, {}) VALUES (?, ?{})", table,
                            columns, own));
  for (std::size_t i = 0; i < items.size(); ++i) {
    Binder row(insert);
    row << incident << static_cast<std::uint64_t>(i);
    bind(row, items[i]);
    insert.exec();
    insert.reset();
  }
}

base::Result<Incident> read_row(SQLite::Statement& statement) {
  Row row(statement);
  Incident incident;
  incident.id = row.id<IncidentId>();
  const std::string kind = row.text();
  const std::string direction = row.text();
  incident.time = row.time();
  incident.chainage_m = row.real();
  incident.place.lat_rad = row.real();
  incident.place.lon_rad = row.real();
  incident.place.height_m = row.real();
  incident.probability = row.real();
  for (double& probability : incident.classes) probability = row.real();
  incident.speed_mps = row.real();
  incident.heading_rad = row.real();
  incident.evidence.sensor.text = row.text();
  incident.evidence.time = row.time();
  incident.evidence.cause.frame = row.unsigned_integer();
  incident.evidence.cause.index = row.small();
  incident.because = row.text();
  const std::string state = row.text();
  const std::string outcome = row.text();  // empty where NULL

  const auto known_kind = base::from_word<incident::Kind>(kind);
  const auto known_direction = base::from_word<incident::Direction>(direction);
  const auto known_state = base::from_word<incident::LifecycleState>(state);
  incident.outcome = base::from_word<incident::Outcome>(outcome);
  if (!known_kind || !known_direction || !known_state || (!outcome.empty() && !incident.outcome)) {
    return base::Error{
        fmt::format("incident {}", incident.id.value),
        fmt::format("unknown word among '{}', '{}', '{}', '{}'", kind, direction, state, outcome)};
  }
  incident.kind = *known_kind;
  incident.direction = *known_direction;
  incident.state = *known_state;
  return incident;
}

// The lists of one incident after the other, with statements prepared once.
class ListReader {
 public:
  explicit ListReader(SQLite::Database& database)
      : tracks_(database,
                "SELECT track_id FROM incident_track WHERE incident_id = ? ORDER BY position"),
        sensors_(database,
                 "SELECT sensor FROM incident_sensor WHERE incident_id = ? ORDER BY position"),
        notes_(database,
               "SELECT time_us, by, text FROM incident_note WHERE incident_id = ? "
               "ORDER BY position") {
    // A record of an older version that is only read has none of these.
    const int version = schema_version(database);
    if (version < kFirstWithLife) return;
    life_.emplace(database,
                  "SELECT told_us, merged_into, tasked_to, adults IS NOT NULL, adults, children, "
                  "injured, referral, reminders FROM incident_life WHERE incident_id = ?");
    stages_.emplace(database,
                    "SELECT kind, time_us, what FROM incident_stage WHERE incident_id = ? "
                    "ORDER BY position");
    if (version < kFirstWithReached) return;
    reached_.emplace(database,
                     "SELECT acknowledged_us, tasked_us, arrived_us, resolved_us "
                     "FROM incident_reached WHERE incident_id = ?");
  }

  // An error where there is a word that this version does not know.
  base::Result<void> fill(Incident& incident) {
    each(tracks_, incident.id,
         [&](Row row) { incident.tracks.push_back(row.id<track::TrackId>()); });
    each(sensors_, incident.id,
         [&](Row row) { incident.sensors.push_back(sensor::SensorId{row.text()}); });
    each(notes_, incident.id, [&](Row row) {
      incident::Note note;
      note.time = row.time();
      note.by = row.text();
      note.text = row.text();
      incident.notes.push_back(std::move(note));
    });
    incident.told = incident.time;  // of one that an older version wrote
    if (reached_) {
      each(*reached_, incident.id, [&](Row row) {
        incident.reached = {row.time_if_any(), row.time_if_any(), row.time_if_any(),
                            row.time_if_any()};
      });
    }
    return life_ ? fill_life(incident) : base::Result<void>{};
  }

 private:
  template <class Take>
  static void each(SQLite::Statement& statement, IncidentId id, const Take& take) {
    statement.reset();
    Binder(statement) << id;
    while (statement.executeStep()) take(Row(statement));
  }

  base::Result<void> fill_life(Incident& incident) {
    base::Result<void> fine;
    const auto unknown = [&](const std::string& word) {
      fine = base::Error{fmt::format("incident {}", incident.id.value),
                         fmt::format("unknown word '{}'", word)};
    };
    each(*life_, incident.id, [&](Row row) {
      incident.told = row.time();
      const auto merged_into = row.id<IncidentId>();  // 0 where NULL
      if (merged_into.value != 0) incident.merged_into = merged_into;
      incident.tasked_to = row.text();
      const bool counted = row.integer() != 0;
      incident::Persons persons{row.small(), row.small(), row.small()};
      if (counted) incident.persons = persons;
      const std::string referral = row.text();
      const auto known = base::from_word<incident::Referral>(referral);
      if (!known) unknown(referral);
      incident.referral = known.value_or(incident::Referral::none);
      incident.reminders = row.small();
    });
    each(*stages_, incident.id, [&](Row row) {
      const std::string kind = row.text();
      const auto known = base::from_word<incident::Kind>(kind);
      if (!known) return unknown(kind);
      incident::Stage& stage = incident.history.emplace_back();
      stage.kind = *known;
      stage.time = row.time();
      stage.what = row.text();
    });
    return fine;
  }

  SQLite::Statement tracks_;
  SQLite::Statement sensors_;
  SQLite::Statement notes_;
  std::optional<SQLite::Statement> life_, stages_, reached_;
};

}  // namespace

void write_incident(SQLite::Database& database, RunId run, const Incident& incident) {
  write_row(database, run, incident);
  write_life(database, incident);
  write_reached(database, incident);
  write_list(database, "incident_track", "track_id", incident.id, incident.tracks,
             [](Binder& row, track::TrackId id) { row << id; });
  write_list(database, "incident_sensor", "sensor", incident.id, incident.sensors,
             [](Binder& row, const sensor::SensorId& id) { row << id.text; });
  write_list(
      database, "incident_note", "time_us, by, text", incident.id, incident.notes,
      [](Binder& row, const incident::Note& note) { row << note.time << note.by << note.text; });
  write_list(database, "incident_stage", "kind, time_us, what", incident.id, incident.history,
             [](Binder& row, const incident::Stage& stage) {
               row << std::string(base::word(stage.kind)) << stage.time << stage.what;
             });
}

base::Result<void> each_incident(SQLite::Database& database, const IncidentQuery& query,
                                 const std::function<bool(Incident)>& take) {
  SQLite::Statement statement(database, kReadIncidents + query.clause);
  Binder parameters(statement);
  for (const std::uint64_t parameter : query.parameters) parameters << parameter;
  ListReader lists(database);
  while (statement.executeStep()) {
    auto incident = read_row(statement);
    if (!incident) return incident.error();
    if (auto filled = lists.fill(*incident); !filled) return filled.error();
    if (!take(*std::move(incident))) break;
  }
  return {};
}

}  // namespace marsad::store
