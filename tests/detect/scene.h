// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "video/frame.h"

namespace marsad::test {

// A thing with soft edges before the scene, around its middle.
struct Blob {
  double x = 0;
  double y = 0;
  double width = 4;
  double height = 8;
  double contrast = 0;  // counts
};

// Draws the frames of a 14-bit camera at 25 frames a second: ground, blobs and white noise.
class Scene {
 public:
  explicit Scene(int width = 160, int height = 128, unsigned seed = 1)
      : width_(width), height_(height), random_(seed) {}

  double noise = 6;    // counts, one sigma
  double texture = 0;  // counts, of bumps some pixels wide
  double shift_x = 0;  // of the whole picture, pixels
  double shift_y = 0;
  double gain = 1;
  double offset = 0;  // counts

  video::Frame frame(const std::vector<Blob>& blobs = {}) {
    video::Frame frame;
    frame.number = static_cast<std::uint64_t>(number_);
    frame.time = base::Time{} + std::chrono::milliseconds(40 * number_);
    frame.bits = 14;
    frame.counts = video::Image<std::uint16_t>(width_, height_);
    ++number_;
    std::normal_distribution<double> noise_counts(0, noise);
    for (int v = 0; v < height_; ++v) {
      for (int u = 0; u < width_; ++u) {
        double count = 7000 + texture * ground(u + shift_x, v + shift_y);
        for (const Blob& blob : blobs) count += blob.contrast * cover(blob, u, v);
        count = gain * count + offset + noise_counts(random_);
        frame.counts.at(u, v) = static_cast<std::uint16_t>(std::clamp(count, 0.0, 16383.0));
      }
    }
    return frame;
  }

 private:
  static double ground(double x, double y) {
    return std::sin(0.31 * x + 0.07 * y) + std::sin(0.11 * x - 0.43 * y) +
           std::sin(0.23 * x + 0.29 * y) * std::sin(0.05 * x);
  }
  // How much of a pixel the blob covers along one axis.
  static double cover(double middle, double size, int pixel) {
    const double low = std::max(middle - size / 2, pixel - 0.5);
    const double high = std::min(middle + size / 2, pixel + 0.5);
    return std::max(high - low, 0.0);
  }
  static double cover(const Blob& blob, int u, int v) {
    return cover(blob.x, blob.width, u) * cover(blob.y, blob.height, v);
  }

  int width_;
  int height_;
  std::mt19937 random_;
  std::int64_t number_ = 0;
};

}  // namespace marsad::test
