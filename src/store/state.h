// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "store/audit_rows.h"
#include "store/incident_rows.h"
#include "store/sqlite.h"
#include "store/store.h"

namespace marsad::store {

// Two connections, so that reading history does not keep the pipeline from writing. SQLiteCpp's
// objects belong to one thread at a time, hence the locks; no call takes both.
struct Store::State {
  std::string file;
  mutable std::mutex write_mutex;
  std::unique_ptr<SQLite::Database> writer;  // none where opened to read
  mutable std::mutex read_mutex;
  std::unique_ptr<SQLite::Database> reader;  // goes first, so that the writer tidies up as the last
  std::optional<seal::SigningKey> key;       // of the audit log; none: nothing is put there

  // Runs `work` on the writing connection in one transaction, which is on the disk on return.
  template <class Work>
  base::Result<void> write(const Work& work) const {
    if (!writer) return base::Error{file, "opened to read, can't be written"};
    const std::lock_guard lock(write_mutex);
    return attempt(file, [&]() -> base::Result<void> {
      SQLite::Transaction transaction(*writer, SQLite::TransactionBehavior::IMMEDIATE);
      work(*writer);
      transaction.commit();
      return {};
    });
  }

  // Puts an entry into the audit log; the caller holds the transaction.
  void audit(const AuditEntry& entry) const {
    if (key) append_audit(*writer, *key, entry);
  }

  // Runs `work` on the reading connection; all it reads is of one moment.
  template <class Work>
  auto read(const Work& work) const -> std::invoke_result_t<Work, SQLite::Database&> {
    const std::lock_guard lock(read_mutex);
    return attempt(file, [&]() -> std::invoke_result_t<Work, SQLite::Database&> {
      SQLite::Transaction transaction(*reader);
      return work(*reader);
    });
  }

  base::Result<std::vector<incident::Incident>> incidents(const IncidentQuery& query) const {
    return read([&](SQLite::Database& database) -> base::Result<std::vector<incident::Incident>> {
      std::vector<incident::Incident> found;
      const auto read = each_incident(database, query, [&](incident::Incident incident) {
        found.push_back(std::move(incident));
        return true;
      });
      if (!read) return base::Error{file, to_string(read.error())};
      return found;
    });
  }
};

}  // namespace marsad::store
