// SPDX-License-Identifier: Apache-2.0
// No command tells a camera's password on.
#include <gmock/gmock.h>
#include <signal.h>

#include "tests/app/program.h"
#include "tests/service/running_service.h"

namespace marsad::app {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

std::string with_password(const std::string& password) {
  return service::kHead + service::camera("T1", "\"simulated\"") +
         service::camera("T2", "\"rtsp://guard:" + password + "@127.0.0.1:1/thermal\"") +
         service::kSimulation;
}

TEST(Password, IsNotShownByCheck) {
  const service::SiteFolder folder;
  folder.write("site.toml", with_password("s3cret"));
  const Outcome check = marsad({"check", folder.path().string()});
  EXPECT_EQ(check.status, 0) << check.errors;
  EXPECT_THAT(check.output, HasSubstr("source rtsp://guard:***@127.0.0.1:1/thermal"));
  EXPECT_THAT(check.output + check.errors, Not(HasSubstr("s3cret")));
}

TEST(Password, IsNotShownWhereACommandIsMistyped) {
  const service::SiteFolder folder;
  for (const auto& wrong : std::vector<std::vector<std::string>>{
           {"detect", "rtps://guard:s3cret@host/a", "--out", folder.file("out.csv")},
           {"detect", "rtsp:///guard:s3cret@host/a", "--out", folder.file("out.csv")},
           {"detect", "frames", "rtsp://guard:s3cret@host/a"},
           {"check", "rtsp://guard:s3cret@host/a"},
           {"rtsp://guard:s3cret@host/a"}}) {
    const Outcome outcome = marsad(wrong);
    EXPECT_NE(outcome.status, 0) << wrong[0];
    EXPECT_NE(outcome.errors, "") << wrong[0];
    EXPECT_THAT(outcome.output + outcome.errors, Not(HasSubstr("s3cret"))) << wrong[0];
  }
}

TEST(Password, NotBeingInTheRecordIsNoHindranceToReplay) {
  const service::SiteFolder folder;
  folder.write("site.toml", with_password("s3cret"));
  const std::string site = folder.path().string(), record = folder.file("var/marsad.db");
  RunningProgram program(site);
  ASSERT_NE(program.port(), 0);
  EXPECT_TRUE(service::within(20s, [&] {
    return !nlohmann::json::parse(service::get(program.port(), "/api/incidents").body).empty();
  }));
  ASSERT_EQ(program.end(SIGTERM), 0);
  // A camera's password changed since is no change of what was seen.
  for (const char* password : {"s3cret", "another"}) {
    folder.write("site.toml", with_password(password));
    const Outcome replay = marsad({"replay", record});
    EXPECT_EQ(replay.status, 0) << replay.errors;
    EXPECT_THAT(replay.output, HasSubstr("all the same, bit for bit"));
  }
}

}  // namespace
}  // namespace marsad::app
