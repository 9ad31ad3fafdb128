// SPDX-License-Identifier: Apache-2.0
#include "detect/registration.h"

#include <algorithm>

#include "base/check.h"
#include "detect/components.h"
#include "detect/pyramid.h"
#include "detect/wide_search.h"

namespace marsad::detect {
namespace {

constexpr int kBorder_px = 4;  // kept from the edge of what is live: borders don't move along
constexpr int kPoints = 1200;
constexpr int kLevelPoints = 600;
constexpr int kFewestPoints = 32;
constexpr int kSteps = 20;
constexpr int kNearSteps = 5;
constexpr double kNear_px = 0.25;     // how far off a good guess is
constexpr double kSettled_px = 0.02;  // a step so small ends near the goal
constexpr int kLevelSteps = 6;
constexpr int kCandidates = 6;
constexpr double kCertain = 6;  // standard deviations
constexpr double kAlike = 0.3;  // correlation of slopes
// A frame that agrees so well is not looked for elsewhere.
constexpr double kPlain = 0.5;  // correlation of slopes

bool certain(const std::optional<Registration>& found) {
  return found && found->agreement.certainty >= kCertain && found->agreement.correlation >= kAlike;
}

bool likelier(const std::optional<Registration>& a, const std::optional<Registration>& b) {
  return a && (!b || a->agreement.correlation > b->agreement.correlation);
}

Similarity times(const Similarity& similarity, double factor) {
  return {similarity.shift_x_px * factor, similarity.shift_y_px * factor, similarity.rotation_rad,
          similarity.scale};
}

// The blocks of a smaller picture that lie inside a box of the full one.
Box smaller_box(const Box& box, int factor) {
  const int left = (box.x + factor - 1) / factor;
  const int top = (box.y + factor - 1) / factor;
  return {left, top, (box.x + box.width) / factor - left, (box.y + box.height) / factor - top};
}

// The small structure of a picture made smaller, of each level of its pyramid.
template <class T>
std::vector<video::Image<float>> structures(const video::Image<T>& picture, const Box& live) {
  std::vector<video::Image<float>> levels = pyramid(picture);
  int factor = first_factor(picture.width(), picture.height());
  for (video::Image<float>& level : levels) {
    level = small_structure(level, smaller_box(live, factor));
    factor *= 2;
  }
  return levels;
}

}  // namespace

void Registrar::set_reference(const video::Image<std::uint16_t>& picture, const Box& live) {
  video::Image<float> counts(picture.width(), picture.height());
  std::copy(picture.pixels().begin(), picture.pixels().end(), counts.pixels().begin());
  set_reference(counts, live);
}

void Registrar::set_reference(const video::Image<float>& picture, const Box& live) {
  CHECK(live.x >= 0 && live.y >= 0 && live.x + live.width <= picture.width() &&
        live.y + live.height <= picture.height());
  width_px_ = picture.width();
  height_px_ = picture.height();
  const Box inside = grown(live, -kBorder_px);
  points_ = steep_points(picture, inside, kPoints);
  live_ = live;
  levels_.clear();
  const std::vector<video::Image<float>> smaller = structures(picture, live);
  int factor = first_factor(width_px_, height_px_);
  for (const video::Image<float>& level : smaller) {
    levels_.push_back({factor, steep_points(level, smaller_box(inside, factor), kLevelPoints)});
    factor *= 2;
  }
  structure_ = smaller.empty() ? video::Image<float>{} : smaller.back();
}

std::optional<Registration> Registrar::register_frame(const video::Image<std::uint16_t>& frame,
                                                      const Similarity& guess) const {
  if (frame.width() != width_px_ || frame.height() != height_px_) return std::nullopt;
  if (points_.size() < kFewestPoints) return std::nullopt;
  std::optional<Registration> best;
  Fit near = first_fit(points_, frame, guess);
  near.step_px = kNear_px;
  if (improve(points_, frame, kNearSteps, near) && near.step_px < kSettled_px)
    best = registration_of(frame, near);
  if (certain(best) && best->agreement.correlation > kPlain) return best;

  const std::vector<video::Image<float>> smaller = structures(frame, live_);
  Fit fit;
  fit.similarity = guess;
  descend(smaller, levels_.size(), fit);
  const std::optional<Registration> by_levels = settle(frame, fit.similarity);
  if (likelier(by_levels, best)) best = by_levels;
  if (certain(best)) return best;

  const std::optional<Registration> by_search = settle(frame, search(smaller, guess));
  if (likelier(by_search, best)) best = by_search;
  if (certain(best)) return best;
  return std::nullopt;
}

// Improves from where the full picture is nearly right already.
std::optional<Registration> Registrar::settle(const video::Image<std::uint16_t>& frame,
                                              const Similarity& from) const {
  Fit fit = first_fit(points_, frame, from);
  fit.step_px = kNear_px;
  if (!improve(points_, frame, kSteps, fit) || fit.step_px > kSettled_px) return std::nullopt;
  return registration_of(frame, fit);
}

Registration Registrar::registration_of(const video::Image<std::uint16_t>& frame,
                                        const Fit& fit) const {
  return {fit.similarity, fit.gain, fit.level - fit.gain * static_cast<double>(points_.pivot),
          agreement(points_, frame, fit)};
}

// Improves a fit on the `count` largest of the smaller pictures, the smallest of them first. (The
// middles of the smaller pictures differ by less than a pixel; the next picture mends that.)
void Registrar::descend(const std::vector<video::Image<float>>& smaller, std::size_t count,
                        Fit& fit) const {
  for (std::size_t i = count; i-- > 0;) {
    const Level& level = levels_[i];
    if (level.points.size() < kFewestPoints) continue;
    Fit small = first_fit(level.points, smaller[i], times(fit.similarity, 1.0 / level.factor));
    if (improve(level.points, smaller[i], kLevelSteps, small))
      fit.similarity = times(small.similarity, level.factor);
  }
}

// The likeliest of several places, each improved on the two smallest pictures.
Similarity Registrar::search(const std::vector<video::Image<float>>& smaller,
                             const Similarity& guess) const {
  if (levels_.empty()) return guess;
  const std::size_t last = levels_.size() - 1;
  const std::size_t judge = last > 0 ? last - 1 : last;
  const double factor = levels_[last].factor;
  Similarity best = guess;
  double highest = -1;
  for (const Similarity& place :
       wide_search(structure_, smaller[last], times(guess, 1 / factor), kCandidates)) {
    Similarity similarity = times(place, factor);
    for (std::size_t i = last + 1; i-- > judge;) {
      const Level& level = levels_[i];
      Fit fit = first_fit(level.points, smaller[i], times(similarity, 1.0 / level.factor));
      if (!improve(level.points, smaller[i], kLevelSteps, fit)) break;
      similarity = times(fit.similarity, level.factor);
      if (i > judge) continue;
      const double correlation = agreement(level.points, smaller[i], fit).correlation;
      if (correlation <= highest) continue;
      highest = correlation;
      best = similarity;
    }
  }
  Fit fit;
  fit.similarity = best;
  descend(smaller, judge, fit);
  return fit.similarity;
}

}  // namespace marsad::detect
