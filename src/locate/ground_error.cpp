// SPDX-License-Identifier: Apache-2.0
#include "locate/ground_error.h"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <Eigen/LU>
#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "geo/local_frame.h"
#include "locate/standing.h"
#include "terrain/ray.h"

namespace marsad::locate {
namespace {

using Eigen::Matrix2d;
using Eigen::Vector2d;

// Points of Gauss and Hermite: errors in sigmas, and what each counts.
struct Node {
  double sigmas = 0;
  double weight = 0;
};
constexpr std::array kTwo = {Node{-1, 0.5}, Node{1, 0.5}};
constexpr std::array kThree = {Node{-1.7320508075688772, 1.0 / 6}, Node{0, 2.0 / 3},
                               Node{1.7320508075688772, 1.0 / 6}};
constexpr std::array kFive = {
    Node{-2.8569700138728056, 0.011257411327720688}, Node{-1.3556261799742659, 0.2220759220056126},
    Node{0, 0.5333333333333333}, Node{1.3556261799742659, 0.2220759220056126},
    Node{2.8569700138728056, 0.011257411327720688}};

geo::Enu direction_of(const Sight& sight) {
  return enu_from_camera(sight.pose, sight.model.ray(sight.pixel));
}

// A line of sight and its two directions across.
struct Line {
  geo::Enu along;
  geo::Enu up;
  geo::Enu across;  // level, to the right
};

Line line_of(const Sight& sight) {
  Line line;
  line.along = direction_of(sight);
  const double level = std::hypot(line.along.east, line.along.north);
  const double azimuth_rad =
      level > 0 ? std::atan2(line.along.east, line.along.north) : sight.pose.azimuth_rad;
  line.across = {std::cos(azimuth_rad), -std::sin(azimuth_rad), 0};
  line.up = {-std::sin(azimuth_rad) * line.along.up, -std::cos(azimuth_rad) * line.along.up, level};
  return line;
}

// The errors of a line of sight up and across: of its angle, fresh in every plot and lasting, and
// of its place, which lasts.
struct SightError {
  Matrix2d noise_rad2;
  Matrix2d bias_rad2;
  Vector2d place_m2;  // the two don't depend on each other

  // All as angles at a range.
  Matrix2d total_rad2(double range_m) const { return noise_rad2 + lasting_rad2(range_m); }
  Matrix2d lasting_rad2(double range_m) const {
    Matrix2d sum = bias_rad2;
    sum.diagonal() += place_m2 / (range_m * range_m);
    return sum;
  }
};

SightError error_of(const Sight& sight, const Line& line, sensor::CovPixel cov_px2,
                    const sensor::PoseSigma& sigma, double elevation_sigma_m) {
  // How a change turns the sight, from a small one.
  const auto turn = [&](double by, auto change) {
    Sight changed = sight;
    change(changed, by);
    const geo::Enu moved = direction_of(changed) - line.along;
    return Vector2d(dot(moved, line.up) / by, dot(moved, line.across) / by);
  };
  constexpr double kSmall_px = 0.1, kSmall_rad = 1e-5;
  const Vector2d u = turn(kSmall_px, [](Sight& s, double by) { s.pixel.u += by; });
  const Vector2d v = turn(kSmall_px, [](Sight& s, double by) { s.pixel.v += by; });
  const Vector2d azimuth =
      turn(kSmall_rad, [](Sight& s, double by) { s.pose.azimuth_rad += by; }) * sigma.azimuth_rad;
  const Vector2d elevation =
      turn(kSmall_rad, [](Sight& s, double by) { s.pose.elevation_rad += by; }) *
      sigma.elevation_rad;
  const Vector2d roll =
      turn(kSmall_rad, [](Sight& s, double by) { s.pose.roll_rad += by; }) * sigma.roll_rad;
  SightError error;
  error.noise_rad2 = cov_px2.uu * u * u.transpose() + cov_px2.vv * v * v.transpose() +
                     cov_px2.uv * (u * v.transpose() + v * u.transpose());
  error.bias_rad2 =
      azimuth * azimuth.transpose() + elevation * elevation.transpose() + roll * roll.transpose();
  // The ground too high is the camera too low.
  const double height_m2 = sigma.height_m * sigma.height_m + elevation_sigma_m * elevation_sigma_m;
  const double position_m2 = sigma.position_m * sigma.position_m;
  const double upright = line.up.up * line.up.up;
  error.place_m2 = {(1 - upright) * position_m2 + upright * height_m2, position_m2};
  return error;
}

// Where a mover may stand, about the place that its sight meets.
struct Spread {
  Matrix2d moment_m2 = Matrix2d::Zero();  // of east and north
  Matrix2d slope_m = Matrix2d::Zero();    // of east and north by the sight's angles up and across
  double met = 0;                         // the share of sights that met the ground
};

// Takes the ground along the sight and beside it.
class Survey {
 public:
  Survey(const Sight& sight, const Line& line, const SightError& error,
         const terrain::GroundHit& hit, const terrain::Elevation& elevation,
         const LocatorSettings& settings)
      : line_(line),
        error_(error),
        elevation_(elevation),
        settings_(settings),
        here_(sight.pose.position),
        level_(line.up.up),
        about_m_(std::max(kNearest_m, hit.range_m)),
        range_m_(about_m_ / level_),
        total_rad2_(error.total_rad2(range_m_)),
        turn_rad2_(error.noise_rad2 + error.bias_rad2) {
    const geo::Enu back = geo::LocalFrame(hit.place).to_enu(sight.pose.position);
    const double length_m = std::max(std::hypot(back.east, back.north), 1e-9);
    along_ = Vector2d(-back.east, -back.north) / length_m;
    azimuth_rad_ = std::atan2(line.along.east, line.along.north);
  }

