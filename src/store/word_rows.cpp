// SPDX-License-Identifier: Apache-2.0
#include "store/word_rows.h"

#include <fmt/format.h>

#include <string>

#include "base/words.h"
#include "store/schema.h"
#include "store/sqlite.h"

namespace marsad::store {
namespace {

constexpr int kFirstVersionWithWords = 3;

}  // namespace

void write_word(SQLite::Database& database, RunId run, const RecordedWord& recorded) {
  SQLite::Statement statement(database,
                              "INSERT INTO operator_word (run_id, frames, kind, track, other, "
                              "label, by, time_us) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  const track::OperatorWord& word = recorded.word;
  Binder(statement) << run << recorded.frames << std::string(base::word(word.kind)) << word.track
                    << word.other << std::string(sensor::name(word.label)) << word.by << word.time;
  statement.exec();
}

base::Result<std::vector<RecordedWord>> read_words(SQLite::Database& database, RunId run) {
  std::vector<RecordedWord> found;
  if (schema_version(database) < kFirstVersionWithWords) return found;
  SQLite::Statement statement(database,
                              "SELECT frames, kind, track, other, label, by, time_us "
                              "FROM operator_word WHERE run_id = ? ORDER BY id");
  Binder(statement) << run;
  while (statement.executeStep()) {
    Row row(statement);
    RecordedWord& recorded = found.emplace_back();
    recorded.frames = row.unsigned_integer();
    const std::string kind_text = row.text();
    const auto kind = base::from_word<track::WordKind>(kind_text);
    if (!kind) return base::Error{"operator_word", fmt::format("unknown word '{}'", kind_text)};
    recorded.word.kind = *kind;
    recorded.word.track = row.id<track::TrackId>();
    recorded.word.other = row.id<track::TrackId>();
    const std::string label_text = row.text();
    const auto label = sensor::mover_class(label_text);
    if (!label) return base::Error{"operator_word", fmt::format("unknown word '{}'", label_text)};
    recorded.word.label = *label;
    recorded.word.by = row.text();
    recorded.word.time = row.time();
  }
  return found;
}

}  // namespace marsad::store
