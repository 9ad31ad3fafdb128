// SPDX-License-Identifier: Apache-2.0
// The parts of the server that need no socket.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "service/http_outbox.h"
#include "service/http_target.h"

namespace marsad::service {
namespace {

SharedText text(const std::string& words) { return std::make_shared<const std::string>(words); }

TEST(Target, IsDecodedIntoPathAndQuery) {
  const auto target =
      parse_target("/api/a%20b/%D8%A8?from=2026-11-22T03%3A00Z&x=a+b&empty&=&&y=1=2");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->path, "/api/a b/ب");
  EXPECT_EQ(target->query.at("from"), "2026-11-22T03:00Z");
  EXPECT_EQ(target->query.at("x"), "a b");
  EXPECT_EQ(target->query.at("empty"), "");
  EXPECT_EQ(target->query.at("y"), "1=2");
}

TEST(Target, KeepsAPlusInThePathAndTheLastOfTwoValues) {
  const auto target = parse_target("/a+b?x=1&x=2");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->path, "/a+b");
  EXPECT_EQ(target->query.at("x"), "2");
}

TEST(Target, RefusesWhatCouldLeaveAFolderOrIsNotEncodedRight) {
  for (const char* target : {"",       "*",         "api",     "http://host/api",
                             "/..",    "/../x",     "/a/..",   "/a/../b",
                             "/./a",   "/%2e%2e/a", "/%2E./a", "/a%2f..%2fb",
                             "/a%00b", "/a\nb",     "/a%0db",  "/%",
                             "/%4",    "/%zz",      "/%+1",    "/% 1",
                             "/a?x=%", "/a?%zz=1"}) {
    EXPECT_FALSE(parse_target(target)) << target;
  }
  EXPECT_TRUE(parse_target("/a..b/...c/..d"));
}

RC_GTEST_PROP(Target, AnyBytesGiveNoneOrAPathWithoutDotSegments, (const std::string& bytes)) {
  const auto target = parse_target("/" + bytes);
  if (!target) return;
  const std::string path = target->path + "/";
  RC_ASSERT(path.find("/../") == std::string::npos);
  RC_ASSERT(path.find("/./") == std::string::npos);
  RC_ASSERT(path.find('\0') == std::string::npos);
}

TEST(SameSite, ComparesHostAndPort) {
  EXPECT_TRUE(is_same_site("", "marsad:8080"));
  EXPECT_TRUE(is_same_site("http://marsad:8080", "marsad:8080"));
  EXPECT_TRUE(is_same_site("https://Marsad", "marsad"));
  EXPECT_FALSE(is_same_site("http://marsad:8081", "marsad:8080"));
  EXPECT_FALSE(is_same_site("http://evil.example", "marsad:8080"));
  EXPECT_FALSE(is_same_site("http://marsad:8080.evil.example", "marsad:8080"));
  EXPECT_FALSE(is_same_site("null", "marsad:8080"));
  EXPECT_FALSE(is_same_site("http://marsad:8080", ""));
}

TEST(Outbox, GivesTextsInOrder) {
  Outbox outbox(3);
  EXPECT_TRUE(outbox.push(text("a"), ""));
  EXPECT_TRUE(outbox.push(text("b"), ""));
  EXPECT_EQ(*outbox.take(), "a");
  EXPECT_EQ(*outbox.take(), "b");
  EXPECT_TRUE(outbox.empty());
}

TEST(Outbox, ReplacesWhatWaitsUnderTheSameWordWhereItStands) {
  Outbox outbox(2);
  EXPECT_TRUE(outbox.push(text("tracks 1"), "tracks"));
  EXPECT_TRUE(outbox.push(text("incident"), ""));
  EXPECT_TRUE(outbox.push(text("tracks 2"), "tracks"));
  EXPECT_EQ(*outbox.take(), "tracks 2");
  EXPECT_EQ(*outbox.take(), "incident");
  EXPECT_TRUE(outbox.empty());
}

TEST(Outbox, NeverReplacesTextsWithoutAWord) {
  Outbox outbox(2);
  EXPECT_TRUE(outbox.push(text("first"), ""));
  EXPECT_TRUE(outbox.push(text("second"), ""));
  EXPECT_EQ(*outbox.take(), "first");
}

TEST(Outbox, RefusesMoreThanItsLimit) {
  Outbox outbox(1);
  EXPECT_TRUE(outbox.push(text("a"), ""));
  EXPECT_FALSE(outbox.push(text("b"), ""));
  EXPECT_EQ(*outbox.take(), "a");
  EXPECT_TRUE(outbox.push(text("c"), ""));
}

}  // namespace
}  // namespace marsad::service
