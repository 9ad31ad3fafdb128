// SPDX-License-Identifier: Apache-2.0
// The live feed: GET /api/live as a WebSocket.
#include <gmock/gmock.h>

#include <latch>

#include "tests/service/http_fixture.h"
#include "tests/service/live_count.h"

namespace marsad::service {
namespace {

// A receive buffer so small that the server soon feels that nobody reads.
constexpr int kSmallBytes = 4096;
// More than the kernel buffers on the way to such a client.
constexpr std::size_t kBigBytes = 16'000'000;

TEST_F(HttpTest, GreetsALiveClientThenSendsWhatIsPublished) {
  greeting_ = {"site", "tracks"};
  HttpServer server = start();
  HttpClient client(server.port());
  ASSERT_EQ(client.upgrade(), 101);
  server.publish(LiveMessage("first"));
  server.publish(LiveMessage("second"));
  for (const char* expected : {"site", "tracks", "first", "second"}) {
    EXPECT_EQ(client.read_message(), expected);
  }
  EXPECT_EQ(server.figures().live_clients, 1u);
}

TEST_F(HttpTest, SendsWhatIsPublishedDuringTheGreetingAfterIt) {
  std::latch greeting(2);
  std::latch published(1);
  auto server = HttpServer::start(settings_, nullptr, [&](const Listener&) {
    greeting.count_down();
    published.wait();
    return std::vector<std::string>{"greeting"};
  });
  ASSERT_TRUE(server);
  HttpClient client(server->port());
  ASSERT_EQ(client.upgrade(), 101);
  greeting.arrive_and_wait();
  server->publish(LiveMessage("meanwhile"));
  published.count_down();
  EXPECT_EQ(client.read_message(), "greeting");
  EXPECT_EQ(client.read_message(), "meanwhile");
}

TEST_F(HttpTest, MissesNothingPublishedOnceTheClientIsConnected) {
  greeting_.clear();
  HttpServer server = start();
  for (int i = 0; i < 50; ++i) {
    HttpClient client(server.port());
    ASSERT_EQ(client.upgrade(), 101);
    server.publish(LiveMessage(std::to_string(i)));
    EXPECT_EQ(client.read_message(), std::to_string(i));
  }
  EXPECT_TRUE(eventually([&] { return server.figures().live_clients == 0; }));
  EXPECT_EQ(server.figures().clients_cut, 0u);
}

TEST_F(HttpTest, DropsALiveClientWhoseGreetingThrows) {
  auto server = HttpServer::start(
      settings_, nullptr,
      [](const Listener&) -> std::vector<std::string> { throw std::runtime_error("on purpose"); });
  ASSERT_TRUE(server);
  HttpClient client(server->port());
  ASSERT_EQ(client.upgrade(), 101);
  EXPECT_EQ(client.read_message(), std::nullopt);
}

TEST_F(HttpTest, SendsEmptyAndLargeMessagesWhole) {
  greeting_.clear();
  HttpServer server = start();
  HttpClient client(server.port());
  ASSERT_EQ(client.upgrade(), 101);
  for (const std::size_t bytes : {0u, 1u, 125u, 126u, 4097u, 65'535u, 65'536u, 1'000'000u}) {
    server.publish(LiveMessage(std::string(bytes, 'x')));
    EXPECT_EQ(client.read_message(), std::string(bytes, 'x'));
  }
}

TEST_F(HttpTest, RefusesALiveClientOfAnotherSiteAndOneThatDoesNotUpgrade) {
  const HttpServer server = start();
  EXPECT_EQ(HttpClient(server.port()).upgrade({"Origin: http://evil.example"}), 403);
  EXPECT_EQ(HttpClient(server.port()).upgrade({"Origin: http://marsad:8080"}), 101);
  EXPECT_EQ(get(server.port(), "/api/live").status, 426);
}

// Whoever says that they are "a" hears parts; "b" hears all; others are not let in.
std::optional<Listener> listener_of(const std::string& authorization) {
  if (authorization == "a") return Listener{{"a", {}, {{"T1"}}}, true};
  if (authorization == "b") return Listener{};
  return std::nullopt;
}

TEST_F(HttpTest, TellsEachLiveClientWhatItIsToldOfAMessage) {
  greeting_.clear();
  settings_.listener = [](const HttpRequest& of) { return listener_of(of.authorization); };
  HttpServer server = start();
  HttpClient part(server.port()), all(server.port());
  ASSERT_EQ(part.upgrade({"Authorization: a"}), 101);
  ASSERT_EQ(all.upgrade({"Authorization: b"}), 101);
  EXPECT_EQ(HttpClient(server.port()).upgrade(), 403);
  server.publish(LiveMessage("for all"));
  server.publish(LiveMessage("whole", "", [](const Listener& to) -> std::optional<std::string> {
    return "part of " + to.scope.name;
  }));
  EXPECT_EQ(part.read_message(), "part of a") << "nothing of a message without parts";
  EXPECT_EQ(all.read_message(), "for all");
  EXPECT_EQ(all.read_message(), "whole");
}

TEST_F(HttpTest, EndsALiveClientThatWouldNotBeLetInAsItWas) {
  std::atomic<bool> is_other = false, is_none = false;
  settings_.listener = [&](const HttpRequest& of) -> std::optional<Listener> {
    if (of.authorization == "a" && is_other) return Listener{};
    if (of.authorization == "b" && is_none) return std::nullopt;
    return listener_of(of.authorization);
  };
  HttpServer server = start();
  HttpClient changed(server.port()), gone(server.port());
  ASSERT_EQ(changed.upgrade({"Authorization: a"}), 101);
  ASSERT_EQ(gone.upgrade({"Authorization: b"}), 101);
  EXPECT_EQ(gone.read_message(), "hello");
  EXPECT_EQ(changed.read_message(), "hello");
  is_other = true;
  EXPECT_TRUE(changed.ended()) << "though it would hear more now";
  EXPECT_EQ(live_clients_soon(server, 1), 1u);
  is_none = true;
  EXPECT_TRUE(gone.ended());
  EXPECT_EQ(server.figures().clients_cut, 0u) << "those are who read too slowly";
}

TEST_F(HttpTest, LetsALaggingClientSkipToTheNewestState) {
  greeting_.clear();
  HttpServer server = start();
  HttpClient client(server.port(), kSmallBytes);
  ASSERT_EQ(client.upgrade(), 101);
  server.publish(LiveMessage(std::string(kBigBytes, 'x')));
  server.publish(LiveMessage("tracks 1", "tracks"));
  server.publish(LiveMessage("incident 1"));
  for (int i = 2; i <= 1000; ++i)
    server.publish(LiveMessage("tracks " + std::to_string(i), "tracks"));
  EXPECT_EQ(client.read_message()->size(), kBigBytes);
  EXPECT_EQ(client.read_message(), "tracks 1000");
  EXPECT_EQ(client.read_message(), "incident 1");
  EXPECT_EQ(server.figures().clients_cut, 0u);
}

TEST_F(HttpTest, CutsAClientThatStopsReadingAndServesTheOthers) {
  greeting_.clear();
  settings_.outbox_messages = 8;
  HttpServer server = start();
  HttpClient sleeper(server.port(), kSmallBytes);
  HttpClient reader(server.port());
  ASSERT_EQ(sleeper.upgrade(), 101);
  ASSERT_EQ(reader.upgrade(), 101);
  const std::string message(2'000'000, 'x');
  for (int i = 0; i < 40; ++i) {
    server.publish(LiveMessage(message));
    ASSERT_EQ(reader.read_message(), message) << i;
  }
  EXPECT_EQ(server.figures().clients_cut, 1u);
  EXPECT_EQ(server.figures().live_clients, 1u);
}

TEST_F(HttpTest, CutsAClientThatTakesTooLongToReadOneMessage) {
  greeting_.clear();
  // Longer than a client that reads needs for so much on a busy machine.
  settings_.live_write_timeout = std::chrono::seconds(2);
  HttpServer server = start();
  HttpClient sleeper(server.port(), kSmallBytes);
  HttpClient reader(server.port());
  ASSERT_EQ(sleeper.upgrade(), 101);
  ASSERT_EQ(reader.upgrade(), 101);
  server.publish(LiveMessage(std::string(kBigBytes, 'x')));
  EXPECT_EQ(reader.read_message()->size(), kBigBytes);
  EXPECT_TRUE(eventually([&] { return server.figures().clients_cut == 1; }));
  server.publish(LiveMessage("on"));
  EXPECT_EQ(reader.read_message(), "on");
}

TEST_F(HttpTest, ServesAHundredLiveClients) {
  HttpServer server = start();
  std::vector<HttpClient> clients;
  for (int i = 0; i < 100; ++i) {
    ASSERT_EQ(clients.emplace_back(server.port()).upgrade(), 101);
  }
  for (int i = 0; i < 20; ++i) server.publish(LiveMessage("message " + std::to_string(i)));
  for (HttpClient& client : clients) {
    EXPECT_EQ(client.read_message(), "hello");
    for (int i = 0; i < 20; ++i) EXPECT_EQ(client.read_message(), "message " + std::to_string(i));
  }
  EXPECT_EQ(server.figures().live_clients, 100u);
  clients.clear();
  EXPECT_TRUE(eventually([&] { return server.figures().live_clients == 0; }));
}

TEST_F(HttpTest, SendsWhatManyThreadsPublish) {
  greeting_.clear();
  settings_.outbox_messages = 1000;
  HttpServer server = start();
  HttpClient client(server.port());
  ASSERT_EQ(client.upgrade(), 101);
  std::vector<std::jthread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&server] {
      for (int i = 0; i < 100; ++i) server.publish(LiveMessage("message"));
    });
  }
  for (int i = 0; i < 400; ++i) ASSERT_EQ(client.read_message(), "message");
}

TEST_F(HttpTest, StopsAtOnceWithLiveClients) {
  std::vector<HttpClient> clients;
  std::chrono::steady_clock::time_point began;
  {
    HttpServer server = start();
    for (int i = 0; i < 10; ++i) {
      ASSERT_EQ(clients.emplace_back(server.port(), kSmallBytes).upgrade(), 101);
    }
    server.publish(LiveMessage(std::string(kBigBytes, 'x')));
    EXPECT_EQ(clients[0].read_message(), "hello");
    EXPECT_EQ(clients[0].read_message()->size(), kBigBytes);
    began = std::chrono::steady_clock::now();
  }
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(1));
  for (HttpClient& client : clients) EXPECT_TRUE(client.ended());
}

}  // namespace
}  // namespace marsad::service
