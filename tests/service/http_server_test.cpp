// SPDX-License-Identifier: Apache-2.0
#include "service/http_server.h"

#include <gmock/gmock.h>

#include <memory>

#include "tests/service/http_fixture.h"

namespace marsad::service {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST_F(HttpTest, HandsRequestsToTheHandlerDecoded) {
  const HttpServer server = start();
  const Reply reply = get(server.port(), "/api/incidents/12?state=open&by=post%204");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, "GET /api/incidents/12 by=post 4 state=open ");
  EXPECT_EQ(reply.headers.at("content-type"), "application/json");
  EXPECT_EQ(reply.headers.at("cache-control"), "no-store");
}

TEST_F(HttpTest, AnswersManyRequestsOnOneConnection) {
  const HttpServer server = start();
  HttpClient client(server.port());
  EXPECT_EQ(client.request("POST", "/api/a", "one").body, "POST /api/a one");
  EXPECT_EQ(client.request("GET", "/api/b").body, "GET /api/b ");
  EXPECT_EQ(client.request("PUT", "/api/c", "three").body, "PUT /api/c three");
  EXPECT_EQ(server.figures().requests, 3u);
}

TEST_F(HttpTest, AnswersPipelinedRequestsInOrder) {
  const HttpServer server = start();
  HttpClient client(server.port());
  client.send(
      "GET /api/1 HTTP/1.1\r\nHost: a\r\n\r\nPOST /api/2 HTTP/1.1\r\nHost: a\r\nContent-Length: "
      "2\r\n\r\nhiGET /api/3 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(client.read_reply()->body, "GET /api/1 ");
  EXPECT_EQ(client.read_reply()->body, "POST /api/2 hi");
  EXPECT_EQ(client.read_reply()->body, "GET /api/3 ");
  EXPECT_TRUE(client.ended());
}

TEST_F(HttpTest, AnswersHeadWithLengthAndNoBody) {
  const HttpServer server = start();
  HttpClient client(server.port());
  const Reply page = client.request("HEAD", "/");
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.headers.at("content-length"), "15");
  EXPECT_EQ(client.request("HEAD", "/api/a").headers.at("content-length"), "11");
  EXPECT_EQ(client.request("GET", "/api/b").body, "GET /api/b ");
}

TEST_F(HttpTest, PassesOnTheHandlersStatusTypeAndHeaders) {
  const HttpServer server = start();
  EXPECT_EQ(get(server.port(), "/api/missing").status, 404);
  const Reply tile = get(server.port(), "/tiles/7/1/2.png");
  EXPECT_EQ(tile.headers.at("content-type"), "image/png");
  EXPECT_EQ(tile.headers.at("cache-control"), "max-age=60");
  EXPECT_EQ(tile.body, std::string("\x89PNG\0", 5));
  const Reply refused = HttpClient(server.port()).request("DELETE", "/api/read-only");
  EXPECT_EQ(refused.status, 405);
  EXPECT_EQ(refused.headers.at("allow"), "GET");
}

TEST_F(HttpTest, GoesOnAfterAHandlerThrew) {
  const HttpServer server = start();
  HttpClient client(server.port());
  const Reply reply = client.request("GET", "/api/throw");
  EXPECT_EQ(reply.status, 500);
  EXPECT_THAT(reply.body, HasSubstr("\"error\""));
  EXPECT_THAT(reply.body, Not(HasSubstr("on purpose")));
  EXPECT_EQ(client.request("GET", "/api/a").status, 200);
}

TEST_F(HttpTest, ServesThePageWithItsTypesAndCaching) {
  const HttpServer server = start();
  const Reply page = get(server.port(), "/");
  EXPECT_EQ(page.body, "<h1>Marsad</h1>");
  EXPECT_EQ(page.headers.at("content-type"), "text/html; charset=utf-8");
  EXPECT_EQ(page.headers.at("cache-control"), "no-cache");
  const Reply script = get(server.port(), "/assets/index-4f2a.js?v=1");
  EXPECT_EQ(script.body, "start();");
  EXPECT_EQ(script.headers.at("content-type"), "text/javascript; charset=utf-8");
  EXPECT_THAT(script.headers.at("cache-control"), HasSubstr("immutable"));
  EXPECT_EQ(get(server.port(), "/favicon.svg").headers.at("content-type"), "image/svg+xml");
}

TEST_F(HttpTest, SendsAFileAgainOnlyWhenItChanged) {
  const HttpServer server = start();
  const std::string etag = get(server.port(), "/").headers.at("etag");
  const Reply same = get(server.port(), "/", {"If-None-Match: " + etag});
  EXPECT_EQ(same.status, 304);
  EXPECT_EQ(same.body, "");
  folder_.write("web/index.html", "<h1>Marsad 2</h1>");
  EXPECT_EQ(get(server.port(), "/", {"If-None-Match: " + etag}).body, "<h1>Marsad 2</h1>");
}

