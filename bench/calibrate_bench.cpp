// SPDX-License-Identifier: Apache-2.0
// Pointing from the skyline: cameras at many places of real ground, whose site says they look
// 2 degrees beside where they do, and what is found from one simulated picture of each.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <numeric>
#include <random>
#include <stop_token>
#include <string>
#include <vector>

#include "locate/horizon_curve.h"
#include "locate/skyline.h"
#include "simulate/scenario.h"
#include "terrain/horizon.h"
#include "tests/support/real_data.h"

namespace marsad {
namespace {

using Ground = std::shared_ptr<const terrain::Elevation>;

// As far as simulated pictures reach.
constexpr double kReach_m = 20'000;
constexpr double kInjected_deg = 2;
constexpr double kTold_deg = 0.05;  // sigma; a pointing told no better than this is not accepted
// What a horizon tells azimuth to by its shape alone, if edges are good to a pixel; better ones
// should be recognised.
constexpr double kShape_deg = 0.1;
constexpr double kWrong_deg = 0.1;  // off by more than the requirement

Ground open(const char* file, terrain::Bounds bounds) {
  const auto path = test::real_data(file);
  if (!path) return nullptr;
  auto ground = terrain::Elevation::open(path->string(), bounds);
  if (!ground) return nullptr;
  return std::make_shared<const terrain::Elevation>(*std::move(ground));
}

// Mountains and flats, 90 m apart, a square degree at a time.
Ground basin(int lat_deg, int lon_deg) {
  return open("geo/greatbasin_n36-40_w120-114_ferranti3s_90m.tif",
              {geo::radians(lat_deg), geo::radians(lat_deg + 1), geo::radians(lon_deg),
               geo::radians(lon_deg + 1)});
}

// The same ground with Gaussian errors, bumps of some cells.
Ground with_errors(const Ground& ground, double sigma_m) {
  constexpr int kBump = 5;  // cells
  const int columns = ground->columns(), rows = ground->rows();
  const int bumps = columns / kBump + 2;
  std::mt19937_64 random(5);
  // Bilinear between bumps leaves two thirds of the variance on each axis.
  std::normal_distribution<double> normal(0, 1.5 * sigma_m);
  std::vector<double> bump(static_cast<std::size_t>(bumps * (rows / kBump + 2)));
  for (double& one : bump) one = normal(random);
  const auto at = [&](int x, int y) { return bump[static_cast<std::size_t>(y * bumps + x)]; };
  std::vector<float> heights_m;
  for (int y = 0; y < rows; ++y) {
    for (int x = 0; x < columns; ++x) {
      const int i = x / kBump, j = y / kBump;
      const double e = static_cast<double>(x % kBump) / kBump;
      const double s = static_cast<double>(y % kBump) / kBump;
      const double error_m = (1 - s) * ((1 - e) * at(i, j) + e * at(i + 1, j)) +
                             s * ((1 - e) * at(i, j + 1) + e * at(i + 1, j + 1));
      heights_m.push_back(ground->node_m(x, y) + static_cast<float>(error_m));
    }
  }
  return std::make_shared<const terrain::Elevation>(
      terrain::Elevation::from_grid(ground->bounds(), columns, rows, std::move(heights_m)));
}

// What the cameras see, and what is known of it.
struct Place {
  Ground seen;
  Ground known;
  double elevation_sigma_m = 0;
};

struct Trial {
  sensor::Camera told;
  sensor::Pose truth;
  double horizon_sigma_deg = 0;  // of azimuth, by the horizon's shape alone
  bool looks_down = false;       // at a horizon below level
  std::optional<locate::PointingFit> fit;
  std::string refusal;
  double seconds = 0;

