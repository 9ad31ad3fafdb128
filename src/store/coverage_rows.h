// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <SQLiteCpp/Database.h>

#include <vector>

#include "store/store.h"

// The ledger of blind kilometres as rows. These throw SQLite's exception; the caller holds the
// transaction. Readers find nothing in a record of a version that had no such tables.
namespace marsad::store {

void write_kept(SQLite::Database& database, RunId run, const plan::KeptSpan& kept);
void write_spells(SQLite::Database& database, RunId run,
                  const std::vector<plan::DarkSpell>& spells);
// Errors: a kind of crosser this version does not know.
base::Result<CoverageHistory> read_coverage(SQLite::Database& database, base::Time from,
                                            base::Time to);

void write_condition(SQLite::Database& database, RunId run, const plan::ConditionWord& word);
std::vector<plan::ConditionWord> read_newest_conditions(SQLite::Database& database);

}  // namespace marsad::store
