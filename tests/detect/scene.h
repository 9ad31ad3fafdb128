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
  double clumps = 0;   // counts, of ground that repeats nowhere
  double shift_x = 0;  // of the whole picture, pixels
  double shift_y = 0;
  double rotation_rad = 0;  // of the ground about the picture's middle, x towards y
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
        const double across = u - 0.5 * (width_ - 1);
        const double down = v - 0.5 * (height_ - 1);
        const double x = std::cos(rotation_rad) * across + std::sin(rotation_rad) * down;
        const double y = std::cos(rotation_rad) * down - std::sin(rotation_rad) * across;
        const double at_x = x + 0.5 * (width_ - 1) + shift_x;
        const double at_y = y + 0.5 * (height_ - 1) + shift_y;
        double count = 7000 + texture * ground(at_x, at_y);
        if (clumps != 0)
          count += clumps * (clump(at_x / 17, at_y / 17) + clump(at_x / 6, at_y / 6));
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
  // A number between -1 and 1 for each whole place, with no order among them.
  static double hashed(double x, double y) {
    auto bits = static_cast<std::uint32_t>(static_cast<std::int32_t>(x)) * 0x9E3779B1U ^
                static_cast<std::uint32_t>(static_cast<std::int32_t>(y)) * 0x85EBCA77U;
    bits = (bits ^ (bits >> 15)) * 0x2C1B3C6DU;
    bits = (bits ^ (bits >> 12)) * 0x297A2D39U;
    return (bits ^ (bits >> 15)) / 2147483648.0 - 1;
  }
  // Between whole places, smoothly.
  static double clump(double x, double y) {
    const double left = std::floor(x);
    const double top = std::floor(y);
    const auto smooth = [](double t) { return t * t * (3 - 2 * t); };
    const double across = smooth(x - left);
    const auto row = [&](double at) {
      return hashed(left, at) + across * (hashed(left + 1, at) - hashed(left, at));
    };
    return row(top) + smooth(y - top) * (row(top + 1) - row(top));
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
