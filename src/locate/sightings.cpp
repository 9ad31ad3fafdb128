// SPDX-License-Identifier: Apache-2.0
#include "locate/sightings.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "geo/local_frame.h"

namespace marsad::locate {
namespace {

// Sightings closer together than this in the picture are in one direction.
constexpr double kLeastSpread_px = 30;
// Pointings tried, at most; more pairs than this are thinned evenly.
constexpr std::size_t kMostTried = 4000;
// All pairs of pixels are looked at, so there must not be more than this.
constexpr std::size_t kMostPixels = 3000;
// A sighting agrees within this many sigmas; two Gaussians are beyond once in 3000 times.
constexpr double kAgrees = 4;
// A pointing of two sightings is off by some sigmas at the third.
constexpr double kAgreesAtFirst = 4 * kAgrees;
// Another pointing with this share of as many is no worse.
constexpr double kAboutAsMany = 0.8;

base::Error refusal(std::string why) { return {"calibration", std::move(why)}; }

geo::Enu cross(geo::Enu a, geo::Enu b) {
  return {a.north * b.up - a.up * b.north, a.up * b.east - a.east * b.up,
          a.east * b.north - a.north * b.east};
}

geo::Enu unit(geo::Enu a) { return (1 / norm(a)) * a; }

// Three directions square to each other, of two.
std::array<geo::Enu, 3> triad(geo::Enu first, geo::Enu second) {
  const geo::Enu across = unit(cross(first, second));
  return {first, across, cross(first, across)};
}

// A sighting's pixel.
struct View {
  std::size_t sighting = 0;
  std::size_t pixel = 0;
};

// A pointing and the pixels that agree with it.
struct Hypothesis {
  sensor::Pose pose;
  std::vector<View> views;
  double misfit = std::numeric_limits<double>::infinity();
};

class Estimator {
 public:
  Estimator(const sensor::Camera& camera, std::span<const Sighting> sightings,
            const SightingSettings& settings)
      : camera_(camera), model_(camera.model), sightings_(sightings), settings_(settings) {
    for (const Sighting& one : sightings) {
      directions_.push_back(direction(one, camera.pose.position));
      sigmas_px_.push_back(sigma_px(one));
    }
  }

  base::Result<PointingFit> run() {
    Hypothesis best = most_agreed();
    if (auto wrong = too_few(best.views)) return *wrong;
    std::optional<LeastSquaresFit> fit;
    for (int round = 0; round < 4; ++round) {
      if (auto wrong = too_close(best.views)) return *wrong;
      fit = refine(best);
      if (!fit) return refusal("the sightings don't tell the pointing");
      best.pose = pose_at(fit->unknowns);
      if (settings_.find_focal) model_ = model_at(fit->unknowns);
      std::vector<View> agreed = agreeing(best.pose, kAgrees).views;
      if (auto wrong = too_few(agreed)) return *wrong;
      const bool same =
          std::equal(agreed.begin(), agreed.end(), best.views.begin(), best.views.end(),
                     [](View a, View b) { return a.sighting == b.sighting && a.pixel == b.pixel; });
      if (same) break;
      best.views = std::move(agreed);
    }
    if (rival_) return *rival_;
    return told(best, *fit);
  }

 private:
  geo::Enu direction(const Sighting& sighting, geo::Geodetic from) const {
    return terrain::direction_to(from, sighting.place, settings_.refraction);
  }

  // The larger of the errors a sighting has across the line of sight, of pixel and place.
  double sigma_px(const Sighting& sighting) const {
    const geo::Enu off = geo::LocalFrame(camera_.pose.position).to_enu(sighting.place);
    const double per_m = model_.focal_px() / norm(off);
    const double level = std::hypot(off.east, off.north);
    const double e = -off.north / level, n = off.east / level;
    const geo::CovEn& cov = sighting.place_cov_m2;
    const double across_m2 = e * e * cov.ee + 2 * e * n * cov.en + n * n * cov.nn;
    const double place_m2 = std::max(across_m2, sighting.height_sigma_m * sighting.height_sigma_m);
    return std::sqrt(sighting.sigma_px * sighting.sigma_px + place_m2 * per_m * per_m);
  }

