// SPDX-License-Identifier: Apache-2.0
#include "locate/ground_error.h"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <Eigen/LU>
#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <utility>

#include "geo/local_frame.h"
#include "locate/standing.h"
#include "terrain/ray.h"

namespace marsad::locate {
namespace {

using Eigen::Matrix2d;
using Eigen::Matrix3d;
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
  Matrix2d moment_m2;  // of east and north
  Matrix2d per_rad;    // east and north by the sight's angles up and across, as they go together
  double met = 0;      // the share of sights that met the ground
  double kurtosis = kGaussianKurtosis;
};

// Sums up the ground on which a mover may stand, along profiles that are off by what may be wrong
// across the sight.
class Survey {
 public:
  Survey(const Sight& sight, const Line& line, const SightError& error, double slant_m,
         const terrain::GroundHit& hit, const terrain::Elevation& elevation,
         const LocatorSettings& settings)
      : elevation_(elevation),
        settings_(settings),
        here_(sight.pose.position),
        right_(line.across),
        azimuth_rad_(std::atan2(line.along.east, line.along.north)),
        level_(line.up.up),
        slope_(line.along.up / level_),
        height_sigma_m_(std::sqrt(error.place_m2[0]) / level_),
        beside_m2_(error.place_m2[1]),
        about_m_(hit.range_m),
        slant_m_(slant_m),
        turn_rad2_(error.noise_rad2 + error.bias_rad2),
        total_rad2_(error.total_rad2(slant_m)) {
    const geo::Enu back = geo::LocalFrame(hit.place).to_enu(sight.pose.position);
    const Vector2d ahead = -Vector2d(back.east, back.north).normalized();
    enu_from_plane_ << ahead[0], ahead[1], ahead[1], -ahead[0];
  }

  // None where the ground that the sight meets is hidden from it, by rounding.
  std::optional<Spread> run() {
    const double beside_m = slant_m_ * std::sqrt(total_rad2_(1, 1));
    for (const Node& node : nodes(beside_m / elevation_.spacing_m())) take(node);
    if (!(weight_ > 0)) return std::nullopt;
    return Spread{enu_from_plane_ * places_ * enu_from_plane_.transpose() / weight_,
                  enu_from_plane_ * places_by_angles_ * angles_.inverse(), met_, kurtosis()};
  }

 private:
  // The more cells the error across reaches over, the more profiles.
  static std::span<const Node> nodes(double cells) {
    if (cells < 1) return kTwo;
    if (cells < 3) return kThree;
    return kFive;
  }

  void take(const Node& node) {
    // The error across, its likeliest parts from the camera's place and from its turn, and the
    // likeliest turn upwards that comes with it.
    const double across_rad = node.sigmas * std::sqrt(total_rad2_(1, 1));
    const double turned = turn_rad2_(1, 1) / total_rad2_(1, 1);
    const double beside_m = across_rad * slant_m_ * (1 - turned);
    const double turn_rad = across_rad * turned / level_;
    const double with_across = turn_rad2_(0, 1) / total_rad2_(1, 1);
    const double up_rad = across_rad * with_across;
    const double known_rad2 = with_across * turn_rad2_(0, 1);

    PlaneSight plane;
    plane.eye = here_.to_geodetic(beside_m * right_);
    plane.azimuth_rad = azimuth_rad_ + turn_rad;
    plane.slope = slope_ + up_rad / (level_ * level_);
    plane.slope_sigma = std::sqrt(std::max(0.0, turn_rad2_(0, 0) - known_rad2)) / (level_ * level_);
    plane.height_sigma_m = height_sigma_m_;
    const Standing on = standing_along(plane, about_m_, elevation_, settings_);

    // All is linear in 1, d and e: the place ahead and across, and the angles up and across.
    Matrix3d sums;
    sums << on.weight, on.d_m, on.e, on.d_m, on.dd_m2, on.de_m, on.e, on.de_m, on.ee;
    Eigen::Matrix<double, 2, 3> place, angle;
    place << 0, 1, 0, beside_m + turn_rad * about_m_, turn_rad, 0;
    angle << up_rad, 0, std::sqrt(total_rad2_(0, 0) - known_rad2), across_rad, 0, 0;
    places_ += node.weight * place * sums * place.transpose();
    places_by_angles_ += node.weight * place * sums * angle.transpose();
    angles_ += node.weight * angle * sums * angle.transpose();
    // Farther or nearer ground is also aside by what is left of the turn when the sum is known.
    places_(1, 1) += node.weight * on.dd_m2 * turn_rad2_(1, 1) * (1 - turned) / (level_ * level_);
    weight_ += node.weight * on.weight;
    met_ += node.weight * on.met;
    ahead_ += node.weight * Eigen::Vector4d(on.d_m, on.dd_m2, on.ddd_m3, on.dddd_m4);
  }

