// SPDX-License-Identifier: Apache-2.0
#include "store/audit.h"

#include <fmt/format.h>

#include "store/schema.h"
#include "store/state.h"

namespace marsad::store {
namespace {

constexpr int kFirstVersionWithAudit = 4;

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
    const auto incidents = read_incidents(database, {"ORDER BY id", std::nullopt});
    if (!incidents) return base::Error{state.file, to_string(incidents.error())};
    for (const incident::Incident& incident : *incidents) {
      const AuditEntry now = entry_of(incident);
      const std::string logged = newest_body(database, now.subject);
      if (logged.empty() || logged == now.body) continue;  // none: of before there was a log
      report.broken = {0, now.subject + " is not as its newest entry says"};
      return report;
    }
    return report;
  });
}

}  // namespace marsad::store
