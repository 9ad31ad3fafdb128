// SPDX-License-Identifier: Apache-2.0
#include "store/store.h"

#include <fmt/format.h>

#include <utility>

#include "store/account_rows.h"
#include "store/coverage_rows.h"
#include "store/detection_blob.h"
#include "store/health_rows.h"
#include "store/incident_rows.h"
#include "store/schema.h"
#include "store/state.h"
#include "store/track_rows.h"
#include "store/word_rows.h"

namespace marsad::store {
namespace {

using base::Error;
using base::Result;
using incident::Incident;
using incident::IncidentId;

// Frames read under one lock, so that a long replay does not hold up other readers.
constexpr int kFramesPerRead = 256;

std::uint64_t as_parameter(base::Time time) {
  return static_cast<std::uint64_t>(Binder::as_us(time));
}

}  // namespace

Store::Store(std::unique_ptr<State> state) : state_(std::move(state)) {}
Store::~Store() = default;
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;

Result<Store> Store::open(const std::string& file) {
  auto writer = open_to_write(file);
  if (!writer) return writer.error();
  auto reader = open_for_reading(file);
  if (!reader) return reader.error();
  auto state = std::make_unique<State>();
  state->file = file;
  state->writer = *std::move(writer);
  state->reader = *std::move(reader);
  return Store(std::move(state));
}

Result<Store> Store::open_to_read(const std::string& file) {
  auto reader = open_for_reading(file);
  if (!reader) return reader.error();
  auto state = std::make_unique<State>();
  state->file = file;
  state->reader = *std::move(reader);
  return Store(std::move(state));
}

void Store::sign_with(const seal::SigningKey& key) { state_->key = key; }

Result<RunId> Store::begin_run(base::Time time, const std::string& site) {
  RunId run;
  const auto written = state_->write([&](SQLite::Database& database) {
    SQLite::Statement statement(database, "INSERT INTO run (start_us, site) VALUES (?, ?)");
    Binder(statement) << time << site;
    statement.exec();
    run.value = static_cast<std::uint64_t>(database.getLastInsertRowid());
  });
  if (!written) return written.error();
  return run;
}

Result<RunId> Store::newest_run() const {
  return state_->read([&](SQLite::Database& database) -> Result<RunId> {
    SQLite::Statement statement(database, "SELECT id FROM run ORDER BY id DESC LIMIT 1");
    if (!statement.executeStep()) return Error{state_->file, "there is no run in this record"};
    return Row(statement).id<RunId>();
  });
}

Result<std::string> Store::site_of(RunId run) const {
  return state_->read([&](SQLite::Database& database) -> Result<std::string> {
    SQLite::Statement statement(database, "SELECT site FROM run WHERE id = ?");
    Binder(statement) << run;
    if (!statement.executeStep()) {
      return Error{state_->file, fmt::format("there is no run {} in this record", run.value)};
    }
    return Row(statement).text();
  });
}

Result<void> Store::append(RunId run, const std::vector<detect::FrameDetections>& frames) {
  if (frames.empty()) return {};
  return state_->write([&](SQLite::Database& database) {
    SQLite::Statement statement(database,
                                "INSERT INTO frame (run_id, camera, number, time_us, detections) "
                                "VALUES (?, ?, ?, ?, ?)");
    for (const detect::FrameDetections& frame : frames) {
      Binder(statement) << run << frame.camera.text << frame.frame << frame.time
                        << encode(frame.pose, frame.detections);
      statement.exec();
      statement.reset();
    }
    write_watch(database, run, frames);
  });
}

Result<void> Store::read_detections(
    RunId run, const std::function<bool(const detect::FrameDetections&)>& take) const {
  std::int64_t last_row = 0;
  const auto read_some =
      [&](SQLite::Database& database) -> Result<std::vector<detect::FrameDetections>> {
    SQLite::Statement statement(database,
                                "SELECT id, camera, number, time_us, detections "
                                "FROM frame WHERE run_id = ? AND id > ? ORDER BY id LIMIT ?");
    Binder(statement) << run << last_row << std::int64_t{kFramesPerRead};
    std::vector<detect::FrameDetections> frames;
    while (statement.executeStep()) {
      Row row(statement);
      last_row = row.integer();
      detect::FrameDetections& frame = frames.emplace_back();
      frame.camera.text = row.text();
      frame.frame = row.unsigned_integer();
      frame.time = row.time();
      auto blob = decode(row.bytes());
      if (!blob) {
        return Error{state_->file, fmt::format("frame {} of camera {}: {}", frame.frame,
                                               frame.camera.text, blob.error().message)};
      }
      frame.pose = blob->pose;
      frame.detections = std::move(blob->detections);
    }
    return frames;
  };
  for (;;) {
    const auto frames = state_->read(read_some);
    if (!frames) return frames.error();
    if (frames->empty()) return {};
    for (const detect::FrameDetections& frame : *frames) {
      if (!take(frame)) return {};
    }
  }
}

Result<void> Store::append_tracks(RunId run, const std::vector<track::Track>& tracks) {
  if (tracks.empty()) return {};
  return state_->write([&](SQLite::Database& database) { write_tracks(database, run, tracks); });
}

Result<void> Store::amend_tracks(RunId run, std::chrono::sys_seconds first,
                                 std::chrono::sys_seconds last,
                                 const std::vector<track::Track>& tracks) {
  return state_->write([&](SQLite::Database& database) {
    erase_tracks(database, run, first, last);
    write_tracks(database, run, tracks);
  });
}

Result<std::vector<track::Track>> Store::tracks_of(RunId run, base::Time from,
                                                   base::Time to) const {
  return state_->read([&](SQLite::Database& database) -> Result<std::vector<track::Track>> {
    auto tracks = read_tracks(database, run, from, to);
    if (!tracks) return Error{state_->file, to_string(tracks.error())};
    return tracks;
  });
}

Result<void> Store::put_word(RunId run, const RecordedWord& word) {
  return state_->write([&](SQLite::Database& database) { write_word(database, run, word); });
}

Result<std::vector<RecordedWord>> Store::words_of(RunId run) const {
  return state_->read([&](SQLite::Database& database) -> Result<std::vector<RecordedWord>> {
    auto words = read_words(database, run);
    if (!words) return Error{state_->file, to_string(words.error())};
    return words;
  });
}

Result<void> Store::put_incident(RunId run, const Incident& incident,
                                 const std::optional<std::vector<std::uint8_t>>& picture) {
  return put_incidents(run, {{incident, picture}});
}

Result<void> Store::put_incidents(RunId run, const std::vector<IncidentPut>& puts) {
  if (puts.empty()) return {};
  return state_->write([&](SQLite::Database& database) {
    SQLite::Statement statement(database, "INSERT OR REPLACE INTO incident_picture VALUES (?, ?)");
    for (const auto& [incident, picture] : puts) {
      CHECK(incident.id.value != 0);
      write_incident(database, run, incident);
      state_->audit(entry_of(incident));
      if (!picture) continue;
      Binder(statement) << incident.id << *picture;
      statement.exec();
      statement.reset();
    }
  });
}

Result<std::vector<Incident>> Store::incidents() const {
  return state_->incidents({"ORDER BY time_us DESC, id DESC", {}});
}

Result<std::vector<Incident>> Store::incidents_of(RunId run) const {
  return state_->incidents({"WHERE run_id = ? ORDER BY time_us, id", {run.value}});
}

Result<std::vector<Incident>> Store::incidents_between(base::Time from, base::Time to,
                                                       std::uint64_t most) const {
  return state_->incidents(
      {"WHERE time_us >= ? AND time_us < ? ORDER BY time_us DESC, id DESC LIMIT ?",
       {as_parameter(from), as_parameter(to), most}});
}

Result<std::vector<Incident>> Store::incidents_at_hand(base::Time since,
                                                       std::uint64_t most_older) const {
  return state_->incidents(
      {"WHERE time_us >= ? OR id IN (SELECT id FROM incident WHERE state <> 'resolved' "
       "AND time_us < ? ORDER BY time_us DESC LIMIT ?) ORDER BY time_us DESC, id DESC",
       {as_parameter(since), as_parameter(since), most_older}});
}

Result<std::optional<Store::Newest>> Store::newest_incident() const {
  return state_->read([&](SQLite::Database& database) -> Result<std::optional<Newest>> {
    SQLite::Statement statement(database, "SELECT max(id), max(time_us) FROM incident");
    statement.executeStep();
    if (statement.isColumnNull(0)) return std::optional<Newest>();
    Row row(statement);
    const auto id = row.id<IncidentId>();
    return std::optional(Newest{id, row.time()});
  });
}

Result<std::optional<Incident>> Store::incident(IncidentId id) const {
  auto found = state_->incidents({"WHERE id = ?", {id.value}});
  if (!found) return found.error();
  if (found->empty()) return std::optional<Incident>();
  return std::optional(std::move(found->front()));
}

Result<std::optional<std::vector<std::uint8_t>>> Store::picture(IncidentId id) const {
  using Picture = std::optional<std::vector<std::uint8_t>>;
  return state_->read([&](SQLite::Database& database) -> Result<Picture> {
    SQLite::Statement statement(database,
                                "SELECT jpeg FROM incident_picture WHERE incident_id = ?");
    Binder(statement) << id;
    if (!statement.executeStep()) return Picture();
    const auto bytes = Row(statement).bytes();
    return Picture(std::in_place, bytes.begin(), bytes.end());
  });
}

Result<std::set<IncidentId>> Store::with_picture(IncidentId first, IncidentId last) const {
  using Ids = std::set<IncidentId>;
  return state_->read([&](SQLite::Database& database) -> Result<Ids> {
    SQLite::Statement statement(database,
                                "SELECT incident_id FROM incident_picture "
                                "WHERE incident_id BETWEEN ? AND ?");
    Binder(statement) << first << last;
    Ids ids;
    while (statement.executeStep()) {
      ids.insert(IncidentId{static_cast<std::uint64_t>(statement.getColumn(0).getInt64())});
    }
    return ids;
  });
}

Result<std::vector<incident::Accounted>> Store::accounted(base::Time from, base::Time to) const {
  return state_->read([&](SQLite::Database& database) -> Result<std::vector<incident::Accounted>> {
    auto found = read_accounted(database, from, to);
    if (!found) return Error{state_->file, to_string(found.error())};
    return found;
  });
}

Result<std::vector<CameraWatch>> Store::watch(base::Time from, base::Time to) const {
  return state_->read([&](SQLite::Database& database) -> Result<std::vector<CameraWatch>> {
    return read_watch(database, from, to);
  });
}

Result<void> Store::put_health(RunId run, const std::vector<sensor::HealthStretch>& stretches) {
  if (stretches.empty()) return {};
  return state_->write([&](SQLite::Database& database) { write_health(database, run, stretches); });
}

Result<std::vector<RecordedHealth>> Store::newest_health(const sensor::SensorId& sensor,
                                                         std::uint32_t most) const {
  return state_->read([&](SQLite::Database& database) -> Result<std::vector<RecordedHealth>> {
    auto found = read_newest_health(database, sensor, most);
    if (!found) return Error{state_->file, to_string(found.error())};
    return found;
  });
}

Result<void> Store::put_coverage(RunId run, const plan::KeptSpan& kept,
                                 const std::vector<plan::DarkSpell>& spells) {
  return state_->write([&](SQLite::Database& database) {
    write_kept(database, run, kept);
    write_spells(database, run, spells);
  });
}

Result<CoverageHistory> Store::coverage(base::Time from, base::Time to) const {
  return state_->read([&](SQLite::Database& database) -> Result<CoverageHistory> {
    auto found = read_coverage(database, from, to);
    if (!found) return Error{state_->file, to_string(found.error())};
    return found;
  });
}

Result<void> Store::put_condition(RunId run, const plan::ConditionWord& word) {
  return state_->write([&](SQLite::Database& database) { write_condition(database, run, word); });
}

Result<std::vector<plan::ConditionWord>> Store::newest_conditions() const {
  using Words = std::vector<plan::ConditionWord>;
  return state_->read([&](SQLite::Database& database) -> Result<Words> {
    return read_newest_conditions(database);
  });
}

}  // namespace marsad::store
