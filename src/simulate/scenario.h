// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "geo/geodetic.h"
#include "locate/plot.h"
#include "sensor/camera.h"
#include "sensor/mover_class.h"
#include "terrain/elevation.h"
#include "video/source.h"

namespace marsad::simulate {

// One mover or a group of them that walks, drives or grazes along a path. Times are seconds since
// the scenario's start. A path of one point is a place where the party stays for good.
struct Party {
  std::string name;
  sensor::MoverClass mover = sensor::MoverClass::person;
  int count = 1;
  double spacing_m = 12;  // from one member of the file to the next
  double start_s = 0;
  // 0: once; else a new party sets out this often, for a demo that lasts.
  double repeat_every_s = 0;
  double speed_mps = 1.3;
  // Above 0 the members roam around the point that moves along the path, this far at most, instead
  // of following each other: a herd.
  double wander_m = 0;
  double halt_s = 0;                // at each corner of the path, all of the party at once
  double above_ground_m = 0;        // for what flies
  std::vector<geo::Geodetic> path;  // heights are ignored
};

// The night, as far as a thermal camera notices.
struct Weather {
  double noise_counts = 6;  // sensor noise, one sigma, of 14-bit counts
  double extinction_per_km = 0.15;
  double ground_counts = 7000;  // mean level of the ground
};

// What somebody does to a camera, from a time on for good.
struct Interference {
  enum class Kind {
    covered,  // something hangs over the lens
    turned    // it was pushed round and does not know
  };
  sensor::SensorId camera;
  Kind kind = Kind::covered;
  double from_s = 0;
  double turn_rad = 0;  // clockwise, where it is turned
};

struct Scenario {
  std::string name;
  std::uint64_t seed = 1;
  double duration_s = 0;  // 0: without end
  Weather weather;
  std::vector<Party> parties;
  std::vector<Interference> interferences;
};

// Where each mover truly is.
struct TruthState {
  std::string id;  // "walkers-2/3": party, departure, member, counted from 1
  sensor::MoverClass mover = sensor::MoverClass::person;
  geo::Geodetic place;  // of its foot, or of its lowest point where it flies
  double ve_mps = 0;
  double vn_mps = 0;
};

// The movers of a scenario on a terrain. Any time may be asked for, in any order, and the answer
// is always the same. Threads may share it. Every party needs a name, a path, at least one member
// and, where it has a way to go, a speed above 0.
class World {
 public:
  World(Scenario scenario, std::shared_ptr<const terrain::Elevation> elevation);
  ~World();
  World(World&&) noexcept;

  // Everyone under way at this time, in the order of parties, departures and members. A mover is
  // there from the start of its path to the end of it, as long as the elevation knows the ground.
  std::vector<TruthState> truth(double t_s) const;
  const Scenario& scenario() const;
  const terrain::Elevation& elevation() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// How a simulated camera moves.
struct CameraMotion {
  double sway_px = 0;  // a balloon's: slow residual shift of the picture, one sigma an axis
  // Where it looks so long after its first frame; empty where it always looks as the camera says.
  // The view is drawn anew for each pose, which takes a hundred times as long as a frame.
  std::function<sensor::Pose(double t_s)> pose = nullptr;
};

// A source of 14-bit frames of that world as this camera sees it: ground, horizon, sky, movers
// with heat of their class, blur and noise. Nothing but frames comes out.
std::unique_ptr<video::FrameSource> open_camera(std::shared_ptr<const World> world,
                                                sensor::Camera camera, CameraMotion motion,
                                                double fps, base::Time start);

// Plots as a set of towers would report them, without pictures, for scenarios too large to draw:
// of the movers in view within 6 km most, and now and then one of nothing. A function of the
// arguments alone.
std::vector<locate::Plot> plots(const World& world, const std::vector<sensor::Camera>& cameras,
                                double t_s, base::Time start);

// A bank raised, or a ditch cut where the height is negative, along a line. What is narrower than
// the elevation's grid comes out as wide as the grid.
struct Earthwork {
  std::vector<geo::Geodetic> line;  // heights are ignored
  double height_m = 0;
  double width_m = 0;
};

// About how many heights make_desert makes; a microsecond and a dozen bytes go into each.
double desert_nodes(terrain::Bounds bounds, double spacing_m);

// Desert made from a seed: gentle slopes, dunes, wadis cut into it. Heights span about 60 m, from
// 250 m to 310 m above the sea.
terrain::Elevation make_desert(terrain::Bounds bounds, double spacing_m, std::uint64_t seed,
                               const std::vector<Earthwork>& earthworks = {});

}  // namespace marsad::simulate
