// SPDX-License-Identifier: Apache-2.0
#include "store/outbox.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/words.h"
#include "store/notice_rows.h"
#include "store/schema.h"
#include "store/state.h"

namespace marsad::store {
namespace {

constexpr int kFirstVersionWithNotices = 6;

std::string subject_of(const QueuedNotice& queued) {
  return fmt::format("notice {} {}", queued.notice.to.text, queued.number);
}

std::string body_of(const QueuedNotice& queued) {
  std::string out = fmt::format("incident={}\n", queued.incident.value);
  for (const liaison::Told& one : liaison::told(queued.notice)) {
    out += fmt::format("{}={}\n", base::word(one.field), one.value);
  }
  for (const std::string& hop : queued.route.hops) out += fmt::format("hop={}\n", hop);
  return out;
}

std::vector<liaison::Release> read_releases(SQLite::Statement& statement) {
  std::vector<liaison::Release> out;
  while (statement.executeStep()) {
    Row row(statement);
    std::string by = row.text();
    out.push_back({std::move(by), row.time()});
  }
  return out;
}

std::vector<liaison::Release> read_open_releases(SQLite::Database& database,
                                                 incident::IncidentId incident,
                                                 const liaison::PartnerId& partner) {
  SQLite::Statement statement(database,
                              "SELECT by, time_us FROM release WHERE incident_id = ? AND "
                              "partner = ? AND used_by IS NULL ORDER BY id");
  Binder(statement) << incident << partner.text;
  return read_releases(statement);
}

}  // namespace

base::Result<std::vector<liaison::Release>> Outbox::open_releases(
    incident::IncidentId incident, const liaison::PartnerId& partner) const {
  return store_.state_->read(
      [&](SQLite::Database& database) -> base::Result<std::vector<liaison::Release>> {
        return read_open_releases(database, incident, partner);
      });
}

base::Result<std::vector<OpenReleases>> Outbox::open_releases(std::uint32_t most) const {
  using List = std::vector<OpenReleases>;
  return store_.state_->read([&](SQLite::Database& database) -> base::Result<List> {
    SQLite::Statement statement(database,
                                "SELECT incident_id, partner, by, time_us FROM release WHERE "
                                "used_by IS NULL ORDER BY incident_id DESC, partner, id LIMIT ?");
    Binder(statement) << most;
    List out;
    while (statement.executeStep()) {
      Row row(statement);
      const incident::IncidentId incident = row.id<incident::IncidentId>();
      const liaison::PartnerId partner{row.text()};
      std::string by = row.text();
      if (out.empty() || out.back().incident != incident || out.back().partner != partner) {
        out.push_back({incident, partner, {}});
      }
      out.back().releases.push_back({std::move(by), row.time()});
    }
    return out;
  });
}

base::Result<std::optional<QueuedNotice>> Outbox::release(
    incident::IncidentId incident, const liaison::PartnerId& partner,
    const liaison::Release& release, const std::optional<QueuedNotice>& notice) {
  std::optional<QueuedNotice> queued;
  const auto written = store_.state_->write([&](SQLite::Database& database) {
    const auto known = read_open_releases(database, incident, partner);
    const bool again = std::any_of(known.begin(), known.end(), [&](const liaison::Release& one) {
      return one.by == release.by;
    });
    if (!again) {
      SQLite::Statement statement(
          database, "INSERT INTO release (incident_id, partner, by, time_us) VALUES (?, ?, ?, ?)");
      Binder(statement) << incident << partner.text << release.by << release.time;
      statement.exec();
      store_.state_->audit({release.time, release.by,
                            fmt::format("release of incident {}", incident.value),
                            "partner=" + partner.text});
    }
    if (!notice) return;
    queued = write_notice(database, *notice);
    SQLite::Statement use(database,
                          "UPDATE release SET used_by = ? WHERE incident_id = ? AND partner = ? "
                          "AND used_by IS NULL");
    Binder(use) << queued->id << incident << partner.text;
    use.exec();
    store_.state_->audit({release.time, release.by, subject_of(*queued), body_of(*queued)});
  });
  if (!written) return written.error();
  return queued;
}

base::Result<std::optional<QueuedNotice>> Outbox::queue_once(const QueuedNotice& notice,
                                                             const std::string& by) {
  std::optional<QueuedNotice> queued;
  const auto written = store_.state_->write([&](SQLite::Database& database) {
    SQLite::Statement known(database,
                            "SELECT 1 FROM notice WHERE incident_id = ? AND partner = ? LIMIT 1");
    Binder(known) << notice.incident << notice.notice.to.text;
    if (known.executeStep()) return;
    queued = write_notice(database, notice);
    store_.state_->audit({notice.queued, by, subject_of(*queued), body_of(*queued)});
  });
  if (!written) return written.error();
  return queued;
}

base::Result<std::vector<liaison::Release>> Outbox::releases_of(NoticeId notice) const {
  return store_.state_->read(
      [&](SQLite::Database& database) -> base::Result<std::vector<liaison::Release>> {
        SQLite::Statement statement(
            database, "SELECT by, time_us FROM release WHERE used_by = ? ORDER BY id");
        Binder(statement) << notice;
        return read_releases(statement);
      });
}

base::Result<void> Outbox::add_step(NoticeId notice, const liaison::DeliveryStep& step,
                                    bool finished) {
  return store_.state_->write([&](SQLite::Database& database) {
    write_step(database, notice, step);
    SQLite::Statement finish(database, "UPDATE notice SET finished = ? WHERE id = ?");
    Binder(finish) << std::int64_t{finished ? 1 : 0} << notice;
    finish.exec();
    store_.state_->audit({step.time, step.hop, fmt::format("notice id {}", notice.value),
                          fmt::format("{}: {}", base::word(step.kind), step.detail)});
  });
}

base::Result<std::vector<NoticeHistory>> Outbox::unfinished() const {
  return read("WHERE finished = 0 ORDER BY id", std::nullopt);
}

base::Result<std::vector<NoticeHistory>> Outbox::newest(std::uint32_t most) const {
  return read("ORDER BY id DESC LIMIT ?", most);
}

base::Result<std::optional<NoticeHistory>> Outbox::notice(NoticeId id) const {
  auto found = read("WHERE id = ?", id.value);
  if (!found) return found.error();
  if (found->empty()) return std::optional<NoticeHistory>();
  return std::optional(std::move(found->front()));
}

base::Result<std::vector<NoticeHistory>> Outbox::read(
    const std::string& clause, std::optional<std::uint64_t> parameter) const {
  const auto& state = *store_.state_;
  using List = std::vector<NoticeHistory>;
  return state.read([&](SQLite::Database& database) -> base::Result<List> {
    if (schema_version(database) < kFirstVersionWithNotices) return List();
    auto found = read_notices(database, clause, parameter);
    if (!found) return base::Error{state.file, to_string(found.error())};
    return found;
  });
}

}  // namespace marsad::store
