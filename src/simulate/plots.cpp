// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>

#include "geo/local_frame.h"
#include "simulate/air.h"
#include "simulate/random.h"
#include "simulate/scenario.h"
#include "simulate/sight_profile.h"
#include "terrain/ray.h"

namespace marsad::simulate {
namespace {

constexpr double kReach_m = 6000;
constexpr double kBestDetection = 0.9;  // share of movers reported, close by
constexpr double kDetectionAtReach = 0.4;
constexpr double kBearingSigma_rad = 0.5e-3;
constexpr double kPixelSigma_px = 0.5;
constexpr double kFalsePlots = 0.3;  // a camera and scan, on average
constexpr double kAim_m = 1;         // a mover's height at which the sight must be free

// What a random number of a plot is for.
enum class Draw : std::uint64_t {
  detection,
  bearing,
  range,
  bias_bearing,
  bias_elevation,
  nothing
};

// Errors of a plot in polar form, one sigma.
struct PolarSigma {
  double bearing_rad = 0;
  double range_m = 0;
};

geo::CovEn covariance(PolarSigma sigma, double bearing_rad, double range_m) {
  const double along2 = sigma.range_m * sigma.range_m;
  const double across2 = range_m * range_m * sigma.bearing_rad * sigma.bearing_rad;
  const double sine = std::sin(bearing_rad), cosine = std::cos(bearing_rad);
  return {sine * sine * along2 + cosine * cosine * across2, sine * cosine * (along2 - across2),
          cosine * cosine * along2 + sine * sine * across2};
}

// One camera at one time.
class Scan {
 public:
  Scan(const World& world, const sensor::Camera& camera, double t_s, base::Time start)
      : world_(world),
        camera_(camera),
        frame_(camera.pose.position),
        time_(start + base::from_seconds(t_s)),
        frame_number_(static_cast<std::uint64_t>(std::llround(std::max(0.0, t_s) * 1000))),
        camera_seed_(hash(world.scenario().seed, hash_text(camera.id.text))),
        scan_seed_(hash(camera_seed_, std::bit_cast<std::uint64_t>(t_s))) {}

  void report(const TruthState& mover) {
    const std::uint64_t seed = hash(scan_seed_, hash_text(mover.id));
    const geo::Enu at = frame_.to_enu(mover.place);
    const double range_m = std::hypot(at.east, at.north);
    if (range_m > kReach_m || !in_view(mover.place)) return;
    const double far = range_m / kReach_m;
    const double chance = kBestDetection + (kDetectionAtReach - kBestDetection) * far * far;
    if (uniform(hash(seed, Draw::detection)) > chance) return;
    sensor::ClassProbabilities classes{0.06, 0.06, 0.06, 0.06, 0.06, 0.1};
    classes[static_cast<std::size_t>(mover.mover)] += 0.6;
    add(at, seed, classes, 30 * Air(world_.scenario().weather).transmission(range_m));
  }

  // Once in a while something that is not there.
  void report_nothing() {
    const std::uint64_t seed = hash(scan_seed_, Draw::nothing);
    if (uniform(seed) > kFalsePlots) return;
    const double half_fov = camera_.model.horizontal_fov_rad / 2;
    const double bearing = camera_.pose.azimuth_rad + between(-half_fov, half_fov, mix(seed + 1));
    const double range_m = kReach_m * std::sqrt(between(0.01, 1, mix(seed + 2)));
    geo::Geodetic place =
        offset(camera_.pose.position, range_m * std::sin(bearing), range_m * std::cos(bearing));
    const auto ground_m = world_.elevation().surface_m(place.lat_rad, place.lon_rad);
    if (!ground_m) return;
    place.height_m = *ground_m;
    if (!in_view(place)) return;
    add(frame_.to_enu(place), seed, {0.15, 0.05, 0.2, 0, 0, 0.6}, between(4, 8, mix(seed + 3)));
  }

  std::vector<locate::Plot> take() { return std::move(plots_); }

