// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "plan/crosser.h"
#include "terrain/elevation.h"

namespace marsad::bench {

// Made ground on which crossings are tried: level, and hills that hide walkers here and there.
std::vector<std::shared_ptr<const terrain::Elevation>> made_grounds(int hilly, std::uint64_t seed);

// One simulated crossing: who, how far from the camera, and the night.
struct Crossing {
  std::size_t kind = 0;  // of plan::kCrossers
  double range_m = 0;    // from the camera's mast to the middle of the way
  double way_rad = 0;    // of the crosser, against the line of sight; π/2: across the picture
  double mast_m = 30;
  double netd_K = 0.05;
  double extinction_per_km = 0.2;
  double contrast = 1;  // of movers over the usual, on that night
  double azimuth_rad = 0;
  double east_m = 0, north_m = 0;  // of the mast
  double lens_deg = 12;            // over 640 pixels
  std::uint64_t seed = 1;
  std::shared_ptr<const terrain::Elevation> ground;
};

// What was predicted of a crossing, and what the program made of its pictures.
struct Trial {
  double predicted = 0;      // by the ledger, which doesn't know the night's contrast
  double known = 0;          // by the ledger at that night's contrast
  double look = 0;           // by the visibility model, of one look at the middle, at that contrast
  bool tracked = false;      // a confirmed track was fed by a detection that lies on the crosser
  int detected = 0;          // frames with a detection that lies on the crosser
  int frames = 0;            // in which the crosser is in the belt and in the picture
  std::uint32_t recent = 0;  // bit by bit, whether the last five of these had one
  bool confirmed = false;    // three of five in a row had one, which is what confirms a track

  // Whether one of this kind counts as found. One camera gives what flies no place and so no track;
  // it is found where its detections would confirm one.
  bool is_found(std::size_t kind) const {
    return plan::kCrossers.at(kind).above_ground_m > 0 ? confirmed : tracked;
  }
};

// Draws the pictures of a camera before which one crosses a narrow belt, runs them through
// detection, location and tracking as the program does, and asks the ledger of the same belt. The
// camera is a window of 128 by 96 pixels at 10 frames a second. How warm movers are is the ledger's
// assumption, which no simulation tells: the noise is drawn so that the crosser radiates as much
// over it as the ledger's usual one on a night of that contrast.
Trial try_crossing(const Crossing& crossing);

}  // namespace marsad::bench
