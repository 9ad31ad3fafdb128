// SPDX-License-Identifier: Apache-2.0
#include "locate/skyline.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "locate/horizon_curve.h"
#include "locate/skyline_search.h"

namespace marsad::locate {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kGuesses = 6;
// An edge is taken for the horizon within so many pixels of it, at first and later, and always
// within so many times what it may be off.
constexpr std::array<double, 6> kGates_px = {14, 9, 6, 4, 3, 3};
constexpr double kLastGate = 3;
// It may be off by a pixel and the elevation model's errors, at most by this.
constexpr double kMostOff_px = 3;
// Of the columns in which the horizon lies, so many must show it there, and nearer to it than edges
// would be by chance: share times how much nearer.
constexpr double kLeastShare = 0.5;
constexpr double kLeastQuality = 0.42;
// And so many of all columns must have it.
constexpr double kLeastColumns = 0.2;
// A picture holds no more independent pieces of skyline than this, however little they seem to err
// alike: what errors of neighbours the fit itself takes up can't be seen any more.
constexpr double kMostPieces = 20;
// What an edge's place is off everywhere alike, by how the picture falls off on its two sides.
constexpr double kEdgeBias_px = 0.5;
// Another pointing whose misfit is less than so many times as large is no worse.
constexpr double kNoWorse = 1.25;

base::Error refusal(std::string why) { return {"skyline", std::move(why)}; }

// Cosine of a curve's slope: what a distance along the column is across the curve.
double square(const Curve& rows, std::size_t i) {
  const std::size_t left = i > 0 ? i - 1 : i, right = i + 1 < rows.size() ? i + 1 : i;
  const double slope = (rows[right] - rows[left]) / static_cast<double>(right - left);
  return std::isnan(slope) ? 1 : 1 / std::sqrt(1 + slope * slope);
}

// A pointing refined, and the edges it rests on.
struct Refined {
  LeastSquaresFit fit;
  Curve rows;
  std::vector<std::optional<SkyEdge>> edges;  // none where a column has none
  std::size_t used = 0;
  std::size_t expected = 0;  // columns with the horizon in frame
  double misfit = 0;         // of the expected columns, px² each, cut at the gate

  double share() const {
    return expected > 0 ? static_cast<double>(used) / static_cast<double>(expected) : 0;
  }
  // Of a column's edge from the horizon, across it; NaN where there is none.
  double off_px(std::size_t i) const {
    return edges[i] ? (edges[i]->v_px - rows[i]) * square(rows, i) : kNone;
  }
};

class Matcher {
 public:
  Matcher(const sensor::Camera& camera, const HorizonCurve& curve,
          const std::vector<std::vector<SkyEdge>>& edges, const SkylineSettings& settings)
      : camera_(camera),
        curve_(curve),
        edges_(edges),
        settings_(settings),
        off_px_(std::min(kMostOff_px,
                         std::hypot(1, settings.elevation_sigma_m * camera.model.focal_px() /
                                           std::max(1.0, curve.median_range_m())))) {}

  std::optional<Refined> best() {
    const auto guesses =
        search_skyline(curve_, camera_.model, camera_.pose, settings_.search_rad, edges_, kGuesses);
    std::optional<Refined> best;
    for (const SkylineGuess& guess : guesses) {
      auto refined = refine(guess.pose);
      if (!refined) continue;
      if (!best || refined->misfit < best->misfit) best = *refined;
      all_.push_back(*std::move(refined));
    }
    return best;
  }

  // How far in azimuth pointings lie that fit about as well.
  double rivals_rad(const Refined& best) const {
    double far = 0;
    for (const Refined& one : all_) {
      if (one.misfit > kNoWorse * best.misfit || !is_within(one)) continue;
      far = std::max(far, std::abs(one.fit.unknowns[0] - best.fit.unknowns[0]));
    }
    return far;
  }

  bool is_within(const Refined& one) const {
    const std::array<double, 3> told = {camera_.pose.azimuth_rad, camera_.pose.elevation_rad,
                                        camera_.pose.roll_rad};
    for (std::size_t i = 0; i < 3; ++i) {
      if (std::abs(one.fit.unknowns[i] - told[i]) > 1.02 * settings_.search_rad) return false;
    }
    return true;
  }

  CovPointing covariance(const Refined& best) const {
    sensor::PoseSigma sigma = camera_.sigma;
    sigma.height_m = std::hypot(sigma.height_m, settings_.elevation_sigma_m);
    CovPointing cov = place_error(best.fit, sigma, [&](geo::Enu metres) {
      const HorizonCurve moved = curve_.moved(metres);
      return residuals(moved, best.edges, best.fit.unknowns, scale(best));
    });
    for (std::size_t i = 0; i < 3; ++i) {
      for (std::size_t j = 0; j < 3; ++j) cov[i][j] += best.fit.covariance[3 * i + j];
    }
    const double rivals = rivals_rad(best);
    cov[0][0] += rivals * rivals;
    cov[1][1] += std::pow(kEdgeBias_px / camera_.model.focal_px(), 2);
    return cov;
  }