TEST_F(HttpTest, SendsSecurityHeadersWithEveryAnswer) {
  const HttpServer server = start();
  for (const char* target : {"/", "/api/a", "/nothing", "/tiles/1", "/../x"}) {
    const Reply reply = get(server.port(), target);
    EXPECT_THAT(reply.headers.at("content-security-policy"), HasSubstr("worker-src 'self' blob:"));
    EXPECT_EQ(reply.headers.at("x-content-type-options"), "nosniff");
  }
}

TEST_F(HttpTest, SaysNotFoundInTheWordsOfThePlace) {
  const HttpServer server = start();
  const Reply file = get(server.port(), "/nothing.js");
  EXPECT_EQ(file.status, 404);
  EXPECT_THAT(file.headers.at("content-type"), HasSubstr("text/plain"));
  settings_.web_root.clear();
  const auto bare = HttpServer::start(settings_, nullptr, nullptr);
  ASSERT_TRUE(bare);
  EXPECT_EQ(get(bare->port(), "/").status, 404);
  for (const char* target : {"/api/a", "/tiles/1/2/3"}) {
    const Reply reply = get(bare->port(), target);
    EXPECT_EQ(reply.status, 404);
    EXPECT_EQ(reply.body, R"({"error":"not found"})");
  }
}

TEST_F(HttpTest, ServesNothingOutsideItsFolder) {
  std::filesystem::create_symlink(folder_.file("secret.txt"), folder_.file("web/link.txt"));
  std::filesystem::create_directory_symlink(folder_.path(), folder_.file("web/up"));
  const HttpServer server = start();
  for (const std::string& target :
       {std::string("/../secret.txt"), std::string("/%2e%2e/secret.txt"),
        std::string("/assets/..%2f..%2fsecret.txt"), std::string("/..%5csecret.txt"),
        std::string("//etc/passwd"), "/" + folder_.file("secret.txt"), std::string("/link.txt"),
        std::string("/up/secret.txt"), std::string("/.hidden"), std::string("/index.html%00.png"),
        std::string("/assets"), std::string("/assets/")}) {
    const Reply reply = get(server.port(), target);
    EXPECT_TRUE(reply.status == 404 || reply.status == 400) << target << reply.status;
    EXPECT_THAT(reply.body, Not(HasSubstr("secret"))) << target;
  }
}

TEST_F(HttpTest, TakesOnlyGetAndHeadForFiles) {
  const HttpServer server = start();
  const Reply reply = HttpClient(server.port()).request("POST", "/index.html", "x");
  EXPECT_EQ(reply.status, 405);
  EXPECT_EQ(reply.headers.at("allow"), "GET, HEAD");
}

TEST_F(HttpTest, RefusesChangesThatAnotherSitesPageSends) {
  const HttpServer server = start();
  const auto post = [&](const std::vector<std::string>& headers) {
    return HttpClient(server.port()).request("POST", "/api/a", "x", headers).status;
  };
  EXPECT_EQ(post({}), 200);
  EXPECT_EQ(post({"Origin: http://marsad:8080"}), 200);
  EXPECT_EQ(post({"Origin: http://evil.example"}), 403);
  EXPECT_EQ(post({"Origin: http://marsad:9999"}), 403);
  EXPECT_EQ(post({"Origin: null"}), 403);
  EXPECT_EQ(get(server.port(), "/api/a", {"Origin: http://evil.example"}).status, 200);
}

TEST_F(HttpTest, RefusesBytesThatAreNoRequestAndGoesOn) {
  const HttpServer server = start();
  for (const std::string& bytes :
       {std::string("hello\r\n\r\n"), std::string("GET\r\n\r\n"), std::string(100, '\0'),
        std::string("GET / HTTP/9.9\r\n\r\n"), std::string("GET / HTTP/1.1\r\nbad header\r\n\r\n"),
        std::string("POST /api/a HTTP/1.1\r\nContent-Length: many\r\n\r\n"),
        std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11)}) {
    HttpClient client(server.port());
    client.send(bytes);
    EXPECT_EQ(client.read_reply().value_or(Reply{}).status, 400) << bytes;
    EXPECT_TRUE(client.ended());
  }
  EXPECT_EQ(get(server.port(), "/api/a").status, 200);
}

