// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/time.h"
#include "track/cov_root.h"
#include "track/fetch.h"
#include "track/motion.h"
#include "track/sightline.h"

namespace marsad::track {

// Two sensors place one mover apart by the difference of their biases (pointing, elevation), the
// same in every plot. One mover's track is kept in the frame of one sensor, the anchor, and holds
// for each other sensor that sees it an estimate of how far that one's plots lie off. Without this
// a track seen by two sensors would jump to and fro, or shut one of them out once it is sure.
class SensorOffsets {
 public:
  // Where this sensor's plot lies in the anchor's frame, the offset's uncertainty added.
  Position to_anchor(const Position& seen, const geo::CovEn& bias_cov_m2, std::uint32_t sensor,
                     base::Time time, double memory_s) const;

  // Learns from a plot taken into the track. `predicted` is the track before.
  void learn(const Kinematics& predicted, const Position& seen, const geo::CovEn& bias_cov_m2,
             std::uint32_t sensor, base::Time time, double memory_s);

  // The same for what is seen on a line: it tells of the offset across the line alone, where
  // `bias_cov_m2` is, and never makes its sensor the anchor.
  Sightline to_anchor(const Sightline& seen, const geo::CovEn& bias_cov_m2, std::uint32_t sensor,
                      base::Time time, double memory_s) const;
  void learn(const Kinematics& predicted, const Sightline& seen, const geo::CovEn& bias_cov_m2,
             std::uint32_t sensor, base::Time time, double memory_s);

  // Makes this sensor the anchor where the old one has not seen the mover for a while; moves the
  // track into the new frame.
  void anchor(Motion& motion, std::uint32_t sensor, base::Time time);

  // Asks for the memory of it, which is soon read.
  void fetch() const { track::fetch(kept_.data(), kept_.size() * sizeof(Kept)); }

 private:
  struct Offset {
    std::uint32_t sensor = 0;
    bool of_lines = false;  // nothing is known of it but across some lines
    base::Time time;        // newest plot
    double e_m = 0;
    double n_m = 0;
    geo::CovEn cov_m2;
    geo::CovEn bias_cov_m2;
  };
  // The same as it is kept, small: each mover has some, in each state of the past.
  struct Kept {
    std::uint32_t sensor = 0;
    bool of_lines = false;
    base::Time time;
    float e_m = 0;
    float n_m = 0;
    CovRoot root;
    CovRoot bias_root;

    explicit Kept(const Offset& offset);
    Offset offset() const;
  };

  // What is kept of the sensor, if anything.
  std::optional<Offset> find(std::uint32_t sensor) const;
  bool is_anchor(std::uint32_t sensor) const { return kept_.front().sensor == sensor; }
  // The sensor's offset as believed at `time`, with or without one `known`: what was learnt fades
  // to the biases' difference.
  Offset believed(const std::optional<Offset>& known, const geo::CovEn& bias_cov_m2,
                  std::uint32_t sensor, base::Time time, double memory_s) const;
  // The same for a plot with a place, and for a line.
  Offset believed_of_place(const geo::CovEn& bias_cov_m2, std::uint32_t sensor, base::Time time,
                           double memory_s) const;
  Offset believed_of_line(const geo::CovEn& bias_cov_m2, std::uint32_t sensor, base::Time time,
                          double memory_s) const;
  void keep(Offset offset);

  std::vector<Kept> kept_;  // the anchor first
};

}  // namespace marsad::track
