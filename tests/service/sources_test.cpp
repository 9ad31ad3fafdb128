// SPDX-License-Identifier: Apache-2.0
// What becomes of the whole service when what its cameras give is bad.
#include <gmock/gmock.h>

#include <cstdlib>

#include "tests/service/running_service.h"

namespace marsad::service {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST(Sources, ACorruptPictureIsCountedAndTheRestGoesOn) {
  const SiteFolder folder;
  write_pictures(folder, "frames", 30);
  folder.write("frames/10.png", "this is no picture");
  folder.write("site.toml", kHead + camera("T1", "\"frames\""));
  const RunningService service(folder);
  ASSERT_TRUE(within(20s, [&] { return service.state("T1") == "ended"; }));
  EXPECT_EQ(service.frames("T1"), 29U);
  EXPECT_EQ(service.camera("T1")["corrupt"], 1);
}

TEST(Sources, ATruncatedVideoGivesWhatCouldBeDecodedAndEnds) {
  const SiteFolder folder;
  const std::string whole = (folder.path() / "whole.mp4").string();
  const std::string command =
      "ffmpeg -nostdin -v error -y -f lavfi -i testsrc=size=320x256:rate=10:duration=3 -c:v mpeg4 "
      "-movflags +faststart " +
      whole;
  ASSERT_EQ(std::system(command.c_str()), 0) << command;
  std::filesystem::resize_file(whole, std::filesystem::file_size(whole) / 2);
  folder.write("site.toml", kHead + camera("T1", "\"whole.mp4\""));
  const RunningService service(folder);
  ASSERT_TRUE(within(20s, [&] { return service.state("T1") == "ended"; })) << service.health();
  EXPECT_GT(service.frames("T1"), 5U);
  EXPECT_LT(service.frames("T1"), 30U);
}

TEST(Sources, AFileThatLoopsBeginsAgain) {
  const SiteFolder folder;
  write_pictures(folder, "frames", 5);
  folder.write("site.toml", kHead + camera("T1", "\"frames\"") + "loop = true\n");
  const RunningService service(folder);
  EXPECT_TRUE(within(10s, [&] { return service.frames("T1") > 12; }));
}

TEST(Sources, ACameraWithoutASourceHasNoSignalWhileAnotherWorks) {
  const SiteFolder folder;
  write_pictures(folder, "frames", 5);
  folder.write("site.toml",
               kHead + camera("T1", "\"nowhere\"") + camera("T2", "\"frames\"") + "loop = true\n");
  RunningService service(folder);
  EXPECT_TRUE(within(5s, [&] { return service.state("T1") == "no_signal"; }));
  EXPECT_THAT(std::string(service.camera("T1")["detail"]), HasSubstr("nowhere"));
  EXPECT_TRUE(within(10s, [&] { return service.frames("T2") > 10; }));
  EXPECT_EQ(service.state("T2"), "ok");
}

TEST(Sources, PicturesOfAnotherSizeThanTheSitesAreShownButNotLocated) {
  const SiteFolder folder;
  write_pictures(folder, "frames", 20);
  std::string text = kHead + camera("T1", "\"frames\"");
  text.replace(text.find("width_px = 320"), 14, "width_px = 640");
  folder.write("site.toml", text);
  {
    RunningService service(folder);
    ASSERT_TRUE(within(10s, [&] { return service.state("T1") == "wrong_size"; }));
    const auto told = service.camera("T1");
    EXPECT_EQ(told["watching"], false);
    EXPECT_THAT(std::string(told["detail"]), HasSubstr("320×256 px; the site says 640×256"));
    EXPECT_EQ(told["conditions"][0]["state"], "wrong_size");
    EXPECT_TRUE(within(5s, [&] { return service.get("/api/cameras/T1/picture").status == 200; }));
    ASSERT_TRUE(within(20s, [&] { return service.state("T1") == "ended"; }));
    const auto history = service.json("/api/cameras/T1/health");
    ASSERT_GE(history.size(), 1U);
    service.stop();
  }
  const Site site = folder.load();
  const auto store = store::Store::open_to_read(site.record.string());
  ASSERT_TRUE(store);
  const auto health = store->newest_health({"T1"}, 10).value();
  ASSERT_GE(health.size(), 3U);
  EXPECT_EQ(health[0].stretch.state, sensor::HealthState::ended);
  EXPECT_TRUE(health[0].stretch.until);
  EXPECT_EQ(health[1].stretch.state, sensor::HealthState::wrong_size);
  EXPECT_EQ(health[1].stretch.until, health[0].stretch.since);
  int frames = 0;
  EXPECT_TRUE(store->read_detections(health[0].run, [&](const auto&) { return ++frames > 0; }));
  EXPECT_EQ(frames, 0);
}

TEST(Sources, ACameraThatComesLaterIsTakenUp) {
  const SiteFolder folder;
  folder.write("site.toml", kHead + camera("T1", "\"frames\""));
  const RunningService service(folder);
  ASSERT_TRUE(within(5s, [&] { return service.state("T1") == "no_signal"; }));
  write_pictures(folder, "later", 5);
  std::filesystem::rename(folder.path() / "later", folder.path() / "frames");
  EXPECT_TRUE(within(10s, [&] { return service.frames("T1") == 5; }));
}

TEST(Sources, AnRtspCameraThatIsNotThereReconnectsWhileAnotherWorks) {
  const SiteFolder folder;
  write_pictures(folder, "frames", 5);
  folder.write("site.toml", kHead + camera("T1", "\"rtsp://127.0.0.1:1/thermal\"") +
                                camera("T2", "\"frames\"") + "loop = true\n");
  RunningService service(folder);
  EXPECT_TRUE(within(10s, [&] { return service.state("T1") == "reconnecting"; }));
  EXPECT_TRUE(within(10s, [&] { return service.frames("T2") > 10; }));
  const auto asked = std::chrono::steady_clock::now();
  service.stop();
  EXPECT_LT(std::chrono::steady_clock::now() - asked, 3s);
}

TEST(Sources, AnRtspCamerasPasswordIsNeitherShownNorLoggedNorRecorded) {
  const SiteFolder folder;
  folder.write("site.toml",
               kHead + camera("T1", "\"rtsp://guard:s3cret@127.0.0.1:1/thermal?pwd=s3cret\""));
  testing::internal::CaptureStderr();
  {
    const RunningService service(folder);
    EXPECT_TRUE(within(10s, [&] { return service.state("T1") == "reconnecting"; }));
    EXPECT_THAT(std::string(service.camera("T1")["detail"]),
                HasSubstr("rtsp://guard:***@127.0.0.1:1/thermal?pwd=***: "));
    for (const char* target : {"/api/site", "/api/health", "/api/incidents"}) {
      EXPECT_THAT(service.get(target).body, Not(HasSubstr("s3cret"))) << target;
    }
  }
  const std::string log = testing::internal::GetCapturedStderr();
  EXPECT_THAT(log, AllOf(HasSubstr("rtsp://guard:***@"), Not(HasSubstr("s3cret"))));
  for (const auto& file : std::filesystem::directory_iterator(folder.path() / "var")) {
    EXPECT_THAT(read_text(file.path()).value(), Not(HasSubstr("s3cret"))) << file.path();
  }
}

}  // namespace
}  // namespace marsad::service
