// SPDX-License-Identifier: Apache-2.0
#include "store/schema.h"

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>

#include "store/schema_text.h"
#include "store/sqlite.h"

namespace marsad::store {
namespace {

constexpr int kApplicationId = 0x4D727364;  // "Mrsd", in the file's header
constexpr int kSchemaVersion = kAdditions.size() + 1;
constexpr int kBusyTimeout_ms = 5000;

int pragma(SQLite::Database& database, const char* query) {
  return database.execAndGet(query).getInt();
}

bool is_empty(SQLite::Database& database) {
  return pragma(database, "SELECT count(*) FROM sqlite_master") == 0 &&
         pragma(database, "PRAGMA application_id") == 0;
}

void create_schema(SQLite::Database& database) {
  // Immediate, so that of two programs that start on a new file one waits and finds it made.
  SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
  if (!is_empty(database)) return;
  database.exec(kSchema);
  for (const char* addition : kAdditions) database.exec(addition);
  database.exec(fmt::format("PRAGMA application_id = {}", kApplicationId));
  database.exec(fmt::format("PRAGMA user_version = {}", kSchemaVersion));
  transaction.commit();
}

void bring_up_to_date(SQLite::Database& database) {
  SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
  const int version = schema_version(database);
  if (version == kSchemaVersion) return;
  for (std::size_t i = static_cast<std::size_t>(version) - 1; i < kAdditions.size(); ++i) {
    database.exec(kAdditions[i]);
  }
  database.exec(fmt::format("PRAGMA user_version = {}", kSchemaVersion));
  transaction.commit();
}

base::Result<void> check_schema(SQLite::Database& database, const std::string& file) {
  if (pragma(database, "PRAGMA application_id") != kApplicationId) {
    return base::Error{file, "not a Marsad record (an SQLite file of something else)"};
  }
  const int version = schema_version(database);
  if (version >= 1 && version <= kSchemaVersion) return {};
  return base::Error{
      file, fmt::format("a record of version {}; this program reads versions 1 to {}{}", version,
                        kSchemaVersion, version > kSchemaVersion ? ", use a newer Marsad" : "")};
}

// What SQLite would only call "unable to open".
base::Result<void> check_path(const std::string& file, bool must_exist) {
  std::error_code ignored;
  const std::filesystem::path path(file);
  const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
  if (!std::filesystem::is_directory(folder, ignored)) {
    return base::Error{file, fmt::format("there is no folder '{}'", folder.string())};
  }
  if (std::filesystem::is_directory(path, ignored)) {
    return base::Error{file, "a folder; expected a file"};
  }
  if (must_exist && !std::filesystem::exists(path, ignored)) {
    return base::Error{file, "there is no such file"};
  }
  return {};
}

// Reading a WAL file needs its index beside it. In a folder that nobody can write, where none is
// left over, the file can't change, and SQLite may read it without.
std::string reading_uri(const std::string& file) {
  std::string escaped;
  for (char c : std::filesystem::absolute(file).string()) {
    if (c == '%' || c == '?' || c == '#') {
      escaped += fmt::format("%{:02X}", static_cast<unsigned>(c));
    } else {
      escaped += c;
    }
  }
  const std::filesystem::path path(file);
  const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
  std::error_code ignored;
  const bool frozen =
      access(folder.c_str(), W_OK) != 0 && !std::filesystem::exists(file + "-wal", ignored);
  return "file://" + escaped + (frozen ? "?immutable=1" : "");
}

}  // namespace

int schema_version(SQLite::Database& database) {
  return database.execAndGet("PRAGMA user_version").getInt();
}

base::Result<std::unique_ptr<SQLite::Database>> open_to_write(const std::string& file) {
  if (const auto fine = check_path(file, false); !fine) return fine.error();
  return attempt(file, [&]() -> base::Result<std::unique_ptr<SQLite::Database>> {
    auto database = std::make_unique<SQLite::Database>(
        file, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | SQLite::OPEN_NOMUTEX, kBusyTimeout_ms);
    const bool fresh = is_empty(*database);
    if (!fresh) {
      // Before anything is written: it may be somebody else's file.
      if (const auto fine = check_schema(*database, file); !fine) return fine.error();
    }
    const std::string mode = database->execAndGet("PRAGMA journal_mode = WAL").getString();
    if (mode != "wal") {
      return base::Error{file, "can't be written, or its disk can't keep a write-ahead log"};
    }
    database->exec("PRAGMA synchronous = FULL");
    database->exec("PRAGMA foreign_keys = ON");
    if (fresh) create_schema(*database);
    if (const auto fine = check_schema(*database, file); !fine) return fine.error();
    bring_up_to_date(*database);
    return database;
  });
}

base::Result<std::unique_ptr<SQLite::Database>> open_for_reading(const std::string& file) {
  if (const auto fine = check_path(file, true); !fine) return fine.error();
  return attempt(file, [&]() -> base::Result<std::unique_ptr<SQLite::Database>> {
    auto database = std::make_unique<SQLite::Database>(
        reading_uri(file), SQLite::OPEN_READONLY | SQLite::OPEN_URI | SQLite::OPEN_NOMUTEX,
        kBusyTimeout_ms);
    if (const auto fine = check_schema(*database, file); !fine) return fine.error();
    return database;
  });
}

}  // namespace marsad::store