  double off_deg(double sensor::Pose::* angle) const {
    return geo::degrees(std::abs(fit->pose.*angle - truth.*angle));
  }
  double boresight_deg() const {
    const geo::Enu is = sensor::enu_from_camera(fit->pose, {});
    return geo::degrees(norm(is - sensor::enu_from_camera(truth, {})));
  }
  bool is_accepted() const {
    const double most = geo::radians(kTold_deg);
    return fit && fit->azimuth_sigma_rad() <= most && fit->elevation_sigma_rad() <= most;
  }
};

// What azimuth could be told to, at best, from edges good to a pixel every tenth column: what is
// left of the curve's change with azimuth when elevation and roll have taken their part of it.
double horizon_sigma_deg(const locate::HorizonCurve& curve, const sensor::Camera& camera,
                         const sensor::Pose& pose) {
  sensor::Pose ahead = pose, behind = pose;
  constexpr double kStep_rad = 1e-3;
  ahead.azimuth_rad += kStep_rad, behind.azimuth_rad -= kStep_rad;
  const auto now = curve.rows(pose, 10), a = curve.rows(ahead, 10), b = curve.rows(behind, 10);
  double n = 0, su = 0, suu = 0, s = 0, sx = 0, ss = 0;
  for (std::size_t i = 0; i < now.size(); ++i) {
    if (!(now[i] > 8 && now[i] < camera.model.height_px - 9) || std::isnan(a[i] - b[i])) continue;
    const double u = static_cast<double>(i), slope = (a[i] - b[i]) / (2 * kStep_rad);
    n += 1, su += u, suu += u * u, s += slope, sx += u * slope, ss += slope * slope;
  }
  if (n < 10) return 180;
  const double vu = suu - su * su / n, cov = sx - su * s / n;
  const double left = ss - s * s / n - cov * cov / vu;
  return left > 0 ? geo::degrees(1 / std::sqrt(left)) : 180;
}

class Trials {
 public:
  explicit Trials(std::uint64_t seed) : random_(seed) {}

  // A camera on a mast on the highest of some places, looking somewhere, its horizon in view.
  std::optional<Trial> next(const Place& there) {
    const Ground& ground = there.seen;
    Trial trial;
    sensor::Camera& camera = trial.told;
    camera.id = {"C"};
    camera.model.horizontal_fov_rad = geo::radians(share(10, 24));
    sensor::Pose& truth = trial.truth;
    const terrain::Bounds b = ground->bounds();
    const int places = 1 + static_cast<int>(share(0, 8));
    for (int i = 0; i < places; ++i) {
      geo::Geodetic place{within(b.south_rad, b.north_rad), within(b.west_rad, b.east_rad), 0};
      place.height_m = ground->height_m(place.lat_rad, place.lon_rad).value_or(-1e3) + share(8, 35);
      if (i == 0 || place.height_m > truth.position.height_m) truth.position = place;
    }
    truth.azimuth_rad = share(0, 2 * std::numbers::pi);
    const terrain::HorizonSettings fan{
        .from_rad = truth.azimuth_rad - camera.model.horizontal_fov_rad,
        .step_rad = 0.5 / camera.model.focal_px(),
        .count = static_cast<int>(4 * camera.model.horizontal_fov_rad * camera.model.focal_px()),
        .max_range_m = kReach_m};
    const auto horizon = terrain::horizon(*ground, truth.position, fan);
    const auto middle = horizon[horizon.size() / 2];
    if (!middle) return std::nullopt;
    trial.looks_down = middle->elevation_rad < 0;
    truth.elevation_rad = middle->elevation_rad - geo::radians(share(-1, 2));
    truth.roll_rad = geo::radians(share(-2, 2));
    trial.horizon_sigma_deg = horizon_sigma_deg({camera.model, horizon}, camera, truth);
    camera.pose = truth;
    camera.pose.azimuth_rad += geo::radians(share(0, 1) < 0.5 ? -kInjected_deg : kInjected_deg);
    camera.pose.elevation_rad += geo::radians(share(-kInjected_deg, kInjected_deg));
    camera.pose.roll_rad += geo::radians(share(-kInjected_deg, kInjected_deg));
    look(trial, there);
    return trial;
  }

