// SPDX-License-Identifier: Apache-2.0
#include "service/force_desk.h"

#include <gmock/gmock.h>

#include "tests/service/site_folder.h"

namespace marsad::service {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const base::Time kNow{hours(500'000)};

exchange::CotEvent event_of(const std::string& callsign, base::Time heard = kNow) {
  exchange::CotEvent event;
  event.uid = "ANDROID-7";
  event.type = "a-f-G-U-C";
  event.time = event.start = heard;
  event.stale = heard + seconds(300);
  event.place = {geo::radians(34.0), geo::radians(41.0), 250};
  event.circular_error_m = 15;
  event.callsign = callsign;
  return event;
}

class ForceDeskTest : public ::testing::Test {
 protected:
  std::unique_ptr<ForceDesk> open() { return ForceDesk::open(*site_.border, store_).value(); }
  std::optional<std::string> hear(ForceDesk& desk, const exchange::CotEvent& event) const {
    return desk.hear(event, border::Allegiance::allied, "patrols phone7", kNow);
  }

  SiteFolder folder_;
  const Site site_ = [this] {
    folder_.write("forces.csv",
                  "name,allegiance,role,lat_deg,lon_deg,uncertainty_m,heard\n"
                  "patrol 4,own,patrol,34.0,41.01,20,2027-01-15T07:00:00Z\n"
                  "post 1,own,post,34.0,41.02,5,2027-01-01T00:00:00Z\n");
    folder_.write("site.toml", kHead + "[forces]\nfile = \"forces.csv\"\n" +
                                   camera("T1", "\"simulated\"") + kSimulation);
    return folder_.load();
  }();
  store::Store store_ = store::Store::open(folder_.file("record.db")).value();
};

TEST_F(ForceDeskTest, TellsWhereEachForceWasHeardLastAndByWhom) {
  const auto desk = open();
  EXPECT_EQ(hear(*desk, event_of("patrol 4")), std::nullopt);
  EXPECT_EQ(hear(*desk, event_of("patrol 9", kNow - seconds(60))), std::nullopt);
  const auto views = desk->views(kNow);
  ASSERT_THAT(views, SizeIs(3));
  EXPECT_EQ(views[0].name, "patrol 4");
  EXPECT_EQ(views[0].source, "patrols phone7") << "newer than the table";
  EXPECT_EQ(views[0].allegiance, "allied");
  EXPECT_EQ(views[1].name, "patrol 9");
  EXPECT_EQ(views[1].age_s, 60);
  EXPECT_NEAR(views[1].uncertainty_m, 121, 1) << "it may have gone on since";
  EXPECT_EQ(views[2].name, "post 1");
  EXPECT_EQ(views[2].source, "");
  EXPECT_THAT(desk->picture(kNow).forces, SizeIs(3));
}

border::ForceReport told(const std::string& name, base::Time heard = kNow) {
  border::ForceReport report;
  report.name = name;
  report.allegiance = border::Allegiance::irregular;
  report.place = {geo::radians(34.0), geo::radians(41.005), 0};
  report.uncertainty_m = 200;
  report.heard = heard;
  report.source = "watch 2";
  return report;
}

TEST_F(ForceDeskTest, TakesWhatPeopleTellAndThatAForceIsGone) {
  const auto desk = open();
  EXPECT_FALSE(desk->tell(told("militia"), kNow));
  border::ForceReport left = told("patrol 4");
  left.is_gone = true;
  EXPECT_FALSE(desk->tell(left, kNow));
  for (const auto& one : {open()->views(kNow), desk->views(kNow)}) {
    ASSERT_THAT(one, SizeIs(2)) << "also after a restart";
    EXPECT_EQ(one[0].name, "militia");
    EXPECT_EQ(one[0].source, "watch 2");
    EXPECT_EQ(one[1].name, "post 1");
  }
  EXPECT_EQ(hear(*desk, event_of("patrol 4", kNow + seconds(5))), std::nullopt);
  EXPECT_THAT(desk->views(kNow + seconds(5)), SizeIs(3)) << "it is heard of again";
}

TEST_F(ForceDeskTest, SaysWhatIsWrongWithWhatPeopleTell) {
  const auto desk = open();
  const auto refused = [&](const std::function<void(border::ForceReport&)>& change) {
    border::ForceReport report = told("militia");
    change(report);
    const auto refusal = desk->tell(report, kNow);
    return refusal ? refusal->message : "";
  };
  EXPECT_FALSE(hear(*desk, event_of("patrol 9")));
  EXPECT_THAT(refused([](auto& of) { of.name = ""; }), HasSubstr("name: "));
  EXPECT_THAT(refused([](auto& of) { of.name = std::string(200, 'x'); }), HasSubstr("name: "));
  EXPECT_THAT(refused([](auto& of) { of.name = "a\nb"; }), HasSubstr("name: "));
  EXPECT_THAT(refused([](auto& of) { of.heard += hours(1); }), HasSubstr("has not come"));
  EXPECT_THAT(refused([](auto& of) { of.uncertainty_m = -1; }), HasSubstr("uncertainty_m: "));
  EXPECT_THAT(refused([](auto& of) { of.place.lat_rad = 0; }), HasSubstr("at: "));
  EXPECT_THAT(refused([](auto& of) {
                of.name = "patrol 9";
                of.heard -= seconds(60);
              }),
              HasSubstr("patrols phone7"));
  EXPECT_THAT(desk->views(kNow), SizeIs(3)) << "nothing of it was taken";
}

TEST_F(ForceDeskTest, TakesNoPositionThatIsNoneOrNotOfNow) {
  const auto desk = open();
  const auto refused = [&](const std::function<void(exchange::CotEvent&)>& change) {
    exchange::CotEvent event = event_of("patrol 9");
    change(event);
    return hear(*desk, event).value_or("taken");
  };
  EXPECT_EQ(refused([](auto& e) { e.type = "b-t-f"; }), "other_kind");
  EXPECT_EQ(refused([](auto& e) { e.type = "a-h-G"; }), "not_friend");
  EXPECT_EQ(refused([](auto& e) { e.stale = kNow; }), "stale");
  EXPECT_EQ(refused([](auto& e) { e.time = kNow + seconds(60); }), "from_the_future");
  EXPECT_EQ(refused([](auto& e) { e.place.lat_rad = 0; }), "far_off");
  EXPECT_EQ(refused([](auto& e) { e.circular_error_m = 1e8; }), "too_unsure");
  EXPECT_EQ(refused([](auto& e) { e.callsign = "patrol\n9"; }), "no_name");
  EXPECT_THAT(desk->newest(kNow), SizeIs(2)) << "of the table";
  EXPECT_EQ(hear(*desk, event_of("patrol 9")), std::nullopt);
  EXPECT_EQ(refused([](auto& e) { e.time = kNow - seconds(9); }), "older_than_known");
}

TEST_F(ForceDeskTest, KnowsAfterARestartWhatItHadHeard) {
  {
    const auto desk = open();
    hear(*desk, event_of("patrol 9"));
    ASSERT_TRUE(desk->store_new());
  }
  const auto desk = open();
  const auto views = desk->views(kNow + seconds(10));
  ASSERT_THAT(views, SizeIs(3));
  EXPECT_EQ(views[1].name, "patrol 9");
  EXPECT_EQ(views[1].source, "patrols phone7");
  EXPECT_EQ(views[1].heard, base::to_iso8601(kNow));
}

TEST_F(ForceDeskTest, KeepsAPositionEveryTenSeconds) {
  const auto desk = open();
  for (int i = 0; i < 25; ++i) {
    desk->hear(event_of("patrol 9", kNow + seconds(i)), border::Allegiance::own, "x",
               kNow + seconds(i));
    ASSERT_TRUE(desk->store_new());
  }
  EXPECT_EQ(store::ReceivedLog(store_).newest_forces().value().front().heard, kNow + seconds(20));
}

}  // namespace
}  // namespace marsad::service
