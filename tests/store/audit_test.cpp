// SPDX-License-Identifier: Apache-2.0
#include "store/audit.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>

#include "tests/store/notices.h"
#include "tests/support/temporary_folder.h"

namespace marsad::store {
namespace {

using testing::HasSubstr;

// A record whose log has five entries: two incidents, a change of the first, a release, a notice.
struct LoggedRecord {
  LoggedRecord() {
    auto store = Store::open(file_).value();
    store.sign_with(key_);
    const auto run = store.begin_run(sample_time(0), "").value();
    EXPECT_TRUE(store.put_incident(run, sample_incident(1), std::nullopt));
    EXPECT_TRUE(store.put_incident(run, sample_incident(2), std::nullopt));
    incident::Incident changed = sample_incident(1);
    changed.notes.push_back({sample_time(20), "watch 3", "gone"});
    EXPECT_TRUE(store.put_incident(run, changed, std::nullopt));
    EXPECT_TRUE(
        Outbox(store).release({1}, kNorth, {"commander", sample_time(30)}, sample_notice(1)));
  }

  void tamper(const std::string& sql) const {
    SQLite::Database database(file_, SQLite::OPEN_READWRITE);
    ASSERT_EQ(database.exec(sql), 1) << sql;
  }

  AuditReport verify() const { return verify_with(key_.public_key()); }
  AuditReport verify_with(const std::string& public_key) const {
    auto store = Store::open_to_read(file_).value();
    return AuditLog(store).verify(public_key).value();
  }
  std::string why() const { return verify().broken ? verify().broken->why : "nothing is broken"; }

  const test::TemporaryFolder folder_;
  const std::string file_ = folder_.file("record.db");
  const seal::SigningKey key_ = seal::SigningKey::from_seed(std::string(64, '7')).value();
};

class Audit : public ::testing::Test, protected LoggedRecord {};

TEST_F(Audit, HasAnEntryForEveryChangeAndHolds) {
  const AuditReport report = verify();
  EXPECT_EQ(report.entries, 5U);
  EXPECT_EQ(why(), "nothing is broken");
  EXPECT_EQ(report.newest_hash.size(), 64U);
}

TEST_F(Audit, NamesTheFirstEntryOfWhichAnyFieldWasChanged) {
  for (const std::string change :
       {"time_us = time_us + 1", "by = 'someone'", "subject = 'incident 9'", "body = body || ' '",
        "previous = hash", "hash = previous", "signature = replace(signature, 'a', 'b')"}) {
    const LoggedRecord record;
    record.tamper("UPDATE audit SET " + change + " WHERE id = 3");
    const auto broken = record.verify().broken;
    ASSERT_TRUE(broken) << change;
    EXPECT_EQ(broken->entry, 3U) << change;
  }
}

TEST_F(Audit, FindsAnEntryThatWasTakenOut) {
  tamper("DELETE FROM audit WHERE id = 2");
  EXPECT_EQ(verify().broken->entry, 3U);
  EXPECT_THAT(why(), HasSubstr("entry 2 is missing"));
}

TEST_F(Audit, FindsAChainThatSomebodyElseWroteAnew) {
  const auto other = seal::SigningKey::make();
  EXPECT_EQ(verify_with(other.public_key()).broken->entry, 1U);
}

TEST_F(Audit, FindsAnIncidentThatWasChangedPastIt) {
  tamper("UPDATE incident SET outcome = 'false_alarm', state = 'resolved' WHERE id = 2");
  EXPECT_THAT(why(), HasSubstr("incident 2 is not as its newest entry says"));
}

TEST_F(Audit, FindsAnIncidentThatWasTakenOutOfTheRecord) {
  tamper("DELETE FROM incident WHERE id = 2");
  EXPECT_THAT(why(), HasSubstr("incident 2 is in the log and not in the record"));
}

TEST_F(Audit, FindsAnIncidentThatSomebodyPutThere) {
  tamper(
      "INSERT INTO incident SELECT 3, run_id, kind, direction, time_us, chainage_m, lat_rad, "
      "lon_rad, height_m, probability, person, vehicle, animal, aircraft, bird, unknown, "
      "speed_mps, "
      "heading_rad, evidence_sensor, evidence_time_us, evidence_frame, evidence_index, because, "
      "state, outcome FROM incident WHERE id = 2");
  EXPECT_THAT(why(), HasSubstr("incident 3 has no entry"));
}

TEST_F(Audit, FindsThatTheEndWasCutOffWhereAnIncidentWasChangedInIt) {
  SQLite::Database(file_, SQLite::OPEN_READWRITE).exec("DELETE FROM audit WHERE id >= 3");
  EXPECT_THAT(why(), HasSubstr("incident 1 is not as its newest entry says"));
}

TEST_F(Audit, TakesSettingsOnlyWhereTheyChanged) {
  auto store = Store::open(file_).value();
  store.sign_with(key_);
  AuditLog log(store);
  for (const char* body : {"grid 1000", "grid 1000", "grid 500"}) {
    ASSERT_TRUE(log.append_if_changed({sample_time(40), "site file", "policy", body}));
  }
  EXPECT_EQ(verify().entries, 7U);
}

}  // namespace
}  // namespace marsad::store
