// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "plan/site_terms.h"

namespace marsad::plan {
namespace {

constexpr double kMostSure = 1 - 1e-6;

// What a fractional choice finds of a term, in the two ways that both are at least what it finds.
struct TermSums {
  double linear = 0;    // sum of shares
  double exponent = 0;  // sum of -log(1 - share)
};

class Relaxation {
 public:
  Relaxation(const SiteTerms& terms, std::span<const Candidate> candidates,
             const SitingSettings& settings)
      : terms_(terms), candidates_(candidates), settings_(settings), sums_(terms.cost.size()) {}

  // The bound by the tangent at this choice, and the direction it was found in. How much each way
  // counts in a term turns from one to the other where they cross, over a width of `softness`.
  double tangent(const std::vector<double>& x, double softness, std::vector<double>& steepest) {
    find_sums(x);
    slope_of_linear_.resize(sums_.size());
    slope_of_exponent_.resize(sums_.size());
    double value = 0;
    for (std::size_t t = 0; t < sums_.size(); ++t) {
      const auto [linear, exponent] = sums_[t];
      const double curved = -std::expm1(-exponent);
      const double by_linear =
          1 / (1 + std::exp(std::clamp((linear - curved) / softness, -50.0, 50.0)));
      value += terms_.cost[t] * (by_linear * linear + (1 - by_linear) * curved);
      slope_of_linear_[t] = terms_.cost[t] * by_linear;
      slope_of_exponent_[t] = terms_.cost[t] * (1 - by_linear) * std::exp(-exponent);
    }
    std::vector<double> slope(candidates_.size(), 0.0);
    for (std::size_t c = 0; c < candidates_.size(); ++c) {
      for (const auto& [term, finds] : terms_.parts[c]) {
        slope[c] +=
            slope_of_linear_[term] * double{finds} + slope_of_exponent_[term] * exponent_of(finds);
      }
    }
    steepest = best_corner(slope);
    for (std::size_t c = 0; c < slope.size(); ++c) value += slope[c] * (steepest[c] - x[c]);
    return value;
  }

 private:
  static double exponent_of(float finds) {
    return -std::log1p(-std::min(double{finds}, kMostSure));
  }

  void find_sums(const std::vector<double>& x) {
    std::fill(sums_.begin(), sums_.end(), TermSums{});
    for (std::size_t c = 0; c < candidates_.size(); ++c) {
      if (x[c] <= 0) continue;
      for (const auto& [term, finds] : terms_.parts[c]) {
        sums_[term].linear += x[c] * double{finds};
        sums_[term].exponent += x[c] * exponent_of(finds);
      }
    }
  }

  // The choice within the budget that a slope likes best.
  std::vector<double> best_corner(const std::vector<double>& slope) const {
    std::vector<std::size_t> order(slope.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return slope[a] > slope[b]; });
    std::vector<std::size_t> left = settings_.budget;
    std::vector<double> corner(slope.size(), 0.0);
    for (const std::size_t c : order) {
      if (left[candidates_[c].sort] == 0) continue;
      --left[candidates_[c].sort];
      corner[c] = 1;
    }
    return corner;
  }

  const SiteTerms& terms_;
  std::span<const Candidate> candidates_;
  const SitingSettings& settings_;
  std::vector<TermSums> sums_;
  std::vector<double> slope_of_linear_, slope_of_exponent_;
};

}  // namespace

double most_found(const SiteTerms& terms, std::span<const Candidate> candidates,
                  const SitingSettings& settings) {
  Relaxation relaxation(terms, candidates, settings);
  std::vector<double> x(candidates.size(), 0.0), corner;
  double bound = std::accumulate(terms.cost.begin(), terms.cost.end(), 0.0);
  for (int round = 0; round < settings.bound_rounds; ++round) {
    const double softness = 0.3 / (1 + 0.1 * round);
    bound = std::min(bound, relaxation.tangent(x, softness, corner));
    const double step = 2.0 / (round + 2);
    for (std::size_t c = 0; c < x.size(); ++c) x[c] += step * (corner[c] - x[c]);
  }
  return bound;
}

}  // namespace marsad::plan
