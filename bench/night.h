// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <random>
#include <string_view>
#include <vector>

#include "bench/noise_pool.h"
#include "video/frame.h"

namespace marsad::bench {

// How hard a night is on the detector.
struct NightSettings {
  double pattern_change = 2;       // of each pixel by the shutter, counts, one sigma
  double column_change = 1;        // of each column
  double largest_cloud = 100;      // counts
  double smallest_cloud_px = 20;   // sigma
  double fastest_cloud_px = 0.05;  // a frame
};

// Changes of the fixed pattern as large as the noise; clouds that are warmer, smaller and faster.
constexpr NightSettings kRoughNight{8, 3, 200, 12, 0.1};

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

  explicit Night(const NightSettings& settings);
  video::Frame next();

  // What the last frame lies in: the first seconds, the shutter, how long after it, or else.
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

  NightSettings settings_;
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
