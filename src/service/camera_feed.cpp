// SPDX-License-Identifier: Apache-2.0
#include "service/camera_feed.h"

#include <fmt/format.h>

#include <condition_variable>
#include <mutex>

#include "base/log.h"
#include "service/pointing.h"
#include "service/privacy.h"

namespace marsad::service {
namespace {

constexpr std::size_t kWaitingFrames = 4;
constexpr double kSimulatedFps = 10;
constexpr auto kReopenAfter = std::chrono::seconds(5);

// Sleeps until that time or until a stop is asked for.
void sleep_until(base::Time time, std::stop_token stop) {
  std::mutex mutex;
  std::unique_lock lock(mutex);
  std::condition_variable_any wake;
  wake.wait_until(lock, stop, time, [] { return false; });
}

// Shifts a recording's own times so that its first frame plays now, and waits for each frame's
// turn. Live sources come at their own pace and keep their times.
class Pacer {
 public:
  explicit Pacer(bool live) : live_(live) {}

  void pace(video::Frame& frame, std::stop_token stop) {
    if (live_) return;
    if (!started_) shift_ = now() - frame.time;
    started_ = true;
    frame.time += shift_;
    sleep_until(frame.time, stop);
  }

 private:
  bool live_;
  bool started_ = false;
  base::Duration shift_{};
};

}  // namespace

base::Time now() {
  return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

base::Result<std::unique_ptr<video::FrameSource>> open_camera(const Site& site,
                                                              const SiteCamera& camera,
                                                              base::Time start) {
  if (camera.source == "simulated") {
    auto simulated = simulate::open_camera(site.world, camera.camera, motion_of(camera, start),
                                           camera.fps.value_or(kSimulatedFps), start);
    return without_private(site, camera, with_pointing(camera, std::move(simulated)));
  }
  const bool address = camera.source.find("://") != std::string::npos;
  auto source = video::open_source(
      {camera.camera.id, address ? camera.source : resolve(site.folder, camera.source).string(),
       camera.fps, start});
  if (!source) return source.error();
  return without_private(site, camera, with_pointing(camera, *std::move(source)));
}

DetectStage::DetectStage(const SiteCamera& camera)
    : pose_(camera.camera.pose),
      detector_(camera.detector),
      ignored_(camera.ignored),
      classifier_(camera.network) {}

Step DetectStage::detect(std::shared_ptr<const video::Frame> frame, base::Time entered,
                         Picture& picture) {
  Step step;
  step.entered = entered;
  step.frame = {frame->camera, frame->number, frame->time, frame->pose.value_or(pose_),
                detector_.process(*frame).detections};
  if (frame->hidden) mask::drop_hidden(*frame->hidden, step.frame.detections);
  if (ignored_) mask::drop_masked(*ignored_, step.frame.detections);
  classifier_.classify(frame->counts, step.frame.detections);
  picture = {std::move(frame), step.frame.detections};
  return step;
}

CameraFeed::CameraFeed(const Site& site, const SiteCamera& camera, base::BoundedQueue<Step>& steps,
                       PictureDesk& pictures, HealthDesk& health)
    : site_(site),
      camera_(camera),
      steps_(steps),
      pictures_(pictures),
      health_(health),
      frames_("frames " + camera.camera.id.text, kWaitingFrames, base::Overflow::drop_oldest) {}

void CameraFeed::start() {
  detector_ = std::jthread([this] { detect(); });
  reader_ = std::jthread([this](std::stop_token stop) {
    read(stop);
    frames_.close();
  });
}

void CameraFeed::join() {
  if (reader_.joinable()) reader_.join();
  if (detector_.joinable()) detector_.join();
}

void CameraFeed::read(std::stop_token stop) {
  const sensor::SensorId& id = camera_.camera.id;
  health_.state(id, sensor::HealthState::starting, "", now());
  while (!stop.stop_requested()) {
    const Played played = play(stop);
    if (played != Played::unopened && (!camera_.loop || stop.stop_requested())) {
      health_.state(id, sensor::HealthState::ended, "", now());
      return;
    }
    if (played != Played::frames) sleep_until(now() + kReopenAfter, stop);
  }
}

CameraFeed::Played CameraFeed::play(std::stop_token stop) {
  const sensor::SensorId& id = camera_.camera.id;
  auto source = open_camera(site_, camera_, now());
  if (!source) {
    health_.state(id, sensor::HealthState::no_signal, to_string(source.error()), now());
    return Played::unopened;
  }
  Played played = Played::nothing;
  Pacer pacer((*source)->info().live);
  while (!stop.stop_requested()) {
    video::Event event = (*source)->next(stop);
    if (auto* frame = std::get_if<video::Frame>(&event)) {
      pacer.pace(*frame, stop);
      health_.frame(id, now());
      played = Played::frames;
      frames_.push(
          {std::make_shared<const video::Frame>(std::move(*frame)), now(), (*source)->info().live});
    } else if (const auto* fault = std::get_if<video::Fault>(&event)) {
      if (fault->kind == video::Fault::Kind::corrupt_frame) {
        health_.corrupt_frame(id, fault->what, now());
      } else if (fault->kind == video::Fault::Kind::disconnected) {
        health_.state(id, sensor::HealthState::reconnecting, fault->what, now());
      } else if (fault->kind != video::Fault::Kind::reconnected) {
        base::log_warning(fault->what);
      }
    } else {
      return played;
    }
  }
  return played;
}

void CameraFeed::detect() {
  DetectStage stage(camera_);
  PictureWatch watch(camera_);
  while (auto entered = frames_.pop()) {
    const bool counts =
        watch.look(*entered->frame, entered->live ? std::optional(entered->at) : std::nullopt);
    health_.conditions(camera_.camera.id, watch.conditions(), entered->frame->time, now());
    for (const sensor::Condition& condition : watch.begun()) {
      steps_.push(trouble_step(camera_, condition, entered->at));
    }
    if (!counts) {
      pictures_.put({std::move(entered->frame), {}});
      continue;
    }
    Picture picture;
    Step step = stage.detect(std::move(entered->frame), entered->at, picture);
    pictures_.put(std::move(picture));
    steps_.push(std::move(step));
  }
}

}  // namespace marsad::service
