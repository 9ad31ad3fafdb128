// SPDX-License-Identifier: Apache-2.0
#include "store/health_rows.h"

#include <fmt/format.h>

#include "base/words.h"
#include "store/schema.h"
#include "store/sqlite.h"

namespace marsad::store {
namespace {

constexpr int kFirstVersionWithHealth = 2;

}  // namespace

void write_health(SQLite::Database& database, RunId run,
                  const std::vector<sensor::HealthStretch>& stretches) {
  SQLite::Statement statement(database,
                              "INSERT OR REPLACE INTO health VALUES (?, ?, ?, ?, ?, ?, ?)");
  for (const sensor::HealthStretch& stretch : stretches) {
    Binder binder(statement);
    binder << run << stretch.sensor.text << stretch.number << std::string(base::word(stretch.state))
           << stretch.since;
    if (stretch.until) {
      binder << *stretch.until;
    } else {
      binder.null();
    }
    binder << stretch.detail;
    statement.exec();
    statement.reset();
  }
}

base::Result<std::vector<RecordedHealth>> read_newest_health(SQLite::Database& database,
                                                             const sensor::SensorId& sensor,
                                                             std::uint32_t most) {
  std::vector<RecordedHealth> found;
  if (schema_version(database) < kFirstVersionWithHealth) return found;
  SQLite::Statement statement(database,
                              "SELECT run_id, number, state, since_us, until_us IS NULL, "
                              "coalesce(until_us, 0), detail FROM health WHERE sensor = ? "
                              "ORDER BY run_id DESC, number DESC LIMIT ?");
  Binder(statement) << sensor.text << most;
  while (statement.executeStep()) {
    Row row(statement);
    RecordedHealth& recorded = found.emplace_back();
    recorded.run = row.id<RunId>();
    recorded.stretch.sensor = sensor;
    recorded.stretch.number = row.small();
    const std::string word = row.text();
    const auto state = base::from_word<sensor::HealthState>(word);
    if (!state) return base::Error{"health", fmt::format("unknown word '{}'", word)};
    recorded.stretch.state = *state;
    recorded.stretch.since = row.time();
    const bool lasts = row.integer() != 0;
    const base::Time until = row.time();
    if (!lasts) recorded.stretch.until = until;
    recorded.stretch.detail = row.text();
  }
  return found;
}

}  // namespace marsad::store
