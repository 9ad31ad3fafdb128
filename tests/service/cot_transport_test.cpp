// SPDX-License-Identifier: Apache-2.0
// Cursor-on-Target out and in over TLS with a certificate of each side, and against peers of
// openssl's program, which share no code with ours.
#include <gmock/gmock.h>

#include <cstdlib>
#include <mutex>

#include "exchange/cot_stream.h"
#include "service/channels.h"
#include "service/cot_link.h"
#include "service/cot_listener.h"
#include "service/site.h"
#include "tests/exchange/samples.h"
#include "tests/service/free_port.h"
#include "tests/service/http_client.h"
#include "tests/service/running_service.h"
#include "tests/service/throwaway_certificates.h"

namespace marsad::service {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using testing::HasSubstr;

const base::Time kNow{hours(500'000)};

std::string event(const std::string& uid) {
  return "<event version=\"2.0\" uid=\"" + uid +
         R"(" type="a-f-G-U-C" how="m-g" time="2027-01-15T07:59:58Z" start="2027-01-15T07:59:58Z"
 stale="2027-01-15T08:10:00Z"><point lat="34.5" lon="41.25" hae="0" ce="15" le="15"/></event>)";
}

class CotTransportTest : public ::testing::Test {
 protected:
  liaison::Listener listener(const std::string& scheme, std::uint16_t port) const {
    return {"patrols", scheme + "://127.0.0.1:" + std::to_string(port),
            scheme == "tls" ? server_ : liaison::Proof{}, border::Allegiance::own};
  }
  CotListener start(const std::string& scheme, CotListenerLimits limits = {},
                    std::uint16_t port = free_port()) {
    return CotListener::start(
               listener(scheme, port),
               [this](const exchange::CotEvent& one,
                      const std::string& source) -> std::optional<std::string> {
                 const std::lock_guard lock(mutex_);
                 heard_.push_back(source + ": " + one.uid);
                 if (one.uid == "stale") return "stale";
                 return std::nullopt;
               },
               limits)
        .value();
  }
  std::vector<std::string> heard() const {
    const std::lock_guard lock(mutex_);
    return heard_;
  }
  bool hears(std::size_t count) const {
    return within(seconds(10), [&] { return heard().size() >= count; });
  }
  liaison::Channel channel(std::uint16_t port, const std::string& name = "tak.example") const {
    liaison::Channel out{
        "tak", liaison::Form::cot, "tls://127.0.0.1:" + std::to_string(port), client_, {}};
    out.proof.server_name = name;
    return out;
  }
  static std::uint64_t refused(const CotListener& listener, const std::string& reason) {
    for (const wire::CountView& one : listener.view().refused) {
      if (one.reason == reason) return one.count;
    }
    return 0;
  }

  const test::TemporaryFolder folder_;
  const ThrowawayCertificates authority_{folder_};
  const liaison::Proof server_ = authority_.sign("server", "DNS:tak.example");
  const liaison::Proof client_ = authority_.sign("marsad", "DNS:marsad.example");
  mutable std::mutex mutex_;
  std::vector<std::string> heard_;
};

TEST_F(CotTransportTest, HandsEventsToAServerThatAnswersThatItHasThem) {
  const CotListener server = start("tls");
  CotLink link(channel(server.port()), "marsad.example");
  for (const char* uid : {"one", "two"}) {
    const auto posted = link.send(event(uid), kNow);
    ASSERT_TRUE(posted) << to_string(posted.error());
    EXPECT_EQ(posted->delivery, Delivery::handed);
  }
  EXPECT_THAT(heard(), testing::ElementsAre("patrols marsad: one", "patrols marsad: two"))
      << "named by the certificate; both over one connection";
  EXPECT_EQ(server.view().connections, 1U);
}

TEST_F(CotTransportTest, SendsNothingToAServerOfAnotherNameOrAuthority) {
  const CotListener server = start("tls");
  const auto misnamed =
      CotLink(channel(server.port(), "bank.example"), "marsad").send(event("one"), kNow);
  ASSERT_FALSE(misnamed);
  EXPECT_THAT(to_string(misnamed.error()), HasSubstr("bank.example"));
  const ThrowawayCertificates other(folder_, "other");
  liaison::Channel stranger = channel(server.port());
  stranger.proof.authority = other.authority();
  EXPECT_THAT(to_string(CotLink(stranger, "marsad").send(event("one"), kNow).error()),
              HasSubstr("certificate"));
  EXPECT_TRUE(heard().empty());
}

TEST_F(CotTransportTest, LetsNobodyInWhoseCertificateTheAuthorityDidNotSign) {
  const CotListener server = start("tls");
  const ThrowawayCertificates other(folder_, "other");
  const liaison::Proof forged = other.sign("forged", "DNS:marsad.example");
  liaison::Channel stranger = channel(server.port());
  stranger.proof.certificate = forged.certificate;
  stranger.proof.key = forged.key;
  const auto posted = CotLink(stranger, "marsad").send(event("one"), kNow);
  EXPECT_FALSE(posted && posted->delivery == Delivery::handed);
  liaison::Channel nobody = channel(server.port());
  nobody.proof.certificate = nobody.proof.key = "";
  const auto bare = CotLink(nobody, "marsad").send(event("two"), kNow);
  EXPECT_FALSE(bare && bare->delivery == Delivery::handed);
  EXPECT_TRUE(
      within(seconds(10), [&] { return refused(server, "no_certificate_of_the_authority") == 2; }));
  EXPECT_TRUE(heard().empty());
}

TEST_F(CotTransportTest, ConnectsAgainWhenTheServerIsBackAndTellsOfItsHealth) {
  liaison::Liaison liaison;
  auto server = std::make_unique<CotListener>(start("tls"));
  const std::uint16_t port = server->port();
  liaison.channels = {channel(port)};
  ChannelHealth health(liaison.channels);
  const auto key = seal::SigningKey::make();
  Channels channels(liaison, key, health);
  const auto state = [&] { return health.views().front(); };
  EXPECT_EQ(state().state, "idle");
  channels.tend(kNow);
  EXPECT_EQ(state().state, "ok");
  exchange::Dispatch dispatch = exchange::full_dispatch();
  dispatch.sent = kNow;
  EXPECT_EQ(channels.post(liaison.channels[0], dispatch)->delivery, Delivery::handed);
  server.reset();
  ASSERT_TRUE(within(seconds(10), [&] {
    channels.tend(kNow);
    return state().state == "down";
  }));
  EXPECT_EQ(state().downs, 1U);
  EXPECT_FALSE(state().detail.empty());
  EXPECT_FALSE(health.may_try("tak", kNow)) << "not at once";
  EXPECT_FALSE(channels.post(liaison.channels[0], dispatch)) << "so it stays in the outbox";
  server = std::make_unique<CotListener>(start("tls", {}, port));
  channels.tend(kNow + seconds(1));
  EXPECT_EQ(state().state, "down") << "the second pause is longer";
  channels.tend(kNow + seconds(5));
  EXPECT_EQ(state().state, "ok");
  dispatch.sent = kNow + seconds(6);
  EXPECT_EQ(channels.post(liaison.channels[0], dispatch)->delivery, Delivery::handed);
  EXPECT_EQ(state().taken, 2U);
}

TEST_F(CotTransportTest, SendsToAServerOfOpensslThatSaysNothing) {
  const std::string out = folder_.file("openssl.out");
  const std::uint16_t port = free_port();
  // It reads its own input until that ends, and writes what it hears.
  const std::string command =
      "sleep 20 | timeout 20 openssl s_server -accept 127.0.0.1:" + std::to_string(port) +
      " -quiet -Verify 1 -verify_return_error -CAfile " + server_.authority + " -cert " +
      server_.certificate + " -key " + server_.key + " > " + out + " 2> /dev/null & echo $! > " +
      folder_.file("pid");
  ASSERT_EQ(std::system(command.c_str()), 0);
  CotLink link(channel(port), "marsad");
  base::Result<Posted> posted = base::Error{"", "not yet"};
  within(seconds(10), [&] { return (posted = link.send(event("one"), kNow)).has_value(); });
  ASSERT_TRUE(posted) << to_string(posted.error());
  EXPECT_EQ(posted->delivery, Delivery::unknown) << "nobody said that it has it";
  EXPECT_TRUE(within(seconds(10), [&] {
    return read_text(out).value().find("uid=\"one\"") != std::string::npos;
  }));
  static_cast<void>(std::system(("kill $(cat " + folder_.file("pid") + ") 2> /dev/null").c_str()));
}

TEST_F(CotTransportTest, HearsAClientOfOpensslWithItsCertificateAndNoOther) {
  const CotListener server = start("tls");
  folder_.write("event", event("phone 7"));
  const std::string client = "(cat " + folder_.file("event") +
                             "; sleep 1) | timeout 20 openssl s_client -quiet -no_ign_eof -connect "
                             "127.0.0.1:" +
                             std::to_string(server.port()) + " -CAfile " + server_.authority;
  static_cast<void>(std::system((client + " > /dev/null 2>&1").c_str()));
  EXPECT_TRUE(heard().empty()) << "it showed no certificate";
  static_cast<void>(std::system(
      (client + " -cert " + client_.certificate + " -key " + client_.key + " > /dev/null 2>&1")
          .c_str()));
  ASSERT_TRUE(hears(1));
  EXPECT_EQ(heard()[0], "patrols marsad: phone 7");
}

TEST_F(CotTransportTest, CountsWhatItRefusesByReasonAndHearsOthersAllTheSame) {
  const CotListener server = start("tcp");
  HttpClient web(server.port());
  web.send("GET / HTTP/1.1\r\n\r\n");
  HttpClient bomb(server.port());
  bomb.send("<?xml version=\"1.0\"?><!DOCTYPE event [<!ENTITY a \"aaaa\">]><event>&a;</event>");
  HttpClient broken(server.port());
  broken.send("<event version=\"2.0\"></event>" + event("stale") + event("one"));
  ASSERT_TRUE(hears(2));
  EXPECT_TRUE(within(seconds(10), [&] { return refused(server, "no_event") == 2; }));
  EXPECT_EQ(refused(server, "unreadable"), 1U);
  EXPECT_EQ(refused(server, "stale"), 1U);
  EXPECT_EQ(server.view().taken, 1U);
  EXPECT_TRUE(web.ended());
}

TEST_F(CotTransportTest, EndsEventsWithoutEndAndTooLongOnesAndWaitsForNobody) {
  CotListenerLimits limits;
  limits.event_bytes = 2000;
  limits.unfinished = seconds(1);
  const CotListener server = start("tcp", limits);
  HttpClient slow(server.port()), greedy(server.port()), honest(server.port());
  slow.send("<event version=\"2.0\" ");
  greedy.send("<event " + std::string(3000, 'a'));
  honest.send(event("one"));
  ASSERT_TRUE(hears(1)) << "nobody waits for the slow one";
  EXPECT_TRUE(greedy.ended());
  EXPECT_TRUE(slow.ended());
  EXPECT_TRUE(within(seconds(10), [&] { return refused(server, "unfinished") == 1; }));
  EXPECT_EQ(refused(server, "no_event"), 1U);
}

TEST_F(CotTransportTest, ReadsAFloodMoreSlowlyAndOthersAtOnce) {
  CotListenerLimits limits;
  limits.events_per_s = 5;
  limits.burst = 3;
  const CotListener server = start("tcp", limits);
  HttpClient flood(server.port());
  std::string many;
  for (int i = 0; i < 200; ++i) many += event("flood");
  flood.send(many);
  ASSERT_TRUE(within(seconds(10), [&] { return refused(server, "slowed_down") > 0; }));
  HttpClient honest(server.port());
  honest.send(event("honest"));
  ASSERT_TRUE(within(seconds(10), [&] {
    const auto all = heard();
    return std::find(all.begin(), all.end(), "patrols 127.0.0.1: honest") != all.end();
  }));
  EXPECT_LT(heard().size(), 150U);
}

TEST_F(CotTransportTest, TakesSoManyConnectionsAndNoMore) {
  CotListenerLimits limits;
  limits.connections = 2;
  const CotListener server = start("tcp", limits);
  HttpClient one(server.port()), two(server.port());
  one.send(event("one"));
  two.send(event("two"));
  ASSERT_TRUE(hears(2));
  EXPECT_TRUE(HttpClient(server.port()).ended());
  EXPECT_EQ(refused(server, "too_many_connections"), 1U);
}

TEST_F(CotTransportTest, LetsNoSilentStrangerTakeThePlacesOfOthers) {
  const CotListener server = start("tls");
  std::vector<int> silent;
  for (int i = 0; i < 20; ++i) {
    const int one = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in from{}, to{};
    from.sin_family = to.sin_family = AF_INET;
    from.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    to.sin_port = htons(server.port());
    ASSERT_EQ(bind(one, reinterpret_cast<sockaddr*>(&from), sizeof(from)), 0);
    ASSERT_EQ(connect(one, reinterpret_cast<sockaddr*>(&to), sizeof(to)), 0);
    silent.push_back(one);
  }
  EXPECT_TRUE(within(seconds(10), [&] { return refused(server, "too_many_connections") >= 12; }));
  const auto posted = CotLink(channel(server.port()), "marsad").send(event("one"), kNow);
  ASSERT_TRUE(posted) << to_string(posted.error());
  EXPECT_EQ(posted->delivery, Delivery::handed);
  for (const int one : silent) close(one);
}

TEST_F(CotTransportTest, SaysWhyItCantListen) {
  const CotListener first = start("tcp");
  const auto take = [](const exchange::CotEvent&, const std::string&) { return std::nullopt; };
  EXPECT_THAT(to_string(CotListener::start(listener("tcp", first.port()), take).error()),
              HasSubstr("can't listen there"));
  liaison::Listener unfit = listener("tls", free_port());
  unfit.proof.key = folder_.file("ca.key");
  EXPECT_THAT(to_string(CotListener::start(unfit, take).error()), HasSubstr("ca.key"));
}

}  // namespace
}  // namespace marsad::service
