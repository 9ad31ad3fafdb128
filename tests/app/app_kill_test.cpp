// SPDX-License-Identifier: Apache-2.0
// What a person was told is done stays done, however the program ends.
#include <gtest/gtest.h>
#include <signal.h>

#include "tests/app/program.h"
#include "tests/service/running_service.h"

namespace marsad::app {
namespace {

using nlohmann::json;

constexpr std::uint64_t kRounds = 5;

json incidents_of(const RunningProgram& program) {
  return json::parse(service::get(program.port(), "/api/incidents").body);
}

TEST(Killed, RightAfterAnAcknowledgeWasAnsweredItIsStillAcknowledged) {
  const service::SiteFolder folder;
  folder.write("site.toml", service::kHead + service::camera("T1", "\"nowhere\""));
  service::record_incidents(folder.load(), kRounds);
  for (std::uint64_t id = 1; id <= kRounds; ++id) {
    RunningProgram program(folder.path().string());
    ASSERT_NE(program.port(), 0);
    const auto reply = service::HttpClient(program.port())
                           .request("POST", "/api/incidents/" + std::to_string(id) + "/acknowledge",
                                    R"({"by":"watch 2","text":"seen"})");
    EXPECT_EQ(program.end(SIGKILL), -1);
    ASSERT_EQ(reply.status, 200);
  }
  RunningProgram program(folder.path().string());
  const json incidents = incidents_of(program);
  ASSERT_EQ(incidents.size(), kRounds);
  for (const json& incident : incidents) EXPECT_EQ(incident["state"], "acknowledged");
  EXPECT_EQ(program.end(SIGTERM), 0);
}

TEST(Interrupted, ItEndsInOrderWithinSeconds) {
  const service::SiteFolder folder;
  RunningProgram program(folder.path().string());
  ASSERT_NE(program.port(), 0);
  const auto asked = std::chrono::steady_clock::now();
  EXPECT_EQ(program.end(SIGINT), 0);
  EXPECT_LT(std::chrono::steady_clock::now() - asked, std::chrono::seconds(5));
}

}  // namespace
}  // namespace marsad::app
