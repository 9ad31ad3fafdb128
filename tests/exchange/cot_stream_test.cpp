// SPDX-License-Identifier: Apache-2.0
#include "exchange/cot_stream.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "exchange/cot.h"

namespace marsad::exchange {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const base::Time kNow{std::chrono::hours(500'000)};

// The events that come out when these pieces go in; the last is an error's words, where there was
// one.
std::vector<std::string> events_of(const std::vector<std::string>& pieces,
                                   std::size_t most_bytes = 64 * 1024) {
  CotStream stream(most_bytes);
  std::vector<std::string> out;
  for (const std::string& piece : pieces) {
    stream.add(piece);
    for (;;) {
      const auto next = stream.next();
      if (!next) {
        out.push_back(to_string(next.error()));
        return out;
      }
      if (!*next) break;
      out.push_back(**next);
    }
  }
  return out;
}

TEST(CotStream, PartsEventsThatFollowEachOther) {
  EXPECT_THAT(events_of({"<?xml version=\"1.0\"?>\n<event a=\"1\"></event>\n\n<event/> </event>"}),
              ElementsAre("<event a=\"1\"></event>", "<event/> </event>"));
  EXPECT_THAT(events_of({"<event><a>", "</a></eve", "nt><ev", "ent>b</event>", "<event>"}),
              ElementsAre("<event><a></a></event>", "<event>b</event>"));
}

TEST(CotStream, EndsWhereSomethingElseComesOrAnEventGrowsTooLong) {
  EXPECT_THAT(events_of({"<event></event>GET / HTTP/1.1"}),
              ElementsAre("<event></event>", HasSubstr("found 'GET / HTTP/1.1'; expected <event")));
  EXPECT_THAT(events_of({"<!DOCTYPE event>"}), ElementsAre(HasSubstr("expected <event")));
  EXPECT_THAT(events_of({"<event>" + std::string(100, 'a')}, 100),
              ElementsAre(HasSubstr("more than 100 bytes")));
  EXPECT_THAT(events_of({"<?" + std::string(101, 'a')}, 100),
              ElementsAre(HasSubstr("declaration without end")));
}

RC_GTEST_PROP(CotStream, GivesTheSameEventsInWhateverPiecesTheyCome, ()) {
  std::string all;
  for (int i = 0; i < 5; ++i) {
    const std::string inner =
        *rc::gen::container<std::string>(rc::gen::element('a', '<', '/', 'e'));
    if (inner.find("</e") == std::string::npos) all += "<event>" + inner + "</event>\n";
  }
  std::vector<std::string> pieces;
  for (std::string rest = all; !rest.empty();) {
    const auto length = *rc::gen::inRange<std::size_t>(1, 12);
    pieces.push_back(rest.substr(0, length));
    rest.erase(0, length);
  }
  RC_ASSERT(events_of(pieces) == events_of({all}));
}

TEST(CotPing, IsAnEventAndSoIsItsAnswer) {
  const auto ping = read_cot(cot_ping("marsad <north>", kNow));
  ASSERT_TRUE(ping) << to_string(ping.error());
  EXPECT_EQ(ping->type, kCotPing);
  EXPECT_EQ(ping->uid, "marsad <north>-ping");
  EXPECT_EQ(read_cot(cot_pong(kNow))->type, kCotPong);
}

}  // namespace
}  // namespace marsad::exchange