  // All pairs of pixels of different sightings whose angle apart fits, and their pointings.
  Hypothesis most_agreed() {
    std::vector<View> views;
    for (std::size_t i = 0; i < sightings_.size(); ++i) {
      for (std::size_t k = 0; k < sightings_[i].pixels.size(); ++k) views.push_back({i, k});
    }
    std::vector<std::pair<View, View>> pairs;
    for (std::size_t a = 0; a < views.size(); ++a) {
      for (std::size_t b = a + 1; b < views.size(); ++b) {
        if (views[a].sighting != views[b].sighting && fits(views[a], views[b])) {
          pairs.emplace_back(views[a], views[b]);
        }
      }
    }
    const std::size_t stride = 1 + pairs.size() / kMostTried;
    std::vector<Hypothesis> tried;
    for (std::size_t i = 0; i < pairs.size(); i += stride) {
      const sensor::Pose pose = pose_by(pairs[i].first, pairs[i].second);
      const geo::Enu now = sensor::enu_from_camera(pose, {});
      const geo::Enu told = sensor::enu_from_camera(camera_.pose, {});
      if (std::acos(std::clamp(dot(now, told), -1.0, 1.0)) > settings_.most_turned_rad) continue;
      tried.push_back(agreeing(pose, at_first()));
    }
    if (tried.empty()) return {};
    const auto best = std::min_element(
        tried.begin(), tried.end(),
        [](const Hypothesis& a, const Hypothesis& b) { return a.misfit < b.misfit; });
    note_rival(*best, tried);
    return *best;
  }

  double at_first() const { return settings_.find_focal ? 4 * kAgreesAtFirst : kAgreesAtFirst; }

  double apart(geo::Enu a, geo::Enu b) const { return std::atan2(norm(cross(a, b)), dot(a, b)); }

  geo::Enu in_camera(View view) const {
    const sensor::CameraRay ray = model_.ray(sightings_[view.sighting].pixels[view.pixel]);
    return {ray.x, ray.y, ray.z};
  }

  bool fits(View a, View b) const {
    const double world = apart(directions_[a.sighting], directions_[b.sighting]);
    const double seen = apart(in_camera(a), in_camera(b));
    const double focal = model_.focal_px();
    if (std::min(world, seen) * focal < kLeastSpread_px) return false;
    const double sigma = std::hypot(sigmas_px_[a.sighting], sigmas_px_[b.sighting]) / focal;
    return std::abs(world - seen) < at_first() * sigma + (settings_.find_focal ? 0.2 * world : 0);
  }

  // The pointing that takes one pixel to its place and the other as near as it goes.
  sensor::Pose pose_by(View a, View b) const {
    const auto world = triad(directions_[a.sighting], directions_[b.sighting]);
    const auto seen = triad(in_camera(a), in_camera(b));
    const auto axis = [&](double geo::Enu::* component) {
      return seen[0].*component * world[0] + seen[1].*component * world[1] +
             seen[2].*component * world[2];
    };
    return pose_of(camera_.pose.position,
                   {axis(&geo::Enu::east), axis(&geo::Enu::north), axis(&geo::Enu::up)});
  }

  // Distance of a sighting's pixel from where a pointing shows its place; none behind the camera.
  std::optional<sensor::Pixel> off_px(const sensor::CameraModel& model, const sensor::Pose& pose,
                                      View view, geo::Enu direction) const {
    const auto shown = model.project(sensor::camera_from_enu(pose, direction));
    if (!shown) return std::nullopt;
    const sensor::Pixel seen = sightings_[view.sighting].pixels[view.pixel];
    return sensor::Pixel{seen.u - shown->u, seen.v - shown->v};
  }

  Hypothesis agreeing(const sensor::Pose& pose, double sigmas) const {
    Hypothesis out{pose, {}, 0};
    for (std::size_t i = 0; i < sightings_.size(); ++i) {
      std::optional<View> nearest;
      double least = sigmas;
      for (std::size_t k = 0; k < sightings_[i].pixels.size(); ++k) {
        const auto off = off_px(model_, pose, {i, k}, directions_[i]);
        const double far = off ? std::hypot(off->u, off->v) / sigmas_px_[i] : sigmas;
        if (far < least) least = far, nearest = View{i, k};
      }
      out.misfit += least * least;
      if (nearest) out.views.push_back(*nearest);
    }
    return out;
  }