 private:
  double share(double from, double to) {
    return std::uniform_real_distribution<double>(from, to)(random_);
  }
  double within(double from, double to) {
    return share(from + 0.2 * (to - from), to - 0.2 * (to - from));
  }

  void look(Trial& trial, const Place& there) {
    simulate::Scenario scenario;
    scenario.seed = random_();
    scenario.weather.noise_counts = share(4, 20);
    scenario.weather.extinction_per_km = share(0.05, 0.2);
    sensor::Camera camera = trial.told;
    camera.pose = trial.truth;
    const auto source = simulate::open_camera(
        std::make_shared<const simulate::World>(std::move(scenario), there.seen), camera, {}, 1,
        {});
    const auto frame = std::get<video::Frame>(source->next({}));
    const auto start = std::chrono::steady_clock::now();
    auto fit = locate::pointing_from_skyline(
        trial.told, *there.known, frame.counts,
        {.max_range_m = kReach_m, .elevation_sigma_m = there.elevation_sigma_m});
    trial.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    if (fit) {
      trial.fit = fit->pointing;
    } else {
      trial.refusal = fit.error().message;
    }
  }

  std::mt19937_64 random_;
};

std::optional<double> part(std::vector<double> values, double share) {
  if (values.empty()) return std::nullopt;
  std::sort(values.begin(), values.end());
  const auto last = static_cast<double>(values.size() - 1);
  return values[static_cast<std::size_t>(std::lround(share * last))];
}

std::string degrees(std::optional<double> angle_deg) {
  return angle_deg ? fmt::format("{:.4f} degrees", *angle_deg) : "none";
}

struct Angle {
  const char* name;
  double sensor::Pose::* angle;
  double (locate::PointingFit::*sigma)() const;
};
constexpr std::array<Angle, 3> kAngles = {
    Angle{"azimuth", &sensor::Pose::azimuth_rad, &locate::PointingFit::azimuth_sigma_rad},
    Angle{"elevation", &sensor::Pose::elevation_rad, &locate::PointingFit::elevation_sigma_rad},
    Angle{"roll", &sensor::Pose::roll_rad, &locate::PointingFit::roll_sigma_rad}};

// A row of a table whose columns stand two blanks apart.
void row(const std::string& name, const std::string& value) {
  fmt::print("{:<64}  {}\n", name, value);
}

void report(const char* place, const std::vector<Trial>& trials) {
  std::vector<double> off, seconds;
  std::vector<const Trial*> accepted;
  int wrong = 0, refused_wrongly = 0, featureless = 0, refused = 0, untold = 0;
  int refused_wrongly_down = 0;
  double distance2 = 0;
  for (const Trial& trial : trials) {
    seconds.push_back(trial.seconds);
    const bool has_shape = trial.horizon_sigma_deg < kShape_deg;
    featureless += !has_shape;
    refused += !trial.fit;
    untold += trial.fit && !trial.is_accepted();
    if (!trial.is_accepted()) {
      refused_wrongly += has_shape;
      refused_wrongly_down += has_shape && trial.looks_down;
      continue;
    }
    accepted.push_back(&trial);
    off.push_back(trial.boresight_deg());
    wrong += off.back() > kWrong_deg;
    sensor::Camera truth = trial.told;
    truth.pose = trial.truth;
    truth.sigma = {};
    distance2 += locate::compare(truth, *trial.fit).distance2;
  }
  const auto of_all = [&](auto count) { return fmt::format("{} of {}", count, trials.size()); };
  const auto name = [&](const char* what) { return fmt::format("{}: {}", place, what); };
  row(name("pointing told to 0.05 degrees, 1 sigma"), of_all(accepted.size()));
  row(name("boresight off, median"), degrees(part(off, 0.5)));
  row(name("boresight off, 95 %"), degrees(part(off, 0.95)));
  row(name("boresight off, most"), degrees(part(off, 1)));
  for (const Angle& angle : kAngles) {
    std::vector<double> one;
    for (const Trial* trial : accepted) one.push_back(trial->off_deg(angle.angle));
    row(name(fmt::format("{} off, median and 95 %", angle.name).c_str()),
        fmt::format("{}, {}", degrees(part(one, 0.5)), degrees(part(one, 0.95))));
  }
  row(name("told, and more than 0.1 degrees off"), of_all(wrong));
  row(name("horizon too flat to tell azimuth, by its shape"), of_all(featureless));
  row(name("fitted, azimuth told no better than 0.05 degrees"), of_all(untold));
  row(name("refused"), of_all(refused));
  row(name("not told though the horizon has the shape for it"), of_all(refused_wrongly));
  row(name("of these, horizons below level, where simulated air hides them"),
      fmt::format("{}", refused_wrongly_down));
  row(name("error over covariance, squared, mean (3 if told truly)"),
      accepted.empty() ? "none"
                       : fmt::format("{:.2f}", distance2 / static_cast<double>(accepted.size())));
  const auto surprises = std::count_if(trials.begin(), trials.end(), [](const Trial& trial) {
    return trial.fit && trial.off_deg(&sensor::Pose::azimuth_rad) >
                            4 * geo::degrees(trial.fit->azimuth_sigma_rad());
  });
  std::vector<double> all_off;
  for (const Trial& trial : trials) {
    if (trial.fit) all_off.push_back(trial.off_deg(&sensor::Pose::azimuth_rad));
  }
  row(name("azimuth off of all fitted, told well or not, median"), degrees(part(all_off, 0.5)));
  row(name("fitted, azimuth off by more than 4 of its sigmas"), of_all(surprises));
  row(name("time for one picture, median"),
      fmt::format("{:.2f} s", part(seconds, 0.5).value_or(0)));
}

void explain(const std::vector<Trial>& trials) {
  for (const Trial& trial : trials) {
    std::string line = fmt::format("shape {:.3f}", trial.horizon_sigma_deg);
    if (trial.fit) {
      line += fmt::format(" used {} rms {:.2f}", trial.fit->used, trial.fit->residual_rms_px);
      for (const Angle& angle : kAngles) {
        line += fmt::format("  {} {:.4f} ± {:.4f}", angle.name, trial.off_deg(angle.angle),
                            geo::degrees((*trial.fit.*angle.sigma)()));
      }
    }
    fmt::print("{} {}\n", line, trial.refusal);
  }
}

std::vector<Trial> try_all(const std::vector<Place>& places, int count, std::uint64_t seed) {
  Trials trials(seed);
  std::vector<Trial> out;
  for (std::size_t i = 0; static_cast<int>(out.size()) < count; ++i) {
    if (auto trial = trials.next(places[i % places.size()])) out.push_back(*std::move(trial));
  }
  return out;
}

}  // namespace
}  // namespace marsad

// calibrate_bench [COUNT] [SEED] [explain]
int main(int argc, char** argv) {
  using namespace marsad;
  const int count = argc > 1 ? std::atoi(argv[1]) : 40;
  const auto seed = static_cast<std::uint64_t>(argc > 2 ? std::atoi(argv[2]) : 1);
  const Ground golan = open("geo/golan_srtm1_30m_utm36.tif", {-1.5, 1.5, -3.1, 3.1});
  const std::vector<Ground> basins = {basin(37, -118), basin(38, -116), basin(39, -115)};
  if (!golan || !basins[0] || !basins[1] || !basins[2]) return 0;
  std::vector<Place> mountains;
  for (const Ground& one : basins) mountains.push_back({one, one, 0});
  const std::vector<std::pair<const char*, std::vector<Place>>> all = {
      {"Golan, 30 m", {{golan, golan, 0}}},
      {"Great Basin, 90 m", mountains},
      {"Golan, known to 3 m", {{with_errors(golan, 3), golan, 3}}}};
  for (const auto& [name, places] : all) {
    const auto trials = try_all(places, count, seed);
    report(name, trials);
    if (argc > 3) explain(trials);
  }
}
