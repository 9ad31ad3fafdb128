// SPDX-License-Identifier: Apache-2.0
#include "detect/creep.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace marsad::detect {
namespace {

constexpr int kNear_px = 3;    // around a piece, what is compared
constexpr int kAround_px = 5;  // what is looked at for edges that go on
constexpr int kInside_px = 1;  // around a piece, where its own edges are
constexpr int kMost = 400;     // pixels are compared; of larger pieces, every second and so on
constexpr double kReach_px = 2.5;
constexpr int kSteps = 4;
constexpr double kRidge = 0.01;     // of the slopes, where they go one way only
constexpr double kHelps = 0.9;      // the first step leaves less than this share of the squares
constexpr double kExplained = 0.4;  // a creep leaves less than this share of the squares
constexpr float kGoesOn = 0.5F;     // as steep outside as inside, at least
// So far beside a piece it must stand out from what is around; a piece may be a part of a thing.
constexpr std::array kBeside_px = {4, 10, 20};
constexpr double kStandsOut = 0.5;  // of the mean difference

struct Pixel {
  int x = 0;
  int y = 0;
};

// Counts a pixel.
struct Slope {
  float across = 0;
  float down = 0;
};

Slope slope_at(const video::Image<float>& mean, int x, int y) {
  return {0.5F * (mean.at(x + 1, y) - mean.at(x - 1, y)),
          0.5F * (mean.at(x, y + 1) - mean.at(x, y - 1))};
}

// How far a pixel lies outside of a box; 0 within.
int outside_px(const Box& box, int x, int y) {
  return std::max(
      {box.x - x, x - (box.x + box.width - 1), box.y - y, y - (box.y + box.height - 1), 0});
}

// The background around a piece.
struct Patch {
  std::vector<Pixel> pixels;  // to be compared
  float inside = 0;           // squared slope of the steepest pixel of the piece
  float outside = 0;          // and around it
};

Patch patch_of(const Box& box, const video::Image<float>& mean) {
  constexpr int kEdge = 4;  // so that a moved pixel is within the picture
  const Box all = grown(box, kAround_px);
  const int left = std::max(all.x, kEdge);
  const int top = std::max(all.y, kEdge);
  const int right = std::min(all.x + all.width, mean.width() - kEdge);
  const int bottom = std::min(all.y + all.height, mean.height() - kEdge);
  int step = 1;
  while ((right - left) * (bottom - top) > kMost * step * step) ++step;
  Patch patch;
  for (int y = top; y < bottom; y += step) {
    for (int x = left; x < right; x += step) {
      const Slope slope = slope_at(mean, x, y);
      const float square = slope.across * slope.across + slope.down * slope.down;
      const int away = outside_px(box, x, y);
      if (away <= kNear_px) patch.pixels.push_back({x, y});
      if (away <= kInside_px) patch.inside = std::max(patch.inside, square);
      if (away > kNear_px) patch.outside = std::max(patch.outside, square);
    }
  }
  return patch;
}

// Compares the frame with the background moved by a shift.
class Moved {
 public:
  Moved(const Background& background, double dx, double dy)
      : background_(background),
        dx_(static_cast<int>(std::floor(dx))),
        dy_(static_cast<int>(std::floor(dy))),
        fx_(static_cast<float>(dx - dx_)),
        fy_(static_cast<float>(dy - dy_)) {}

  float difference(const Pixel& pixel) const {
    const video::Image<float>& mean = background_.mean();
    const auto blend = [&](int y) {
      const float left = mean.at(pixel.x + dx_, y);
      return left + fx_ * (mean.at(pixel.x + dx_ + 1, y) - left);
    };
    const float upper = blend(pixel.y + dy_);
    return background_.frame(pixel.x, pixel.y) - (upper + fy_ * (blend(pixel.y + dy_ + 1) - upper));
  }
  double squares(const std::vector<Pixel>& pixels) const {
    double sum = 0;
    for (const Pixel& pixel : pixels) {
      const double value = difference(pixel);
      sum += value * value;
    }
    return sum;
  }

