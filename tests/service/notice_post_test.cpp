// SPDX-License-Identifier: Apache-2.0
#include "service/notice_post.h"

#include <gmock/gmock.h>

#include "service/address.h"
#include "service/http_server.h"

namespace marsad::service {
namespace {

using testing::HasSubstr;

exchange::Dispatch dispatch() {
  liaison::Notice notice;
  notice.to.text = "north";
  notice.kind = incident::Kind::crossing;
  return {notice, "marsad", 17, base::Time{}, 2};
}

TEST(Address, IsReadInItsParts) {
  const auto address = read_address("http://[2001:db8::7]:8090/notices");
  ASSERT_TRUE(address);
  EXPECT_EQ(address->host, "2001:db8::7");
  EXPECT_EQ(address->port, "8090");
  EXPECT_EQ(address->path, "/notices");
  EXPECT_EQ(read_address("tcp://cell.example:8087")->path, "/");
  for (const char* wrong :
       {"", "cell:80", "http://cell", "http://:80/", "http://cell:0/", "http://cell:99999/",
        "http://cell:80/a b", "http://cell:80/\r\nX: y"}) {
    EXPECT_FALSE(read_address(wrong)) << wrong;
  }
}

// A partner's program: takes notices at /notices, and nothing elsewhere.
TEST(PostNotice, IsReceivedWhereTheHopSaysSo) {
  const auto key = seal::SigningKey::make();
  HttpRequest got;
  ServerSettings settings;
  settings.port = 0;
  auto server =
      HttpServer::start(settings,
                        [&](const HttpRequest& request) {
                          got = request;
                          return request.path == "/api/notices"
                                     ? HttpResponse{200, "text/plain", "taken as\n4711", {}}
                                     : HttpResponse{404, "text/plain", "", {}};
                        },
                        {});
  ASSERT_TRUE(server);
  const std::string base = "http://127.0.0.1:" + std::to_string(server->port());
  const auto posted =
      post_notice({"cell", liaison::Form::webhook, base + "/api/notices"}, dispatch(), key);
  ASSERT_TRUE(posted) << to_string(posted.error());
  EXPECT_EQ(posted->delivery, Delivery::received);
  EXPECT_EQ(posted->answer, "answered 200: taken as 4711");
  EXPECT_EQ(got.method, "POST");
  EXPECT_THAT(got.body, HasSubstr(R"("identifier":"marsad.north.17")"));
  EXPECT_THAT(got.body, HasSubstr(R"("attempt":2)"));
  const auto cap =
      post_notice({"cell", liaison::Form::cap, base + "/api/notices"}, dispatch(), key);
  ASSERT_TRUE(cap);
  EXPECT_THAT(got.body, HasSubstr("<identifier>marsad.north.17</identifier>"));
  const auto refused =
      post_notice({"cell", liaison::Form::webhook, base + "/api/other"}, dispatch(), key);
  ASSERT_FALSE(refused);
  EXPECT_THAT(to_string(refused.error()), HasSubstr("refused with status 404"));
}

TEST(PostNotice, SaysThatNobodyIsThereOrThatThereIsNoSuchForm) {
  const auto key = seal::SigningKey::make();
  EXPECT_THAT(to_string(post_notice({"cell", liaison::Form::webhook, "http://127.0.0.1:1/"},
                                    dispatch(), key)
                            .error()),
              HasSubstr("can't connect"));
  EXPECT_THAT(
      to_string(
          post_notice({"cell", liaison::Form::cot, "tcp://127.0.0.1:1"}, dispatch(), key).error()),
      HasSubstr("has no place"));
}

}  // namespace
}  // namespace marsad::service
