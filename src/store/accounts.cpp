// SPDX-License-Identifier: Apache-2.0
#include "store/accounts.h"

#include <fmt/format.h>

#include "store/state.h"

namespace marsad::store {
namespace {

constexpr const char* kColumns =
    "name, role, partner, stretches, sensors, password, failures, locked_until_us";

AccountRow read_row(SQLite::Statement& statement) {
  Row row(statement);
  AccountRow account;
  for (std::string* text : {&account.name, &account.role, &account.partner, &account.stretches,
                            &account.sensors, &account.password}) {
    *text = row.text();
  }
  account.failures = row.small();
  account.locked_until = row.time();
  return account;
}

void execute(SQLite::Database& database, const char* query, const std::string& parameter) {
  SQLite::Statement statement(database, query);
  Binder(statement) << parameter;
  statement.exec();
}

// And forgets those that are over.
void insert_session(SQLite::Database& database, const std::string& hash, const std::string& account,
                    base::Time since, base::Time until) {
  SQLite::Statement statement(database, "INSERT INTO session VALUES (?, ?, ?, ?)");
  Binder(statement) << hash << account << since << until;
  statement.exec();
  SQLite::Statement old(database, "DELETE FROM session WHERE until_us < ?");
  Binder(old) << since;
  old.exec();
}

}  // namespace

base::Result<std::vector<AccountRow>> Accounts::all() const {
  using List = std::vector<AccountRow>;
  return store_.state_->read([&](SQLite::Database& database) -> base::Result<List> {
    SQLite::Statement statement(database,
                                fmt::format("SELECT {} FROM account ORDER BY name", kColumns));
    List out;
    while (statement.executeStep()) out.push_back(read_row(statement));
    return out;
  });
}

base::Result<std::optional<AccountRow>> Accounts::find(const std::string& name) const {
  using Found = std::optional<AccountRow>;
  return store_.state_->read([&](SQLite::Database& database) -> base::Result<Found> {
    SQLite::Statement statement(database,
                                fmt::format("SELECT {} FROM account WHERE name = ?", kColumns));
    Binder(statement) << name;
    if (!statement.executeStep()) return Found();
    return Found(read_row(statement));
  });
}

base::Result<void> Accounts::put(const AccountRow& account, const std::string& by,
                                 base::Time time) {
  return store_.state_->write([&](SQLite::Database& database) {
    SQLite::Statement statement(
        database,
        "INSERT INTO account VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET "
        "role = excluded.role, partner = excluded.partner, stretches = excluded.stretches, "
        "sensors = excluded.sensors, password = excluded.password, failures = excluded.failures, "
        "locked_until_us = excluded.locked_until_us");
    Binder(statement) << account.name << account.role << account.partner << account.stretches
                      << account.sensors << account.password << account.failures
                      << account.locked_until;
    statement.exec();
    store_.state_->audit(
        {time, by, "account " + account.name,
         fmt::format("role={}\npartner={}\nkilometres={}\nsensors={}\n", account.role,
                     account.partner, account.stretches, account.sensors)});
  });
}

base::Result<void> Accounts::put_failures(const std::string& name, std::uint32_t failures,
                                          base::Time locked_until) {
  return store_.state_->write([&](SQLite::Database& database) {
    SQLite::Statement statement(
        database, "UPDATE account SET failures = ?, locked_until_us = ? WHERE name = ?");
    Binder(statement) << failures << locked_until << name;
    statement.exec();
  });
}

base::Result<void> Accounts::lock(const std::string& name, const std::string& by, base::Time time) {
  return store_.state_->write([&](SQLite::Database& database) {
    execute(database, "DELETE FROM session WHERE account = ?", name);
    execute(database, "UPDATE account SET password = '' WHERE name = ?", name);
    store_.state_->audit({time, by, "account " + name, "locked"});
  });
}

base::Result<void> Accounts::remove(const std::string& name, const std::string& by,
                                    base::Time time) {
  return store_.state_->write([&](SQLite::Database& database) {
    execute(database, "DELETE FROM session WHERE account = ?", name);
    execute(database, "DELETE FROM account WHERE name = ?", name);
    store_.state_->audit({time, by, "account " + name, "removed"});
  });
}

base::Result<void> Accounts::begin_session(const std::string& hash, const std::string& account,
                                           base::Time since, base::Time until) {
  return store_.state_->write(
      [&](SQLite::Database& database) { insert_session(database, hash, account, since, until); });
}

base::Result<void> Accounts::begin_token(const std::string& hash, const std::string& account,
                                         const std::string& by, base::Time since,
                                         base::Time until) {
  return store_.state_->write([&](SQLite::Database& database) {
    insert_session(database, hash, account, since, until);
    store_.state_->audit({since, by, "account " + account,
                          fmt::format("token made, until {}", base::to_iso8601(until))});
  });
}

base::Result<void> Accounts::end_session(const std::string& hash) {
  return store_.state_->write([&](SQLite::Database& database) {
    execute(database, "DELETE FROM session WHERE hash = ?", hash);
  });
}

base::Result<void> Accounts::end_sessions_of(const std::string& account) {
  return store_.state_->write([&](SQLite::Database& database) {
    execute(database, "DELETE FROM session WHERE account = ?", account);
  });
}

base::Result<std::optional<AccountRow>> Accounts::account_of_session(const std::string& hash,
                                                                     base::Time now) const {
  using Found = std::optional<AccountRow>;
  return store_.state_->read([&](SQLite::Database& database) -> base::Result<Found> {
    SQLite::Statement statement(
        database, fmt::format("SELECT {} FROM account WHERE name = (SELECT account FROM session "
                              "WHERE hash = ? AND until_us > ?)",
                              kColumns));
    Binder(statement) << hash << now;
    if (!statement.executeStep()) return Found();
    return Found(read_row(statement));
  });
}

}  // namespace marsad::store
