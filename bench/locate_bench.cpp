// SPDX-License-Identifier: Apache-2.0
// How fast detections are put on the ground, and whether plots are as wrong as they say: normalised
// errors squared of simulated movers, by range. Of plots whose kurtosis says that they are nearly
// Gaussian the mean is held to a Gaussian's bounds, of all plots to those of the kurtosis told.
#include <fmt/format.h>

#include <cmath>
#include <ctime>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "geo/geodetic.h"
#include "terrain/elevation.h"
#include "tests/locate/error_trial.h"
#include "tests/support/locate_scene.h"
#include "tests/support/real_data.h"

namespace marsad {
namespace {

std::shared_ptr<const terrain::Elevation> real(std::string_view relative) {
  const auto file = test::real_data(relative);
  if (!file) return nullptr;
  auto opened = terrain::Elevation::open(file->string(), {-1.5, 1.5, -3.1, 3.1});
  if (!opened) return nullptr;
  return std::make_shared<const terrain::Elevation>(*std::move(opened));
}

// The highest of some places spread over the middle of the ground.
geo::Geodetic tower(const terrain::Elevation& ground, int number) {
  const terrain::Bounds b = ground.bounds();
  geo::Geodetic best{0, 0, -1e9};
  for (int i = 0; i < 40; ++i) {
    const double a = std::fmod(0.5 + 0.618034 * (40 * number + i), 1);
    const double c = std::fmod(0.5 + 0.754878 * (40 * number + i), 1);
    geo::Geodetic place{b.south_rad + (0.35 + 0.3 * a) * (b.north_rad - b.south_rad),
                        b.west_rad + (0.35 + 0.3 * c) * (b.east_rad - b.west_rad), 0};
    place.height_m = ground.height_m(place.lat_rad, place.lon_rad).value_or(-1e9);
    if (place.height_m > best.height_m) best = place;
  }
  best.height_m += 30;
  return best;
}

constexpr int kTowers = 16;
constexpr int kLooks = 6;
constexpr int kMovers = 4000;

struct Survey {
  std::string_view name;
  sensor::PoseSigma sigma;
  double elevation_sigma_m;
};

sensor::Camera camera_of(const terrain::Elevation& ground, const Survey& survey, int number,
                         int look) {
  sensor::Camera camera;
  camera.id = {"T1"};
  camera.model.horizontal_fov_rad = geo::radians(24);
  camera.pose = {tower(ground, number), geo::radians(60.0 * look), geo::radians(-3), 0};
  camera.sigma = survey.sigma;
  return camera;
}

// Detections all over the frames of all towers, again and again for a while.
void report_speed(std::string_view place, const std::shared_ptr<const terrain::Elevation>& ground,
                  const Survey& survey) {
  std::vector<std::pair<locate::Locator, detect::FrameDetections>> looks;
  for (int number = 0; number < kTowers; ++number) {
    for (int look = 0; look < kLooks; ++look) {
      const sensor::Camera camera = camera_of(*ground, survey, number, look);
      std::vector<detect::Detection> detections;
      for (int i = 0; i < 64; ++i) {
        detections.push_back(
            test::standing_at({std::fmod(10 + 97.3 * i, camera.model.width_px), 160 + 5.5 * i}));
      }
      looks.emplace_back(
          locate::Locator(camera, ground, {.elevation_sigma_m = survey.elevation_sigma_m}),
          test::frame_of(camera, detections));
    }
  }
  constexpr double kLong_s = 1;
  std::size_t located = 0;
  double spent_s = 0;
  const std::clock_t begin = std::clock();
  while (spent_s < kLong_s) {
    for (const auto& [locator, frame] : looks) {
      for (const locate::Plot& plot : locator.locate(frame)) located += plot.place.has_value();
    }
    spent_s = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  }
  fmt::print("{}  {}  located with covariance  {:.0f} a second and core\n", place, survey.name,
             static_cast<double>(located) / spent_s);
}

void report_errors(std::string_view place, const std::shared_ptr<const terrain::Elevation>& ground,
                   const Survey& survey, unsigned seed) {
  std::vector<test::PlacedError> placed;
  std::size_t bearing_only = 0;
  for (int number = 0; number < kTowers; ++number) {
    for (int look = 0; look < kLooks; ++look) {
      locate::LocatorSettings settings;
      settings.elevation_sigma_m = survey.elevation_sigma_m;
      settings.size_sigma = 0;
      const auto trial =
          test::error_trial(camera_of(*ground, survey, number, look), ground, settings, 20'000,
                            kMovers, seed + static_cast<unsigned>(100 * number + look));
      placed.insert(placed.end(), trial.placed.begin(), trial.placed.end());
      bearing_only += trial.bearing_only;
    }
  }
  constexpr double kBands_m[] = {200, 1000, 2000, 4000, 8000, 15'000};
  for (std::size_t i = 0; i + 1 < std::size(kBands_m); ++i) {
    const test::Consistency all = test::consistency(placed, kBands_m[i], kBands_m[i + 1]);
    const test::Consistency c =
        test::consistency(placed, kBands_m[i], kBands_m[i + 1], test::kNearlyGaussian);
    fmt::print(
        "{}  {}  {:g} to {:g} km  {}  {:.2f}  {:.2f} to {:.2f}  {}  {:.3f}  {}  {:.2f}  "
        "{:.2f} to {:.2f}  {:.3f}\n",
        place, survey.name, kBands_m[i] / 1000, kBands_m[i + 1] / 1000, c.count, c.mean, c.low,
        c.high, c.is_within() ? "in" : "out", c.below_5_99, all.count, all.mean, all.told_low,
        all.told_high, all.below_5_99);
  }
  fmt::print("{}  {}  bearing only  {}\n", place, survey.name, bearing_only);
}

}  // namespace
}  // namespace marsad

int main() {
  using marsad::geo::radians;
  const marsad::Survey surveys[] = {
      {"surveyed", {radians(0.02), radians(0.02), radians(0.1), 1, 0.5}, 1},
      {"as it comes", {radians(0.05), radians(0.05), radians(0.1), 2, 1}, 3}};
  constexpr std::pair<std::string_view, std::string_view> kGrounds[] = {
      {"Golan, 30 m", "geo/golan_srtm1_30m_utm36.tif"},
      {"Iraq and Syria, 900 m", "geo/iqsy_dted0_30s.tif"}};
  fmt::print(
      "ground  camera  range  nearly Gaussian plots  mean NEES  95 % bounds  is it  share below "
      "5.99  all plots  mean NEES  95 % by the kurtosis told  share below 5.99\n");
  unsigned seed = 0;
  for (const auto& survey : surveys) {
    for (const auto& [name, file] : kGrounds) {
      const auto ground = marsad::real(file);
      if (!ground) continue;
      marsad::report_errors(name, ground, survey, seed += 10'000);
      marsad::report_speed(name, ground, survey);
    }
  }
}