  double range_m() const { return range_m_; }
  const Matrix2d& total_rad2() const { return total_rad2_; }

  Spread run() {
    const double beside_m = std::sqrt(total_rad2_(1, 1)) * range_m_;
    const double cells = beside_m / elevation_.spacing_m();
    for (const Node& node : nodes(cells)) take(node);
    Matrix2d moment = moment_ / weight_;
    Matrix2d turn;
    turn << along_[0], along_[1], along_[1], -along_[0];
    spread_.moment_m2 = turn * moment * turn.transpose();
    spread_.slope_m = turn * by_angle_ * angles_.inverse();
    return spread_;
  }

 private:
  // A shift of the camera is an angle only from some way off.
  static constexpr double kNearest_m = 1;

  // The wider beside, against the ground's detail, the more profiles.
  static std::span<const Node> nodes(double cells) {
    if (cells < 1) return kTwo;
    if (cells < 3) return kThree;
    return kFive;
  }

  // What there is along a profile for an error across.
  void take(const Node& node) {
    const double across_rad = node.sigmas * std::sqrt(total_rad2_(1, 1));
    const double shift_m = across_rad * range_m_ * (1 - turn_rad2_(1, 1) / total_rad2_(1, 1));
    const double turn_rad = across_rad * turn_rad2_(1, 1) / total_rad2_(1, 1) / level_;
    const double up_rad = across_rad * turn_rad2_(0, 1) / total_rad2_(1, 1);
    const double left = turn_rad2_(0, 1) * turn_rad2_(0, 1) / total_rad2_(1, 1);
    const double level2 = level_ * level_;
    PlaneSight plane;
    plane.eye = here_.to_geodetic(shift_m * line_.across);
    plane.azimuth_rad = azimuth_rad_ + turn_rad;
    plane.slope = line_.along.up / level_ + up_rad / level2;
    plane.slope_sigma = std::sqrt(turn_rad2_(0, 0) - left) / level2;
    plane.height_sigma_m = std::sqrt(error_.place_m2[0]) / level_;
    const Standing on = standing_along(plane, about_m_, elevation_, settings_);
    spread_.met += node.weight * on.met;
    const double w = node.weight;
    // p = (d, c0 + c1 d), angle = (up + f e, across).
    const double c1 = turn_rad, c0 = shift_m + turn_rad * about_m_;
    const double f = std::sqrt(total_rad2_(0, 0) - left);
    const double dc = c0 * on.d_m + c1 * on.dd_m2;
    const double c = c0 * on.weight + c1 * on.d_m;
    const double turn_left_rad2 = turn_rad2_(1, 1) * (1 - turn_rad2_(1, 1) / total_rad2_(1, 1)) / (level_ * level_);
    const double cc = c0 * c0 * on.weight + 2 * c0 * c1 * on.d_m + (c1 * c1 + turn_left_rad2) * on.dd_m2;
    const double ce = c0 * on.e + c1 * on.de_m;
    Matrix2d moment, by_angle, angles;
    moment << on.dd_m2, dc, dc, cc;
    by_angle << up_rad * on.d_m + f * on.de_m, across_rad * on.d_m, up_rad * c + f * ce,
        across_rad * c;
    const double ua = across_rad * (up_rad * on.weight + f * on.e);
    angles << up_rad * up_rad * on.weight + 2 * up_rad * f * on.e + f * f * on.ee, ua, ua,
        across_rad * across_rad * on.weight;
    weight_ += w * on.weight;
    moment_ += w * moment;
    by_angle_ += w * by_angle;
    angles_ += w * angles;
  }