  // Where it was not told which pixel is which, another pointing may fit about as well, by other
  // pixels.
  void note_rival(const Hypothesis& best, const std::vector<Hypothesis>& tried) {
    std::vector<std::optional<std::size_t>> taken(sightings_.size());
    for (const View view : best.views) taken[view.sighting] = view.pixel;
    for (const Hypothesis& other : tried) {
      const auto others = std::count_if(other.views.begin(), other.views.end(), [&](View view) {
        return sightings_[view.sighting].pixels.size() > 1 && taken[view.sighting] != view.pixel;
      });
      if (static_cast<double>(others) > kAboutAsMany * static_cast<double>(best.views.size())) {
        rival_ = refusal(fmt::format(
            "two pointings {:.2f} degrees apart fit about as many of the {} sightings; expected "
            "more of them, further apart",
            geo::degrees(apart(sensor::enu_from_camera(best.pose, {}),
                               sensor::enu_from_camera(other.pose, {}))),
            sightings_.size()));
        return;
      }
    }
  }

  std::optional<base::Error> too_few(const std::vector<View>& views) const {
    const std::size_t all = sightings_.size();
    std::size_t least = std::max<std::size_t>({2, std::min<std::size_t>(all, 3), all / 2 + 1});
    if (settings_.find_focal) least = std::max<std::size_t>(least, 4);
    if (views.size() >= least) return std::nullopt;
    if (auto close = too_close_all()) return close;
    return refusal(
        fmt::format("only {} of {} sightings fit one pointing; expected at least {}. "
                    "Is one at the wrong place or pixel, or the camera's place or field "
                    "of view wrong?",
                    views.size() < 2 ? 0 : views.size(), all, least));
  }

  double spread_px(const std::vector<View>& views) const {
    double widest = 0;
    for (const View a : views) {
      for (const View b : views) {
        widest = std::max(widest, apart(directions_[a.sighting], directions_[b.sighting]));
      }
    }
    return widest * model_.focal_px();
  }

  std::optional<base::Error> too_close(const std::vector<View>& views) const {
    const double spread = spread_px(views);
    if (spread >= kLeastSpread_px) return std::nullopt;
    return refusal(fmt::format(
        "the places lie all in one direction ({:.0f} px apart), which leaves the roll open; "
        "expected at least {:.0f} px",
        spread, kLeastSpread_px));
  }

  std::optional<base::Error> too_close_all() const {
    std::vector<View> all;
    for (std::size_t i = 0; i < sightings_.size(); ++i) all.push_back({i, 0});
    return too_close(all);
  }

  sensor::Pose pose_at(std::span<const double> unknowns) const {
    return {camera_.pose.position, unknowns[0], unknowns[1], unknowns[2]};
  }
  sensor::CameraModel model_at(std::span<const double> unknowns) const {
    sensor::CameraModel model = model_;
    if (settings_.find_focal) {
      model.horizontal_fov_rad = sensor::horizontal_fov_rad(model.width_px, unknowns[3]);
    }
    return model;
  }

  // Two residuals a sighting, in sigmas; the camera moved by `moved` from where it is told to be.
  std::vector<double> residuals(const std::vector<View>& views, std::span<const double> unknowns,
                                geo::Enu moved) const {
    std::vector<double> out;
    const sensor::Pose pose = pose_at(unknowns);
    const sensor::CameraModel model = model_at(unknowns);
    const geo::LocalFrame frame(camera_.pose.position);
    const bool stays = moved == geo::Enu{};
    const geo::Geodetic from = stays ? camera_.pose.position : frame.to_geodetic(moved);
    for (const View view : views) {
      const geo::Enu way =
          stays ? directions_[view.sighting] : direction(sightings_[view.sighting], from);
      const auto off = off_px(model, pose, view, way);
      const double sigma = sigmas_px_[view.sighting];
      constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
      out.push_back(off ? off->u / sigma : kNone);
      out.push_back(off ? off->v / sigma : kNone);
    }
    return out;
  }

