// SPDX-License-Identifier: Apache-2.0
// The whole service with ways out and in: what nobody acknowledges reaches the headquarters, and
// what a patrol says of its place reaches the API.
#include <gmock/gmock.h>

#include <mutex>

#include "service/http_server.h"
#include "store/received.h"
#include "tests/service/free_port.h"
#include "tests/service/running_service.h"

namespace marsad::service {
namespace {

using nlohmann::json;
using std::chrono::seconds;
using testing::HasSubstr;

class LiaisonRunTest : public ::testing::Test {
 protected:
  LiaisonRunTest() {
    ServerSettings settings;
    settings.port = 0;
    headquarters_.emplace(HttpServer::start(settings,
                                            [this](const HttpRequest& request) {
                                              const std::lock_guard lock(mutex_);
                                              letters_.push_back(request.body);
                                              return HttpResponse{200, "text/plain", "read", {}};
                                            },
                                            {})
                              .value());
    folder_.write("liaison.toml",
                  "overdue_role = \"commander\"\n"
                  "[[channel]]\nhop = \"headquarters\"\nform = \"webhook\"\n"
                  "address = \"http://127.0.0.1:" +
                      std::to_string(headquarters_->port()) +
                      "/api/notices\"\n"
                      "[[channel]]\nhop = \"tak\"\nform = \"cot\"\naddress = \"tcp://127.0.0.1:" +
                      std::to_string(free_port()) +
                      "\"\n"
                      "[[listener]]\nname = \"patrols\"\naddress = \"tcp://127.0.0.1:" +
                      std::to_string(listener_) + "\"\n");
    folder_.write("site.toml", kHead +
                                   "[incident]\nacknowledge_within_s = 1\n"
                                   "[liaison]\nfile = \"liaison.toml\"\n" +
                                   camera("T1", "\"simulated\"") + kSimulation);
    record_incidents(folder_.load(), 1);
  }

  std::vector<std::string> letters() const {
    const std::lock_guard lock(mutex_);
    return letters_;
  }
  static json channel(const RunningService& service, const std::string& name) {
    for (const json& one : service.json("/api/channels")) {
      if (one["name"] == name) return one;
    }
    return {};
  }

  SiteFolder folder_;
  const std::uint16_t listener_ = free_port();
  mutable std::mutex mutex_;
  std::vector<std::string> letters_;
  std::optional<HttpServer> headquarters_;
};

TEST_F(LiaisonRunTest, TellsTheHeadquartersWhatNobodyAcknowledgesAndSaysSoInTheIncident) {
  const RunningService service(folder_);
  ASSERT_TRUE(within(seconds(20), [&] { return !letters().empty(); }));
  EXPECT_THAT(letters()[0], HasSubstr("for the commander"));
  EXPECT_THAT(letters()[0], HasSubstr("\"to\":\"headquarters\""));
  ASSERT_TRUE(
      within(seconds(10), [&] { return service.json("/api/notices")[0]["state"] == "received"; }));
  EXPECT_THAT(service.get("/api/incidents").body,
              HasSubstr("the headquarters are told, for the commander"));
  EXPECT_EQ(letters().size(), 1U);
}

TEST_F(LiaisonRunTest, KnowsWhereAPatrolSaysItIsAndWhichWaysAreDown) {
  RunningService service(folder_);
  const std::string time = base::to_iso8601(now());
  const std::string stale = base::to_iso8601(now() + seconds(300));
  HttpClient(listener_).send(
      "<event version=\"2.0\" uid=\"P4\" type=\"a-f-G-U-C\" how=\"m-g\" time=\"" + time +
      "\" start=\"" + time + "\" stale=\"" + stale +
      "\"><point lat=\"34.0\" lon=\"41.0\" hae=\"0\" ce=\"9\" le=\"9\"/>"
      "<detail><contact callsign=\"Patrol 4\"/></detail></event>");
  ASSERT_TRUE(within(seconds(10), [&] { return service.json("/api/forces").size() == 1; }));
  const json force = service.json("/api/forces")[0];
  EXPECT_EQ(force["name"], "Patrol 4");
  EXPECT_EQ(force["source"], "patrols 127.0.0.1");
  ASSERT_TRUE(within(seconds(10), [&] { return channel(service, "tak")["state"] == "down"; }));
  EXPECT_THAT(std::string(channel(service, "tak")["detail"]), HasSubstr("can't connect"));
  EXPECT_EQ(channel(service, "patrols")["taken"], 1);
  service.stop();
  auto store = store::Store::open(service.site().record.string()).value();
  EXPECT_EQ(store::ReceivedLog(store).newest_forces().value().at(0).name, "Patrol 4");
}

}  // namespace
}  // namespace marsad::service
