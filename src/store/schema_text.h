// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

namespace marsad::store {

// Columns hold SI units, angles in radians, times in microseconds since 1970 UTC.
inline constexpr const char* kSchema = R"sql(
CREATE TABLE run (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  start_us INTEGER NOT NULL,
  site TEXT NOT NULL
) STRICT;

-- A row a frame, in the order in which the tracker took them. The blob: detection_blob.h.
CREATE TABLE frame (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES run,
  camera TEXT NOT NULL,
  number INTEGER NOT NULL,
  time_us INTEGER NOT NULL,
  detections BLOB NOT NULL
) STRICT;
CREATE INDEX frame_of_run ON frame (run_id);

-- A row a track and second. Covariances are upper triangles by rows.
CREATE TABLE track (
  run_id INTEGER NOT NULL REFERENCES run,
  second INTEGER NOT NULL,
  id INTEGER NOT NULL,
  status TEXT NOT NULL,
  time_us INTEGER NOT NULL,
  lat_rad REAL NOT NULL, lon_rad REAL NOT NULL, height_m REAL NOT NULL,
  east_mps REAL NOT NULL, north_mps REAL NOT NULL,
  cov_e_e_m2 REAL NOT NULL, cov_e_n_m2 REAL NOT NULL,
  cov_e_ve_m2ps REAL NOT NULL, cov_e_vn_m2ps REAL NOT NULL,
  cov_n_n_m2 REAL NOT NULL, cov_n_ve_m2ps REAL NOT NULL, cov_n_vn_m2ps REAL NOT NULL,
  cov_ve_ve_m2ps2 REAL NOT NULL, cov_ve_vn_m2ps2 REAL NOT NULL, cov_vn_vn_m2ps2 REAL NOT NULL,
  bias_e_e_m2 REAL NOT NULL, bias_e_n_m2 REAL NOT NULL, bias_n_n_m2 REAL NOT NULL,
  existence REAL NOT NULL,
  person REAL NOT NULL, vehicle REAL NOT NULL, animal REAL NOT NULL,
  aircraft REAL NOT NULL, bird REAL NOT NULL, unknown REAL NOT NULL,
  first_seen_us INTEGER NOT NULL, last_seen_us INTEGER NOT NULL,
  plots INTEGER NOT NULL,
  last_sensor TEXT NOT NULL, last_frame INTEGER NOT NULL, last_index INTEGER NOT NULL,
  PRIMARY KEY (run_id, second, id)
) STRICT, WITHOUT ROWID;

-- The sensors that saw a track, in order of first sight, and the time of the first row that says so.
CREATE TABLE track_sensor (
  run_id INTEGER NOT NULL REFERENCES run,
  track_id INTEGER NOT NULL,
  position INTEGER NOT NULL,
  sensor TEXT NOT NULL,
  since_us INTEGER NOT NULL,
  PRIMARY KEY (run_id, track_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE incident (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES run,
  kind TEXT NOT NULL,
  direction TEXT NOT NULL,
  time_us INTEGER NOT NULL,
  chainage_m REAL NOT NULL,
  lat_rad REAL NOT NULL, lon_rad REAL NOT NULL, height_m REAL NOT NULL,
  probability REAL NOT NULL,
  person REAL NOT NULL, vehicle REAL NOT NULL, animal REAL NOT NULL,
  aircraft REAL NOT NULL, bird REAL NOT NULL, unknown REAL NOT NULL,
  speed_mps REAL NOT NULL, heading_rad REAL NOT NULL,
  evidence_sensor TEXT NOT NULL, evidence_time_us INTEGER NOT NULL,
  evidence_frame INTEGER NOT NULL, evidence_index INTEGER NOT NULL,
  because TEXT NOT NULL,
  state TEXT NOT NULL,
  outcome TEXT
) STRICT;
CREATE INDEX incident_by_time ON incident (time_us);
CREATE INDEX incident_of_run ON incident (run_id, time_us);

CREATE TABLE incident_track (
  incident_id INTEGER NOT NULL REFERENCES incident,
  position INTEGER NOT NULL,
  track_id INTEGER NOT NULL,
  PRIMARY KEY (incident_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE incident_sensor (
  incident_id INTEGER NOT NULL REFERENCES incident,
  position INTEGER NOT NULL,
  sensor TEXT NOT NULL,
  PRIMARY KEY (incident_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE incident_note (
  incident_id INTEGER NOT NULL REFERENCES incident,
  position INTEGER NOT NULL,
  time_us INTEGER NOT NULL,
  by TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (incident_id, position)
) STRICT, WITHOUT ROWID;

-- Apart from the incident, so that a list of incidents does not read past pictures.
CREATE TABLE incident_picture (
  incident_id INTEGER PRIMARY KEY REFERENCES incident,
  jpeg BLOB NOT NULL
) STRICT;
)sql";

// What each version added to the one before, the first of them version 2. A record of an older
// version is brought up to date when it is opened for writing; one that is only read stays as it
// is, and has none of what came later.
inline constexpr std::array kAdditions = {
    R"sql(
-- The states of the cameras, one after the other; until_us is empty while one lasts, and in a run
-- that was killed.
CREATE TABLE health (
  run_id INTEGER NOT NULL REFERENCES run,
  sensor TEXT NOT NULL,
  number INTEGER NOT NULL,
  state TEXT NOT NULL,
  since_us INTEGER NOT NULL,
  until_us INTEGER,
  detail TEXT NOT NULL,
  PRIMARY KEY (run_id, sensor, number)
) STRICT, WITHOUT ROWID;
)sql",
    R"sql(
-- What operators said of tracks, in the order in which they said it, and after how many of the
-- run's frames.
CREATE TABLE operator_word (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES run,
  frames INTEGER NOT NULL,
  kind TEXT NOT NULL,
  track INTEGER NOT NULL,
  other INTEGER NOT NULL,
  label TEXT NOT NULL,
  by TEXT NOT NULL,
  time_us INTEGER NOT NULL
) STRICT;
CREATE INDEX operator_word_of_run ON operator_word (run_id, id);
)sql",
    R"sql(
-- From when to when, so far, a run has kept the ledger of blind kilometres.
CREATE TABLE ledger_kept (
  run_id INTEGER PRIMARY KEY REFERENCES run,
  since_us INTEGER NOT NULL,
  until_us INTEGER NOT NULL
) STRICT;

-- Stretches of the line that were dark for a kind of crosser; until_us is empty while one lasts, and
-- in a run that was killed.
CREATE TABLE dark_spell (
  run_id INTEGER NOT NULL REFERENCES run,
  number INTEGER NOT NULL,
  who TEXT NOT NULL,
  from_m REAL NOT NULL, to_m REAL NOT NULL,
  since_us INTEGER NOT NULL,
  until_us INTEGER,
  cause TEXT NOT NULL,
  PRIMARY KEY (run_id, number)
) STRICT, WITHOUT ROWID;

-- What people and feeds said of the air (balloon is empty) and of balloons.
CREATE TABLE condition_word (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES run,
  time_us INTEGER NOT NULL,
  by TEXT NOT NULL,
  balloon TEXT NOT NULL,
  up INTEGER NOT NULL,
  extinction_per_km REAL NOT NULL,
  text TEXT NOT NULL
) STRICT;
)sql",
    R"sql(
-- When an incident was told for the first time, the one it was merged into, and what was done about
-- it; the numbers of persons are empty where nobody counted. Never who they are.
CREATE TABLE incident_life (
  incident_id INTEGER PRIMARY KEY REFERENCES incident,
  told_us INTEGER NOT NULL,
  merged_into INTEGER,
  tasked_to TEXT NOT NULL,
  adults INTEGER, children INTEGER, injured INTEGER,
  referral TEXT NOT NULL,
  reminders INTEGER NOT NULL
) STRICT;

-- What an incident was found to be, in order of time.
CREATE TABLE incident_stage (
  incident_id INTEGER NOT NULL REFERENCES incident,
  position INTEGER NOT NULL,
  kind TEXT NOT NULL,
  time_us INTEGER NOT NULL,
  what TEXT NOT NULL,
  PRIMARY KEY (incident_id, position)
) STRICT, WITHOUT ROWID;
)sql",
    R"sql(
-- Persons who let a partner be told of an incident; used_by is the notice that came of it.
CREATE TABLE release (
  id INTEGER PRIMARY KEY,
  incident_id INTEGER NOT NULL REFERENCES incident,
  partner TEXT NOT NULL,
  by TEXT NOT NULL,
  time_us INTEGER NOT NULL,
  used_by INTEGER REFERENCES notice
) STRICT;
CREATE INDEX release_of_incident ON release (incident_id, partner);

-- What a partner is told; a field that is withheld is empty. Lists are one item a line.
CREATE TABLE notice (
  id INTEGER PRIMARY KEY,
  partner TEXT NOT NULL,
  number INTEGER NOT NULL,
  incident_id INTEGER NOT NULL REFERENCES incident,
  queued_us INTEGER NOT NULL,
  not_before_us INTEGER NOT NULL,
  hops TEXT NOT NULL,
  why_headquarters TEXT NOT NULL,
  language TEXT NOT NULL,
  simulated INTEGER NOT NULL,
  kind TEXT, time_us INTEGER, chainage_m REAL,
  lat_rad REAL, lon_rad REAL, cell_m REAL,
  direction TEXT, probability REAL, mover TEXT, speed_mps REAL, heading_rad REAL, outcome TEXT,
  sensors TEXT, picture INTEGER NOT NULL,
  finished INTEGER NOT NULL DEFAULT 0,
  UNIQUE (partner, number)
) STRICT;
CREATE INDEX notice_unfinished ON notice (id) WHERE finished = 0;

-- What became of it, in order.
CREATE TABLE notice_step (
  id INTEGER PRIMARY KEY,
  notice_id INTEGER NOT NULL REFERENCES notice,
  time_us INTEGER NOT NULL,
  kind TEXT NOT NULL,
  hop TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;
CREATE INDEX notice_step_of_notice ON notice_step (notice_id, id);

-- Each entry's hash is over all its columns before it and the hash of the entry before.
CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  time_us INTEGER NOT NULL,
  by TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL,
  signature TEXT NOT NULL
) STRICT;
CREATE INDEX audit_of_subject ON audit (subject, id);

CREATE TABLE account (
  name TEXT PRIMARY KEY,
  role TEXT NOT NULL,
  partner TEXT NOT NULL,
  stretches TEXT NOT NULL,
  sensors TEXT NOT NULL,
  password TEXT NOT NULL,
  failures INTEGER NOT NULL,
  locked_until_us INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Sessions of persons and tokens of programs, of which only the hash is kept.
CREATE TABLE session (
  hash TEXT PRIMARY KEY,
  account TEXT NOT NULL REFERENCES account,
  since_us INTEGER NOT NULL,
  until_us INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
)sql",
    R"sql(
-- When people did something about an incident for the first time.
CREATE TABLE incident_reached (
  incident_id INTEGER PRIMARY KEY REFERENCES incident,
  acknowledged_us INTEGER, tasked_us INTEGER, arrived_us INTEGER, resolved_us INTEGER
) STRICT;

CREATE INDEX incident_unresolved ON incident (time_us) WHERE state <> 'resolved';

-- How many frames of a camera were looked at in each hour of their time, and what was found.
CREATE TABLE watch_hour (
  run_id INTEGER NOT NULL REFERENCES run,
  hour INTEGER NOT NULL,
  camera TEXT NOT NULL,
  frames INTEGER NOT NULL,
  detections INTEGER NOT NULL,
  PRIMARY KEY (hour, camera, run_id)
) STRICT, WITHOUT ROWID;
)sql",
    R"sql(
-- What partners sent by the Common Alerting Protocol; body is all of it as it came.
CREATE TABLE received_alert (
  id INTEGER PRIMARY KEY,
  time_us INTEGER NOT NULL,
  partner TEXT NOT NULL,
  by TEXT NOT NULL,
  identifier TEXT NOT NULL,
  sender TEXT NOT NULL,
  sent_us INTEGER NOT NULL,
  body TEXT NOT NULL,
  UNIQUE (partner, sender, identifier, sent_us)
) STRICT;

-- Where forces said they were; source is who told it.
CREATE TABLE force_report (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  allegiance TEXT NOT NULL,
  role TEXT NOT NULL,
  lat_rad REAL NOT NULL,
  lon_rad REAL NOT NULL,
  uncertainty_m REAL NOT NULL,
  heard_us INTEGER NOT NULL,
  source TEXT NOT NULL
) STRICT;
CREATE INDEX force_report_of_name ON force_report (name, heard_us);
)sql",
    R"sql(
ALTER TABLE force_report ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;
)sql",
};

}  // namespace marsad::store