  // Errors ahead are as summed. Those across are Gaussian at each distance, and the wider the
  // farther: their square is in the mean a parabola in the error ahead.
  double kurtosis() const {
    const Eigen::Vector4d ahead = ahead_ / weight_;
    const double turn2 = turn_rad2_(1, 1) / (level_ * level_);
    const double a = beside_m2_ + turn2 * about_m_ * about_m_, b = 2 * turn2 * about_m_, c = turn2;
    const double across_m2 = a + b * ahead[0] + c * ahead[1];
    const double both = a * ahead[1] + b * ahead[2] + c * ahead[3];
    const double across2_m4 = a * a + 2 * a * b * ahead[0] + (b * b + 2 * a * c) * ahead[1] +
                              2 * b * c * ahead[2] + c * c * ahead[3];
    return ahead[3] / (ahead[1] * ahead[1]) + 2 * both / (ahead[1] * across_m2) +
           3 * across2_m4 / (across_m2 * across_m2);
  }

  const terrain::Elevation& elevation_;
  const LocatorSettings& settings_;
  geo::LocalFrame here_;
  geo::Enu right_;
  double azimuth_rad_;
  double level_;  // the cosine and the tangent of the sight's elevation
  double slope_;
  double height_sigma_m_;
  double beside_m2_;  // the sight's place across
  double about_m_;
  double slant_m_;
  Matrix2d turn_rad2_;
  Matrix2d total_rad2_;
  Matrix2d enu_from_plane_;  // east and north from ahead and across, at the place
  // Sums of second moments.
  Matrix2d places_ = Matrix2d::Zero();
  Matrix2d places_by_angles_ = Matrix2d::Zero();
  Matrix2d angles_ = Matrix2d::Zero();
  Eigen::Vector4d ahead_ = Eigen::Vector4d::Zero();  // powers of the error ahead, from the first
  double weight_ = 0;
  double met_ = 0;
};

// As on a plane: from sights one sigma up, down and aside.
std::optional<Spread> spread_below(geo::Geodetic from, const Line& line, const Matrix2d& total_rad2,
                                   const terrain::GroundHit& hit,
                                   const terrain::Elevation& elevation,
                                   const LocatorSettings& settings) {
  const geo::LocalFrame there(hit.place);
  const auto met = [&](geo::Enu off) -> std::optional<Vector2d> {
    const geo::Enu direction = line.along + off;
    const auto found = ray_to_ground(elevation, from, (1 / geo::norm(direction)) * direction,
                                     settings.max_range_m, settings.refraction);
    if (!found) return std::nullopt;
    const geo::Enu place = there.to_enu(found->place);
    return Vector2d(place.east, place.north);
  };
  Spread spread;
  for (const auto& [column, way] : {std::pair{0, line.up}, {1, line.across}}) {
    const double sigma_rad = std::sqrt(total_rad2(column, column));
    const auto ahead = met(sigma_rad * way), behind = met(-sigma_rad * way);
    if (!ahead || !behind) return std::nullopt;
    spread.per_rad.col(column) = (*ahead - *behind) / (2 * sigma_rad);
  }
  spread.moment_m2 = spread.per_rad * total_rad2 * spread.per_rad.transpose();
  spread.met = 1;
  return spread;
}

// Where fewer of the sights meet the ground, it is not known well enough there to place anything.
constexpr double kLeastMet = 0.4;
// Nor is a place known that may as well be as far off again.
constexpr double kLargestShare = 1;
// A sight so steep, by the sine of its elevation, passes over no crest.
constexpr double kSteep = 0.85;

// False where all of it lies on one line, or one point.
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

  // A shift of the camera is an angle only from some way off.
  constexpr double kNearest_m = 1;
  const double slant_m =
      std::max(kNearest_m, geo::norm(geo::LocalFrame(sight.pose.position).to_enu(hit->place)));
  const Matrix2d total_rad2 = error.total_rad2(slant_m);
  if (!total_rad2.allFinite()) return std::nullopt;
  const auto spread =
      std::abs(line.along.up) > kSteep
          ? spread_below(sight.pose.position, line, total_rad2, *hit, elevation, settings)
          : Survey(sight, line, error, slant_m, *hit, elevation, settings).run();
  if (!spread || spread->met < kLeastMet) return std::nullopt;
  if (spread->moment_m2.trace() > std::pow(kLargestShare * slant_m, 2)) return std::nullopt;
  // Places by angles; on even ground it makes the moments of the angles' errors, and elsewhere what
  // is missing is shared out in proportion.
  const Matrix2d linear_m2 = spread->per_rad * total_rad2 * spread->per_rad.transpose();
  if (!is_area(spread->moment_m2) || !is_area(linear_m2)) return std::nullopt;
  const Matrix2d per_rad = root(spread->moment_m2) * root(linear_m2).inverse() * spread->per_rad;
  return OnGround{
      hit->place, hit->range_m, cov_en(per_rad * error.noise_rad2 * per_rad.transpose()),
      cov_en(per_rad * error.lasting_rad2(slant_m) * per_rad.transpose()), spread->kurtosis};
}

}  // namespace marsad::locate
