// SPDX-License-Identifier: Apache-2.0
#include "store/outbox.h"

#include <gmock/gmock.h>

#include "tests/store/notices.h"
#include "tests/support/temporary_folder.h"

namespace marsad::store {
namespace {

using liaison::DeliveryStep;
using liaison::StepKind;
using testing::ElementsAre;
using testing::IsEmpty;

// An outbox over a record with incidents 1 and 2.
class OutboxTest : public ::testing::Test {
 protected:
  OutboxTest() {
    const auto run = store_.begin_run(sample_time(0), "").value();
    for (std::uint64_t id : {1U, 2U}) {
      EXPECT_TRUE(store_.put_incident(run, sample_incident(id), std::nullopt));
    }
  }

  QueuedNotice queue(std::uint64_t incident) {
    return *outbox_
                .release({incident}, kNorth, {"watch 2", sample_time(50)}, sample_notice(incident))
                .value();
  }

  test::TemporaryFolder folder_;
  Store store_ = Store::open(folder_.file("record.db")).value();
  Outbox outbox_{store_};
};

TEST_F(OutboxTest, GivesBackEveryFieldOfANotice) {
  const QueuedNotice queued = queue(1);
  QueuedNotice expected = sample_notice(1);
  expected.id = queued.id;
  expected.number = 1;
  EXPECT_EQ(queued, expected);
  EXPECT_EQ(outbox_.notice(queued.id).value()->queued, expected);
}

TEST_F(OutboxTest, GivesBackThatNothingWasTold) {
  QueuedNotice silent = sample_notice(1);
  silent.notice = {};
  silent.notice.to = kNorth;
  const auto queued = outbox_.release({1}, kNorth, {"watch 2", sample_time(50)}, silent).value();
  EXPECT_EQ(outbox_.notice(queued->id).value()->queued.notice, silent.notice);
}

TEST_F(OutboxTest, CountsNoticesToEachPartnerFromOne) {
  EXPECT_EQ(queue(1).number, 1U);
  EXPECT_EQ(queue(2).number, 2U);
  QueuedNotice other = sample_notice(1);
  other.notice.to.text = "south";
  const auto queued = outbox_.release({1}, {"south"}, {"watch 2", sample_time(50)}, other).value();
  EXPECT_EQ(queued->number, 1U);
}

TEST_F(OutboxTest, KeepsReleasesUntilANoticeCameOfThem) {
  const liaison::Release first{"watch 2", sample_time(1)}, second{"commander", sample_time(2)};
  EXPECT_EQ(outbox_.release({1}, kNorth, first, std::nullopt).value(), std::nullopt);
  EXPECT_EQ(outbox_.release({1}, kNorth, first, std::nullopt).value(), std::nullopt);
  EXPECT_THAT(outbox_.open_releases({1}, kNorth).value(), ElementsAre(first));
  EXPECT_THAT(outbox_.open_releases({2}, kNorth).value(), IsEmpty());
  EXPECT_THAT(outbox_.open_releases({1}, {"south"}).value(), IsEmpty());
  EXPECT_TRUE(outbox_.release({1}, kNorth, second, sample_notice(1)).value());
  EXPECT_THAT(outbox_.open_releases({1}, kNorth).value(), IsEmpty());
}

TEST_F(OutboxTest, ListsAllOpenReleasesByIncidentAndPartner) {
  const liaison::Release first{"watch 2", sample_time(1)}, second{"commander", sample_time(2)};
  for (const liaison::PartnerId& partner : {kNorth, liaison::PartnerId{"south"}}) {
    ASSERT_TRUE(outbox_.release({1}, partner, first, std::nullopt));
  }
  ASSERT_TRUE(outbox_.release({1}, kNorth, second, std::nullopt));
  const auto open = outbox_.open_releases(100).value();
  ASSERT_EQ(open.size(), 2U);
  EXPECT_EQ(open[0].partner, kNorth);
  EXPECT_THAT(open[0].releases, ElementsAre(first, second));
  EXPECT_THAT(open[1].releases, ElementsAre(first));
  ASSERT_TRUE(outbox_.release({1}, kNorth, second, sample_notice(1)).value());
  EXPECT_EQ(outbox_.open_releases(100).value().size(), 1U);
}

TEST_F(OutboxTest, HasWhatBecameOfANoticeInOrderAndForgetsNoneThatIsUnfinished) {
  const QueuedNotice one = queue(1), two = queue(2);
  const DeliveryStep sending{sample_time(201), StepKind::sending, "coalition cell", "attempt 1"};
  const DeliveryStep receipt{sample_time(202), StepKind::receipt, "north", "by telephone"};
  ASSERT_TRUE(outbox_.add_step(one.id, sending, false));
  ASSERT_TRUE(outbox_.add_step(one.id, receipt, true));
  EXPECT_THAT(outbox_.notice(one.id).value()->steps, ElementsAre(sending, receipt));
  const auto unfinished = outbox_.unfinished().value();
  ASSERT_EQ(unfinished.size(), 1U);
  EXPECT_EQ(unfinished[0].queued, two);
  EXPECT_EQ(outbox_.newest(10).value().size(), 2U);
  EXPECT_EQ(outbox_.newest(1).value()[0].queued, two);
}

TEST_F(OutboxTest, WritesNothingOfAReleaseWhoseNoticeCantBeWritten) {
  QueuedNotice wrong = sample_notice(99);  // no such incident
  EXPECT_FALSE(outbox_.release({1}, kNorth, {"watch 2", sample_time(1)}, wrong));
  EXPECT_THAT(outbox_.open_releases({1}, kNorth).value(), IsEmpty());
  EXPECT_THAT(outbox_.newest(10).value(), IsEmpty());
}

}  // namespace
}  // namespace marsad::store
