// SPDX-License-Identifier: Apache-2.0
#include "service/alert_desk.h"

#include <gmock/gmock.h>

#include "exchange/cap.h"
#include "tests/exchange/samples.h"
#include "tests/service/liaison_site.h"

namespace marsad::service {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const liaison::PartnerId kNorth{"north"}, kSouth{"south"};

class AlertDeskTest : public ::testing::Test {
 protected:
  AlertDeskTest() {
    EXPECT_TRUE(store_.put_incident(run_, outbound_crossing(site_, 1), std::nullopt));
    book_ = IncidentBook::open(store_, run_, [](const incident::Incident&) {}).value();
    notices_ = std::make_unique<NoticeDesk>(site_, *book_, store_, [this] { return now_; }, [] {});
    desk_ = std::make_unique<AlertDesk>(site_, store_, *notices_, [this] { return now_; });
  }

  wire::AlertView take(const std::string& body, const liaison::PartnerId& partner = kNorth) {
    return std::get<wire::AlertView>(desk_->take(partner, "north's program", body));
  }
  AlertRefusal refusal(const std::string& body, const liaison::PartnerId& partner = kNorth) {
    return std::get<AlertRefusal>(desk_->take(partner, "north's program", body));
  }
  static std::string acknowledgement(const std::string& references) {
    return "<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\"><identifier>ack 1</identifier>"
           "<sender>north.example</sender><sent>2027-01-15T08:00:00-00:00</sent>"
           "<status>Actual</status><msgType>Ack</msgType><scope>Private</scope><references>" +
           references + "</references></alert>";
  }

  SiteFolder folder_;
  const Site site_ = liaison_site(folder_);
  store::Store store_ = store::Store::open(folder_.file("record.db")).value();
  store::RunId run_ = store_.begin_run(base::Time{}, "").value();
  base::Time now_{hours(500'000)};
  std::unique_ptr<IncidentBook> book_;
  std::unique_ptr<NoticeDesk> notices_;
  std::unique_ptr<AlertDesk> desk_;
};

TEST_F(AlertDeskTest, KeepsWhatAPartnerSentAndTellsItOnce) {
  const std::string body = exchange::cap_alert(exchange::full_dispatch());
  const wire::AlertView taken = take(body);
  EXPECT_EQ(taken.partner, "north");
  EXPECT_EQ(taken.event, "crossing");
  EXPECT_EQ(taken.area, "km 213.7");
  EXPECT_NEAR(taken.radius_m.value(), 707, 1);
  EXPECT_FALSE(taken.again);
  EXPECT_TRUE(take(body).again);
  EXPECT_FALSE(take(body, kSouth).again) << "the same words of another partner are another alert";
  const auto newest = desk_->newest().value();
  ASSERT_THAT(newest, SizeIs(2));
  EXPECT_EQ(newest[1].id, taken.id);
  EXPECT_EQ(newest[1].by, "north's program");
  EXPECT_EQ(store::ReceivedLog(store_).newest_alerts(9).value()[1].body, body);
}

TEST_F(AlertDeskTest, TakesAnAcknowledgementForTheReceiptOfThePartnersOwnNotice) {
  ASSERT_TRUE(
      std::holds_alternative<wire::DisclosureView>(notices_->release({1}, kSouth, "watch 2")));
  const auto state = [&] { return notices_->notices(std::nullopt).value().front().state; };
  take(acknowledgement("x,marsad.south.1,y"));
  EXPECT_EQ(state(), "waiting") << "north can't say so for south";
  now_ += seconds(60);
  take(acknowledgement("marsad.example,marsad.south.9,2027-01-15T08:00:00-00:00"), kSouth);
  EXPECT_EQ(state(), "waiting") << "there is no such notice";
  std::string other = acknowledgement("a,b,c marsad,marsad.south.1,2027-01-15T08:00:00-00:00");
  other.replace(other.find("ack 1"), 5, "ack 2");
  take(other, kSouth);
  EXPECT_EQ(state(), "received");
}

TEST_F(AlertDeskTest, RefusesWhatIsNoneAndWhoSendsTooMany) {
  EXPECT_THAT(refusal("<event/>").message, HasSubstr("expected an alert"));
  EXPECT_EQ(refusal(std::string(70'000, 'a')).reason, AlertRefusal::Reason::too_long);
  EXPECT_THAT(refusal("<!DOCTYPE a [<!ENTITY b \"c\">]><alert/>").message,
              HasSubstr("document type"));
  EXPECT_EQ(refusal("<alert/>", {"east"}).reason, AlertRefusal::Reason::no_partner);
  for (int i = 0; i < 7; ++i) EXPECT_EQ(refusal("a").reason, AlertRefusal::Reason::unreadable);
  EXPECT_EQ(refusal("a").reason, AlertRefusal::Reason::too_many);
  EXPECT_TRUE(
      std::holds_alternative<wire::AlertView>(desk_->take(kSouth, "another", acknowledgement(""))))
      << "others are not kept waiting";
  now_ += seconds(10);
  EXPECT_EQ(refusal("a").reason, AlertRefusal::Reason::unreadable) << "one more by now";
  EXPECT_THAT(desk_->view().refused, SizeIs(4));
  EXPECT_THAT(desk_->newest().value(), SizeIs(1));
}

}  // namespace
}  // namespace marsad::service
