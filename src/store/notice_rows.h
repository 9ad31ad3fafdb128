// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <SQLiteCpp/Database.h>

#include <string>
#include <vector>

#include "store/outbox.h"

// Notices and what became of them as rows. These throw SQLite's exception; the caller holds the
// transaction.
namespace marsad::store {

// With the next number to its partner. Returns its id and number.
QueuedNotice write_notice(SQLite::Database& database, QueuedNotice notice);
void write_step(SQLite::Database& database, NoticeId notice, const liaison::DeliveryStep& step);

// `clause` is what follows FROM notice, with at most one parameter. Errors: a word this version
// does not know.
base::Result<std::vector<NoticeHistory>> read_notices(SQLite::Database& database,
                                                      const std::string& clause,
                                                      std::optional<std::uint64_t> parameter);

}  // namespace marsad::store
