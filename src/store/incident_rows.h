// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "incident/incident.h"
#include "store/store.h"

// Incidents as rows. These throw SQLite's exception; the caller holds the transaction.
namespace marsad::store {

void write_incident(SQLite::Database& database, RunId run, const incident::Incident& incident);

// Which incidents, and in which order: what follows FROM incident, and its parameters.
struct IncidentQuery {
  std::string clause;
  std::vector<std::uint64_t> parameters;
};

// Calls `take` for one after the other, while it returns true. Errors: a word this version does not
// know.
base::Result<void> each_incident(SQLite::Database& database, const IncidentQuery& query,
                                 const std::function<bool(incident::Incident)>& take);

}  // namespace marsad::store
