// SPDX-License-Identifier: Apache-2.0
#include "store/audit.h"

#include <fmt/format.h>

#include <limits>

#include "store/schema.h"
#include "store/state.h"

namespace marsad::store {
namespace {

constexpr int kFirstVersionWithAudit = 6;

// Incidents as the log's subjects name them, with their numbers.
constexpr const char* kLogged =
    "(SELECT DISTINCT subject, CAST(substr(subject, 10) AS INTEGER) AS id FROM audit "
    "WHERE subject GLOB 'incident [0-9]*')";

// An incident of the log that the record has no more; empty where there is none.
std::string erased_incident(SQLite::Database& database) {
  SQLite::Statement statement(
      database, fmt::format("SELECT subject FROM {} WHERE id NOT IN (SELECT id FROM incident) "
                            "ORDER BY id LIMIT 1",
                            kLogged));
  return statement.executeStep() ? Row(statement).text() : "";
}

// The least number of an incident that has an entry; later ones must have one too.
std::uint64_t first_logged(SQLite::Database& database) {
  SQLite::Statement statement(database, fmt::format("SELECT min(id) FROM {}", kLogged));
  statement.executeStep();
  if (statement.isColumnNull(0)) return std::numeric_limits<std::uint64_t>::max();
  return Row(statement).unsigned_integer();
}

}  // namespace

base::Result<void> AuditLog::append(const AuditEntry& entry) {
  return store_.state_->write([&](SQLite::Database&) { store_.state_->audit(entry); });
}

base::Result<void> AuditLog::append_if_changed(const AuditEntry& entry) {
  return store_.state_->write([&](SQLite::Database& database) {
    if (newest_body(database, entry.subject) != entry.body) store_.state_->audit(entry);
  });
}

base::Result<AuditReport> AuditLog::verify(std::string_view public_key) const {
  const auto& state = *store_.state_;
  return state.read([&](SQLite::Database& database) -> base::Result<AuditReport> {
    if (schema_version(database) < kFirstVersionWithAudit) {
      return base::Error{state.file, "a record of an older version, which has no audit log"};
    }
    AuditReport report = verify_rows(database, public_key);
    if (report.broken) return report;
    if (const std::string erased = erased_incident(database); !erased.empty()) {
      report.broken = {0, erased + " is in the log and not in the record"};
      return report;
    }
    const std::uint64_t first = first_logged(database);
    const auto as_logged = [&](const incident::Incident& incident) {
      const AuditEntry now = entry_of(incident);
      const std::string logged = newest_body(database, now.subject);
      if (logged == now.body) return true;
      if (logged.empty() && incident.id.value < first) return true;  // of before there was a log
      report.broken = {0, logged.empty() ? now.subject + " has no entry"
                                         : now.subject + " is not as its newest entry says"};
      return false;
    };
    const auto compared = each_incident(database, {"ORDER BY id", {}}, as_logged);
    if (!compared) return base::Error{state.file, to_string(compared.error())};
    return report;
  });
}

}  // namespace marsad::store