  std::optional<LeastSquaresFit> refine(const Hypothesis& from) const {
    LeastSquares problem;
    problem.residuals = [&](std::span<const double> unknowns) {
      return residuals(from.views, unknowns, {});
    };
    problem.start = {from.pose.azimuth_rad, from.pose.elevation_rad, from.pose.roll_rad};
    const double pixel_rad = 1 / model_.focal_px();
    problem.steps = {0.1 * pixel_rad, 0.1 * pixel_rad, pixel_rad};
    if (settings_.find_focal) {
      problem.start.push_back(model_.focal_px());
      problem.steps.push_back(1e-4 * model_.focal_px());
    }
    problem.robust = 2 * from.views.size();
    problem.sure = 2.5;  // gross errors are out already
    return solve(problem);
  }

  PointingFit told(const Hypothesis& best, const LeastSquaresFit& fit) const {
    PointingFit out;
    out.pose = best.pose;
    out.model = model_;
    out.used = best.views.size();
    double sum2_px = 0, sum2 = 0;
    for (std::size_t i = 0; i < fit.residuals.size(); ++i) {
      const double sigma = sigmas_px_[best.views[i / 2].sighting];
      sum2 += fit.residuals[i] * fit.residuals[i];
      sum2_px += std::pow(fit.residuals[i] * sigma, 2);
    }
    out.residual_rms_px = std::sqrt(sum2_px / static_cast<double>(best.views.size()));
    // Where the residuals are larger than told, so are the errors.
    const std::size_t unknowns = fit.unknowns.size();
    const double freedom = static_cast<double>(fit.residuals.size() - unknowns);
    const double larger = freedom > 0 ? std::max(1.0, sum2 / freedom) : 1;
    const CovPointing by_place = place_error(fit, camera_.sigma, [&](geo::Enu moved) {
      return residuals(best.views, fit.unknowns, moved);
    });
    for (std::size_t i = 0; i < 3; ++i) {
      for (std::size_t j = 0; j < 3; ++j) {
        out.cov_rad2[i][j] = larger * fit.covariance[i * unknowns + j] + by_place[i][j];
      }
    }
    if (settings_.find_focal) out.focal_sigma_px = std::sqrt(larger * fit.covariance[15]);
    std::size_t next = 0;
    for (std::size_t i = 0; i < sightings_.size(); ++i) {
      const bool agrees = next < best.views.size() && best.views[next].sighting == i;
      if (agrees) ++next;
      if (!agrees) out.outliers.push_back(sightings_[i].name);
    }
    return out;
  }

  const sensor::Camera& camera_;
  sensor::CameraModel model_;
  std::span<const Sighting> sightings_;
  SightingSettings settings_;
  std::vector<geo::Enu> directions_;
  std::vector<double> sigmas_px_;
  std::optional<base::Error> rival_;
};

bool in_frame(const sensor::CameraModel& model, sensor::Pixel pixel) {
  return pixel.u >= -0.5 && pixel.v >= -0.5 && pixel.u <= model.width_px - 0.5 &&
         pixel.v <= model.height_px - 0.5;
}

}  // namespace

base::Result<PointingFit> pointing_from_sightings(const sensor::Camera& camera,
                                                  std::span<const Sighting> sightings,
                                                  const SightingSettings& settings) {
  const std::size_t least = settings.find_focal ? 4 : 2;
  if (sightings.size() < least) {
    return refusal(fmt::format("{} sighting{}; expected at least {}", sightings.size(),
                               sightings.size() == 1 ? "" : "s", least));
  }
  std::size_t pixels = 0;
  for (const Sighting& one : sightings) pixels += one.pixels.size();
  if (pixels > kMostPixels) {
    return refusal(
        fmt::format("{} pixels; expected {} at most, so take a part of them", pixels, kMostPixels));
  }
  for (const Sighting& one : sightings) {
    const geo::Enu off = geo::LocalFrame(camera.pose.position).to_enu(one.place);
    if (std::hypot(off.east, off.north) < 1) {
      return refusal(fmt::format("{} is where the camera stands", one.name));
    }
    for (const sensor::Pixel pixel : one.pixels) {
      if (in_frame(camera.model, pixel)) continue;
      return refusal(fmt::format("{} is at pixel {:g}, {:g}, out of the frame of {} by {}",
                                 one.name, pixel.u, pixel.v, camera.model.width_px,
                                 camera.model.height_px));
    }
  }
  return Estimator(camera, sightings, settings).run();
}

}  // namespace marsad::locate
