// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <SQLiteCpp/Database.h>

#include <chrono>
#include <vector>

#include "store/store.h"
#include "track/track.h"

// Tracks as rows. These throw SQLite's exception; the caller holds the transaction.
namespace marsad::store {

void write_tracks(SQLite::Database& database, RunId run, const std::vector<track::Track>& tracks);

// Those of these seconds, first and last included.
void erase_tracks(SQLite::Database& database, RunId run, std::chrono::sys_seconds first,
                  std::chrono::sys_seconds last);

// Those with from <= time < to, by second, then id. Errors: a word this version does not know.
base::Result<std::vector<track::Track>> read_tracks(SQLite::Database& database, RunId run,
                                                    base::Time from, base::Time to);

}  // namespace marsad::store
