// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <SQLiteCpp/Database.h>

#include <string>

#include "incident/incident.h"
#include "seal/seal.h"
#include "store/audit.h"

// The audit log as rows. These throw SQLite's exception; the caller holds the transaction.
namespace marsad::store {

void append_audit(SQLite::Database& database, const seal::SigningKey& key, const AuditEntry& entry);

// The body of the newest entry of a subject; empty where there is none.
std::string newest_body(SQLite::Database& database, const std::string& subject);

AuditReport verify_rows(SQLite::Database& database, std::string_view public_key);

// An incident as its entry has it. Its time and person are those of the newest note, else the
// incident's own and "judge".
AuditEntry entry_of(const incident::Incident& incident);

}  // namespace marsad::store
