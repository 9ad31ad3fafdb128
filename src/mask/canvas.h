// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "mask/blocks.h"
#include "sensor/camera.h"
#include "terrain/elevation.h"
#include "video/image.h"

namespace marsad::mask {

// A camera's frame with a margin around it, on which blocks are painted.
class Canvas {
 public:
  // `reach_m`: how far the ground is looked at; what lies beyond counts as unhidden.
  Canvas(const sensor::Camera& camera, const terrain::Elevation& elevation, int margin_px,
         double reach_m);

  // Paints every pixel that any part of a block touches, unless the ground hides all of the block;
  // and those it touches when it stands lower by `lower_m`.
  void paint(const Block& block, double lower_m);
  // What is painted, grown by the margin, without it.
  video::Image<std::uint8_t> finish() const;

 private:
  struct Point {
    double u = 0;
    double v = 0;
  };
  // Pixels of one row, the last one too; in the canvas's own columns and rows.
  struct Span {
    int row = 0;
    int first = 0;
    int last = 0;
  };

  std::vector<Point> outline(std::span<const sensor::CameraRay> body) const;
  std::vector<Span> spans(const std::vector<Point>& outline) const;
  bool is_in_sight(const std::vector<Span>& spans, double near_m);
  // The farthest ground at the corners of a pixel.
  double depth_m(int column, int row);
  double ground_m(int column, int row);

  const sensor::Camera& camera_;
  const terrain::Elevation& elevation_;
  int margin_px_;
  double reach_m_;
  video::Image<std::uint8_t> painted_;
  video::Image<float> ground_m_;  // to the ground at pixels' corners; NaN where not looked at yet
};

}  // namespace marsad::mask
