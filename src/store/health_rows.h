// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <SQLiteCpp/Database.h>

#include <vector>

#include "store/store.h"

// Stretches of the sensors' health as rows. These throw SQLite's exception; the caller holds the
// transaction.
namespace marsad::store {

void write_health(SQLite::Database& database, RunId run,
                  const std::vector<sensor::HealthStretch>& stretches);

// Newest first; none from a record of a version that had no such table. Errors: a state this
// version does not know.
base::Result<std::vector<RecordedHealth>> read_newest_health(SQLite::Database& database,
                                                             const sensor::SensorId& sensor,
                                                             std::uint32_t most);

}  // namespace marsad::store