  static double rms_px(const Refined& best) {
    double sum = 0, count = 0;
    for (std::size_t i = 0; i < best.rows.size(); ++i) {
      if (std::isnan(best.off_px(i))) continue;
      sum += best.off_px(i) * best.off_px(i);
      ++count;
    }
    return std::sqrt(sum / std::max(1.0, count));
  }

  // Share of the columns that show the horizon, times how much nearer than by chance their edges
  // are to it: chance spreads them evenly over the gate.
  double quality(const Refined& best) const {
    const double by_chance = last_gate_px() / std::sqrt(3);
    return best.share() * (1 - rms_px(best) / by_chance);
  }

 private:
  double last_gate_px() const { return kLastGate * off_px_; }

  sensor::Pose pose_at(std::span<const double> unknowns) const {
    return {camera_.pose.position, unknowns[0], unknowns[1], unknowns[2]};
  }

  // For each column the edge nearest to a curve.
  std::vector<std::optional<SkyEdge>> nearest(const Curve& rows, double gate_px) const {
    std::vector<std::optional<SkyEdge>> out(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      double least = gate_px / square(rows, i);
      for (const SkyEdge& edge : edges_[i]) {
        const double far = std::abs(edge.v_px - rows[i]);
        if (far < least) least = far, out[i] = edge;
      }
    }
    return out;
  }

  // In sigmas, each column's so many times as large as its edge tells.
  std::vector<double> residuals(const HorizonCurve& curve,
                                const std::vector<std::optional<SkyEdge>>& edges,
                                std::span<const double> unknowns, double larger) const {
    const Curve rows = curve.rows(pose_at(unknowns));
    std::vector<double> out;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      out.push_back(edges[i] ? (edges[i]->v_px - rows[i]) * square(rows, i) /
                                   (edges[i]->sigma_px * larger)
                             : kNone);
    }
    // What the site says holds the pointing within the search where the skyline doesn't.
    out.push_back((unknowns[0] - camera_.pose.azimuth_rad) / settings_.search_rad);
    out.push_back((unknowns[1] - camera_.pose.elevation_rad) / settings_.search_rad);
    out.push_back((unknowns[2] - camera_.pose.roll_rad) / settings_.search_rad);
    return out;
  }

  std::optional<LeastSquaresFit> fit(const sensor::Pose& start,
                                     const std::vector<std::optional<SkyEdge>>& edges,
                                     double larger) const {
    LeastSquares problem;
    problem.residuals = [&](std::span<const double> unknowns) {
      return residuals(curve_, edges, unknowns, larger);
    };
    problem.start = {start.azimuth_rad, start.elevation_rad, start.roll_rad};
    const double pixel_rad = 1 / camera_.model.focal_px();
    problem.steps = {0.5 * pixel_rad, 0.2 * pixel_rad, pixel_rad};
    problem.robust = edges.size();
    return solve(problem);
  }

  std::optional<Refined> refine(sensor::Pose pose) const {
    Refined out;
    for (const double first_px : kGates_px) {
      const double gate_px = std::max(first_px, last_gate_px());
      const auto edges = nearest(curve_.rows(pose), gate_px);
      const auto found = fit(pose, edges, gate_px / 4);
      if (!found) return std::nullopt;
      pose = pose_at(found->unknowns);
    }
    out.rows = curve_.rows(pose);
    out.edges = nearest(out.rows, last_gate_px());
    count(out);
    if (out.used < 3) return std::nullopt;
    // Once more, with errors as large as they proved to be.
    auto found = fit(pose, out.edges, scale(out));
    if (!found) return std::nullopt;
    out.fit = *std::move(found);
    out.rows = curve_.rows(pose_at(out.fit.unknowns));
    count(out);
    return out;
  }

  void count(Refined& one) const {
    const double gate = last_gate_px();
    one.used = one.expected = 0;
    double sum = 0;
    for (std::size_t i = 0; i < one.rows.size(); ++i) {
      // Edges can't be told by the picture's rim.
      const bool is_within_picture = one.rows[i] > 8 && one.rows[i] < camera_.model.height_px - 9;
      if (!is_within_picture) continue;
      ++one.expected;
      const double off = std::abs(one.off_px(i));
      if (off < gate) ++one.used;
      sum += off < gate ? off * off : gate * gate;
    }
    one.misfit = one.expected > 0 ? sum / static_cast<double>(one.expected) : gate * gate;
  }

