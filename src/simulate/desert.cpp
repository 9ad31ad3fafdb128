// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "base/check.h"
#include "simulate/random.h"
#include "simulate/scenario.h"

namespace marsad::simulate {
namespace {

// Metres east and north of the south-west corner of the area.
struct Point {
  double x = 0;
  double y = 0;
};

constexpr double kLowest_m = 250;
constexpr double kHighest_m = 310;
// What dunes add and wadis take from the broad slopes.
constexpr double kDune_m = 8;
constexpr double kWadi_m = 6;

// What each layer's noise is seeded with.
enum class Layer : std::uint64_t { broad, field, wind, crest, warp, wadi, rough };

std::uint64_t seed_of(std::uint64_t seed, Layer layer, std::uint64_t index = 0) {
  return hash(seed, layer, index);
}

double noise(std::uint64_t seed, Point p, double wavelength_m) {
  return gradient_noise(seed, p.x / wavelength_m, p.y / wavelength_m);
}

// A direction drawn evenly enough, by arithmetic that is exact everywhere.
Point direction(std::uint64_t hash) {
  const double u = between(-1, 1, hash);
  const double sign = (hash & 1) != 0 ? -1 : 1;
  return {sign * (1 - u * u) / (1 + u * u), sign * 2 * u / (1 + u * u)};
}

// Slopes kilometres long.
double broad_m(std::uint64_t seed, Point p) {
  const std::uint64_t layer = seed_of(seed, Layer::broad);
  return noise(layer, p, 9000) + 0.4 * noise(mix(layer), p, 3600) +
         0.1 * noise(mix(layer + 1), p, 1300);
}

// One dune from its windward foot (0) over the crest to the lee foot (1): long up, short down.
double dune_profile(double phase) {
  constexpr double kCrest = 0.68;
  return phase < kCrest ? smooth_step(0, kCrest, phase) : smooth_step(1, kCrest, phase);
}

// Ridges across the wind, in fields with bare ground between.
double dunes_m(std::uint64_t seed, Point p) {
  const double field = smooth_step(0.0, 0.35, noise(seed_of(seed, Layer::field), p, 4500));
  if (field == 0) return 0;
  const Point wind = direction(seed_of(seed, Layer::wind));
  const std::uint64_t warp = seed_of(seed, Layer::warp);
  const double bend_m = 420 * noise(warp, p, 1500) + 130 * noise(mix(warp), p, 430);
  const double along_wind = (p.x * wind.x + p.y * wind.y + bend_m) / 390;
  const double ridge = std::floor(along_wind);
  // Each ridge has highs and gaps of its own along its crest.
  const double along_crest = (p.y * wind.x - p.x * wind.y) / 800;
  const double crest =
      0.6 + 0.9 * gradient_noise(seed_of(seed, Layer::crest), along_crest, 0.37 * ridge + 0.2);
  return kDune_m * field * std::clamp(crest, 0.0, 1.0) * dune_profile(along_wind - ridge);
}

// A dry channel: a line through the area that meanders about a straight one.
struct Wadi {
  Point start;
  Point along;
  std::uint64_t seed = 0;
  double half_width_m = 0;
  double depth_m = 0;
};

std::array<Wadi, 4> wadis(std::uint64_t seed, double width_m, double height_m) {
  std::array<Wadi, 4> made;
  const Point drain = direction(seed_of(seed, Layer::wadi));
  for (std::size_t i = 0; i < made.size(); ++i) {
    const std::uint64_t own = seed_of(seed, Layer::wadi, i + 1);
    const double turn = between(-1, 1, hash(own, 1));
    const double length = std::sqrt(1 + turn * turn);
    made[i].along = {(drain.x - turn * drain.y) / length, (drain.y + turn * drain.x) / length};
    made[i].start = {width_m * between(0.1, 0.9, hash(own, 2)),
                     height_m * between(0.1, 0.9, hash(own, 3))};
    made[i].seed = own;
    made[i].half_width_m = between(18, 40, hash(own, 4));
    made[i].depth_m = between(3, kWadi_m, hash(own, 5));
  }
  return made;
}

// Metres off the channel's middle, across it.
double off_wadi_m(const Wadi& wadi, Point p) {
  const Point off{p.x - wadi.start.x, p.y - wadi.start.y};
  const double s = off.x * wadi.along.x + off.y * wadi.along.y;
  const double d = off.y * wadi.along.x - off.x * wadi.along.y;
  const auto middle = [&](double along_m) {
    return 2300 * gradient_noise(wadi.seed, along_m / 6500, 0.5) +
           650 * gradient_noise(mix(wadi.seed), along_m / 1700, 0.5) +
           170 * gradient_noise(mix(wadi.seed + 1), along_m / 520, 0.5);
  };
  const double slope = (middle(s + 10) - middle(s - 10)) / 20;
  return std::abs(d - middle(s)) / std::sqrt(1 + slope * slope);
}

struct Channel {
  double depth_m = 0;
  double dunes = 1;  // how much of the dunes is left beside it
};

Channel channel(const std::array<Wadi, 4>& wadis, Point p) {
  Channel deepest;
  for (const Wadi& wadi : wadis) {
    const double off_m = off_wadi_m(wadi, p);
    const double bed = 1 - smooth_step(0.35, 1, off_m / wadi.half_width_m);
    const double valley = 1 - smooth_step(0, 350, off_m);
    deepest.depth_m =
        std::max(deepest.depth_m, 0.75 * wadi.depth_m * bed + 0.25 * wadi.depth_m * valley);
    deepest.dunes = std::min(deepest.dunes, smooth_step(60, 400, off_m));
  }
  return deepest;
}

// Scales the broad slopes so that they leave just the room that dunes and wadis need.
void fit_heights(std::vector<double>& broad) {
  const auto [low, high] = std::minmax_element(broad.begin(), broad.end());
  const double lowest = *low, span = *high - *low;
  const double room_m = kHighest_m - kDune_m / 2 - (kLowest_m + kWadi_m / 2);
  for (double& height : broad) {
    height = kLowest_m + kWadi_m / 2 + (span > 0 ? (height - lowest) / span : 0.5) * room_m;
  }
}

constexpr double kRadius_m = 6'371'000;

// Rounded, since the last bits of a cosine differ from machine to machine.
double metres_per_lon(terrain::Bounds bounds) {
  const double cosine = std::cos((bounds.north_rad + bounds.south_rad) / 2);
  return kRadius_m * (std::round(cosine * 0x1p24) * 0x1p-24);
}

// A grid over the area with its metres.
class Grid {
 public:
  Grid(terrain::Bounds bounds, double spacing_m) : bounds_(bounds) {
    CHECK(spacing_m > 0 && bounds.north_rad > bounds.south_rad &&
          bounds.east_rad > bounds.west_rad);
    metres_per_lon_ = metres_per_lon(bounds);
    metres_per_lat_ = kRadius_m;
    columns_ = 1 + static_cast<int>(std::lround(width_m() / spacing_m));
    rows_ = 1 + static_cast<int>(std::lround(height_m() / spacing_m));
    columns_ = std::max(columns_, 2);
    rows_ = std::max(rows_, 2);
  }

