// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "plan/belt.h"
#include "plan/crosser.h"
#include "sensor/camera.h"
#include "terrain/elevation.h"

namespace marsad::plan {

// A sensor as planning sees it.
struct Watcher {
  sensor::Camera camera;  // its pose is the middle of where it looks
  // The angle through which its head turns, half of it to each side; 0 where it stares.
  double sweep_rad = 0;
  // Half of the band of heights in which a balloon hangs; 0 of a tower.
  double rise_m = 0;
};

struct WatchSettings {
  double extinction_per_km = 0.2;
  double contrast = 1;  // of movers at that time of day, over the usual
  // Looks so far apart fail or find independently of each other; soon after each other they fail
  // alike.
  double look_s = 2;
};

// The probability that a look makes a track, of one plot's: at least three plots of five tries,
// which is what the tracker confirms a track by.
double track_probability(double plot_probability);

// How fast one at a place who walks that way, east and north, moves in the picture, pixels a
// second.
double picture_speed_px_per_s(const sensor::Camera& camera, const geo::Geodetic& place,
                              const geo::Enu& way, double speed_mps);

// What one watcher sees of a belt: its cells in order, and how likely movers in them are found.
class Watch {
 public:
  struct Cell {
    std::uint32_t index = 0;  // in the belt
    float range_m = 0;
    // By kind of crosser: at how many of the watcher's heights at least half of one there is in
    // sight; and what is left of its contrast, at the most of these heights, before what is behind
    // it (coverage::contrast_there) and for as fast as one who crosses straight over the belt moves
    // in the picture (coverage::contrast_left).
    std::array<std::uint8_t, kCrosserKinds> in_sight{};
    std::array<float, kCrosserKinds> contrast_left{};
  };

  Watch(const Belt& belt, const terrain::Elevation& elevation, const Watcher& watcher,
        const WatchSettings& settings);

  const std::vector<Cell>& cells() const { return cells_; }

  // The same sights in other air, which must not be clearer than that it was made for: what was
  // out of reach there is not in its cells.
  void set_air(double extinction_per_km);

  // How often in a second, on average, a crosser in the cell is found anew, which is that three
  // plots of one look make a track; while it stays for a time t it is found with probability
  // 1 - exp(-rate t).
  double rate_ps(const Cell& cell, std::size_t kind, std::size_t level) const;

  // The share of the time that a crosser in the cell is in frame, where one look finds it at least
  // by half on a night of usual contrast; else 0.
  double watched_share(const Cell& cell, std::size_t kind) const;

 private:
  static constexpr std::size_t kBins = 256;

  // By how much a plot's signal is above what it takes (sensor::detection_margin): of no contrast,
  // and what a contrast as usual adds.
  struct Margin {
    float of_none = 0;
    float of_usual = 0;
  };

  void find_margins();

  Watcher watcher_;
  WatchSettings settings_;
  std::array<std::array<Margin, kBins + 1>, kCrosserKinds> margins_{};  // by range
  double share_ = 0;  // of the time that one height has a place in frame
  double bin_m_ = 0;  // nothing is found beyond the last
  std::vector<Cell> cells_;
};

// What a watcher gives a crosser on a straight way through each column: add(its sums, cell,
// kind, how many seconds one of the kind is in the cell), for each cell and kind.
template <class Sums, class Add>
Sums by_column(const Belt& belt, const Watch& watch, Add add) {
  Sums sums;
  if (watch.cells().empty()) return sums;
  sums.first_column = belt.column_of(watch.cells().front().index);
  sums.of_column.resize(belt.column_of(watch.cells().back().index) - sums.first_column + 1);
  for (const Watch::Cell& cell : watch.cells()) {
    auto& column = sums.of_column[belt.column_of(cell.index) - sums.first_column];
    for (std::size_t kind = 0; kind < kCrosserKinds; ++kind) {
      add(column[kind], cell, kind, belt.row_m() / kCrossers[kind].speed_mps);
    }
  }
  return sums;
}

// How many chances a crosser on a straight way through each column gives a watcher: the sum of
// rate × time. It is found with probability 1 - exp(-chances).
struct Chances {
  std::size_t first_column = 0;
  // By column from the first.
  std::vector<PerKindAndLevel<float>> of_column;
};
Chances chances(const Belt& belt, const Watch& watch);

}  // namespace marsad::plan
