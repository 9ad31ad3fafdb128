// SPDX-License-Identifier: Apache-2.0
#include "store/notice_rows.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/words.h"
#include "store/sqlite.h"

namespace marsad::store {
namespace {

using liaison::Notice;

// Items one a line; none of them has a line end in it, as names in settings and sensors' don't.
std::string joined(const std::vector<std::string>& items) {
  std::string out;
  for (const std::string& item : items) out += item + "\n";
  return out;
}

std::vector<std::string> parted(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    out.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

template <class T>
void bind(Binder& row, const std::optional<T>& value) {
  if (!value) {
    row.null();
  } else if constexpr (std::is_enum_v<T>) {
    row << std::string(base::word(*value));
  } else {
    row << *value;
  }
}

void bind(Binder& row, const std::optional<sensor::MoverClass>& value) {
  if (value) row << std::string(sensor::name(*value));
  if (!value) row.null();
}

// Reads columns that may be empty; the first word it does not know is kept.
class NoticeRow {
 public:
  explicit NoticeRow(SQLite::Statement& statement) : statement_(statement) {}

  SQLite::Column next() { return statement_.getColumn(index_++); }
  std::string text() { return next().getString(); }
  base::Time time() { return base::Time(base::Duration(next().getInt64())); }
  std::uint64_t number() { return static_cast<std::uint64_t>(next().getInt64()); }

  std::optional<double> real() {
    const SQLite::Column column = next();
    return column.isNull() ? std::nullopt : std::optional(column.getDouble());
  }
  std::optional<base::Time> optional_time() {
    const SQLite::Column column = next();
    if (column.isNull()) return std::nullopt;
    return base::Time(base::Duration(column.getInt64()));
  }
  template <class Enum>
  std::optional<Enum> word() {
    const std::string found = text();  // empty where NULL
    const auto value = base::from_word<Enum>(found);
    if (!found.empty() && !value) unknown_ = found;
    return value;
  }
  std::optional<sensor::MoverClass> mover() {
    const std::string found = text();
    const auto value = sensor::mover_class(found);
    if (!found.empty() && !value) unknown_ = found;
    return value;
  }
  const std::optional<std::string>& unknown() const { return unknown_; }

 private:
  SQLite::Statement& statement_;
  int index_ = 0;
  std::optional<std::string> unknown_;
};

constexpr const char* kColumns =
    "id, partner, number, incident_id, queued_us, not_before_us, hops, why_headquarters, language, "
    "simulated, kind, time_us, chainage_m, lat_rad, lon_rad, cell_m, direction, probability, "
    "mover, speed_mps, heading_rad, outcome, sensors, picture";

QueuedNotice read_row(NoticeRow& row) {
  QueuedNotice queued;
  Notice& notice = queued.notice;
  queued.id.value = row.number();
  notice.to.text = row.text();
  queued.number = row.number();
  queued.incident.value = row.number();
  queued.queued = row.time();
  queued.not_before = row.time();
  queued.route.hops = parted(row.text());
  queued.route.why_headquarters = row.text();
  notice.language = row.word<liaison::Language>().value_or(liaison::Language::en);
  notice.simulated = row.number() != 0;
  notice.kind = row.word<incident::Kind>();
  notice.time = row.optional_time();
  notice.chainage_m = row.real();
  const auto lat_rad = row.real(), lon_rad = row.real(), cell_m = row.real();
  if (lat_rad && lon_rad && cell_m) {
    notice.place = liaison::Cell{{*lat_rad, *lon_rad, 0}, *cell_m};
  }
  notice.direction = row.word<incident::Direction>();
  notice.probability = row.real();
  notice.mover = row.mover();
  notice.speed_mps = row.real();
  notice.heading_rad = row.real();
  notice.outcome = row.word<incident::Outcome>();
  for (std::string& id : parted(row.text())) notice.sensors.push_back({std::move(id)});
  if (row.number() != 0) notice.picture_of = queued.incident;
  return queued;
}

base::Result<std::vector<liaison::DeliveryStep>> read_steps(SQLite::Database& database,
                                                            NoticeId notice) {
  SQLite::Statement statement(database,
                              "SELECT time_us, kind, hop, detail FROM notice_step "
                              "WHERE notice_id = ? ORDER BY id");
  Binder(statement) << notice;
  std::vector<liaison::DeliveryStep> out;
  while (statement.executeStep()) {
    NoticeRow row(statement);
    const base::Time time = row.time();
    const auto kind = row.word<liaison::StepKind>();
    if (!kind) {
      return base::Error{"notice_step",
                         fmt::format("unknown word '{}'", row.unknown().value_or(""))};
    }
    std::string hop = row.text();
    out.push_back({time, *kind, std::move(hop), row.text()});
  }
  return out;
}

}  // namespace

QueuedNotice write_notice(SQLite::Database& database, QueuedNotice queued) {
  const Notice& notice = queued.notice;
  SQLite::Statement numbers(database, "SELECT count(*) FROM notice WHERE partner = ?");
  Binder(numbers) << notice.to.text;
  numbers.executeStep();
  queued.number = Row(numbers).unsigned_integer() + 1;
  SQLite::Statement statement(
      database,
      fmt::format("INSERT INTO notice ({}) VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
                  "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                  kColumns));
  Binder row(statement);
  row << notice.to.text << queued.number << queued.incident << queued.queued << queued.not_before
      << joined(queued.route.hops) << queued.route.why_headquarters
      << std::string(base::word(notice.language)) << std::int64_t{notice.simulated ? 1 : 0};
  bind(row, notice.kind);
  bind(row, notice.time);
  bind(row, notice.chainage_m);
  if (notice.place) {
    row << notice.place->middle.lat_rad << notice.place->middle.lon_rad << notice.place->size_m;
  } else {
    row.null().null().null();
  }
  bind(row, notice.direction);
  bind(row, notice.probability);
  bind(row, notice.mover);
  bind(row, notice.speed_mps);
  bind(row, notice.heading_rad);
  bind(row, notice.outcome);
  std::vector<std::string> sensors;
  for (const sensor::SensorId& id : notice.sensors) sensors.push_back(id.text);
  row << joined(sensors) << std::int64_t{notice.picture_of ? 1 : 0};
  statement.exec();
  queued.id.value = static_cast<std::uint64_t>(database.getLastInsertRowid());
  return queued;
}

void write_step(SQLite::Database& database, NoticeId notice, const liaison::DeliveryStep& step) {
  SQLite::Statement statement(database,
                              "INSERT INTO notice_step (notice_id, time_us, kind, hop, detail) "
                              "VALUES (?, ?, ?, ?, ?)");
  Binder(statement) << notice << step.time << std::string(base::word(step.kind)) << step.hop
                    << step.detail;
  statement.exec();
}

base::Result<std::vector<NoticeHistory>> read_notices(SQLite::Database& database,
                                                      const std::string& clause,
                                                      std::optional<std::uint64_t> parameter) {
  SQLite::Statement statement(database, fmt::format("SELECT {} FROM notice {}", kColumns, clause));
  if (parameter) Binder(statement) << *parameter;
  std::vector<NoticeHistory> out;
  while (statement.executeStep()) {
    NoticeRow row(statement);
    QueuedNotice queued = read_row(row);
    if (row.unknown()) {
      return base::Error{fmt::format("notice {}", queued.id.value),
                         fmt::format("unknown word '{}'", *row.unknown())};
    }
    auto steps = read_steps(database, queued.id);
    if (!steps) return steps.error();
    out.push_back({std::move(queued), *std::move(steps)});
  }
  return out;
}

}  // namespace marsad::store
