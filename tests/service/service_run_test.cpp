// SPDX-License-Identifier: Apache-2.0
// The whole service, from the site's files to what it answers and records.
#include <gmock/gmock.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "service/replay.h"
#include "service/service.h"
#include "tests/service/running_service.h"

namespace marsad::service {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using testing::HasSubstr;

const std::string kNote = R"({"by":"watch 2","text":"seen"})";

std::unique_ptr<SiteFolder> site_with_still_pictures() {
  auto folder = std::make_unique<SiteFolder>();
  write_pictures(*folder, "frames", 5);
  folder->write("site.toml", kHead + camera("T1", "\"frames\"") + "loop = true\n");
  return folder;
}

TEST(Service, SaysWhichPortIsInUse) {
  const auto folder = site_with_still_pictures();
  const RunningService first(*folder);
  const Site site = folder->load();
  const auto second = Service::start(site, {.web_root = "", .port = first.port()});
  ASSERT_FALSE(second);
  EXPECT_THAT(to_string(second.error()), HasSubstr(std::to_string(first.port())));
}

TEST(Service, SaysThatTheRecordCannotBeWritten) {
  const auto folder = site_with_still_pictures();
  folder->write("var", "a file where a folder should be");
  const Site site = folder->load();
  const auto started = Service::start(site, {.web_root = "", .port = std::nullopt});
  ASSERT_FALSE(started);
  EXPECT_THAT(to_string(started.error()), HasSubstr("marsad.db"));
}

TEST(Service, IsNotHeldUpByAClientThatStopsReading) {
  const auto folder = site_with_still_pictures();
  const RunningService service(*folder);
  HttpClient stuck(service.port(), 1024);
  ASSERT_EQ(stuck.upgrade(), 101);
  HttpClient reader(service.port());
  ASSERT_EQ(reader.upgrade(), 101);
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(reader.read_message());
  EXPECT_GT(service.frames("T1"), 5U);
}

TEST(Service, FindsRecordsAndReplaysACrossing) {
  const SiteFolder folder;
  std::filesystem::path record;
  {
    RunningService service(folder);
    record = service.site().record;
    ASSERT_TRUE(within(30s, [&] { return !service.json("/api/incidents").empty(); }));
    const json incident = service.json("/api/incidents")[0];
    EXPECT_EQ(incident["direction"], "inbound");
    EXPECT_EQ(incident["state"], "open");
    EXPECT_EQ(incident["sensors"], json::parse(R"(["T1"])"));
    EXPECT_TRUE(incident["simulated"]);
    EXPECT_NEAR(incident["km"], 2.829, 0.05);
    ASSERT_TRUE(incident["has_picture"]);
    const Reply cut_out = service.get("/api/incidents/1/picture");
    EXPECT_EQ(cut_out.status, 200);
    EXPECT_THAT(cut_out.body, testing::StartsWith("\xff\xd8"));

    const Reply picture = service.get("/api/cameras/T1/picture");
    ASSERT_EQ(picture.status, 200);
    const json header = json::parse(picture.headers.at("marsad-picture"));
    EXPECT_EQ(header["width"], 320);
    EXPECT_GT(header["frame"], 0);

    EXPECT_EQ(service.post("/api/incidents/1/acknowledge", kNote).status, 200);
    EXPECT_EQ(service.post("/api/incidents/1/acknowledge", kNote).status, 409);
    std::this_thread::sleep_for(4s);  // the second walker's crossing, and some more tracks
    const auto asked = std::chrono::steady_clock::now();
    service.stop();
    EXPECT_LT(std::chrono::steady_clock::now() - asked, 5s);
  }
  const Site site = folder.load();
  const auto store = store::Store::open_to_read(record.string());
  ASSERT_TRUE(store) << to_string(store.error());
  const auto run = store->newest_run();
  const auto report = replay(*store, *run, site);
  ASSERT_TRUE(report) << to_string(report.error());
  EXPECT_EQ(report->differences, 0U) << report->first_difference;
  EXPECT_GT(report->frames, 50U);
  EXPECT_GT(report->track_states, 3U);
  EXPECT_GE(report->incidents, 1U);
}

TEST(Service, KnowsAfterARestartWhatPeopleDid) {
  const auto folder = site_with_still_pictures();
  record_incidents(folder->load(), 2);
  {
    RunningService service(*folder);
    EXPECT_EQ(service.post("/api/incidents/2/acknowledge", kNote).status, 200);
    EXPECT_EQ(service
                  .post("/api/incidents/2/resolve",
                        R"({"by":"watch 2","outcome":"turned_back","text":"went home"})")
                  .status,
              200);
    EXPECT_EQ(service.post("/api/incidents/1/notes", kNote).status, 200);
    service.stop();
  }
  const RunningService again(*folder);
  const json incidents = again.json("/api/incidents");
  ASSERT_EQ(incidents.size(), 2U);
  EXPECT_EQ(incidents[0]["id"], 2);
  EXPECT_EQ(incidents[0]["state"], "resolved");
  EXPECT_EQ(incidents[0]["outcome"], "turned_back");
  EXPECT_EQ(incidents[0]["notes"].size(), 2U);
  EXPECT_EQ(incidents[1]["state"], "open");
  EXPECT_EQ(incidents[1]["notes"][0]["by"], "watch 2");
}

TEST(Service, GreetsALiveClientWithHealthAndThenTellsOfEveryChange) {
  const auto folder = site_with_still_pictures();
  record_incidents(folder->load(), 1);
  const RunningService service(*folder);
  HttpClient client(service.port());
  ASSERT_EQ(client.upgrade(), 101);
  EXPECT_EQ(json::parse(client.read_message().value())["type"], "health");
  ASSERT_EQ(service.post("/api/incidents/1/acknowledge", kNote).status, 200);
  for (int i = 0; i < 100; ++i) {
    const json message = json::parse(client.read_message().value());
    if (message["type"] != "incident") continue;
    EXPECT_EQ(message["incident"]["state"], "acknowledged");
    return;
  }
  FAIL() << "not told";
}

void limit_file_size(rlim_t bytes) {
  rlimit limit{};
  getrlimit(RLIMIT_FSIZE, &limit);
  limit.rlim_cur = bytes;
  setrlimit(RLIMIT_FSIZE, &limit);
}

// 0 where all went as it should, else the number of the step that did not.
int run_on_a_full_disk(const SiteFolder& folder) {
  signal(SIGXFSZ, SIG_IGN);
  RunningService service(folder);
  HttpClient live(service.port());
  if (live.upgrade() != 101) return 1;
  if (!within(10s, [&] { return service.frames("T1") > 5; })) return 2;
  if (service.post("/api/incidents/1/acknowledge", kNote).status != 200) return 3;
  limit_file_size(1);
  if (!within(10s, [&] { return service.health()["recording"] == false; })) return 4;
  if (service.health()["recording_detail"] == "") return 5;
  // What is not recorded is not done.
  if (service.post("/api/incidents/2/acknowledge", kNote).status != 507) return 6;
  if (service.json("/api/incidents")[0]["state"] != "open") return 7;
  const std::uint64_t frames = service.frames("T1");
  if (!within(10s, [&] { return service.frames("T1") > frames + 5; })) return 8;
  const std::string now = service.health()["time"];
  bool shown = false;  // tracks of after the disk was full
  for (int i = 0; i < 500 && !shown; ++i) {
    const auto message = live.read_message();
    if (!message) return 9;
    const json read = json::parse(*message);
    shown = read["type"] == "tracks" && std::string(read["time"]) > now;
  }
  if (!shown) return 10;
  limit_file_size(RLIM_INFINITY);
  if (!within(10s, [&] { return service.health()["recording"] == true; })) return 11;
  if (service.post("/api/incidents/2/acknowledge", kNote).status != 200) return 12;
  return 0;
}

TEST(Service, GoesOnWithAFullDiskSaysSoAndRecordsAgainWhenThereIsRoom) {
  const auto folder = site_with_still_pictures();
  const Site site = folder->load();
  record_incidents(site, 2);
  const pid_t child = fork();
  if (child == 0) _exit(run_on_a_full_disk(*folder));
  int status = 0;
  waitpid(child, &status, 0);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
  const auto store = store::Store::open(site.record.string());
  ASSERT_TRUE(store) << to_string(store.error());
  for (const std::uint64_t id : {1UL, 2UL}) {
    EXPECT_EQ(store->incident({id}).value()->state, incident::LifecycleState::acknowledged);
  }
}

}  // namespace
}  // namespace marsad::service