  const Line& line_;
  const SightError& error_;
  const terrain::Elevation& elevation_;
  const LocatorSettings& settings_;
  geo::LocalFrame here_;
  double level_;
  double about_m_;
  double range_m_;  // slant
  Matrix2d total_rad2_;
  Matrix2d turn_rad2_;
  Vector2d along_;  // at the place, east and north
  double azimuth_rad_ = 0;
  double weight_ = 0;
  Matrix2d moment_ = Matrix2d::Zero();
  Matrix2d by_angle_ = Matrix2d::Zero();
  Matrix2d angles_ = Matrix2d::Zero();
  Spread spread_;
};

// Where fewer of the rays meet the ground, it is not known well enough there to place anything.
constexpr double kLeastFound = 0.4;

// False where all rays met one line, or one point.
bool is_area(const Matrix2d& moment_m2) {
  const double size_m2 = moment_m2.trace();
  return moment_m2.determinant() > 1e-12 * size_m2 * size_m2;
}

Matrix2d root(const Matrix2d& moment_m2) { return moment_m2.llt().matrixL(); }

geo::CovEn cov_en(const Matrix2d& cov) { return {cov(0, 0), cov(0, 1), cov(1, 1)}; }

}  // namespace

std::optional<OnGround> on_ground(const Sight& sight, sensor::CovPixel cov_px2,
                                  const sensor::PoseSigma& sigma,
                                  const terrain::Elevation& elevation,
                                  const LocatorSettings& settings) {
  const Line line = line_of(sight);
  const auto hit = ray_to_ground(elevation, sight.pose.position, line.along, settings.max_range_m,
                                 settings.refraction);
  if (!hit) return std::nullopt;
  const SightError error = error_of(sight, line, cov_px2, sigma, settings.elevation_sigma_m);
  // On a plane through the hit, one sigma of angle moves the place this far.
  const double up_rad = std::sqrt(error.noise_rad2(0, 0) + error.bias_rad2(0, 0));
  const double reach_m = hit->range_m * up_rad / std::sin(hit->grazing_rad);
  if (hit->range_m + reach_m > settings.max_range_m) return std::nullopt;

  Survey survey(sight, line, error, *hit, elevation, settings);
  const Spread spread = survey.run();
  if (spread.met < kLeastFound) return std::nullopt;
  // Places by angles; on even ground it makes the moments of the angles' errors, and elsewhere what
  // is missing is shared out in proportion.
  const Matrix2d linear_m2 = spread.slope_m * survey.total_rad2() * spread.slope_m.transpose();
  if (!is_area(spread.moment_m2) || !is_area(linear_m2)) return std::nullopt;
  const Matrix2d stretch = root(spread.moment_m2) * root(linear_m2).inverse();
  const Matrix2d per_rad = stretch * spread.slope_m;
  return OnGround{hit->place, hit->range_m,
                  cov_en(per_rad * error.noise_rad2 * per_rad.transpose()),
                  cov_en(per_rad * error.lasting_rad2(survey.range_m()) * per_rad.transpose())};
}

}  // namespace marsad::locate
