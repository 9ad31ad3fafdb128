// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "locate/plot.h"

namespace marsad::track {

// Why the tracker did not take a plot or a whole scan.
enum class Refusal {
  no_place,        // a plot without a place, and no bearing from a known one
  not_a_number,    // a plot with a number that is none
  absurd_place,    // a plot at no place of the Earth, or farther than a plane is a frame for
  bad_covariance,  // a plot whose error is none, or of no size that can be reckoned with
  bad_class,       // a plot whose probabilities of class are none
  repeated_plot,   // the same plot again in one scan
  repeated_scan,   // a second scan of the same sensor and time, with all its plots
  too_late         // a scan older than the tracker goes back, with all its plots
};
inline constexpr std::size_t kRefusals = 8;
constexpr std::array<std::string_view, kRefusals> words(Refusal) {
  return {"no_place",  "not_a_number",  "absurd_place",  "bad_covariance",
          "bad_class", "repeated_plot", "repeated_scan", "too_late"};
}

// How many were refused since the tracker began, by reason: plots, or scans for the last two.
struct RefusedCounts {
  std::array<std::uint64_t, kRefusals> count{};

  std::uint64_t& operator[](Refusal reason) { return count[static_cast<std::size_t>(reason)]; }
  std::uint64_t operator[](Refusal reason) const { return count[static_cast<std::size_t>(reason)]; }
  bool operator==(const RefusedCounts&) const = default;
};

// What is wrong with the plot by itself; none where nothing is.
std::optional<Refusal> wrong_with(const locate::Plot& plot);

// Whether a place of the tracker's plane is not so far off that a plane is no frame for it.
bool in_reach_of_plane(double e_m, double n_m);

}  // namespace marsad::track