TEST_F(HttpTest, RefusesTooLongHeadersAndBodies) {
  const HttpServer server = start();
  EXPECT_EQ(get(server.port(), "/api/a", {"X: " + std::string(20'000, 'x')}).status, 431);
  EXPECT_EQ(HttpClient(server.port()).request("POST", "/api/a", std::string(1'100'000, 'x')).status,
            413);
  const std::string most(1'000'000, 'x');
  EXPECT_EQ(HttpClient(server.port()).request("POST", "/api/a", most).body, "POST /api/a " + most);
}

TEST_F(HttpTest, SaysContinueToAClientThatAsksBeforeItSends) {
  const HttpServer server = start();
  HttpClient client(server.port());
  client.send(
      "POST /api/a HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  EXPECT_EQ(client.read_reply()->status, 100);
  client.send("hi");
  EXPECT_EQ(client.read_reply()->body, "POST /api/a hi");
}

TEST_F(HttpTest, ClosesConnectionsThatDwell) {
  settings_.idle_timeout = std::chrono::milliseconds(100);
  settings_.read_timeout = std::chrono::milliseconds(100);
  const HttpServer server = start();
  HttpClient idle(server.port());
  EXPECT_TRUE(idle.ended());
  HttpClient slow(server.port());
  slow.send("GET /api/a HTTP/1.1\r\nHo");
  EXPECT_TRUE(slow.ended());
}

TEST_F(HttpTest, ClosesConnectionsBeyondTheLimit) {
  settings_.max_connections = 2;
  const HttpServer server = start();
  HttpClient first(server.port());
  EXPECT_EQ(first.request("GET", "/api/a").status, 200);
  {
    HttpClient second(server.port());
    EXPECT_EQ(second.request("GET", "/api/a").status, 200);
    EXPECT_TRUE(HttpClient(server.port()).ended());
  }
  EXPECT_TRUE(eventually([&] { return get(server.port(), "/api/a").status == 200; }));
}

TEST_F(HttpTest, AnswersOthersWhileAHandlerTakesItsTime) {
  const HttpServer server = start();
  HttpClient slow(server.port());
  slow.send("GET /api/wait HTTP/1.1\r\nHost: a\r\n\r\n");
  waiting_.acquire();
  EXPECT_EQ(get(server.port(), "/api/a").status, 200);
  go_on_.release();
  EXPECT_EQ(slow.read_reply()->status, 200);
}

TEST_F(HttpTest, SaysWhyItCanNotStart) {
  const HttpServer server = start();
  ServerSettings second = settings_;
  second.port = server.port();
  const auto in_use = HttpServer::start(second, nullptr, nullptr);
  ASSERT_FALSE(in_use);
  EXPECT_EQ(in_use.error().where, "127.0.0.1:" + std::to_string(server.port()));
  EXPECT_THAT(in_use.error().message, HasSubstr("port in use"));
  EXPECT_THAT(in_use.error().message, HasSubstr("[service] port"));
  EXPECT_THAT(in_use.error().message, HasSubstr("--port"));

  ServerSettings elsewhere = settings_;
  elsewhere.address = "192.0.2.1";
  EXPECT_THAT(HttpServer::start(elsewhere, nullptr, nullptr).error().message,
              HasSubstr("an address of this machine"));
  elsewhere.address = "localhost";
  EXPECT_THAT(HttpServer::start(elsewhere, nullptr, nullptr).error().message,
              HasSubstr("not an IP address"));
  ServerSettings pageless = settings_;
  pageless.web_root = folder_.file("nowhere");
  EXPECT_EQ(HttpServer::start(pageless, nullptr, nullptr).error().where, pageless.web_root);
}

TEST_F(HttpTest, FreesThePortWhenItStops) {
  {
    settings_.port = start().port();
  }
  EXPECT_EQ(get(start().port(), "/api/a").status, 200);
}

TEST_F(HttpTest, StopsAtOnceWithOpenConnections) {
  auto server = std::make_unique<HttpServer>(start());
  std::vector<HttpClient> clients;
  for (int i = 0; i < 3; ++i) clients.emplace_back(server->port());
  EXPECT_EQ(clients[0].request("GET", "/api/a").status, 200);
  clients[1].send("GET /api/a HT");
  // Four that wait: two in handlers, two for a thread of the pool.
  for (int i = 0; i < 4; ++i) {
    clients.emplace_back(server->port()).send("GET /api/wait HTTP/1.1\r\nHost: a\r\n\r\n");
  }
  waiting_.acquire();
  waiting_.acquire();
  go_on_.release(4);
  const auto began = std::chrono::steady_clock::now();
  server.reset();
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(1));
  for (HttpClient& client : clients) EXPECT_TRUE(client.ended());
}

}  // namespace
}  // namespace marsad::service
