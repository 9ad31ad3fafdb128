// SPDX-License-Identifier: Apache-2.0
#include "terrain/earthwork_piece.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace marsad::terrain {
namespace {

// A flank narrower than this is upright.
constexpr double kUpright_m = 1e-6;
// So near the edge of its foot a point is on an upright face.
constexpr double kOnFace_m = 1e-3;

// A length told by a share of a line: `at` at its beginning, and so much more at its end.
struct Linear {
  double at = 0;
  double more = 0;
  double value(double share) const { return at + share * more; }
};

}  // namespace

EarthworkPiece::EarthworkPiece(GridPoint from, GridPoint to, Steps steps, const Earthwork& profile)
    : from_(from), to_(to), steps_(steps), half_foot_m_(profile.width_m / 2) {
  CHECK(profile.height_m > 0 && profile.width_m > 0);
  CHECK(profile.crest_width_m >= 0 && profile.crest_width_m <= profile.width_m);
  const bool is_wall = profile.kind == EarthworkKind::wall;
  flank_m_ = is_wall ? 0 : (profile.width_m - profile.crest_width_m) / 2;
  if (flank_m_ < kUpright_m) flank_m_ = 0;
  rise_m_ = profile.kind == EarthworkKind::trench ? -profile.height_m : profile.height_m;
  lay_out();
}

void EarthworkPiece::lay_out() {
  const double x_m = (to_.column - from_.column) * steps_.column_m;
  const double y_m = (to_.row - from_.row) * steps_.row_m;
  length_m_ = std::sqrt(x_m * x_m + y_m * y_m);
  if (length_m_ == 0) return;
  along_column_ = x_m / length_m_;
  along_row_ = y_m / length_m_;
}

EarthworkPiece EarthworkPiece::on_part(int column, int row, Steps steps) const {
  EarthworkPiece piece = *this;
  for (GridPoint* end : {&piece.from_, &piece.to_}) {
    end->column -= column;
    end->row -= row;
  }
  piece.steps_ = steps;
  piece.lay_out();
  return piece;
}

std::array<double, EarthworkPiece::kSides> EarthworkPiece::inside_m(GridPoint point) const {
  const double x_m = (point.column - from_.column) * steps_.column_m;
  const double y_m = (point.row - from_.row) * steps_.row_m;
  const double along_m = x_m * along_column_ + y_m * along_row_;
  const double aside_m = y_m * along_column_ - x_m * along_row_;
  return {half_foot_m_ + along_m, half_foot_m_ + length_m_ - along_m, half_foot_m_ + aside_m,
          half_foot_m_ - aside_m};
}

std::optional<std::pair<double, double>> EarthworkPiece::shares(
    const std::array<double, kSides>& begin_m, const std::array<double, kSides>& end_m,
    double wider_m) {
  double first = 0, last = 1;
  for (std::size_t side = 0; side < kSides; ++side) {
    const double at = begin_m[side] + wider_m, more = end_m[side] - begin_m[side];
    if (at < 0 && more <= 0) return std::nullopt;
    if (more > 0) first = std::max(first, -at / more);
    if (more < 0) last = std::min(last, -at / more);
  }
  if (first > last) return std::nullopt;
  return std::pair(first, last);
}

std::optional<std::pair<double, double>> EarthworkPiece::shares_near(GridPoint from, GridPoint to,
                                                                     GridPoint beside) const {
  return shares(inside_m(from), inside_m(to),
                beside.column * steps_.column_m + beside.row * steps_.row_m);
}

bool EarthworkPiece::covers(GridPoint point) const {
  const auto inside = inside_m(point);
  return *std::min_element(inside.begin(), inside.end()) >= 0;
}

double EarthworkPiece::rise_at_m(GridPoint point) const {
  const auto inside = inside_m(point);
  const double least_m = *std::min_element(inside.begin(), inside.end());
  if (least_m < 0) return 0;
  return least_m < flank_m_ ? rise_m_ * least_m / flank_m_ : rise_m_;
}

EarthworkPiece::Crossing EarthworkPiece::crossing(GridPoint from, GridPoint to) const {
  const auto begin_m = inside_m(from), end_m = inside_m(to);
  const auto within = shares(begin_m, end_m, 0);
  if (!within) return {};
  const auto [first, last] = *within;
  Crossing crossing;
  const auto add = [&](double share, double rise_m) {
    crossing.knots[crossing.count++] = {share, rise_m};
  };
  if (flank_m_ == 0) {
    add(first, rise_m_);
    add(last, rise_m_);
    return crossing;
  }
  // The profile is the least of five linear functions: four flanks and the crest. From one to the
  // next it only turns downwards.
  std::array<Linear, kSides + 1> bounds;
  for (std::size_t side = 0; side < kSides; ++side)
    bounds[side] = {begin_m[side], end_m[side] - begin_m[side]};
  bounds[kSides] = {flank_m_, 0};
  const double per_m = rise_m_ / flank_m_;
  const auto is_before = [](double share) {
    return [share](const Linear& a, const Linear& b) {
      const double at_a = a.value(share), at_b = b.value(share);
      return at_a < at_b || (at_a == at_b && a.more < b.more);
    };
  };
  Linear now = *std::min_element(bounds.begin(), bounds.end(), is_before(first));
  double share = first;
  while (true) {
    add(share, per_m * std::max(0.0, now.value(share)));
    double turn = last;
    Linear then = now;
    for (const Linear& other : bounds) {
      if (other.more >= now.more) continue;
      const double meets = std::max(
          share, share + (other.value(share) - now.value(share)) / (now.more - other.more));
      if (meets < turn || (meets == turn && other.more < then.more)) turn = meets, then = other;
    }
    if (turn >= last) break;
    share = turn;
    now = then;
  }
  add(last, per_m * std::max(0.0, now.value(last)));
  return crossing;
}

EarthworkPiece::Tilt EarthworkPiece::tilt(GridPoint point) const {
  const auto inside = inside_m(point);
  const auto nearest = std::min_element(inside.begin(), inside.end());
  if (*nearest > std::max(flank_m_, kOnFace_m)) return {};
  const bool is_upright = flank_m_ == 0;
  const double size = is_upright ? std::copysign(1, rise_m_) : rise_m_ / flank_m_;
  switch (nearest - inside.begin()) {
    case 0:
      return {size * along_column_, size * along_row_, is_upright};
    case 1:
      return {-size * along_column_, -size * along_row_, is_upright};
    case 2:
      return {-size * along_row_, size * along_column_, is_upright};
    default:
      return {size * along_row_, -size * along_column_, is_upright};
  }
}

std::array<GridPoint, 4> EarthworkPiece::corners() const {
  const double x_m = half_foot_m_ * along_column_, y_m = half_foot_m_ * along_row_;
  const auto corner = [&](GridPoint end, double along, double aside) {
    return GridPoint{end.column + (along * x_m - aside * y_m) / steps_.column_m,
                     end.row + (along * y_m + aside * x_m) / steps_.row_m};
  };
  return {corner(from_, -1, -1), corner(to_, 1, -1), corner(to_, 1, 1), corner(from_, -1, 1)};
}

}  // namespace marsad::terrain