 private:
  const Background& background_;
  int dx_;
  int dy_;
  float fx_;
  float fy_;
};

struct Shift {
  double x = 0;
  double y = 0;
};

// One step of least squares towards the shift that explains the frame best.
Shift stepped(const std::vector<Pixel>& pixels, const Background& background, Shift shift) {
  const Moved moved(background, shift.x, shift.y);
  const int dx = static_cast<int>(std::lround(shift.x));
  const int dy = static_cast<int>(std::lround(shift.y));
  double xx = 0;
  double xy = 0;
  double yy = 0;
  double x = 0;
  double y = 0;
  for (const Pixel& pixel : pixels) {
    const auto [across, down] = slope_at(background.mean(), pixel.x + dx, pixel.y + dy);
    const float difference = moved.difference(pixel);
    xx += across * across;
    xy += across * down;
    yy += down * down;
    x += across * difference;
    y += down * difference;
  }
  const double ridge = kRidge * (xx + yy);
  xx += ridge;
  yy += ridge;
  const double determinant = xx * yy - xy * xy;
  if (determinant <= 0) return shift;
  return {std::clamp(shift.x + (yy * x - xy * y) / determinant, -kReach_px, kReach_px),
          std::clamp(shift.y + (xx * y - xy * x) / determinant, -kReach_px, kReach_px)};
}

// Whether a small shift of the background explains the frame.
bool is_moved(const std::vector<Pixel>& pixels, const Background& background) {
  const auto left_over = [&](const Shift& shift) {
    return Moved(background, shift.x, shift.y).squares(pixels);
  };
  const double before = left_over({});
  Shift shift = stepped(pixels, background, {});
  // Before a thing no shift helps, and the first step tells.
  if (left_over(shift) > kHelps * before) return false;
  for (int i = 1; i < kSteps; ++i) shift = stepped(pixels, background, shift);
  return left_over(shift) < kExplained * before;
}

// Whether the frame is less warm than a limit, or less cold, at eight places around a box.
bool is_alone(const Box& box, int beside_px, double sign, double limit,
              const Background& background) {
  const int width = background.mean().width();
  const int height = background.mean().height();
  const std::array<int, 3> columns = {box.x - beside_px, box.x + box.width / 2,
                                      box.x + box.width - 1 + beside_px};
  const std::array<int, 3> rows = {box.y - beside_px, box.y + box.height / 2,
                                   box.y + box.height - 1 + beside_px};
  for (const int y : rows) {
    for (const int x : columns) {
      const bool is_middle = x == columns[1] && y == rows[1];
      if (is_middle || x < 0 || y < 0 || x >= width || y >= height) continue;
      if (sign * background.frame(x, y) > limit) return false;
    }
  }
  return true;
}

// Whether the frame is warmer within a piece, or colder, than all around it.
bool stands_out(const Component& component, const Background& background) {
  const double sign = component.value == 1 ? 1 : -1;
  double warmth = 0;
  double difference = 0;
  for (const Run& run : component.runs) {
    for (int x = run.x_begin; x < run.x_end; ++x) {
      warmth += sign * background.frame(x, run.y);
      difference += sign * background.difference(x, run.y);
    }
  }
  const double limit = (warmth - kStandsOut * difference) / component.area_px;
  return std::any_of(kBeside_px.begin(), kBeside_px.end(), [&](int beside_px) {
    return is_alone(component.box, beside_px, sign, limit, background);
  });
}

}  // namespace

bool is_creep(const Piece& piece, const Background& background) {
  const Patch patch = patch_of(piece.component.box, background.mean());
  return patch.outside > kGoesOn * kGoesOn * patch.inside && is_moved(patch.pixels, background) &&
         !stands_out(piece.component, background);
}

}  // namespace marsad::detect
