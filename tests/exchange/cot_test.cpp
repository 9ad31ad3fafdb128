// SPDX-License-Identifier: Apache-2.0
#include "exchange/cot.h"

#include <gmock/gmock.h>

#include "tests/exchange/samples.h"
#include "tests/exchange/schema.h"

namespace marsad::exchange {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

const std::string kEvent =
    R"(<event version="2.0" uid="P4" type="a-f-G-U-C" how="m-g" time="2026-11-22T03:12:05Z"
 start="2026-11-22T06:12:05.5+03:00" stale="2026-11-22T03:20:00Z"><point lat="34.5" lon="41.25"
 hae="9999999.0" ce="15" le="9999999.0"/><detail><contact callsign="Patrol 4"/>
 <track speed="2" course="90"/></detail></event>)";

std::string error_with(const std::string& what, const std::string& by) {
  std::string text = kEvent;
  text.replace(text.find(what), what.size(), by);
  const auto read = read_cot(text);
  return read ? "nothing" : to_string(read.error());
}

// libxml2 reads the xs:all of the schema as order alone; element `detail` is any.
TEST(Cot, IsValidWhateverIsTold) {
  for (const bool all : {true, false}) {
    Dispatch dispatch = full_dispatch(liaison::Language::ar);
    if (!all) {
      const auto place = dispatch.notice.place;
      dispatch.notice = {};
      dispatch.notice.place = place;
    }
    const auto broken = broken_rules(cot_event(dispatch).value(), kCotSchema);
    if (!broken) GTEST_SKIP() << "no " << kCotSchema;
    EXPECT_THAT(*broken, IsEmpty()) << cot_event(dispatch).value();
  }
}

TEST(Cot, ReadsWhatItWrites) {
  const auto event = read_cot(cot_event(full_dispatch()).value());
  ASSERT_TRUE(event) << to_string(event.error());
  EXPECT_EQ(event->uid, "marsad.example.north.17");
  EXPECT_EQ(event->type, "a-u-G");
  EXPECT_FALSE(event->is_friend());
  EXPECT_NEAR(geo::degrees(event->place.lat_rad), 34.5, 0.01);
  EXPECT_NEAR(event->circular_error_m.value(), 707, 1);
  EXPECT_EQ(event->stale - event->time, std::chrono::hours(1));
  EXPECT_NEAR(event->speed_mps.value(), 17.3, 1e-9);
}

TEST(Cot, CantBeWrittenWithoutAPlace) {
  Dispatch dispatch = full_dispatch();
  dispatch.notice.place.reset();
  EXPECT_THAT(to_string(cot_event(dispatch).error()), HasSubstr("has no place"));
}

TEST(Cot, ReadsWhereAFriendIsAndWhatTheSenderDoesNotKnow) {
  const auto event = read_cot(kEvent);
  ASSERT_TRUE(event) << to_string(event.error());
  EXPECT_TRUE(event->is_friend());
  EXPECT_EQ(event->callsign, "Patrol 4");
  EXPECT_EQ(event->place.height_m, 0);
  EXPECT_EQ(event->circular_error_m, 15);
  EXPECT_EQ(base::to_iso8601(event->start), "2026-11-22T03:12:05.500Z");
  EXPECT_NEAR(event->course_rad.value(), geo::radians(90), 1e-12);
}

TEST(Cot, ReadsTheEventsOfAtak) {
  const std::string folder = "interop/cot/atak-civ/takcot/examples/";
  for (const char* name : {"Marker - 2525.cot", "Marker - Spot.cot", "Geo Fence.cot", "Route.cot",
                           "Drawing Shapes - Circle.cot"}) {
    const auto bytes = data_file(folder + name);
    if (!bytes) GTEST_SKIP() << "no " << folder;
    const auto event = read_cot(*bytes);
    EXPECT_TRUE(event) << name << ": " << to_string(event.error());
  }
}

TEST(Cot, NamesWhatIsMissingOrImpossible) {
  EXPECT_THAT(error_with("uid=\"P4\"", ""), HasSubstr("uid is missing in event"));
  EXPECT_THAT(error_with("34.5", "134.5"), HasSubstr("lat is '134.5'; expected a number from -90"));
  EXPECT_THAT(error_with("34.5", "nan"), HasSubstr("lat is 'nan'"));
  EXPECT_THAT(error_with("a-f-G-U-C", "a--f"), HasSubstr("type is 'a--f'"));
  EXPECT_THAT(error_with("2.0", "1.1"), HasSubstr("version"));
  EXPECT_THAT(error_with("T03:20:00Z", "T03:10:00Z"), HasSubstr("stale is before start"));
  EXPECT_THAT(error_with("<point", "<spot"), HasSubstr("point is missing in event"));
  EXPECT_THAT(error_with("05Z", "05"), HasSubstr("time is '2026-11-22T03:12:05'"));
}

}  // namespace
}  // namespace marsad::exchange
