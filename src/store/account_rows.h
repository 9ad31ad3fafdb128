// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <SQLiteCpp/Database.h>

#include <vector>

#include "store/store.h"

// What accounting reads, as rows. These throw SQLite's exception; the caller holds the transaction.
// Readers find nothing in a record of a version that had no such tables.
namespace marsad::store {

// Adds frames to the hours of their cameras.
void write_watch(SQLite::Database& database, RunId run,
                 const std::vector<detect::FrameDetections>& frames);
std::vector<CameraWatch> read_watch(SQLite::Database& database, base::Time from, base::Time to);

// Errors: a word this version does not know.
base::Result<std::vector<incident::Accounted>> read_accounted(SQLite::Database& database,
                                                              base::Time from, base::Time to);

}  // namespace marsad::store
