// SPDX-License-Identifier: Apache-2.0
#include "store/received.h"

#include <fmt/format.h>

#include "base/words.h"
#include "store/schema.h"
#include "store/sqlite.h"
#include "store/state.h"

namespace marsad::store {
namespace {

constexpr int kFirstVersionWithReceived = 8;
constexpr int kFirstVersionWithGone = 9;

template <class Enum>
base::Result<Enum> read_word(const std::string& text) {
  const auto value = base::from_word<Enum>(text);
  if (!value) return base::Error{"force_report", fmt::format("unknown word '{}'", text)};
  return *value;
}

base::Result<border::ForceReport> read_force(SQLite::Statement& statement) {
  Row row(statement);
  border::ForceReport report;
  report.name = row.text();
  const auto allegiance = read_word<border::Allegiance>(row.text());
  if (!allegiance) return allegiance.error();
  const auto role = read_word<border::ForceRole>(row.text());
  if (!role) return role.error();
  report.allegiance = *allegiance;
  report.role = *role;
  report.place.lat_rad = row.real();
  report.place.lon_rad = row.real();
  report.uncertainty_m = row.real();
  report.heard = row.time();
  report.source = row.text();
  report.is_gone = row.integer() != 0;
  return report;
}

void insert(SQLite::Database& database, const border::ForceReport& report) {
  SQLite::Statement statement(database,
                              "INSERT INTO force_report (name, allegiance, role, lat_rad, lon_rad, "
                              "uncertainty_m, heard_us, source, gone) "
                              "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  Binder(statement) << report.name << std::string(base::word(report.allegiance))
                    << std::string(base::word(report.role)) << report.place.lat_rad
                    << report.place.lon_rad << report.uncertainty_m << report.heard << report.source
                    << report.is_gone;
  statement.exec();
}

}  // namespace

base::Result<ReceivedLog::Put> ReceivedLog::put(const ReceivedAlert& alert) {
  Put put;
  const auto written = store_.state_->write([&](SQLite::Database& database) {
    SQLite::Statement known(database,
                            "SELECT id FROM received_alert WHERE partner = ? AND sender = ? AND "
                            "identifier = ? AND sent_us = ?");
    Binder(known) << alert.partner.text << alert.sender << alert.identifier << alert.sent;
    if (known.executeStep()) {
      put = {Row(known).id<AlertId>(), true};
      return;
    }
    SQLite::Statement statement(database,
                                "INSERT INTO received_alert (time_us, partner, by, identifier, "
                                "sender, sent_us, body) VALUES (?, ?, ?, ?, ?, ?, ?)");
    Binder(statement) << alert.received << alert.partner.text << alert.by << alert.identifier
                      << alert.sender << alert.sent << alert.body;
    statement.exec();
    put.id.value = static_cast<std::uint64_t>(database.getLastInsertRowid());
    store_.state_->audit({alert.received, alert.by, fmt::format("alert id {}", put.id.value),
                          fmt::format("partner={}\n{}", alert.partner.text, alert.body)});
  });
  if (!written) return written.error();
  return put;
}

base::Result<std::vector<ReceivedAlert>> ReceivedLog::newest_alerts(std::uint32_t most) const {
  using List = std::vector<ReceivedAlert>;
  return store_.state_->read([&](SQLite::Database& database) -> base::Result<List> {
    List out;
    if (schema_version(database) < kFirstVersionWithReceived) return out;
    SQLite::Statement statement(database,
                                "SELECT id, time_us, partner, by, identifier, sender, sent_us, "
                                "body FROM received_alert ORDER BY id DESC LIMIT ?");
    Binder(statement) << most;
    while (statement.executeStep()) {
      Row row(statement);
      ReceivedAlert& alert = out.emplace_back();
      alert.id = row.id<AlertId>();
      alert.received = row.time();
      alert.partner.text = row.text();
      alert.by = row.text();
      alert.identifier = row.text();
      alert.sender = row.text();
      alert.sent = row.time();
      alert.body = row.text();
    }
    return out;
  });
}

base::Result<void> ReceivedLog::put(const std::vector<border::ForceReport>& reports) {
  return store_.state_->write([&](SQLite::Database& database) {
    for (const border::ForceReport& report : reports) insert(database, report);
  });
}

base::Result<void> ReceivedLog::put_told(const border::ForceReport& report, base::Time now) {
  return store_.state_->write([&](SQLite::Database& database) {
    insert(database, report);
    store_.state_->audit(
        {now, report.source, fmt::format("force {}", report.name),
         fmt::format("allegiance={}\nrole={}\nlat_deg={:.6f}\nlon_deg={:.6f}\n"
                     "uncertainty_m={:.0f}\nheard={}\ngone={}",
                     base::word(report.allegiance), base::word(report.role),
                     geo::degrees(report.place.lat_rad), geo::degrees(report.place.lon_rad),
                     report.uncertainty_m, base::to_iso8601(report.heard), report.is_gone)});
  });
}

base::Result<std::vector<border::ForceReport>> ReceivedLog::newest_forces() const {
  using List = std::vector<border::ForceReport>;
  return store_.state_->read([&](SQLite::Database& database) -> base::Result<List> {
    List out;
    if (schema_version(database) < kFirstVersionWithReceived) return out;
    // SQLite takes the other columns from the row that has the greatest time.
    const char* const gone = schema_version(database) < kFirstVersionWithGone ? "0" : "gone";
    SQLite::Statement statement(
        database, fmt::format("SELECT name, allegiance, role, lat_rad, lon_rad, uncertainty_m, "
                              "max(heard_us), source, {} FROM force_report GROUP BY name",
                              gone));
    while (statement.executeStep()) {
      auto report = read_force(statement);
      if (!report) return report.error();
      out.push_back(*std::move(report));
    }
    return out;
  });
}

}  // namespace marsad::store
