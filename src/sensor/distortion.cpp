// SPDX-License-Identifier: Apache-2.0
#include "sensor/distortion.h"

#include <cmath>

namespace marsad::sensor {
namespace {

constexpr int kMostSteps = 40;
constexpr int kMostHalvings = 20;
constexpr double kSolved = 1e-13;  // in focal lengths
// A lens that spreads the picture's middle over less than this share of its area has folded.
constexpr double kLeastSpread = 1e-3;

// Where a pinhole's point is shown, and how that moves with it.
struct Shown {
  double x = 0;
  double y = 0;
  double xx = 1;  // of x by x
  double xy = 0;  // of x by y, and of y by x
  double yy = 1;

  double spread() const { return xx * yy - xy * xy; }
};

Shown shown(const Distortion& d, PlanePoint p) {
  const double q = p.x * p.x + p.y * p.y;
  const double radial = 1 + q * (d.k1 + q * (d.k2 + q * d.k3));
  const double bend = d.k1 + q * (2 * d.k2 + q * 3 * d.k3);  // of `radial` by q
  Shown s;
  s.x = p.x * radial + 2 * d.p1 * p.x * p.y + d.p2 * (q + 2 * p.x * p.x);
  s.y = p.y * radial + d.p1 * (q + 2 * p.y * p.y) + 2 * d.p2 * p.x * p.y;
  s.xx = radial + 2 * p.x * p.x * bend + 2 * d.p1 * p.y + 6 * d.p2 * p.x;
  s.xy = 2 * p.x * p.y * bend + 2 * d.p1 * p.x + 2 * d.p2 * p.y;
  s.yy = radial + 2 * p.y * p.y * bend + 6 * d.p1 * p.y + 2 * d.p2 * p.x;
  return s;
}

// Whether the shown radius grows all the way out to here: its slope 1 + 3 k1 q + 5 k2 q² + 7 k3 q³
// is above 0 at the end and where it is least before.
bool grows_until(const Distortion& d, double q) {
  const double a = 3 * d.k1, b = 5 * d.k2, c = 7 * d.k3;
  const auto slope = [&](double at) { return 1 + at * (a + at * (b + at * c)); };
  const auto falls_at = [&](double at) { return at > 0 && at < q && slope(at) <= 0; };
  if (slope(q) <= 0) return false;
  if (c == 0) return b == 0 || !falls_at(-a / (2 * b));
  const double discriminant = b * b - 3 * a * c;
  if (discriminant < 0) return true;
  const double root = std::sqrt(discriminant);
  return !falls_at((-b - root) / (3 * c)) && !falls_at((-b + root) / (3 * c));
}

bool is_before_fold(const Distortion& d, PlanePoint p, const Shown& at) {
  return at.spread() > kLeastSpread && grows_until(d, p.x * p.x + p.y * p.y);
}

}  // namespace

std::optional<PlanePoint> Distortion::distorted(PlanePoint pinhole) const {
  const Shown there = shown(*this, pinhole);
  if (!is_before_fold(*this, pinhole, there)) return std::nullopt;
  return PlanePoint{there.x, there.y};
}

std::optional<PlanePoint> Distortion::undistorted(PlanePoint target, PlanePoint start) const {
  PlanePoint p = start;
  Shown now = shown(*this, p);
  if (!is_before_fold(*this, p, now)) {
    p = {0, 0};
    now = shown(*this, p);
  }
  for (int step = 0; step < kMostSteps; ++step) {
    const double left_x = target.x - now.x, left_y = target.y - now.y;
    const double left = std::hypot(left_x, left_y);
    if (left <= kSolved) return p;
    const double move_x = (now.yy * left_x - now.xy * left_y) / now.spread();
    const double move_y = (now.xx * left_y - now.xy * left_x) / now.spread();
    double share = 1;
    bool nearer = false;
    for (int halving = 0; halving < kMostHalvings && !nearer; ++halving, share /= 2) {
      const PlanePoint next{p.x + share * move_x, p.y + share * move_y};
      const Shown there = shown(*this, next);
      nearer = is_before_fold(*this, next, there) &&
               std::hypot(target.x - there.x, target.y - there.y) < left;
      if (nearer) p = next, now = there;
    }
    // Rounding leaves no nearer point than one this near.
    if (!nearer) return left < 100 * kSolved ? std::optional(p) : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace marsad::sensor
