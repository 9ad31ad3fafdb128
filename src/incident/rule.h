// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "border/border.h"
#include "incident/incident.h"
#include "track/groups.h"
#include "track/track.h"

namespace marsad::incident {

// A mover as rules look at it: its track, and how it stands to the line.
struct Seen {
  const track::Track* track = nullptr;
  geo::Chainage at;
  double sigma_m = 0;  // of its distance from the line, 1 sigma
  double p_home = 0;   // probability that it is on the home side
  double speed_mps = 0;
  double closing_mps = 0;  // towards the line; below 0: away from it
  sensor::MoverClass mover = sensor::MoverClass::unknown;

  bool home() const { return p_home >= 0.5; }
  // Of the side it seems to be on.
  double side_probability() const { return home() ? p_home : 1 - p_home; }
  double distance_m() const { return at.d_m < 0 ? -at.d_m : at.d_m; }
  // Of a crossing it would make from its side.
  Direction direction() const { return home() ? Direction::outbound : Direction::inbound; }
};
Seen see(const track::Track& track, const geo::BorderLine& line);

// How far apart two movers are, metres, as the line unrolls.
double apart_m(const Seen& one, const Seen& other);

// How well that is known, 1 sigma along the line between them, metres; 0 of two at one place.
double apart_sigma_m(const Seen& one, const Seen& other);

// "far side" or "home side".
std::string side_of(const Seen& mover);

// What a rule saw.
struct Finding {
  Kind kind = Kind::crossing;
  Direction direction = Direction::inbound;
  base::Time time;
  double chainage_m = 0;
  geo::Geodetic place;
  double probability = 0;
  std::vector<track::Track> movers;  // the first is the one it was seen by
  std::string what;  // after "2 persons": "passed from the far side to the home side"
};

// A finding of one mover where it is now.
Finding found_of(const Seen& mover, Kind kind, double probability, std::string what);

// The moment around a mover.
struct Scene {
  base::Time now;
  const border::Border& border;
  std::span<const Seen> near;  // in a survey: confirmed movers near the line, by chainage
  std::span<const track::Group> groups;
};

// One kind of incident: watches movers and adds what it saw to `found`. It says a thing once, not
// at every look; what belongs together is for Events to say. Rules look in the order in which
// make_rules has them, and one may make more of what those before it found in the same look.
class Rule {
 public:
  virtual ~Rule() = default;
  // A confirmed mover as it is now; often where it is near the line, seldom far from it.
  virtual void look(const Seen&, const Scene&, std::vector<Finding>&) {}
  // All movers near the line, once a second.
  virtual void survey(const Scene&, std::vector<Finding>&) {}
  // A track that is gone for good.
  virtual void forget(track::TrackId) {}
};

}  // namespace marsad::incident
