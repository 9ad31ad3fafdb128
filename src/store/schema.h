// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <SQLiteCpp/Database.h>

#include <memory>
#include <string>

#include "base/result.h"

namespace marsad::store {

// The version of a record that is open.
int schema_version(SQLite::Database& database);

// Opens or creates a record for writing: WAL, every commit synced to the disk, foreign keys held.
// One of an older version is brought up to date.
base::Result<std::unique_ptr<SQLite::Database>> open_to_write(const std::string& file);

// Opens a record that exists, for reading only.
base::Result<std::unique_ptr<SQLite::Database>> open_for_reading(const std::string& file);

}  // namespace marsad::store