  int columns() const { return columns_; }
  int rows() const { return rows_; }
  double width_m() const { return (bounds_.east_rad - bounds_.west_rad) * metres_per_lon_; }
  double height_m() const { return (bounds_.north_rad - bounds_.south_rad) * metres_per_lat_; }
  Point node(int column, int row) const {
    return {width_m() * column / (columns_ - 1), height_m() * (rows_ - 1 - row) / (rows_ - 1)};
  }
  Point at(geo::Geodetic place) const {
    return {(place.lon_rad - bounds_.west_rad) * metres_per_lon_,
            (place.lat_rad - bounds_.south_rad) * metres_per_lat_};
  }
  double step_m() const { return width_m() / (columns_ - 1); }

  // Calls `visit` with each node's place and its index in row order from the north-west.
  template <class Visit>
  void each(Visit visit) const {
    std::size_t index = 0;
    for (int row = 0; row < rows_; ++row) {
      for (int column = 0; column < columns_; ++column) visit(node(column, row), index++);
    }
  }

 private:
  terrain::Bounds bounds_;
  double metres_per_lon_ = 0;
  double metres_per_lat_ = 0;
  int columns_ = 0;
  int rows_ = 0;
};

double distance_m(Point p, Point a, Point b) {
  const Point step{b.x - a.x, b.y - a.y}, off{p.x - a.x, p.y - a.y};
  const double length2 = step.x * step.x + step.y * step.y;
  const double along =
      length2 > 0 ? std::clamp((off.x * step.x + off.y * step.y) / length2, 0.0, 1.0) : 0;
  const double dx = off.x - along * step.x, dy = off.y - along * step.y;
  return std::sqrt(dx * dx + dy * dy);
}

// Full height within its width, then down to nothing over one step of the grid, so that a line
// between nodes still comes out whole.
void raise(std::vector<double>& heights_m, const Grid& grid, const Earthwork& work) {
  std::vector<Point> line;
  for (const geo::Geodetic& place : work.line) line.push_back(grid.at(place));
  grid.each([&](Point p, std::size_t index) {
    double nearest_m = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
      nearest_m = std::min(nearest_m, distance_m(p, line[i], line[i + 1]));
    }
    const double beyond = (nearest_m - work.width_m / 2) / grid.step_m();
    heights_m[index] += work.height_m * std::clamp(1 - beyond, 0.0, 1.0);
  });
}

}  // namespace

double desert_nodes(terrain::Bounds bounds, double spacing_m) {
  const double columns =
      1 + (bounds.east_rad - bounds.west_rad) * metres_per_lon(bounds) / spacing_m;
  const double rows = 1 + (bounds.north_rad - bounds.south_rad) * kRadius_m / spacing_m;
  return columns * rows;
}

terrain::Elevation make_desert(terrain::Bounds bounds, double spacing_m, std::uint64_t seed,
                               const std::vector<Earthwork>& earthworks) {
  const Grid grid(bounds, spacing_m);
  std::vector<double> heights_m(static_cast<std::size_t>(grid.columns()) *
                                static_cast<std::size_t>(grid.rows()));
  grid.each([&](Point p, std::size_t index) { heights_m[index] = broad_m(seed, p); });
  fit_heights(heights_m);

  const auto channels = wadis(seed, grid.width_m(), grid.height_m());
  const std::uint64_t rough = seed_of(seed, Layer::rough);
  grid.each([&](Point p, std::size_t index) {
    const Channel here = channel(channels, p);
    heights_m[index] += here.dunes * dunes_m(seed, p) - here.depth_m + 0.5 * noise(rough, p, 260) +
                        0.25 * noise(mix(rough), p, 110);
  });
  for (const Earthwork& work : earthworks) raise(heights_m, grid, work);
  return terrain::Elevation::from_grid(bounds, grid.columns(), grid.rows(),
                                       {heights_m.begin(), heights_m.end()});
}

}  // namespace marsad::simulate
