// SPDX-License-Identifier: Apache-2.0
#include "liaison/partner.h"

#include <gmock/gmock.h>

#include "tests/liaison/samples.h"

namespace marsad::liaison {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing::ElementsAre;
using testing::HasSubstr;

base::Time at_hour(double hour) { return second(20'000.0 * 86'400 + hour * 3600); }

TEST(Route, GoesStraightOrThroughEveryRelayInOrder) {
  Partner partner = neighbour();
  EXPECT_THAT(route(partner, at_hour(3)).hops, ElementsAre("north"));
  partner.route = RouteKind::relayed;
  partner.relays = {"coalition cell", "town council"};
  EXPECT_THAT(route(partner, at_hour(3)).hops,
              ElementsAre("coalition cell", "town council", "north"));
  EXPECT_EQ(route(partner, at_hour(3)).why_headquarters, "");
}

TEST(Route, GoesToHeadquartersWithTheReasonWhereThereIsNone) {
  Partner partner = neighbour();
  partner.route = RouteKind::none;
  partner.no_route = "nobody holds kilometres 40 to 60";
  const Route found = route(partner, at_hour(3));
  EXPECT_THAT(found.hops, ElementsAre("headquarters"));
  EXPECT_THAT(found.why_headquarters, HasSubstr("nobody holds kilometres 40 to 60"));
}

TEST(Route, GoesToHeadquartersWhereNobodyAnswersAtThatHour) {
  Partner partner = neighbour();
  partner.hours = Hours{hours(4), hours(20)};
  EXPECT_THAT(route(partner, at_hour(4)).hops, ElementsAre("north"));
  const Route found = route(partner, at_hour(20));
  EXPECT_THAT(found.hops, ElementsAre("headquarters"));
  EXPECT_THAT(found.why_headquarters, HasSubstr("answers from 04:00 to 20:00 UTC"));
}

TEST(Hours, GoThroughMidnight) {
  const Hours night{hours(22), hours(5) + minutes(30)};
  EXPECT_TRUE(contains(night, at_hour(22)));
  EXPECT_TRUE(contains(night, at_hour(0)));
  EXPECT_TRUE(contains(night, at_hour(5.49)));
  EXPECT_FALSE(contains(night, at_hour(5.5)));
  EXPECT_FALSE(contains(night, at_hour(12)));
  EXPECT_TRUE(contains(Hours{hours(7), hours(7)}, at_hour(12))) << "the whole day";
}

}  // namespace
}  // namespace marsad::liaison
