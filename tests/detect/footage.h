// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "detect/picture_health.h"

namespace marsad::detect {

// A recorded clip, to be played to and fro without end, so that seconds become minutes in which
// nothing jumps.
class Footage {
 public:
  // `path` below the real data's folder, recorded at `recorded_fps`, of which every `every`th frame
  // is kept; without frames where there is none.
  Footage(const std::string& path, double recorded_fps, std::size_t every = 1);

  bool empty() const { return frames_.empty(); }
  double fps() const { return fps_; }
  const video::Image<std::uint16_t>& first() const { return frames_.front().counts; }
  // The nth frame of the endless clip, n / fps after the start.
  video::Frame frame(std::uint64_t n) const;

 private:
  double fps_;
  std::vector<video::Frame> frames_;
};

// Changes a frame, `since_s` after the breaking began; false drops it.
using Break = std::function<bool(video::Frame& frame, double since_s)>;

// What a camera's health was told to be while its footage played.
struct Told {
  std::set<sensor::HealthState> before;                 // anything, before the break
  std::map<sensor::HealthState, double> first_after_s;  // after the break, when each was first told
  std::set<sensor::HealthState> at_end;
  std::map<sensor::HealthState, std::string> details;  // the newest
};
Told play(const Footage& footage, double healthy_s, double broken_s, const Break& broken);

// Ways a camera breaks, each on real pictures.
Break freeze();
Break blur(double sigma_px);
// Blurs and gives the picture as much fresh noise as it lost by that.
Break defocus(double sigma_px, double noise);
Break dead_lines(int row, int column);
Break dead_dots(double share);
Break add_noise(double sigma);
Break shift(int right_px, int down_px);
Break turn(double angle_deg);
Break overexpose(double share);
Break cover(double noise);
Break drop_frames(double share);
Break wind_clock_back(double by_s);

}  // namespace marsad::detect
