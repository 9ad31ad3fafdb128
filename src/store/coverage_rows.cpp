// SPDX-License-Identifier: Apache-2.0
#include "store/coverage_rows.h"

#include <fmt/format.h>

#include <algorithm>

#include "store/schema.h"
#include "store/sqlite.h"

namespace marsad::store {
namespace {

constexpr int kFirstVersionWithCoverage = 4;

std::vector<plan::KeptSpan> read_kept(SQLite::Database& database, base::Time from, base::Time to) {
  SQLite::Statement statement(database,
                              "SELECT since_us, until_us FROM ledger_kept "
                              "WHERE since_us < ? AND until_us > ? ORDER BY run_id");
  Binder(statement) << to << from;
  std::vector<plan::KeptSpan> spans;
  while (statement.executeStep()) {
    Row row(statement);
    const base::Time since = row.time();
    spans.push_back({since, row.time()});
  }
  return spans;
}

}  // namespace

void write_kept(SQLite::Database& database, RunId run, const plan::KeptSpan& kept) {
  SQLite::Statement statement(database, "INSERT OR REPLACE INTO ledger_kept VALUES (?, ?, ?)");
  Binder(statement) << run << kept.since << kept.until;
  statement.exec();
}

void write_spells(SQLite::Database& database, RunId run,
                  const std::vector<plan::DarkSpell>& spells) {
  SQLite::Statement statement(database,
                              "INSERT OR REPLACE INTO dark_spell VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  for (const plan::DarkSpell& spell : spells) {
    Binder binder(statement);
    binder << run << spell.number << std::string(plan::kCrosserNames[spell.kind]) << spell.from_m
           << spell.to_m << spell.since;
    if (spell.until) {
      binder << *spell.until;
    } else {
      binder.null();
    }
    binder << spell.cause;
    statement.exec();
    statement.reset();
  }
}

base::Result<CoverageHistory> read_coverage(SQLite::Database& database, base::Time from,
                                            base::Time to) {
  CoverageHistory history;
  if (schema_version(database) < kFirstVersionWithCoverage) return history;
  history.kept = read_kept(database, from, to);
  // A run that was killed could not say until when its last ones lasted; they count for as long
  // as its ledger is known to have been kept.
  SQLite::Statement statement(
      database,
      "SELECT number, who, from_m, to_m, dark_spell.since_us, "
      "coalesce(dark_spell.until_us, ledger_kept.until_us) AS end_us, cause "
      "FROM dark_spell JOIN ledger_kept USING (run_id) "
      "WHERE dark_spell.since_us < ? AND end_us > ? ORDER BY run_id, number");
  Binder(statement) << to << from;
  while (statement.executeStep()) {
    Row row(statement);
    plan::DarkSpell& spell = history.spells.emplace_back();
    spell.number = row.small();
    const std::string who = row.text();
    const auto* const kind = std::find(plan::kCrosserNames.begin(), plan::kCrosserNames.end(), who);
    if (kind == plan::kCrosserNames.end()) {
      return base::Error{"dark_spell", fmt::format("unknown word '{}'", who)};
    }
    spell.kind = static_cast<std::size_t>(kind - plan::kCrosserNames.begin());
    spell.from_m = row.real();
    spell.to_m = row.real();
    spell.since = row.time();
    spell.until = row.time();
    spell.cause = row.text();
  }
  return history;
}

void write_condition(SQLite::Database& database, RunId run, const plan::ConditionWord& word) {
  SQLite::Statement statement(database,
                              "INSERT INTO condition_word (run_id, time_us, by, balloon, up, "
                              "extinction_per_km, text) VALUES (?, ?, ?, ?, ?, ?, ?)");
  Binder(statement) << run << word.time << word.by << word.balloon << std::int64_t{word.up}
                    << word.extinction_per_km << word.text;
  statement.exec();
}

std::vector<plan::ConditionWord> read_newest_conditions(SQLite::Database& database) {
  std::vector<plan::ConditionWord> words;
  if (schema_version(database) < kFirstVersionWithCoverage) return words;
  SQLite::Statement statement(database,
                              "SELECT time_us, by, balloon, up, extinction_per_km, text "
                              "FROM condition_word WHERE id IN "
                              "(SELECT max(id) FROM condition_word GROUP BY balloon) "
                              "ORDER BY balloon");
  while (statement.executeStep()) {
    Row row(statement);
    plan::ConditionWord& word = words.emplace_back();
    word.time = row.time();
    word.by = row.text();
    word.balloon = row.text();
    word.up = row.integer() != 0;
    word.extinction_per_km = row.real();
    word.text = row.text();
  }
  return words;
}

}  // namespace marsad::store
