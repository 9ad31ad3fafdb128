// SPDX-License-Identifier: Apache-2.0
#include "detect/turn.h"

#include <cmath>

namespace marsad::detect {
namespace {

constexpr int kGrid = 8;  // intervals a side, of places that are asked whether they still show
constexpr double kLeastShared = 0.25;

struct Turn {
  const sensor::Pose& before;
  const sensor::Pose& now;
  const sensor::CameraModel& model;

  // Where the picture now has what the one before had at a place; none behind the camera.
  std::optional<Place> place(Place from) const {
    const geo::Enu direction =
        enu_from_camera(before, model.ray({.u = from.real(), .v = from.imag()}));
    const auto pixel = model.project(camera_from_enu(now, direction));
    if (!pixel) return std::nullopt;
    return Place(pixel->u, pixel->v);
  }

  // How much of the picture before the one now still shows.
  double shared() const {
    const double last_u = model.width_px - 1, last_v = model.height_px - 1;
    int inside = 0;
    for (int i = 0; i <= kGrid; ++i) {
      for (int j = 0; j <= kGrid; ++j) {
        const auto at = place(Place(i * last_u / kGrid, j * last_v / kGrid));
        const bool is_inside = at && at->real() >= 0 && at->real() <= last_u && at->imag() >= 0 &&
                               at->imag() <= last_v;
        inside += is_inside ? 1 : 0;
      }
    }
    return inside / ((kGrid + 1.0) * (kGrid + 1.0));
  }
};

}  // namespace

std::optional<Similarity> turn_between(const sensor::Pose& before, const sensor::Pose& now,
                                       const sensor::CameraModel& model) {
  if (before.azimuth_rad == now.azimuth_rad && before.elevation_rad == now.elevation_rad &&
      before.roll_rad == now.roll_rad)
    return Similarity{};
  const Turn turn{before, now, model};
  if (turn.shared() < kLeastShared) return std::nullopt;
  // Halfway between where the camera looked and where it looks.
  const geo::Enu halfway = enu_from_camera(before, {}) + enu_from_camera(now, {});
  const auto from = model.project(camera_from_enu(before, halfway));
  if (!from) return std::nullopt;
  const Place place(from->u, from->v);
  const auto at = turn.place(place);
  const auto left = turn.place(place - 0.5), right = turn.place(place + 0.5);
  const auto above = turn.place(place - Place(0, 0.5)), below = turn.place(place + Place(0, 0.5));
  if (!at || !left || !right || !above || !below) return std::nullopt;
  // The turn and growth nearest to what it does around that place to the right and downwards.
  const Place factor = 0.5 * ((*right - *left) + (*below - *above) / Place(0, 1));
  const Place middle = middle_of(model.width_px, model.height_px);
  const Place shift = *at - middle - factor * (place - middle);
  return Similarity{shift.real(), shift.imag(), std::arg(factor), std::abs(factor)};
}

std::optional<Similarity> PoseGuess::expected(const video::Frame& frame,
                                              const Similarity& last) const {
  if (!horizontal_fov_rad_ || !pose_ || !frame.pose) return last;
  const auto turn = turn_between(
      *pose_, *frame.pose, {frame.counts.width(), frame.counts.height(), *horizontal_fov_rad_});
  if (!turn) return std::nullopt;
  return *turn == Similarity{} ? last : compose(*turn, last);
}

}  // namespace marsad::detect
