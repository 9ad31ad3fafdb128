// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <SQLiteCpp/Database.h>

#include <vector>

#include "store/store.h"

// What operators said of tracks as rows. These throw SQLite's exception; the caller holds the
// transaction.
namespace marsad::store {

void write_word(SQLite::Database& database, RunId run, const RecordedWord& recorded);

// In the order in which they were said; none from a record of a version that had no such table.
// Errors: a word this version does not know.
base::Result<std::vector<RecordedWord>> read_words(SQLite::Database& database, RunId run);

}  // namespace marsad::store
