// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "incident/incident.h"
#include "service/site.h"
#include "tests/scenario/plan.h"
#include "track/track.h"

namespace marsad::scenario {

// A drawn world as a site whose cameras are simulated.
struct World {
  Plan plan;
  service::Site site;

  // The middle of a cell, on level ground.
  geo::Geodetic place(Cell cell) const;
};

// Errors: whatever is wrong with the picture.
base::Result<World> build(std::string_view text);

// What the program made of a world. Printed, it is the picture with the tracks and incidents in it,
// and the same in words, so that a failing test shows what happened.
struct Outcome {
  std::shared_ptr<const World> world;  // null where the picture was wrong
  std::vector<incident::Incident>
      incidents;                      // each as told last, none that was merged into another
  std::vector<track::Track> tracks;   // confirmed ones, each at its end
  std::vector<track::Track> history;  // every state of every confirmed track
  std::size_t frames = 0;
  std::size_t detections = 0;
};

// Draws the frames of a world's cameras and runs them through detection, location, tracking and
// judgement, as a replay of the site would. A wrong picture fails the test.
Outcome run(std::string_view text);

void PrintTo(const Outcome& outcome, std::ostream* out);

}  // namespace marsad::scenario
