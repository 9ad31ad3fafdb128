// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <chrono>
#include <future>
#include <memory>

#include "tests/video/rtsp_server.h"
#include "tests/video/support.h"

namespace marsad::video {
namespace {

using test::RtspServer;
using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto kAtOnce = 300ms;  // libav looks up from its waiting every 100 ms

class Rtsp : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    const test::TemporaryFolder folder;
    test::ffmpeg(
        "-f lavfi -i testsrc2=size=160x128:rate=50 -frames:v 25 -threads 1 "
        "-c:v libx264 -bf 0 -g 5 -pix_fmt yuv420p " +
        folder.file("a.h264"));
    h264_ = test::read(folder.file("a.h264"));
  }

  static std::unique_ptr<FrameSource> open(const std::string& address) {
    auto source = open_source(test::settings_for(address));
    EXPECT_TRUE(source.has_value());
    return std::move(*source);
  }

  // The next event that is no frame; frames before it are left out.
  static Fault next_fault(FrameSource& source) {
    while (true) {
      Event event = source.next({});
      if (const auto* fault = std::get_if<Fault>(&event)) return *fault;
      if (std::holds_alternative<End>(event)) return {Fault::Kind::corrupt_frame, "ended"};
    }
  }

  static Frame next_frame(FrameSource& source) {
    Event event = source.next({});
    if (auto* frame = std::get_if<Frame>(&event)) return std::move(*frame);
    ADD_FAILURE() << "no frame";
    return {};
  }

  // How long the source takes to end once asked to, after waiting in next() for a while.
  static Clock::duration time_to_stop(FrameSource& source) {
    std::stop_source stop;
    auto ended = std::async(std::launch::async, [&] {
      while (!std::holds_alternative<End>(source.next(stop.get_token()))) continue;
      return Clock::now();
    });
    std::this_thread::sleep_for(300ms);
    const Clock::time_point asked = Clock::now();
    stop.request_stop();
    return ended.get() - asked;
  }

  static inline Bytes h264_;
};

TEST_F(Rtsp, DeliversFramesTimedByTheirArrivalAndTheCamerasStamps) {
  const RtspServer server(h264_);
  const auto source = open(server.address());
  EXPECT_TRUE(source->info().live);
  const auto before = std::chrono::system_clock::now();
  const Frame first = next_frame(*source);
  EXPECT_GE(first.time, before - 1ms);
  EXPECT_LE(first.time, std::chrono::system_clock::now());
  EXPECT_EQ(first.number, 0U);
  EXPECT_EQ(first.counts.width(), 160);
  const Frame second = next_frame(*source);
  EXPECT_GT(second.time, first.time);
  for (unsigned i = 1; i < 30; ++i) {
    const Frame frame = next_frame(*source);
    EXPECT_EQ(frame.number, i + 1);
    EXPECT_EQ(frame.time, second.time + i * 20ms);
  }
  EXPECT_EQ(source->info().width_px, 160);
  EXPECT_EQ(source->info().height_px, 128);
  EXPECT_THAT(source->info().description, HasSubstr("RTSP, H.264"));
}

TEST_F(Rtsp, TellsOfALostCameraAndOfItsReturn) {
  auto server = std::make_unique<RtspServer>(h264_);
  const std::uint16_t port = server->port();
  const auto source = open(server->address());
  const Frame before = next_frame(*source);
  server.reset();
  EXPECT_EQ(next_fault(*source).kind, Fault::Kind::disconnected);
  server = std::make_unique<RtspServer>(h264_, port);
  EXPECT_EQ(next_fault(*source).kind, Fault::Kind::reconnected);
  const Frame after = next_frame(*source);
  EXPECT_GT(after.number, before.number);
  EXPECT_GT(after.time, before.time);
}

TEST_F(Rtsp, WaitsForACameraThatBootsLater) {
  auto server = std::make_unique<RtspServer>(h264_);
  const std::uint16_t port = server->port();
  server.reset();
  const auto source = open("rtsp://127.0.0.1:" + std::to_string(port) + "/thermal");
  const Fault fault = next_fault(*source);
  EXPECT_EQ(fault.kind, Fault::Kind::disconnected);
  EXPECT_THAT(fault.what, HasSubstr("Connection refused"));
  server = std::make_unique<RtspServer>(h264_, port);
  EXPECT_EQ(next_fault(*source).kind, Fault::Kind::reconnected);
  EXPECT_EQ(next_frame(*source).number, 0U);
}

TEST_F(Rtsp, CountsACameraSilentFor5SecondsAsLost) {
  RtspServer server(h264_);
  const auto source = open(server.address());
  next_frame(*source);
  server.fall_silent();
  const Clock::time_point silent_since = Clock::now();
  const Fault fault = next_fault(*source);
  EXPECT_EQ(fault.kind, Fault::Kind::disconnected);
  EXPECT_THAT(fault.what, HasSubstr("silent for 5 s"));
  EXPECT_LT(Clock::now() - silent_since, 6s);
}

TEST_F(Rtsp, StopsAtOnceWhileTheCameraIsSilent) {
  RtspServer server(h264_);
  const auto source = open(server.address());
  next_frame(*source);
  server.fall_silent();
  EXPECT_LT(time_to_stop(*source), kAtOnce);
}

TEST_F(Rtsp, StopsAtOnceWhileConnecting) {
  RtspServer server(h264_);
  server.fall_silent();
  const auto source = open(server.address());
  EXPECT_LT(time_to_stop(*source), kAtOnce);
}

TEST_F(Rtsp, StopsAtOnceWhileWaitingToConnectAgain) {
  const auto source = open("rtsp://127.0.0.1:1/none");
  EXPECT_LT(time_to_stop(*source), kAtOnce);
}

TEST_F(Rtsp, StopsAtOnceWhileFramesArrive) {
  RtspServer server(h264_);
  const auto source = open(server.address());
  EXPECT_LT(time_to_stop(*source), kAtOnce);
}

TEST_F(Rtsp, TakesLeaveOfTheServer) {
  RtspServer server(h264_);
  auto source = open(server.address());
  next_frame(*source);
  source.reset();
  for (int i = 0; i < 100 && server.teardowns() == 0; ++i) std::this_thread::sleep_for(10ms);
  EXPECT_EQ(server.teardowns(), 1);
}

TEST_F(Rtsp, ShowsNoPassword) {
  const auto source = open("rtsp://guard:p@ssword@127.0.0.1:1/none");
  const std::string what = next_fault(*source).what;
  EXPECT_THAT(what, HasSubstr("rtsp://guard:***@127.0.0.1:1/none: "));
  EXPECT_THAT(what, Not(HasSubstr("ssword")));
}

TEST_F(Rtsp, RefusesAnAddressWithoutAHost) {
  for (const char* address : {"rtsp://", "rtsp:///thermal"}) {
    EXPECT_FALSE(open_source(test::settings_for(address))) << address;
  }
}

TEST_F(Rtsp, RefusesAMistypedAddressWithoutItsPassword) {
  for (const char* address : {"rtsp:///guard:secret@host/a", "RTSP://guard:secret@host/a",
                              "rtsp:/guard:secret@host/a", "rtps://guard:secret@host/a"}) {
    const auto source = open_source(test::settings_for(address));
    ASSERT_FALSE(source) << address;
    EXPECT_THAT(source.error().where, HasSubstr("guard:***@host/a"));
  }
  SourceSettings settings = test::settings_for("rtsp://guard:secret@host/a");
  settings.fps = 0;
  EXPECT_EQ(open_source(settings).error().where, "rtsp://guard:***@host/a");
}

}  // namespace
}  // namespace marsad::video
