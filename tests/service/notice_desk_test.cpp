// SPDX-License-Identifier: Apache-2.0
#include "service/notice_desk.h"

#include <gmock/gmock.h>

#include "service/notice_sender.h"
#include "tests/service/liaison_site.h"

namespace marsad::service {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const liaison::PartnerId kNorth{"north"}, kSouth{"south"};

// A desk over a record with an outbound crossing, and a sender whose letters the test takes.
class NoticeDeskTest : public ::testing::Test {
 protected:
  NoticeDeskTest() {
    EXPECT_TRUE(store_.put_incident(run_, outbound_crossing(site_, 1), std::nullopt));
    book_ = IncidentBook::open(store_, run_, [](const incident::Incident&) {}).value();
    desk_ = std::make_unique<NoticeDesk>(
        site_, *book_, store_, [this] { return now_; }, [this] { ++added_; }, forces_.get());
    sender_ = std::make_unique<NoticeSender>(
        site_.liaison, store_, *desk_, [this] { return now_; },
        [this](const liaison::Channel& channel,
               const exchange::Dispatch& dispatch) -> base::Result<Posted> {
          letters_.push_back(channel.hop + " " + dispatch.identifier() + " attempt " +
                             std::to_string(dispatch.attempt) +
                             (dispatch.why.empty() ? "" : ", " + dispatch.why));
          if (is_handed_) return Posted{Delivery::handed, "250 queued"};
          if (unreachable_) return base::Error{"cell", "can't connect"};
          return Posted{answers_ ? Delivery::received : Delivery::unknown};
        },
        [this](const liaison::Channel&) { return is_ready_; });
  }

  wire::DisclosureView release(const liaison::PartnerId& partner, const std::string& by) {
    return std::get<wire::DisclosureView>(desk_->release({1}, partner, by));
  }
  wire::NoticeStateView newest() { return desk_->notices(std::nullopt).value().front(); }
  void hear(const std::string& name, const geo::Geodetic& place) {
    exchange::CotEvent event;
    event.uid = event.callsign = name;
    event.type = "a-f-G-U-C";
    event.time = event.start = now_;
    event.stale = now_ + seconds(300);
    event.place = place;
    EXPECT_EQ(forces_->hear(event, border::Allegiance::allied, "patrols", now_), std::nullopt);
  }
  void send() { ASSERT_TRUE(sender_->send_due()); }

