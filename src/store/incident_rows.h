// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <SQLiteCpp/Database.h>

#include <string>
#include <vector>

#include "incident/incident.h"
#include "store/store.h"

// Incidents as rows. These throw SQLite's exception; the caller holds the transaction.
namespace marsad::store {

void write_incident(SQLite::Database& database, RunId run, const incident::Incident& incident);

// Which incidents, and in which order: what follows FROM incident, with at most one parameter.
struct IncidentQuery {
  std::string clause;
  std::optional<std::uint64_t> parameter;
};

// Errors: a word this version does not know.
base::Result<std::vector<incident::Incident>> read_incidents(SQLite::Database& database,
                                                             const IncidentQuery& query);

}  // namespace marsad::store