  // How much larger the columns' errors are than told, as if all were independent: neighbours err
  // alike, so that n columns count as n / (1 + 2 Σ correlation) [Bartlett1946].
  static double scale(const Refined& one) {
    std::vector<double> off;
    for (std::size_t i = 0; i < one.rows.size(); ++i) {
      if (!std::isnan(one.off_px(i))) off.push_back(one.off_px(i) / one.edges[i]->sigma_px);
    }
    const auto count = static_cast<double>(off.size());
    double mean2 = 0;
    for (const double x : off) mean2 += x * x;
    mean2 = std::max(mean2 / count, 0.01);
    double alike = 1;
    for (std::size_t lag = 1; lag < off.size() / 4; ++lag) {
      double sum = 0;
      for (std::size_t i = lag; i < off.size(); ++i) sum += off[i] * off[i - lag];
      const double correlation = sum / (mean2 * static_cast<double>(off.size() - lag));
      if (correlation < 0.05) break;
      alike += 2 * correlation;
    }
    return std::sqrt(mean2 * std::max(alike, count / kMostPieces));
  }

  const sensor::Camera& camera_;
  const HorizonCurve& curve_;
  const std::vector<std::vector<SkyEdge>>& edges_;
  const SkylineSettings& settings_;
  double off_px_;  // what an edge may be off the horizon
  std::vector<Refined> all_;
};

HorizonCurve curve_about(const sensor::Camera& camera, const terrain::Elevation& elevation,
                         const SkylineSettings& settings) {
  const double focal = camera.model.focal_px();
  constexpr double kMargin_rad = geo::radians(1);
  const double half_rad =
      std::min(std::numbers::pi,
               std::atan(std::hypot(camera.model.width_px, camera.model.height_px) / (2 * focal)) +
                   settings.search_rad + kMargin_rad);
  const double step_rad = 0.5 / focal;
  return {camera.model, terrain::horizon(elevation, camera.pose.position,
                                         {.from_rad = camera.pose.azimuth_rad - half_rad,
                                          .step_rad = step_rad,
                                          .count = static_cast<int>(2 * half_rad / step_rad) + 1,
                                          .max_range_m = settings.max_range_m,
                                          .refraction = settings.refraction})};
}

base::Result<SkylineFit> fit_under(Sky sky, const sensor::Camera& camera, const HorizonCurve& curve,
                                   const video::Image<std::uint16_t>& counts,
                                   const SkylineSettings& settings) {
  const auto edges = sky_edges(counts, sky);
  Matcher matcher(camera, curve, edges, settings);
  const auto best = matcher.best();
  const auto width = static_cast<double>(camera.model.width_px);
  if (!best) return refusal("no edge between sky and ground is in the picture");
  if (static_cast<double>(best->expected) < kLeastColumns * width) {
    return refusal(
        "the horizon lies in too few of the picture's columns; expected sky and ground in a fifth "
        "of them at least");
  }
  if (best->share() < kLeastShare || matcher.quality(*best) < kLeastQuality) {
    return refusal(fmt::format(
        "no pointing within {:.1f} degrees of the site's puts the horizon where the picture has an "
        "edge between sky and ground: the best does in {:.0f} % of the columns, to {:.1f} px rms; "
        "expected {:.0f} %, nearer than by chance",
        geo::degrees(settings.search_rad), 100 * best->share(), Matcher::rms_px(*best),
        100 * kLeastShare));
  }
  if (!matcher.is_within(*best)) {
    return refusal(fmt::format("the best pointing is more than {:.1f} degrees from the site's",
                               geo::degrees(settings.search_rad)));
  }
  SkylineFit out;
  out.sky = sky;
  out.share = best->share();
  for (std::size_t i = 0; i < best->rows.size(); ++i) {
    const double row = best->rows[i];
    out.horizon_v_px.push_back(std::isnan(row) ? std::nullopt : std::optional(row));
    const auto& edge = best->edges[i];
    out.edge_v_px.push_back(edge ? std::optional(edge->v_px) : std::nullopt);
  }
  out.pointing.pose = {camera.pose.position, best->fit.unknowns[0], best->fit.unknowns[1],
                       best->fit.unknowns[2]};
  out.pointing.model = camera.model;
  out.pointing.cov_rad2 = matcher.covariance(*best);
  out.pointing.residual_rms_px = matcher.rms_px(*best);
  out.pointing.used = best->used;
  return out;
}

}  // namespace

base::Result<SkylineFit> pointing_from_skyline(const sensor::Camera& camera,
                                               const terrain::Elevation& elevation,
                                               const video::Image<std::uint16_t>& counts,
                                               const SkylineSettings& settings) {
  if (counts.width() != camera.model.width_px || counts.height() != camera.model.height_px) {
    return refusal(fmt::format("the picture is {} by {}; expected {} by {}, the camera's size",
                               counts.width(), counts.height(), camera.model.width_px,
                               camera.model.height_px));
  }
  const HorizonCurve curve = curve_about(camera, elevation, settings);
  if (curve.empty()) return refusal("the elevation model has no ground in this direction");
  if (settings.sky) return fit_under(*settings.sky, camera, curve, counts, settings);
  auto colder = fit_under(Sky::colder, camera, curve, counts, settings);
  auto warmer = fit_under(Sky::warmer, camera, curve, counts, settings);
  if (warmer && (!colder || warmer->pointing.used > colder->pointing.used)) return warmer;
  return colder;
}

}  // namespace marsad::locate