 private:
  bool in_view(geo::Geodetic foot) const {
    const auto pixel =
        camera_.model.project(sensor::camera_from_enu(camera_.pose, frame_.to_enu(foot)));
    if (!pixel || pixel->u < -0.5 || pixel->u >= camera_.model.width_px - 0.5 || pixel->v < -0.5 ||
        pixel->v >= camera_.model.height_px - 0.5) {
      return false;
    }
    foot.height_m += kAim_m;
    return terrain::line_of_sight(world_.elevation(), camera_.pose.position, foot);
  }

  // Puts a plot where the errors drawn for it move it, and tells just these errors.
  void add(geo::Enu at, std::uint64_t seed, const sensor::ClassProbabilities& classes, double snr) {
    const double range_m = std::hypot(at.east, at.north);
    const double true_bearing = std::atan2(at.east, at.north);
    const double pixel_rad = kPixelSigma_px / camera_.model.focal_px();
    // A ray that comes down flat turns a small error of elevation into a long one of range.
    const double stretch = range_m * range_m / std::max(1.0, std::abs(at.up));
    const auto range_sigma = [&](double elevation_sigma_rad) {
      return std::min(stretch * elevation_sigma_rad, 0.3 * range_m);
    };
    const PolarSigma noise{std::hypot(kBearingSigma_rad, pixel_rad), range_sigma(pixel_rad)};
    const PolarSigma bias{camera_.sigma.azimuth_rad, range_sigma(camera_.sigma.elevation_rad)};
    const double bearing = true_bearing + noise.bearing_rad * gaussian(hash(seed, Draw::bearing)) +
                           bias.bearing_rad * gaussian(hash(camera_seed_, Draw::bias_bearing));
    const double range =
        std::max(1.0, range_m + noise.range_m * gaussian(hash(seed, Draw::range)) +
                          bias.range_m * gaussian(hash(camera_seed_, Draw::bias_elevation)));

    locate::Plot plot;
    plot.sensor = camera_.id;
    plot.time = time_;
    plot.cause = {frame_number_, static_cast<std::uint32_t>(plots_.size())};
    geo::Geodetic place =
        offset(camera_.pose.position, range * std::sin(bearing), range * std::cos(bearing));
    place.height_m = world_.elevation()
                         .surface_m(place.lat_rad, place.lon_rad)
                         .value_or(camera_.pose.position.height_m + at.up);
    plot.place = place;
    plot.cov_m2 = covariance(noise, true_bearing, range_m);
    plot.bias_cov_m2 = covariance(bias, true_bearing, range_m);
    plot.bearing_rad =
        bearing - 2 * std::numbers::pi * std::floor(bearing / (2 * std::numbers::pi));
    plot.bearing_sigma_rad = std::hypot(noise.bearing_rad, bias.bearing_rad);
    plot.bearing_bias_sigma_rad = bias.bearing_rad;
    plot.from = camera_.pose.position;
    plot.elevation_rad = std::atan2(at.up, range_m);
    plot.classes = classes;
    plot.snr = snr;
    plots_.push_back(plot);
  }

  const World& world_;
  const sensor::Camera& camera_;
  geo::LocalFrame frame_;
  base::Time time_;
  std::uint64_t frame_number_;
  std::uint64_t camera_seed_;
  std::uint64_t scan_seed_;
  std::vector<locate::Plot> plots_;
};

}  // namespace

std::vector<locate::Plot> plots(const World& world, const std::vector<sensor::Camera>& cameras,
                                double t_s, base::Time start) {
  const std::vector<TruthState> truth = world.truth(t_s);
  std::vector<locate::Plot> all;
  for (const sensor::Camera& camera : cameras) {
    Scan scan(world, camera, t_s, start);
    for (const TruthState& mover : truth) scan.report(mover);
    scan.report_nothing();
    const std::vector<locate::Plot> found = scan.take();
    all.insert(all.end(), found.begin(), found.end());
  }
  return all;
}

}  // namespace marsad::simulate
