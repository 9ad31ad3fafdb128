// SPDX-License-Identifier: Apache-2.0
#include "bench/crossing_trial.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <numbers>
#include <random>

#include "coverage/coverage.h"
#include "detect/components.h"
#include "plan/ledger.h"
#include "sensor/thermal_range.h"
#include "service/offline.h"
#include "simulate/air.h"
#include "simulate/body.h"
#include "simulate/painter.h"
#include "terrain/ray.h"
#include "tests/support/made_terrain.h"

namespace marsad::bench {
namespace {

constexpr int kWidth_px = 128, kHeight_px = 96;
constexpr int kHeightToSky_px = 224;  // so that who flies and some ground are in the picture
constexpr int kWhole_px = 640;        // over which a lens is told
const std::string kName = "crosser";
constexpr double kFps = 10;
constexpr double kBefore_s = 20;         // that the crosser is under way before the belt
constexpr double kBeside_m = 8;          // of the way lie outside of the picture at each end
constexpr double kCell_m = 10;           // of the belt
constexpr int kNear_px = 3;              // so near to the crosser a detection lies on it
constexpr double kHalfWidth_m = 12'000;  // of made ground

double focal_px(const Crossing& crossing) {
  return kWhole_px / 2 / std::tan(geo::radians(crossing.lens_deg) / 2);
}

// The way over the belt: from beyond one side of the picture to beyond the other, as those come who
// cross before a camera that has been watching for long.
double half_way_m(const Crossing& crossing) {
  const double half_picture_m = crossing.range_m * kWidth_px / 2 / focal_px(crossing);
  return (half_picture_m + kBeside_m) / std::abs(std::sin(crossing.way_rad));
}

// Where the camera, the crosser and the belt are.
struct Scene {
  sensor::Camera camera;
  geo::Geodetic from, to;  // of the crosser's way, which begins before the belt
  std::vector<geo::Geodetic> line;
};

Scene scene_of(const Crossing& crossing) {
  const plan::Crosser& crosser = plan::kCrossers.at(crossing.kind);
  const auto on_ground = [&](double east_m, double north_m, double above_m) {
    geo::Geodetic place = test::at(east_m, north_m);
    place.height_m = *crossing.ground->height_m(place.lat_rad, place.lon_rad) + above_m;
    return place;
  };
  const double sin_a = std::sin(crossing.azimuth_rad), cos_a = std::cos(crossing.azimuth_rad);
  const double east_m = crossing.east_m + crossing.range_m * sin_a;
  const double north_m = crossing.north_m + crossing.range_m * cos_a;
  const double heading_rad = crossing.azimuth_rad + crossing.way_rad;
  const double way_east = std::sin(heading_rad), way_north = std::cos(heading_rad);
  const double half_m = half_way_m(crossing);
  Scene scene;
  const double back_m = half_m + kBefore_s * crosser.speed_mps;
  scene.from = on_ground(east_m - back_m * way_east, north_m - back_m * way_north, 0);
  scene.to = on_ground(east_m + half_m * way_east, north_m + half_m * way_north, 0);
  constexpr double kHalfLine_m = 1.5 * kCell_m;
  scene.line = {on_ground(east_m - kHalfLine_m * way_north, north_m + kHalfLine_m * way_east, 0),
                on_ground(east_m + kHalfLine_m * way_north, north_m - kHalfLine_m * way_east, 0)};
  sensor::Camera& camera = scene.camera;
  camera.id.text = camera.name = "T1";
  const bool flies = crosser.above_ground_m > 0;
  camera.model = {kWidth_px, flies ? kHeightToSky_px : kHeight_px,
                  sensor::horizontal_fov_rad(kWidth_px, focal_px(crossing))};
  camera.optics.netd_K = crossing.netd_K;
  // As the pictures are blurred.
  const double diffraction_px = sensor::blur_px({focal_px(crossing), camera.optics});
  camera.optics.jitter_px =
      std::sqrt(simulate::kBlur_px * simulate::kBlur_px - diffraction_px * diffraction_px);
  camera.optics.frames_per_s = kFps;
  const double pointing_rad = geo::radians(0.02);
  camera.sigma = {pointing_rad, pointing_rad, geo::radians(0.1), 2, 1};
  camera.pose.position = on_ground(crossing.east_m, crossing.north_m, crossing.mast_m);
  const geo::Geodetic aim = on_ground(east_m, north_m, crosser.above_ground_m / 2 + 1);
  const geo::Enu way = terrain::direction_to(camera.pose.position, aim);
  camera.pose.azimuth_rad = std::atan2(way.east, way.north);
  camera.pose.elevation_rad = std::atan2(way.up, std::hypot(way.east, way.north));
  return scene;
}

// How many counts are a kelvin, so that what the drawn crosser radiates more than what is behind
// it, over all it shows and in the mean over its headings, is what the ledger's usual one does.
double counts_per_kelvin(const Crossing& crossing, const simulate::Weather& weather) {
  constexpr double kPx_per_m = 100;
  constexpr int kHeadings = 16;
  const plan::Crosser& crosser = plan::kCrossers.at(crossing.kind);
  const simulate::Air air({weather.noise_counts, 0, weather.ground_counts});
  const double slope = (crosser.above_ground_m - crossing.mast_m) / crossing.range_m;
  const double behind = crosser.above_ground_m > 0 ? air.sky(slope) : weather.ground_counts;
  simulate::Stance stance;
  stance.px_per_m_across = stance.px_per_m_up = kPx_per_m;
  stance.hidden_below_v = 1e9;
  simulate::TruthState mover;
  mover.id = kName + "-1/1";
  mover.mover = crosser.mover;
  double counts_m2 = 0;
  for (int i = 0; i < kHeadings; ++i) {
    const double heading_rad = 2 * std::numbers::pi * i / kHeadings;
    mover.ve_mps = crosser.speed_mps * std::sin(heading_rad);
    mover.vn_mps = crosser.speed_mps * std::cos(heading_rad);
    for (const simulate::Patch& patch :
         simulate::body(mover, i, stance, air, weather.ground_counts)) {
      const double area_m2 =
          (patch.right - patch.left) * (patch.bottom - patch.top) / (kPx_per_m * kPx_per_m);
      counts_m2 += area_m2 * (patch.glows ? patch.counts : patch.counts - behind) / kHeadings;
    }
  }
  const sensor::ThermalTarget usual = sensor::usual_target(crosser.mover);
  return counts_m2 / (usual.contrast_K * usual.width_m * usual.height_m);
}

service::Site site_of(const Crossing& crossing, const Scene& scene, const geo::BorderLine& line) {
  const plan::Crosser& crosser = plan::kCrossers.at(crossing.kind);
  simulate::Scenario scenario;
  scenario.name = "crossing";
  scenario.seed = crossing.seed;
  scenario.duration_s = kBefore_s + 2 * half_way_m(crossing) / crosser.speed_mps;
  scenario.weather.noise_counts =
      counts_per_kelvin(crossing, scenario.weather) * crossing.netd_K / crossing.contrast;
  scenario.weather.extinction_per_km = crossing.extinction_per_km;
  simulate::Party party;
  party.name = kName;
  party.mover = crosser.mover;
  party.speed_mps = crosser.speed_mps;
  party.above_ground_m = crosser.above_ground_m;
  party.path = {scene.from, scene.to};
  scenario.parties.push_back(std::move(party));
  service::Site site;
  site.name = "crossing";
  site.border = std::make_shared<border::Border>(border::Border{line, {}, {}, {}, {}});
  site.elevation = crossing.ground;
  site.world = std::make_shared<simulate::World>(std::move(scenario), crossing.ground);
  service::SiteCamera camera;
  camera.camera = scene.camera;
  camera.height_above_ground_m = crossing.mast_m;
  camera.source = "simulated";
  camera.fps = kFps;
  site.cameras.push_back(std::move(camera));
  return site;
}

// Where the crosser stands in the picture; none where it is not in the belt, or not in the frame.
std::optional<detect::Box> place_in_picture(const service::Site& site, base::Time time) {
  const double t_s = base::to_seconds(time - base::Time{});
  const std::vector<simulate::TruthState> truth = site.world->truth(t_s);
  if (truth.empty() || t_s < kBefore_s) return std::nullopt;
  const sensor::Camera& camera = site.cameras.front().camera;
  const sensor::ThermalTarget target = sensor::usual_target(truth.front().mover);
  const auto pixel_at = [&](double up_m) {
    geo::Geodetic place = truth.front().place;
    place.height_m += up_m;
    return camera.model.project(
        camera_from_enu(camera.pose, terrain::direction_to(camera.pose.position, place)));
  };
  const auto foot = pixel_at(0), top = pixel_at(target.height_m);
  if (!foot || !top) return std::nullopt;
  const double px_per_m = (foot->v - top->v) / target.height_m;
  const int half_px = static_cast<int>(std::ceil(target.width_m * px_per_m / 2));
  const bool in_frame = foot->u >= 0 && foot->u < camera.model.width_px && top->v >= 0 &&
                        foot->v < camera.model.height_px;
  if (!in_frame) return std::nullopt;
  const int u = static_cast<int>(std::lround(foot->u));
  const int high = static_cast<int>(std::lround(top->v)),
            low = static_cast<int>(std::lround(foot->v));
  return detect::Box{u - half_px, high, 2 * half_px + 1, low - high + 1};
}

// What one step tells of the crosser.
void score(const service::Site& site, const service::Step& step, Trial& trial) {
  const auto here = place_in_picture(site, step.frame.time);
  if (!here) return;
  ++trial.frames;
  bool any = false;
  for (const detect::Detection& detection : step.frame.detections) {
    if (gap_px(detection.box, *here) > kNear_px) continue;
    any = true;
    const locate::Cause cause{step.frame.frame, detection.index};
    trial.tracked |=
        std::any_of(step.tracks.begin(), step.tracks.end(), [&](const track::Track& track) {
          return track.status == track::TrackStatus::confirmed && track.last_cause == cause;
        });
  }
  trial.detected += any ? 1 : 0;
  trial.recent = ((trial.recent << 1) | (any ? 1U : 0U)) & 0b11111U;
  trial.confirmed |= std::popcount(trial.recent) >= 3;
}

void predict(const Crossing& crossing, const Scene& scene, const geo::BorderLine& line,
             Trial& trial) {
  const plan::Crosser& crosser = plan::kCrossers.at(crossing.kind);
  const double half_m = half_way_m(crossing);
  const plan::Belt belt(line, *crossing.ground, {half_m, half_m, kCell_m, kCell_m});
  plan::WatchSettings settings;
  settings.extinction_per_km = crossing.extinction_per_km;
  const plan::Watch watch(belt, *crossing.ground, {scene.camera, 0, 0}, settings);
  const std::size_t column = belt.columns() / 2;
  plan::Ledger ledger(belt.columns());
  ledger.add(plan::chances(belt, watch), 1);
  trial.predicted = ledger.found(column, crossing.kind);
  // The middle one of the levels is that of the settings.
  settings.contrast = crossing.contrast;
  const plan::Watch that_night(belt, *crossing.ground, {scene.camera, 0, 0}, settings);
  plan::Ledger of_night(belt.columns());
  of_night.add(plan::chances(belt, that_night), 1);
  trial.known = 1 - of_night.missed_by_all(column)[crossing.kind][plan::kUsualLevel];
  trial.look = coverage::detection_probability_at(
      scene.camera, crossing.range_m, crosser.mover,
      {.extinction_per_km = crossing.extinction_per_km, .contrast = crossing.contrast});
}

}  // namespace

std::vector<std::shared_ptr<const terrain::Elevation>> made_grounds(int hilly, std::uint64_t seed) {
  std::vector<std::shared_ptr<const terrain::Elevation>> grounds;
  grounds.push_back(std::make_shared<terrain::Elevation>(test::flat_terrain(kHalfWidth_m)));
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<double> turn(0, 2 * std::numbers::pi);
  struct Swell {
    double length_m, height_m, east, north, phase_rad;
  };
  for (int i = 0; i < hilly; ++i) {
    std::vector<Swell> swells;
    for (const auto& [length_m, height_m] :
         {std::pair{2300.0, 9.0}, {1100.0, 5.0}, {520.0, 3.0}, {260.0, 1.5}}) {
      const double way_rad = turn(random);
      swells.push_back({length_m, height_m, std::sin(way_rad), std::cos(way_rad), turn(random)});
    }
    grounds.push_back(std::make_shared<terrain::Elevation>(
        test::made_terrain(kHalfWidth_m, 30, [&](double east_m, double north_m) {
          double height_m = 100;
          for (const Swell& swell : swells) {
            const double along_m = swell.east * east_m + swell.north * north_m;
            height_m += swell.height_m *
                        std::sin(2 * std::numbers::pi * along_m / swell.length_m + swell.phase_rad);
          }
          return height_m;
        })));
  }
  return grounds;
}

Trial try_crossing(const Crossing& crossing) {
  const Scene scene = scene_of(crossing);
  const auto line = geo::BorderLine::make(scene.line, true);
  if (!line) {
    fmt::print(stderr, "reliability_bench: {}\n", base::to_string(line.error()));
    std::exit(1);
  }
  Trial trial;
  predict(crossing, scene, *line, trial);
  const service::Site site = site_of(crossing, scene, *line);
  const auto ran = service::run_offline(site, base::Time{}, [&](const service::Step& step) {
    score(site, step, trial);
    return true;
  });
  if (!ran) {
    fmt::print(stderr, "reliability_bench: {}\n", base::to_string(ran.error()));
    std::exit(1);
  }
  return trial;
}

}  // namespace marsad::bench
