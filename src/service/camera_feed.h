// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <thread>

#include "base/bounded_queue.h"
#include "detect/classifier.h"
#include "service/chain.h"
#include "service/health_desk.h"
#include "service/picture_desk.h"
#include "service/picture_watch.h"
#include "service/site.h"
#include "video/source.h"

namespace marsad::service {

// Opens a camera's source, simulated ones too; `start` is the time of its first frame. Frames have
// the poses of the camera's pointing log, and what lies in a privacy zone is overwritten in every
// frame that comes out of it.
base::Result<std::unique_ptr<video::FrameSource>> open_camera(const Site& site,
                                                              const SiteCamera& camera,
                                                              base::Time start);

// A detection stage for one camera: frame in, step out, without detections in what is masked.
class DetectStage {
 public:
  explicit DetectStage(const SiteCamera& camera);
  // The step of this frame, with its detections; `picture` is for the page.
  Step detect(std::shared_ptr<const video::Frame> frame, base::Time entered, Picture& picture);

 private:
  sensor::Pose pose_;
  detect::Detector detector_;
  std::shared_ptr<const mask::PixelMask> ignored_;
  detect::Classifier classifier_;
};

// One camera of a live run on two threads: one reads frames as they come (recordings and the
// simulator are paced to real time), one detects. Between them the oldest frames are dropped when
// detection lags. Steps go into `steps`; a frame that does not count as a look (PictureWatch) is
// shown, but makes no step.
class CameraFeed {
 public:
  CameraFeed(const Site& site, const SiteCamera& camera, base::BoundedQueue<Step>& steps,
             PictureDesk& pictures, HealthDesk& health);

  void start();
  void request_stop() { reader_.request_stop(); }
  // Waits until every frame read has gone through detection.
  void join();
  base::QueueFigures queue() const { return frames_.figures(); }

 private:
  struct Entered {
    std::shared_ptr<const video::Frame> frame;
    base::Time at;
    bool live = false;  // its time is the camera's, not one given to a recording
  };

  void read(std::stop_token stop);
  enum class Played { unopened, nothing, frames };
  // Plays one source to its end.
  Played play(std::stop_token stop);
  void detect();

  const Site& site_;
  const SiteCamera& camera_;
  base::BoundedQueue<Step>& steps_;
  PictureDesk& pictures_;
  HealthDesk& health_;
  base::BoundedQueue<Entered> frames_;
  std::jthread reader_;
  std::jthread detector_;
};

// The wall clock, to the microsecond.
base::Time now();

}  // namespace marsad::service
