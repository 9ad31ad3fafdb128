// SPDX-License-Identifier: Apache-2.0
#include "locate/ground_error.h"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <Eigen/LU>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "geo/local_frame.h"
#include "terrain/ray.h"

namespace marsad::locate {
namespace {

using Eigen::Matrix2d;
using Eigen::Vector2d;

// A sample of an error, in sigmas, and what it counts.
struct Node {
  double sigmas = 0;
  double weight = 0;
};

// What turns the sight up and down is sampled by even steps, so close that it finds the ground
// behind a crest, and so far out that what is rare but far off is among them.
constexpr int kUpSteps = 24;
constexpr double kUpStep = 0.175;

Node up_node(int step) {
  const double sigmas = kUpStep * step;
  return {sigmas, std::exp(-sigmas * sigmas / 2)};
}

// What turns it sideways, and what else there is, by three and five points of Gauss and Hermite.
constexpr std::array<Node, 3> kAcross = {Node{-1.7320508075688772, 1.0 / 6}, Node{0, 2.0 / 3},
                                         Node{1.7320508075688772, 1.0 / 6}};
constexpr std::array<Node, 5> kShift = {
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

// The ground that a little angle of sights takes up, by its square.
double area_of(const terrain::GroundHit& hit) {
  constexpr double kFlattest_rad = 1e-4;
  return hit.range_m * hit.range_m / std::sin(std::max(hit.grazing_rad, kFlattest_rad));
}

// What rays by all that may be wrong say of where a mover is.
struct Spread {
  Matrix2d moment_m2 = Matrix2d::Zero();  // of east and north, about the place of the sight itself
  Matrix2d slope_m = Matrix2d::Zero();    // of east and north by sigmas up and across
  double found = 0;                       // the share of rays, by weight, that met the ground
};

// Sends rays by all that may be wrong, and takes the second moments of their places.
class Survey {
 public:
  Survey(const Sight& sight, const Line& line, const SightError& error,
         const terrain::GroundHit& hit, const terrain::Elevation& elevation,
         const LocatorSettings& settings)
      : line_(line),
        elevation_(elevation),
        settings_(settings),
        here_(sight.pose.position),
        there_(hit.place),
        near_m_(hit.range_m / kOtherGround),
        far_m_(hit.range_m * kOtherGround),
        range_m_(std::max(kNearest_m, geo::norm(here_.to_enu(hit.place)))) {
    const Matrix2d total_rad2 = error.total_rad2(range_m_);
    root_rad_ = total_rad2.llt().matrixL();
    const Vector2d place_rad2 = error.place_m2 / (range_m_ * range_m_);
    shifted_ = place_rad2.cwiseQuotient(total_rad2.diagonal());
    shift_aside_rad_ = std::sqrt(place_rad2[0] * (1 - shifted_[0]));
  }

  double range_m() const { return range_m_; }
  const Matrix2d& root_rad() const { return root_rad_; }

  Spread run() {
    // Where the ground is one slope, fewer rays tell the same.
    if (!is_one_slope_of(kFewer)) {
      spread_ = {}, sum_ = 0, all_ = 0, squares_ = Vector2d::Zero();
      is_one_slope_of(kAll);
    }
    spread_.found /= all_;
    spread_.moment_m2 /= sum_;
    spread_.slope_m.col(0) /= squares_[0];
    spread_.slope_m.col(1) /= squares_[1];
    return spread_;
  }

 private:
  // Which of the steps up and down are taken, of the sight itself and beside it.
  struct Strides {
    int middle = 1;
    int beside = 1;
    bool only_one_slope = false;  // to give up where the ground is more than that
  };
  static constexpr Strides kAll{1, 2, false};
  static constexpr Strides kFewer{4, 8, true};

  // Takes the rays of these strides; whether all met the slope that the sight itself meets.
  bool is_one_slope_of(const Strides& strides) {
    for (const Node& across : kAcross) {
      const int stride = across.sigmas == 0 ? strides.middle : strides.beside;
      for (int step = -kUpSteps; step <= kUpSteps; step += stride) {
        const Node up = up_node(step);
        const double weight = stride * up.weight * across.weight;
        const Vector2d sigmas(up.sigmas, across.sigmas);
        all_ += weight;
        const auto met = ray(sigmas, 0);
        if (met && met->range_m > near_m_ && met->range_m < far_m_) {
          take(sigmas, weight, *met);
          continue;
        }
        if (strides.only_one_slope) return false;
        // On other ground, farther or nearer, it matters which of the errors made the angle.
        for (const Node& shift : kShift) {
          const auto found = shift.sigmas == 0 ? met : ray(sigmas, shift.sigmas);
          if (found) take(sigmas, weight * shift.weight, *found);
        }
      }
    }
    return true;
  }

  // A shift of the camera is an angle only from some way off.
  static constexpr double kNearest_m = 1;
  // Ground so many times as far or as near is not the same slope.
  static constexpr double kOtherGround = 1.15;

  // The sight with this error. What shifts the camera and what turns it are in their likeliest
  // proportion, or so many sigmas off it.
  std::optional<terrain::GroundHit> ray(const Vector2d& sigmas, double off_proportion) const {
    const Vector2d angle = root_rad_ * sigmas;
    Vector2d shift_rad = angle.cwiseProduct(shifted_);
    shift_rad[0] += off_proportion * shift_aside_rad_;
    const Vector2d turn = angle - shift_rad;
    const geo::Enu direction = line_.along + turn[0] * line_.up + turn[1] * line_.across;
    const geo::Enu from =
        (range_m_ * shift_rad[0]) * line_.up + (range_m_ * shift_rad[1]) * line_.across;
    return ray_to_ground(elevation_, here_.to_geodetic(from),
                         (1 / geo::norm(direction)) * direction, settings_.max_range_m,
                         settings_.refraction);
  }

  void take(const Vector2d& sigmas, double weight, const terrain::GroundHit& met) {
    const geo::Enu moved = there_.to_enu(met.place);
    const Vector2d place(moved.east, moved.north);
    spread_.found += weight;
    // A mover is as likely on one square metre as on another.
    weight *= area_of(met);
    sum_ += weight;
    squares_ += weight * sigmas.cwiseProduct(sigmas);
    spread_.moment_m2 += weight * place * place.transpose();
    spread_.slope_m += weight * place * sigmas.transpose();
  }

  const Line& line_;
  const terrain::Elevation& elevation_;
  const LocatorSettings& settings_;
  geo::LocalFrame here_;
  geo::LocalFrame there_;
  double near_m_;
  double far_m_;
  double range_m_;              // slant
  Matrix2d root_rad_;           // turns sigmas up and across into angles
  Vector2d shifted_;            // the part of an angle that is a shift of the camera
  double shift_aside_rad_ = 0;  // what is left of the shift's error when the angle is known
  Spread spread_;
  double all_ = 0;  // of the rays' weights, and of those that met the ground by its area
  double sum_ = 0;
  Vector2d squares_ = Vector2d::Zero();
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
  if (spread.found < kLeastFound) return std::nullopt;
  // Places by angles; on even ground it makes the moments of the angles' errors, and elsewhere what
  // is missing is shared out in proportion.
  const Matrix2d linear_m2 = spread.slope_m * spread.slope_m.transpose();
  if (!is_area(spread.moment_m2) || !is_area(linear_m2)) return std::nullopt;
  const Matrix2d stretch = root(spread.moment_m2) * root(linear_m2).inverse();
  const Matrix2d per_rad = stretch * spread.slope_m * survey.root_rad().inverse();
  return OnGround{hit->place, hit->range_m,
                  cov_en(per_rad * error.noise_rad2 * per_rad.transpose()),
                  cov_en(per_rad * error.lasting_rad2(survey.range_m()) * per_rad.transpose())};
}

}  // namespace marsad::locate
