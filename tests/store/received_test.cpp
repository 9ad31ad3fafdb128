// SPDX-License-Identifier: Apache-2.0
#include "store/received.h"

#include <gmock/gmock.h>

#include "store/audit.h"
#include "store/outbox.h"
#include "tests/store/notices.h"
#include "tests/support/temporary_folder.h"

namespace marsad::store {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

class ReceivedTest : public ::testing::Test {
 protected:
  const test::TemporaryFolder folder_;
  Store store_ = Store::open(folder_.file("record.db")).value();
  ReceivedLog log_{store_};
};

ReceivedAlert sample_alert() {
  return {{},        sample_time(9),  kNorth,         "north's program",
          "alert 7", "north.example", sample_time(5), "<alert>برج</alert>"};
}

border::ForceReport report(const std::string& name, int second) {
  return {name,
          border::Allegiance::allied,
          border::ForceRole::patrol,
          {0.6, 0.7, 0},
          15,
          sample_time(second),
          "patrols"};
}

TEST_F(ReceivedTest, GivesAlertsBackAsTheyCameAndKeepsNoneTwice) {
  ReceivedAlert alert = sample_alert();
  const auto put = log_.put(alert).value();
  EXPECT_FALSE(put.again);
  alert.id = put.id;
  const auto again = log_.put(alert).value();
  EXPECT_TRUE(again.again);
  EXPECT_EQ(again.id, put.id);
  alert.sent = sample_time(6);
  EXPECT_FALSE(log_.put(alert).value().again) << "sent at another time it is another one";
  const auto newest = log_.newest_alerts(10).value();
  ASSERT_THAT(newest, SizeIs(2));
  ReceivedAlert first = sample_alert();
  first.id = put.id;
  EXPECT_EQ(newest[1], first);
  EXPECT_THAT(log_.newest_alerts(1).value(), SizeIs(1));
}

TEST_F(ReceivedTest, GivesTheNewestReportOfEachForce) {
  ASSERT_TRUE(log_.put(std::vector{report("patrol 4", 1), report("patrol 9", 2)}));
  ASSERT_TRUE(log_.put(std::vector{report("patrol 4", 3)}));
  ASSERT_TRUE(log_.put(std::vector{report("patrol 4", 2)}));
  EXPECT_THAT(log_.newest_forces().value(),
              ElementsAre(report("patrol 4", 3), report("patrol 9", 2)));
}

TEST_F(ReceivedTest, KeepsWhatAPersonToldOfAForceInTheLogAsWell) {
  const auto key = seal::SigningKey::make();
  store_.sign_with(key);
  border::ForceReport gone = report("patrol 4", 3);
  gone.is_gone = true;
  gone.source = "watch 2";
  ASSERT_TRUE(log_.put(std::vector{report("patrol 4", 2)}));
  ASSERT_TRUE(log_.put_told(gone, sample_time(4)));
  EXPECT_THAT(log_.newest_forces().value(), ElementsAre(gone));
  const auto told = AuditLog(store_).verify(key.public_key()).value();
  EXPECT_EQ(told.entries, 1U) << "and nothing of what a force says itself";
  EXPECT_FALSE(told.broken);
}

TEST_F(ReceivedTest, QueuesANoticeThatNeedsNobodysReleaseOnce) {
  const auto run = store_.begin_run(sample_time(0), "").value();
  ASSERT_TRUE(store_.put_incident(run, sample_incident(1), std::nullopt));
  Outbox outbox(store_);
  const auto queued = outbox.queue_once(sample_notice(1), "marsad").value();
  ASSERT_TRUE(queued);
  EXPECT_EQ(queued->number, 1U);
  EXPECT_FALSE(outbox.queue_once(sample_notice(1), "marsad").value());
  EXPECT_THAT(outbox.unfinished().value(), SizeIs(1));
  EXPECT_THAT(outbox.releases_of(queued->id).value(), SizeIs(0));
}

TEST_F(ReceivedTest, KnowsWhoReleasedANotice) {
  const auto run = store_.begin_run(sample_time(0), "").value();
  ASSERT_TRUE(store_.put_incident(run, sample_incident(1), std::nullopt));
  Outbox outbox(store_);
  ASSERT_TRUE(outbox.release({1}, kNorth, {"watch 2", sample_time(1)}, std::nullopt));
  const auto queued =
      outbox.release({1}, kNorth, {"commander", sample_time(2)}, sample_notice(1)).value();
  EXPECT_THAT(outbox.releases_of(queued->id).value(),
              ElementsAre(liaison::Release{"watch 2", sample_time(1)},
                          liaison::Release{"commander", sample_time(2)}));
}

}  // namespace
}  // namespace marsad::store
