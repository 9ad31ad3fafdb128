// SPDX-License-Identifier: Apache-2.0
#include "store/audit_rows.h"

#include <fmt/format.h>

#include "base/words.h"
#include "store/sqlite.h"

namespace marsad::store {
namespace {

struct LogRow {
  std::uint64_t id = 0;
  AuditEntry entry;
  std::string previous, hash, signature;
};

// The columns one after the other, each with its length before it, so that nothing can move from
// one to the next.
std::string hash_of(const LogRow& row) {
  const std::string time = std::to_string(Binder::as_us(row.entry.time));
  std::string text = std::to_string(row.id) + "\n";
  for (const std::string* column :
       {&time, &row.entry.by, &row.entry.subject, &row.entry.body, &row.previous}) {
    text += fmt::format("{}:{}\n", column->size(), *column);
  }
  return seal::hash(text);
}

// Line by line, so that a person can read what was changed. Numbers as short as they round-trip.
class Text {
 public:
  Text& operator()(std::string_view name, std::string_view value) {
    out_ += fmt::format("{}={}:{}\n", name, value.size(), value);
    return *this;
  }
  Text& operator()(std::string_view name, double value) {
    // The record turns -0.0 into 0.0.
    return (*this)(name, fmt::format("{}", value == 0 ? 0.0 : value));
  }
  Text& operator()(std::string_view name, std::uint64_t value) {
    return (*this)(name, fmt::format("{}", value));
  }
  Text& operator()(std::string_view name, base::Time value) {
    return (*this)(name, base::to_iso8601(value));
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

std::optional<std::string> why_broken(const LogRow& row, const LogRow& before,
                                      std::string_view public_key) {
  if (row.id != before.id + 1) {
    return fmt::format("entry {} is missing", before.id + 1);
  }
  if (row.previous != before.hash) return "does not follow the entry before it";
  if (row.hash != hash_of(row)) return "was changed: its hash is another";
  if (!seal::is_signed(row.hash, row.signature, public_key)) {
    return "is not signed by the site's key";
  }
  return std::nullopt;
}

}  // namespace

void append_audit(SQLite::Database& database, const seal::SigningKey& key,
                  const AuditEntry& entry) {
  SQLite::Statement newest(database, "SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1");
  LogRow row{1, entry, "", "", ""};
  if (newest.executeStep()) {
    Row of(newest);
    row.id = of.unsigned_integer() + 1;
    row.previous = of.text();
  }
  row.hash = hash_of(row);
  SQLite::Statement statement(database, "INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  Binder(statement) << row.id << entry.time << entry.by << entry.subject << entry.body
                    << row.previous << row.hash << key.sign(row.hash);
  statement.exec();
}

std::string newest_body(SQLite::Database& database, const std::string& subject) {
  SQLite::Statement statement(database,
                              "SELECT body FROM audit WHERE subject = ? ORDER BY id DESC LIMIT 1");
  Binder(statement) << subject;
  return statement.executeStep() ? Row(statement).text() : "";
}

AuditReport verify_rows(SQLite::Database& database, std::string_view public_key) {
  AuditReport report;
  SQLite::Statement statement(database,
                              "SELECT id, time_us, by, subject, body, previous, hash, signature "
                              "FROM audit ORDER BY id");
  LogRow before;
  while (statement.executeStep()) {
    Row of(statement);
    LogRow row;
    row.id = of.unsigned_integer();
    row.entry.time = of.time();
    row.entry.by = of.text();
    row.entry.subject = of.text();
    row.entry.body = of.text();
    row.previous = of.text();
    row.hash = of.text();
    row.signature = of.text();
    if (auto why = why_broken(row, before, public_key)) {
      report.broken = {row.id, *std::move(why)};
      return report;
    }
    ++report.entries;
    before = std::move(row);
  }
  report.newest_hash = before.hash;
  return report;
}

AuditEntry entry_of(const incident::Incident& incident) {
  Text text;
  text("kind", base::word(incident.kind))("direction", base::word(incident.direction));
  text("time", incident.time)("chainage_m", incident.chainage_m);
  text("lat_rad", incident.place.lat_rad)("lon_rad", incident.place.lon_rad);
  text("height_m", incident.place.height_m)("probability", incident.probability);
  for (const double probability : incident.classes) text("class", probability);
  text("speed_mps", incident.speed_mps)("heading_rad", incident.heading_rad);
  for (const track::TrackId track : incident.tracks) text("track", track.value);
  for (const sensor::SensorId& sensor : incident.sensors) text("sensor", sensor.text);
  text("evidence_sensor", incident.evidence.sensor.text)("evidence_time", incident.evidence.time);
  text("evidence_frame", incident.evidence.cause.frame);
  text("evidence_index", std::uint64_t{incident.evidence.cause.index});
  text("because", incident.because)("state", base::word(incident.state));
  text("told", incident.told)("tasked_to", incident.tasked_to);
  text("referral", base::word(incident.referral));
  text("reminders", std::uint64_t{incident.reminders});
  const incident::Milestones& reached = incident.reached;
  if (reached.acknowledged) text("acknowledged", *reached.acknowledged);
  if (reached.tasked) text("tasked", *reached.tasked);
  if (reached.arrived) text("arrived", *reached.arrived);
  if (reached.resolved) text("resolved", *reached.resolved);
  if (incident.merged_into) text("merged_into", incident.merged_into->value);
  if (incident.outcome) text("outcome", base::word(*incident.outcome));
  if (const auto& persons = incident.persons) {
    text("adults", std::uint64_t{persons->adults});
    text("children", std::uint64_t{persons->children})("injured", std::uint64_t{persons->injured});
  }
  for (const incident::Stage& stage : incident.history) {
    text("stage", base::word(stage.kind))("stage_time", stage.time)("stage_what", stage.what);
  }
  for (const incident::Note& note : incident.notes) {
    text("note_time", note.time)("note_by", note.by)("note", note.text);
  }
  const bool judged = incident.notes.empty();
  return {judged ? incident.time : incident.notes.back().time,
          judged ? "judge" : incident.notes.back().by,
          fmt::format("incident {}", incident.id.value), text.take()};
}

}  // namespace marsad::store
