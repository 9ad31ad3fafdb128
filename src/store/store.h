// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "detect/detection.h"
#include "incident/accounting.h"
#include "incident/incident.h"
#include "plan/condition_word.h"
#include "plan/history.h"
#include "seal/seal.h"
#include "sensor/health.h"
#include "track/operator_word.h"
#include "track/track.h"

namespace marsad::store {

// One stretch of a program's life, from start to end or kill.
using RunId = base::Id<struct RunTag>;

// A stretch of a sensor's health, and the run it was in.
struct RecordedHealth {
  RunId run;
  sensor::HealthStretch stretch;
};

// What an operator said, and after how many frames of the run.
struct RecordedWord {
  std::uint64_t frames = 0;
  track::OperatorWord word;
};

// The ledger of blind kilometres over some time. Every spell has its end; one that lasts ends where
// its run's ledger was last known to be kept.
struct CoverageHistory {
  std::vector<plan::DarkSpell> spells;
  std::vector<plan::KeptSpan> kept;  // one a run
};

// How much of a camera's pictures was looked at, and what was found in them.
struct CameraWatch {
  sensor::SensorId camera;
  std::uint64_t hours = 0;  // in which there was at least one frame
  std::uint64_t frames = 0;
  std::uint64_t detections = 0;
};

// The record. What a call that returned without error wrote survives `kill -9` and power loss;
// opening it again finds all of it. A call that returned an error wrote nothing; once the disk has
// room again, the next one works. One file, SQLite in WAL mode (while it is open, two more beside
// it: -wal and -shm). Any thread; readers don't wait for the writer.
//
// Detections come back bit for bit. Numbers of incidents and tracks do too, but for -0.0, which
// comes back as 0.0, and NaN, which is refused.
class Store {
 public:
  // Opens or creates the file. An older version is brought up to date. Errors: can't be
  // written, not a Marsad record, newer version.
  static base::Result<Store> open(const std::string& file);
  // Opens an existing file and never writes to it, also while another program does. The index
  // files -wal and -shm may be left beside it; the next writer removes them.
  static base::Result<Store> open_to_read(const std::string& file);
  ~Store();
  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;

  // From now on every change to incidents, and what Outbox and AuditLog write, is put into the
  // audit log, signed with this key, in the change's own transaction. To be called before any
  // other thread uses the store.
  void sign_with(const seal::SigningKey& key);

  // Starts a run; `site` is the site's files as text, so that a replay needs nothing else.
  base::Result<RunId> begin_run(base::Time time, const std::string& site);
  base::Result<RunId> newest_run() const;
  base::Result<std::string> site_of(RunId run) const;

  // Detections in the order in which the tracker took them: all that a replay needs. Several
  // frames in one transaction, since each costs a disk sync.
  base::Result<void> append(RunId run, const std::vector<detect::FrameDetections>& frames);
  // Calls `take` for each in that order; stops early where it returns false.
  base::Result<void> read_detections(
      RunId run, const std::function<bool(const detect::FrameDetections&)>& take) const;

  // Tracks as they were shown, for the map's history. One row is kept for a track and second of
  // its time: the last one given.
  base::Result<void> append_tracks(RunId run, const std::vector<track::Track>& tracks);
  // The same in place of all tracks of these seconds, the newest, which late frames changed.
  base::Result<void> amend_tracks(RunId run, std::chrono::sys_seconds first,
                                  std::chrono::sys_seconds last,
                                  const std::vector<track::Track>& tracks);
  // Those with from <= time < to, by second, then track.
  base::Result<std::vector<track::Track>> tracks_of(RunId run, base::Time from,
                                                    base::Time to) const;

  // What operators said of tracks, in the order in which they said it.
  base::Result<void> put_word(RunId run, const RecordedWord& word);
  base::Result<std::vector<RecordedWord>> words_of(RunId run) const;

  // Adds or replaces by id, all of it in one transaction. An incident stays with the run that put
  // it first. `picture` (JPEG) is kept with the incident where it is given, else left as it was.
  struct IncidentPut {
    incident::Incident incident;
    std::optional<std::vector<std::uint8_t>> picture;
  };
  base::Result<void> put_incident(RunId run, const incident::Incident& incident,
                                  const std::optional<std::vector<std::uint8_t>>& picture);
  base::Result<void> put_incidents(RunId run, const std::vector<IncidentPut>& puts);
  base::Result<std::vector<incident::Incident>> incidents() const;              // all, newest first
  base::Result<std::vector<incident::Incident>> incidents_of(RunId run) const;  // oldest first
  // Those that happened at from <= time < to, newest first, at most so many.
  base::Result<std::vector<incident::Incident>> incidents_between(base::Time from, base::Time to,
                                                                  std::uint64_t most) const;
  // Those since then, and of the older ones that are not resolved the newest, at most so many.
  base::Result<std::vector<incident::Incident>> incidents_at_hand(base::Time since,
                                                                  std::uint64_t most_older) const;
  // The newest number and time of any incident; none in a record without.
  struct Newest {
    incident::IncidentId id;
    base::Time time;
  };
  base::Result<std::optional<Newest>> newest_incident() const;
  base::Result<std::optional<incident::Incident>> incident(incident::IncidentId id) const;
  base::Result<std::optional<std::vector<std::uint8_t>>> picture(incident::IncidentId id) const;
  // Which of the incidents between two numbers, both of them too, have one.
  base::Result<std::set<incident::IncidentId>> with_picture(incident::IncidentId first,
                                                            incident::IncidentId last) const;

  // For accounting: incidents that were told at from <= time < to, but those merged into another,
  // and what each camera looked at in the whole hours between.
  base::Result<std::vector<incident::Accounted>> accounted(base::Time from, base::Time to) const;
  base::Result<std::vector<CameraWatch>> watch(base::Time from, base::Time to) const;

  // The sensors' states: adds or replaces each by run, sensor and number.
  base::Result<void> put_health(RunId run, const std::vector<sensor::HealthStretch>& stretches);
  // A sensor's newest ones, over all runs, newest first.
  base::Result<std::vector<RecordedHealth>> newest_health(const sensor::SensorId& sensor,
                                                          std::uint32_t most) const;

  // The ledger of blind kilometres: for how long a run has kept it so far, and what went dark or
  // was lit again. Adds or replaces spells by run and number, all in one transaction.
  base::Result<void> put_coverage(RunId run, const plan::KeptSpan& kept,
                                  const std::vector<plan::DarkSpell>& spells);
  // Of all runs, what lies at least partly between two times.
  base::Result<CoverageHistory> coverage(base::Time from, base::Time to) const;

  // What was said of the air and of balloons; the newest word of each, over all runs.
  base::Result<void> put_condition(RunId run, const plan::ConditionWord& word);
  base::Result<std::vector<plan::ConditionWord>> newest_conditions() const;

 private:
  friend class Accounts;
  friend class AuditLog;
  friend class Outbox;
  friend class ReceivedLog;
  struct State;
  explicit Store(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace marsad::store