  SiteFolder folder_;
  Site site_ = liaison_site(folder_,
                            "[[channel]]\nhop = \"cell\"\nform = \"cap\"\n"
                            "address = \"http://192.0.2.7:80/\"\n");
  store::Store store_ = [this] {
    std::filesystem::create_directories(site_.record.parent_path());
    return store::Store::open(site_.record.string()).value();
  }();
  store::RunId run_ = store_.begin_run(base::Time{}, "").value();
  base::Time now_{hours(500'000) + seconds(60)};  // a minute after the crossing
  int added_ = 0;
  bool answers_ = false;
  bool unreachable_ = false;
  bool is_handed_ = false;
  bool is_ready_ = true;
  std::vector<std::string> letters_;
  std::unique_ptr<IncidentBook> book_;
  std::unique_ptr<ForceDesk> forces_ = ForceDesk::open(*site_.border, store_).value();
  std::unique_ptr<NoticeDesk> desk_;
  std::unique_ptr<NoticeSender> sender_;
};

TEST_F(NoticeDeskTest, ShowsWhatThePartnerWillSeeBeforeItGoes) {
  const auto view = std::get<wire::DisclosureView>(desk_->disclosure({1}, kNorth));
  std::vector<std::string> fields;
  for (const wire::ToldView& told : view.told) fields.push_back(told.field);
  EXPECT_THAT(fields, ElementsAre("kind", "time", "kilometre"));
  EXPECT_EQ(view.persons, 2U);
  EXPECT_THAT(view.released_by, IsEmpty());
  EXPECT_EQ(view.not_before, base::to_iso8601(now_ + seconds(540)));
}

TEST_F(NoticeDeskTest, QueuesANoticeWithTheSecondPersonsReleaseAndNotWithTheFirstOnesAgain) {
  EXPECT_THAT(release(kNorth, "watch 2").released_by, ElementsAre("watch 2"));
  EXPECT_THAT(release(kNorth, "watch 2").released_by, ElementsAre("watch 2"));
  EXPECT_THAT(desk_->notices(std::nullopt).value(), IsEmpty());
  release(kNorth, "commander");
  EXPECT_EQ(added_, 1);
  const wire::NoticeStateView notice = newest();
  EXPECT_EQ(notice.state, "waiting");
  EXPECT_EQ(notice.incident, 1U);
  EXPECT_THAT(notice.hops, ElementsAre("cell", "north"));
  EXPECT_EQ(notice.told.size(), 3U);
}

TEST_F(NoticeDeskTest, SendsAfterTheDelayAndAgainMarkedAsSuchUntilTheFirstHopHasIt) {
  release(kNorth, "watch 2");
  release(kNorth, "commander");
  send();
  EXPECT_THAT(letters_, IsEmpty()) << "the delay is kept";
  now_ += seconds(540);
  unreachable_ = true;
  send();
  send();
  EXPECT_THAT(letters_, ElementsAre("cell marsad.north.1 attempt 1"));
  EXPECT_EQ(newest().steps.back().step, "failed");
  EXPECT_THAT(newest().steps.back().detail, HasSubstr("can't connect"));
  now_ += seconds(30);
  unreachable_ = false;
  answers_ = true;
  send();
  EXPECT_EQ(letters_.back(), "cell marsad.north.1 attempt 2");
  EXPECT_EQ(newest().state, "sent");
  now_ += seconds(400);
  send();
  EXPECT_EQ(letters_.size(), 2U) << "the cell has it";
}

TEST_F(NoticeDeskTest, EscalatesWhereThePartnersReceiptDoesNotComeAndTakesItLater) {
  release(kNorth, "watch 2");
  release(kNorth, "commander");
  now_ += seconds(540);
  answers_ = true;
  send();
  now_ += seconds(900);
  send();
  EXPECT_EQ(newest().state, "escalated");
  EXPECT_THAT(newest().steps.back().detail, HasSubstr("no receipt from north"));
  ASSERT_TRUE(std::holds_alternative<wire::NoticeStateView>(
      desk_->receipt({newest().id}, "north", "liaison 1")));
  EXPECT_EQ(newest().state, "received");
  EXPECT_EQ(newest().steps.back().detail, "told by liaison 1");
}

TEST_F(NoticeDeskTest, TakesNoReceiptFromWhoIsNotOnTheWay) {
  release(kSouth, "watch 2");
  EXPECT_TRUE(
      std::holds_alternative<NoticeRefusal>(desk_->receipt({newest().id}, "north", "liaison 1")));
  EXPECT_TRUE(std::holds_alternative<NoticeRefusal>(desk_->receipt({99}, "south", "liaison 1")));
}

TEST_F(NoticeDeskTest, WithdrawsWhatTurnsOutToBeOwnForcesBeforeItIsSent) {
  release(kNorth, "watch 2");
  release(kNorth, "commander");
  const incident::Note note{now_, "watch 2", "our patrol"};
  book_->change({1}, [&](const incident::Incident& one) { return acknowledge(one, note); });
  book_->change({1}, [&](const incident::Incident& one) {
    return resolve(one, incident::Resolution{incident::Outcome::own_force}, note);
  });
  now_ += seconds(600);
  send();
  EXPECT_THAT(letters_, IsEmpty());
  EXPECT_EQ(newest().state, "withdrawn");
  EXPECT_EQ(std::get<NoticeRefusal>(desk_->release({1}, kSouth, "watch 2")).reason,
            NoticeRefusal::Reason::forbidden);
}

TEST_F(NoticeDeskTest, WithdrawsWhatThePolicyNoLongerAllows) {
  release(kNorth, "watch 2");
  release(kNorth, "commander");
  site_.liaison.policy.disclosures[0].fields = {liaison::Field::kind};
  now_ += seconds(600);
  send();
  EXPECT_THAT(letters_, IsEmpty());
  EXPECT_THAT(newest().steps.back().detail, HasSubstr("no longer allows the field time"));
}

TEST_F(NoticeDeskTest, ShowsAPartnerItsOwnNoticesAndNothingOfHowTheyCameAbout) {
  release(kSouth, "watch 2");
  release(kNorth, "watch 2");
  release(kNorth, "commander");
  EXPECT_THAT(desk_->notices(kNorth).value(), IsEmpty()) << "not before the delay";
  now_ += seconds(600);
  const auto own = desk_->notices(kNorth).value();
  ASSERT_EQ(own.size(), 1U);
  EXPECT_EQ(own[0].partner, "north");
  EXPECT_EQ(own[0].incident, std::nullopt);
  EXPECT_THAT(own[0].hops, IsEmpty());
  EXPECT_THAT(own[0].steps, IsEmpty());
}

TEST_F(NoticeDeskTest, ShowsWhatTellingWouldGiveAwayAndWantsASecondPersonWhereThePolicySaysSo) {
  site_.liaison.policy.disclosures[1].fields = {liaison::Field::kilometre};
  site_.liaison.policy.disclosures[1].grid_m = 1000;
  site_.liaison.policy.disclosures[1].persons_if_warned = 2;
  const auto shown = [&] { return std::get<wire::DisclosureView>(desk_->disclosure({1}, kSouth)); };
  EXPECT_EQ(shown().persons, 1U);
  EXPECT_THAT(shown().reveals, IsEmpty());
  hear("patrol 4", site_.border->line.at(2500));
  ASSERT_EQ(shown().reveals.size(), 1U);
  EXPECT_EQ(shown().reveals[0].kind, "allied_force");
  EXPECT_EQ(shown().reveals[0].who, "patrol 4");
  EXPECT_EQ(shown().persons, 2U);
  release(kSouth, "watch 2");
  EXPECT_THAT(desk_->notices(std::nullopt).value(), IsEmpty());
  release(kSouth, "commander");
  EXPECT_EQ(newest().state, "waiting");
}

TEST_F(NoticeDeskTest, WithdrawsWhatWouldGiveAwayAPatrolThatCameNearSinceOnePersonReleasedIt) {
  site_.liaison.policy.disclosures[1].fields = {liaison::Field::kilometre};
  site_.liaison.policy.disclosures[1].grid_m = 1000;
  site_.liaison.policy.disclosures[1].persons_if_warned = 2;
  site_.liaison.policy.disclosures[1].delay_s = 600;
  release(kSouth, "watch 2");
  now_ += seconds(590);
  hear("patrol 4", site_.border->line.at(2500));
  now_ += seconds(10);
  site_.liaison.channels.push_back({"south", liaison::Form::cap, "http://192.0.2.7:80/"});
  send();
  EXPECT_THAT(letters_, IsEmpty());
  EXPECT_EQ(newest().state, "withdrawn");
  EXPECT_THAT(newest().steps.back().detail, HasSubstr("patrol 4"));
}

TEST_F(NoticeDeskTest, TellsTheHeadquartersOfWhatIsEscalatedAndWhy) {
  site_.liaison.channels.push_back(
      {"headquarters", liaison::Form::webhook, "http://192.0.2.8:80/"});
  release(kNorth, "watch 2");
  release(kNorth, "commander");
  now_ += seconds(540);
  answers_ = true;
  send();
  now_ += seconds(900);
  send();
  send();
  EXPECT_EQ(letters_.back(),
            "headquarters marsad.north.1 attempt 1, no receipt from north, though cell has it");
  EXPECT_EQ(newest().state, "escalated");
  EXPECT_EQ(newest().steps.back().step, "receipt");
  EXPECT_EQ(newest().steps.back().hop, "headquarters");
  now_ += seconds(3600);
  send();
  EXPECT_EQ(letters_.size(), 2U) << "they have it";
  ASSERT_TRUE(std::holds_alternative<wire::NoticeStateView>(
      desk_->receipt({newest().id}, "north", "liaison 1")));
  EXPECT_EQ(newest().state, "received");
}

TEST_F(NoticeDeskTest, TellsTheHeadquartersOnceOfAnIncidentThatNobodyAcknowledges) {
  const incident::Incident overdue = book_->find({1}).value();
  EXPECT_FALSE(desk_->tell_overdue(overdue).value()) << "nobody is named whom they are to call";
  site_.liaison.overdue_role = "commander";
  site_.liaison.channels.push_back(
      {"headquarters", liaison::Form::webhook, "http://192.0.2.8:80/"});
  liaison::Disclosure entry = site_.liaison.policy.disclosures[1];
  entry.partner.text = "headquarters";
  entry.fields = {liaison::Field::kind, liaison::Field::probability};
  site_.liaison.policy.disclosures.push_back(entry);
  EXPECT_TRUE(desk_->tell_overdue(overdue).value());
  EXPECT_FALSE(desk_->tell_overdue(overdue).value());
  EXPECT_EQ(newest().partner, "headquarters");
  EXPECT_EQ(newest().told.size(), 2U);
  EXPECT_THAT(newest().why_headquarters, HasSubstr("for the commander"));
  answers_ = true;
  send();
  EXPECT_THAT(letters_.back(), HasSubstr("headquarters marsad.headquarters.1 attempt 1, nobody "
                                         "acknowledged it"));
  EXPECT_EQ(newest().state, "received");
}

TEST_F(NoticeDeskTest, TellsNoOverdueIncidentThatWasAcknowledgedInTheMeantime) {
  site_.liaison.overdue_role = "commander";
  ASSERT_TRUE(desk_->tell_overdue(book_->find({1}).value()).value());
  site_.liaison.channels.push_back(
      {"headquarters", liaison::Form::webhook, "http://192.0.2.8:80/"});
  book_->change(
      {1}, [&](const incident::Incident& one) { return acknowledge(one, {now_, "watch 2", ""}); });
  send();
  EXPECT_THAT(letters_, IsEmpty());
  EXPECT_EQ(newest().state, "withdrawn");
}

TEST_F(NoticeDeskTest, KeepsWhatAServerOnTheWayHasAndWaitsForTheReceipt) {
  release(kNorth, "watch 2");
  release(kNorth, "commander");
  now_ += seconds(540);
  is_handed_ = true;
  send();
  now_ += seconds(300);
  send();
  EXPECT_EQ(letters_.size(), 1U) << "it is not sent again";
  EXPECT_EQ(newest().steps.back().step, "handed");
  EXPECT_EQ(newest().state, "sent");
}

TEST_F(NoticeDeskTest, LeavesWhatIsForAWayThatIsDownInTheOutbox) {
  is_ready_ = false;
  release(kNorth, "watch 2");
  release(kNorth, "commander");
  now_ += seconds(540);
  send();
  EXPECT_THAT(letters_, IsEmpty());
  EXPECT_EQ(newest().state, "waiting");
  is_ready_ = true;
  send();
  EXPECT_THAT(letters_, ElementsAre("cell marsad.north.1 attempt 1"));
}

TEST_F(NoticeDeskTest, TakesAPartnersReceiptOfItsOwnNoticeOnceItIsDue) {
  release(kNorth, "watch 2");
  release(kNorth, "commander");
  const store::NoticeId id{newest().id};
  const auto say = [&](const liaison::PartnerId& partner) {
    return std::holds_alternative<wire::NoticeStateView>(
        desk_->partner_receipt(id, partner, partner.text));
  };
  EXPECT_FALSE(say(kNorth)) << "not before the delay";
  now_ += seconds(600);
  EXPECT_FALSE(say(kSouth)) << "another's";
  EXPECT_TRUE(say(kNorth));
  EXPECT_EQ(newest().state, "received");
}

TEST_F(NoticeDeskTest, ListsWhatWaitsForAnotherPersonUntilItMayNotBeToldAnyMore) {
  const auto waiting = [&](const Scope& scope = {}) { return desk_->open_releases(scope).value(); };
  EXPECT_THAT(waiting(), IsEmpty());
  release(kNorth, "watch 2");
  release(kSouth, "watch 2");
  ASSERT_EQ(waiting().size(), 1U) << "the south needs one person only";
  EXPECT_EQ(waiting()[0].partner, "north");
  EXPECT_EQ(waiting()[0].persons, 2U);
  EXPECT_THAT(waiting()[0].released_by, ElementsAre("watch 2"));
  EXPECT_THAT(waiting({"", {{5000, 9000}}, {}}), IsEmpty());
  site_.liaison.policy.disclosures.clear();
  EXPECT_THAT(waiting(), IsEmpty());
}

TEST_F(NoticeDeskTest, WarnsOfOwnForcesAtThePlaceBeforeAPartnerIsTold) {
  EXPECT_THAT(std::get<wire::DisclosureView>(desk_->disclosure({1}, kSouth)).warnings, IsEmpty());
  hear("patrol 7", site_.border->line.at(2050));
  const auto warnings = std::get<wire::DisclosureView>(desk_->disclosure({1}, kSouth)).warnings;
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_EQ(warnings[0].kind, "force_near");
  EXPECT_EQ(warnings[0].who, "patrol 7");
}

TEST_F(NoticeDeskTest, SaysWhereAPersonMustTellAndWhatIsAnExercise) {
  const std::vector<wire::PartnerView> partners = desk_->partners();
  EXPECT_FALSE(partners[0].by_hand) << "the cell has a channel";
  EXPECT_TRUE(partners[1].by_hand);
  release(kSouth, "watch 2");
  EXPECT_TRUE(newest().by_hand);
  EXPECT_FALSE(newest().simulated);
  store::QueuedNotice exercise = desk_->notice({newest().id}).value()->queued;
  exercise.notice.simulated = true;
  ASSERT_TRUE(store::Outbox(store_).release({1}, kSouth, {"watch 3", now_}, exercise));
  EXPECT_TRUE(desk_->notices(kSouth).value()[0].simulated) << "also to the partner";
}

TEST_F(NoticeDeskTest, NamesIncidentsAndPartnersThatThereAreNot) {
  EXPECT_EQ(std::get<NoticeRefusal>(desk_->disclosure({9}, kNorth)).reason,
            NoticeRefusal::Reason::unknown);
  EXPECT_EQ(std::get<NoticeRefusal>(desk_->release({1}, {"east"}, "watch 2")).message,
            "no partner 'east'");
}

}  // namespace
}  // namespace marsad::service
