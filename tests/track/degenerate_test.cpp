// SPDX-License-Identifier: Apache-2.0
// The tracker on plots that no sensor should make, but some will.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <utility>

#include "tests/track/covariance.h"
#include "tests/track/world.h"
#include "track/tracker.h"

namespace marsad::track {
namespace {

using test::Dice;

// Planes in ordinary places, at the poles, and where longitudes turn over.
geo::LocalFrame any_plane() {
  constexpr double kPi = std::numbers::pi;
  return geo::LocalFrame(
      *rc::gen::element(geo::Geodetic{0.62, 0.72, 0}, geo::Geodetic{kPi / 2, 0, 0},
                        geo::Geodetic{-kPi / 2, 1, 0}, geo::Geodetic{0, kPi, 3000}));
}

// Errors from a millimetre to a hundred kilometres, round or as good as a line.
geo::CovEn any_covariance(Dice& dice) {
  const double major_m = std::pow(10, dice.uniform(-3, 4.9));
  const double minor_m = std::max(1e-3, major_m * std::pow(10, dice.uniform(-6, 0)));
  const double angle = dice.uniform(0, std::numbers::pi);
  const double c = std::cos(angle), s = std::sin(angle);
  const double a = major_m * major_m, b = minor_m * minor_m;
  return {a * c * c + b * s * s, (a - b) * c * s, a * s * s + b * c * c};
}

// Plots all at one point, or some metres or as much of the world as a plane may hold apart.
std::vector<Scan> any_scans(const geo::LocalFrame& plane, Dice& dice) {
  const double middle_m = *rc::gen::element(0.0, 1e4, 1e6);
  const double spread_m = *rc::gen::element(0.0, 10.0, 3e5);
  const double step_s = *rc::gen::element(1e-6, 0.1, 2.0, 1000.0);
  const char* const sensors[] = {"T1", "T2", "T3"};
  std::vector<Scan> scans;
  for (int look = 0; look < 25; ++look) {
    std::vector<locate::Plot> plots;
    for (int i = dice.poisson(6); i > 0; --i) {
      locate::Plot made;
      const double e = middle_m + spread_m * dice.normal(), n = spread_m * dice.normal();
      if (dice.uniform() < 0.7) {
        made.place = plane.to_geodetic({e, n, 0});
        made.cov_m2 = any_covariance(dice);
        if (dice.uniform() < 0.5) made.bias_cov_m2 = any_covariance(dice);
      } else {
        made.from = plane.to_geodetic({e - 100, n - 100, 0});
        made.bearing_rad = dice.uniform(0, 2 * std::numbers::pi);
        made.bearing_sigma_rad = std::pow(10, dice.uniform(-6, -0.5));
        made.bearing_bias_sigma_rad = made.bearing_sigma_rad * dice.uniform();
      }
      made.classes = {dice.uniform(), dice.uniform(), 0, 0, 0, dice.uniform()};
      made.cause = {std::uint64_t(look), std::uint32_t(i)};
      plots.push_back(made);
    }
    scans.push_back(test::scan(sensors[look % 3], step_s * look, plots));
  }
  return scans;
}

bool sound(const Track& track) {
  return std::isfinite(track.place.lat_rad) && std::isfinite(track.place.lon_rad) &&
         std::isfinite(track.place.height_m) && std::isfinite(track.ve_mps) &&
         std::isfinite(track.vn_mps) && track.existence >= 0 && track.existence <= 1 &&
         test::is_covariance(track.cov);
}

RC_GTEST_PROP(DegeneratePlots, LeaveEveryTrackFiniteWithACovariance, ()) {
  const geo::LocalFrame plane = any_plane();
  Dice dice(*rc::gen::arbitrary<std::uint64_t>());
  const Visibility always = [](const sensor::SensorId&, geo::Geodetic, sensor::MoverClass) {
    return 0.8;
  };
  Tracker tracker({}, plane, *rc::gen::arbitrary<bool>() ? always : Visibility{});
  for (const Scan& look : any_scans(plane, dice)) {
    tracker.process(look);
    for (const Track& track : tracker.tracks()) RC_ASSERT(sound(track));
  }
}

template <class T>
void shuffle(std::vector<T>& all, Dice& dice) {
  for (std::size_t i = all.size(); i > 1; --i) {
    std::swap(all[i - 1], all[std::size_t(dice.uniform() * double(i))]);
  }
}

RC_GTEST_PROP(DegeneratePlots, CountOnceInWhateverOrderALookHasThem, ()) {
  const geo::LocalFrame plane = any_plane();
  Dice dice(*rc::gen::arbitrary<std::uint64_t>());
  Tracker tracker({}, plane), other({}, plane);
  std::uint64_t repeated = 0;
  for (const Scan& look : any_scans(plane, dice)) {
    Scan shuffled = look;
    for (const locate::Plot& plot : look.plots) {
      if (dice.uniform() > 0.3) continue;
      shuffled.plots.push_back(plot);
      ++repeated;
    }
    shuffle(shuffled.plots, dice);
    tracker.process(look);
    other.process(shuffled);
    RC_ASSERT(tracker.tracks() == other.tracks());
  }
  const auto refused = [](const Tracker& of) {
    const auto& count = of.refused().count;
    return std::accumulate(count.begin(), count.end(), std::uint64_t{0});
  };
  RC_ASSERT(refused(other) == refused(tracker) + repeated);
}

}  // namespace
}  // namespace marsad::track
