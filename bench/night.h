// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <random>
#include <string_view>
#include <vector>

#include "bench/noise_pool.h"
#include "video/frame.h"

namespace marsad::bench {

// A simulated night without movers, before a 16-bit camera of 640 by 512 pixels at 10 frames/s.
// Over an hour all counts drift by 300, and the ground's contrasts shrink by a tenth. Warm clouds
// of ground wander and swell over minutes. The camera has a fixed pattern, and a shutter that it
// shows for half a second every three minutes, or a frozen frame; after that all counts are 40
// higher or lower and the pattern is a little another. Deterministic.
class Night {
 public:
  static constexpr int kWidth = 640;
  static constexpr int kHeight = 512;
  static constexpr int kFramesPerSecond = 10;
  static constexpr int kFramesPerHour = 36'000;
  static constexpr int kShutterEvery_frames = 1'800;
  static constexpr int kShutterFor_frames = 5;
  static constexpr double kNoise = 8;  // counts, one sigma

  Night();
  video::Frame next();

  // What the last frame lies in: "start", "shutter", or how long after the shutter.
  std::string_view when() const;

 private:
  struct Cloud {
    double x_px, y_px;           // at the start
    double dx_px, dy_px;         // a frame
    double sigma_px;             // its size
    double counts;               // its warmth
    double period_frames, turn;  // of its swelling
  };
  using Picture = std::vector<float>;

  void draw_clouds();
  Picture pattern(double pixel_counts, double column_counts);
  void add_clouds(double frame, float gain, Picture& picture) const;
  // The scene with the camera's pattern, without noise, at a frame's time.
  Picture scene_at(int frame) const;
  void open_shutter_again();
  void show_scene(video::Frame& frame);

  std::mt19937 random_;
  NoisePool noise_;
  Picture ground_;   // counts around the middle
  Picture fixed_;    // pattern of the camera
  Picture changed_;  // by the last shutter event
  float offset_ = 0;
  std::vector<Cloud> clouds_;
  Picture from_, to_;  // the scene at the keys before and after now
  Picture row_;
  video::Image<std::uint16_t> last_;
  int number_ = 0;
};

}  // namespace marsad::bench
