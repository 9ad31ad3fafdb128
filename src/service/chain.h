// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "detect/detection.h"
#include "incident/judge.h"
#include "locate/cross_fix.h"
#include "locate/locator.h"
#include "service/operator_desk.h"
#include "service/site.h"
#include "service/visibility.h"
#include "track/groups.h"
#include "track/sensor_bias.h"
#include "track/tracker.h"

namespace marsad::service {

// What becomes of one frame on its way through the stages; each fills in its part. A step with a
// trouble is of no frame: it tells that something began to be wrong with a sensor.
struct Step {
  std::optional<incident::SensorTrouble> trouble;
  detect::FrameDetections frame;
  base::Time entered;  // when the frame reached Marsad
  track::Scan scan;
  std::optional<track::SensorBias> bias;      // of the frame's camera, as known after the frame
  std::vector<track::Track> tracks;           // none that is in a privacy zone
  std::optional<track::Amended> amended;      // the past, where late frames changed it; none there
  std::vector<track::Group> groups;           // of these tracks alone
  std::vector<track::TrackId> lost_hidden;    // gone by a zone or a word
  std::vector<incident::Incident> incidents;  // new and grown ones
};

// The stages after detection, wired as a site says. A live run calls each stage on a thread of its
// own; offline work and a replay call them one after the other. Same steps in the same order, same
// results. What lies in a privacy zone is dropped by each, whatever the one before let through.
class Chain {
 public:
  // Incidents are numbered from `next_incident`, leaving out those in `taken`.
  Chain(const Site& site, incident::IncidentId next_incident,
        std::set<incident::IncidentId> taken = {});

  void locate(Step& step) const;
  void track(Step& step);
  void judge(Step& step);

  // What the tracker did not take so far. The thread that calls track.
  const track::RefusedCounts& refused() const { return tracker_.refused(); }

  // What known traffic explained so far. The thread that calls judge.
  std::vector<incident::HeldBack> held_back() const { return judge_.held_back(); }

  // Where operators say what tracks are. Any thread.
  OperatorDesk& operators() { return *operators_; }

 private:
  std::map<sensor::SensorId, locate::Locator> locators_;
  std::shared_ptr<const border::Border> border_;
  std::shared_ptr<Cameras> cameras_;  // each as it looked in its newest step
  track::SensorBiases biases_;
  locate::CrossFix cross_fix_;
  track::Tracker tracker_;
  track::Groups groups_;
  std::unique_ptr<OperatorDesk> operators_ = std::make_unique<OperatorDesk>();
  incident::Judge judge_;
};

// The step that tells of a condition which began at a camera.
Step trouble_step(const SiteCamera& camera, const sensor::Condition& condition, base::Time entered);

}  // namespace marsad::service
