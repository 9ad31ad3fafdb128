// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "track/class_belief.h"
#include "track/cov_root.h"
#include "track/existence.h"
#include "track/motion.h"
#include "track/sensor_offsets.h"
#include "track/settings.h"
#include "track/sighting.h"
#include "track/track.h"

namespace marsad::track {

// What the tracker holds of one mover, small, for it is kept in each state of the past too. The
// state stands at `time`, that of its newest plot; it is predicted from there whenever it is asked
// for, so that nothing is lost by asking.
struct Mover {
  TrackId id;
  std::uint64_t order = 0;  // of its first plot among all first plots
  base::Time time;
  Motion motion;
  base::Time drifts;  // when its place will be too unsure to show, if it is not seen till then
  SensorOffsets offsets;
  Existence existence;
  base::Time existence_time;
  base::Time first_seen;
  base::Time last_seen;
  base::Time last_look;  // when it was last seen, or last held to be missed
  base::Time in_sight;   // when it was last seen, or a look last would have been likely to
  std::vector<std::uint32_t> sensors;
  locate::Cause last_cause;
  double revisit_s = 0;       // between sightings, as it was so far
  float birth_existence = 0;  // which it began with
  float height_m = 0;
  CovRoot bias_root;   // of the sensor that placed it last
  CovRoot mixup_root;  // of the place, by others' plots; beside that in `motion`
  ClassBelief classes;
  std::uint32_t plots = 0;        // with a place
  std::uint32_t last_sensor = 0;  // a number of the tracker's
  TrackStatus status = TrackStatus::tentative;
  bool in_air = false;   // its newest plot with a place was
  bool awaited = false;  // was hidden there, and company of it that is out tells where
};

Mover born(const Sighting& seen, std::uint32_t sensor, base::Time time, double existence,
           const TrackerSettings& settings);

// The motion at `time`, earlier or later.
Motion motion_at(const Mover& mover, base::Time time, const TrackerSettings& settings);

// How the mover's track, whose middle is at these moments, sees a bearing: as a line in the frame
// of its anchor, with all that makes them differ.
Sightline line_to_anchor(const Mover& mover, const Kinematics& moments, const Bearing& seen,
                         std::uint32_t sensor, base::Time time, const TrackerSettings& settings);

// Existence carried on to `time`; no change where that is in the past.
void advance_existence(Mover& mover, base::Time time, const ExistenceSettings& settings);

// A plot that may be of the mover: one with a place, or a bearing.
struct Possible {
  const Sighting* seen = nullptr;
  const Bearing* bearing = nullptr;
  double probability = 0;  // that it is
  double weight = 0;       // how much the track follows it
};

// Where `follow` reckons with several possible plots, kept from call to call: asking for memory
// each time costs as much as the reckoning.
struct Alternatives {
  std::vector<Motion> motions;
  std::vector<double> weights;
  std::vector<double> probabilities;

  void clear();
  void add(const Motion& motion, double probability, double weight);
};

// Moves the track by the average of the plots that may be its own and of its motion `predicted` to
// `time`, which stands for none of them being. What it then says of its error is by the
// probabilities, whatever the weights. All are positive, in any unit.
void follow(Mover& mover, const Motion& predicted, std::span<const Possible> plots,
            double probability_of_none, std::uint32_t sensor, base::Time time,
            const TrackerSettings& settings, Alternatives& room);

// Notes that this plot is the mover's: what `follow`, which comes before, leaves, such as its
// class, when it was seen, and how far this sensor lies off from `predicted`.
void note(Mover& mover, const Motion& predicted, const Sighting& seen, std::uint32_t sensor,
          base::Time time, const TrackerSettings& settings);
// The same of a bearing, which leaves the count of plots and what places tell as they are.
void note(Mover& mover, const Motion& predicted, const Bearing& seen, std::uint32_t sensor,
          base::Time time, const TrackerSettings& settings);

}  // namespace marsad::track
