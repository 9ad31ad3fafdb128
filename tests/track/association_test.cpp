// SPDX-License-Identifier: Apache-2.0
#include "track/association.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <vector>

namespace marsad::track {
namespace {

std::vector<Candidate> candidates_of(std::size_t movers, std::size_t plots,
                                     const std::vector<double>& weight) {
  std::vector<Candidate> candidates;
  for (std::uint32_t m = 0; m < movers; ++m) {
    for (std::uint32_t p = 0; p < plots; ++p) {
      if (weight[m * plots + p] > 0) candidates.push_back({m, p, weight[m * plots + p]});
    }
  }
  return candidates;
}

// Sums the weights of all joint explanations, and of those in which each pair is one.
struct Enumeration {
  std::size_t movers, plots;
  const std::vector<double>& weight;
  double all = 0;
  std::vector<double> with_pair;
  std::vector<std::size_t> chosen;

  void run(std::size_t mover, double so_far, std::uint32_t used) {
    if (mover == movers) {
      all += so_far;
      for (std::size_t m = 0; m < movers; ++m) {
        if (chosen[m] < plots) with_pair[m * plots + chosen[m]] += so_far;
      }
      return;
    }
    chosen[mover] = plots;
    run(mover + 1, so_far, used);
    for (std::size_t p = 0; p < plots; ++p) {
      if ((used >> p & 1U) != 0) continue;
      chosen[mover] = p;
      run(mover + 1, so_far * weight[mover * plots + p], used | 1U << p);
    }
  }
};

TEST(Association, LeavesAPlotToChanceWhereThatIsLikelier) {
  auto candidates = candidates_of(1, 1, {0.25});
  const Association found = Associator().associate(1, 1, candidates);
  EXPECT_EQ(found.plot_of[0], kUnassigned);
  EXPECT_DOUBLE_EQ(found.detected[0], 0.2);
  EXPECT_DOUBLE_EQ(candidates[0].probability, 0.2);
}

TEST(Association, GivesOnePlotToOneMoverOnly) {
  auto candidates = candidates_of(2, 1, {100, 90});
  const Association found = Associator().associate(2, 1, candidates);
  EXPECT_EQ(found.plot_of, (std::vector<std::int32_t>{0, kUnassigned}));
  EXPECT_NEAR(found.detected[0], 100.0 / 191, 1e-3);
  EXPECT_NEAR(found.detected[1], 90.0 / 191, 1e-3);
  EXPECT_NEAR(found.taken[0], 190.0 / 191, 1e-3);
}

TEST(Association, TakesTheSecondBestForOneWhereTheOtherHasNoChoice) {
  auto candidates = candidates_of(2, 2,
                                  {50, 40,  //
                                   45, 0});
  EXPECT_EQ(Associator().associate(2, 2, candidates).plot_of, (std::vector<std::int32_t>{1, 0}));
}

TEST(Association, SurvivesWeightsOfAnySize) {
  auto candidates = candidates_of(2, 2, {1e250, 1e-250, 1e250, 1e200});
  const Association found = Associator().associate(2, 2, candidates);
  for (double probability : found.detected) {
    EXPECT_GE(probability, 0);
    EXPECT_LE(probability, 1);
  }
  EXPECT_EQ(found.plot_of, (std::vector<std::int32_t>{0, 1}));
}

RC_GTEST_PROP(Association, IsNearTheSumOverAllExplanations, ()) {
  const auto movers = *rc::gen::inRange<std::size_t>(1, 5);
  const auto plots = *rc::gen::inRange<std::size_t>(1, 5);
  const auto exponents =
      *rc::gen::container<std::vector<int>>(movers * plots, rc::gen::inRange(-2, 4));
  std::vector<double> weight;
  for (int exponent : exponents) weight.push_back(std::pow(3.0, exponent));
  Enumeration truth{movers,
                    plots,
                    weight,
                    0,
                    std::vector<double>(weight.size()),
                    std::vector<std::size_t>(movers)};
  truth.run(0, 1, 0);

  auto candidates = candidates_of(movers, plots, weight);
  Associator().associate(movers, plots, candidates);
  // Belief propagation counts loops twice; Williams and Lau report errors of this size.
  for (const Candidate& c : candidates) {
    const double exact = truth.with_pair[c.mover * plots + c.plot] / truth.all;
    RC_ASSERT(std::abs(c.probability - exact) < 0.2);
  }
}

}  // namespace
}  // namespace marsad::track
