// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "detect/small_target.h"

namespace marsad::detect {

struct ConfirmationSettings {
  int seen_frames = 3;        // in how many frames something was seen before it is believed
  double step_px = 10;        // how far it may be from where it was, moved on evenly
  double first_step_px = 10;  // how far it may get in the first step, of which nothing is known
  int standing_frames = 40;   // from then on what has not moved is left out; 0 keeps it
  double standing_px = 3;     // what counts as not having moved over that time
};

// Believes in small targets that were seen in several frames, and leaves out what stands still,
// such as a small cloud or a warm window. It only looks back: what is believed in comes out in the
// frame that confirms it. One thread.
class Confirmation {
 public:
  explicit Confirmation(ConfirmationSettings settings) : settings_(settings) {}

  // The candidates of one frame that are believed in, in their order.
  std::vector<Candidate> process(const std::vector<Candidate>& candidates);

 private:
  struct Trace {
    sensor::Pixel last;
    sensor::Pixel step;    // a frame
    sensor::Pixel anchor;  // where it stood or began to stand
    int seen = 1;
    int missed = 0;    // frames in a row
    int standing = 0;  // frames since it was first near the anchor
  };

  Trace* nearest(const Candidate& candidate, const std::vector<bool>& taken);
  void follow(const Candidate& candidate, Trace& trace) const;

  ConfirmationSettings settings_;
  std::vector<Trace> traces_;
};

}  // namespace marsad::detect
