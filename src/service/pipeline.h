// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include "base/bounded_queue.h"
#include "service/camera_feed.h"
#include "service/chain.h"
#include "service/health_desk.h"
#include "service/incident_book.h"
#include "service/picture_desk.h"
#include "service/publisher.h"
#include "service/site.h"
#include "service/track_log.h"
#include "store/store.h"

namespace marsad::service {

// The live run: cameras → detect → locate → track → incident → record, a thread a stage with
// bounded queues between. Video gives up its oldest frames when a stage lags; after detection a
// full queue makes the stage before it wait, so nothing found is lost.
class Pipeline {
 public:
  struct Desks {
    PictureDesk& pictures;
    HealthDesk& health;
    TrackPublisher& tracks;
    IncidentBook& incidents;
    store::Store& store;
    store::RunId run;
  };

  Pipeline(const Site& site, incident::IncidentId next_incident, Desks desks);
  ~Pipeline();  // stops

  void start();
  // Ends the sources, lets every stage finish what it has, and writes all of it to the record.
  void stop();
  // Waits until every source is at its end and all of it is recorded.
  void join();
  std::vector<base::QueueFigures> queues() const;
  // Takes what an operator says of a track, once it is in the record. Any thread.
  std::variant<track::OperatorWord, WordRefusal> say(const track::OperatorWord& word);

 private:
  using Queue = base::BoundedQueue<Step>;

  void run_locate();
  void run_track();
  void run_incident();
  void run_record();
  void record(const std::vector<Step>& steps);
  void give_up_oldest();

  Desks desks_;
  Chain chain_;
  TrackLog track_log_;  // these three: the record's thread only
  std::vector<detect::FrameDetections> unwritten_frames_;
  std::uint64_t given_up_ = 0;
  Queue detections_{"detections", 256, base::Overflow::block};
  Queue plots_{"plots", 256, base::Overflow::block};
  Queue tracks_{"tracks", 256, base::Overflow::block};
  Queue records_{"records", 4096, base::Overflow::block};
  std::vector<std::unique_ptr<CameraFeed>> feeds_;
  std::vector<std::jthread> stages_;
};

}  // namespace marsad::service
