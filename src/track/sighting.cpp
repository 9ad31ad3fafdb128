// SPDX-License-Identifier: Apache-2.0
#include "track/sighting.h"

#include <algorithm>
#include <optional>
#include <tuple>

namespace marsad::track {
namespace {

auto order_of(const Sighting& s) {
  return std::tie(s.e_m, s.n_m, s.root.e, s.root.ne, s.root.n, s.frame, s.index);
}

// The covariance as it can be reckoned with: no narrower than a centimetre, nor than one part in
// ten thousand of its length. What is smaller is lost among the rounding of what is large.
geo::CovEn widened(const geo::CovEn& cov) {
  constexpr double kLeast_m2 = 1e-4, kLeastShape = 1e-8;
  const double sum = cov.ee + cov.nn;
  const double least = std::max(kLeast_m2, kLeastShape * sum);
  const bool narrow = cov.ee * cov.nn - cov.en * cov.en < least * sum;
  return narrow ? cov + geo::CovEn{least, 0, least} : cov;
}

std::array<float, sensor::kMoverClasses> in_floats(const sensor::ClassProbabilities& classes) {
  std::array<float, sensor::kMoverClasses> out{};
  std::transform(classes.begin(), classes.end(), out.begin(),
                 [](double probability) { return static_cast<float>(probability); });
  return out;
}

}  // namespace

std::vector<Sighting> sightings_of(const std::vector<locate::Plot>& plots,
                                   const geo::LocalFrame& frame, RefusedCounts& refused) {
  std::vector<Sighting> sightings;
  sightings.reserve(plots.size());
  for (const locate::Plot& plot : plots) {
    if (!plot.place) continue;
    if (const std::optional<Refusal> wrong = wrong_with(plot)) {
      ++refused[*wrong];
      continue;
    }
    const geo::Enu at = frame.to_enu(*plot.place);
    if (!in_reach_of_plane(at.east, at.north)) {
      ++refused[Refusal::absurd_place];
      continue;
    }
    sightings.push_back({at.east,
                         at.north,
                         CovRoot::of(widened(plot.cov_m2)),
                         CovRoot::of(plot.bias_cov_m2),
                         static_cast<float>(plot.place->height_m),
                         plot.in_air,
                         plot.cause.index,
                         plot.cause.frame,
                         {},
                         in_floats(plot.classes)});
  }
  std::sort(sightings.begin(), sightings.end(),
            [](const Sighting& a, const Sighting& b) { return order_of(a) < order_of(b); });
  const auto repeated =
      std::unique(sightings.begin(), sightings.end(),
                  [](const Sighting& a, const Sighting& b) { return order_of(a) == order_of(b); });
  refused[Refusal::repeated_plot] += std::uint64_t(sightings.end() - repeated);
  sightings.erase(repeated, sightings.end());
  return sightings;
}

}  // namespace marsad::track
