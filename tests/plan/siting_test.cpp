// SPDX-License-Identifier: Apache-2.0
#include "plan/siting.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <numeric>

namespace marsad::plan {
namespace {

constexpr std::size_t kColumns = 10;

Candidate any_candidate(std::size_t sorts) {
  Candidate candidate;
  candidate.chances.first_column = *rc::gen::inRange<std::size_t>(0, kColumns - 1);
  const auto most = kColumns - candidate.chances.first_column;
  candidate.chances.of_column.resize(*rc::gen::inRange<std::size_t>(1, most + 1));
  for (auto& column : candidate.chances.of_column) {
    const auto person = static_cast<float>(*rc::gen::inRange(0, 80)) / 10;
    column[0] = {person / 4, person, 3 * person};
    column[1] = {person / 2, 2 * person, 5 * person};
  }
  candidate.availability = *rc::gen::inRange(5, 11) / 10.0;
  candidate.sort = *rc::gen::inRange<std::size_t>(0, sorts);
  return candidate;
}

double found_with(const Ledger& ledger, std::span<const Candidate> candidates,
                  const std::vector<std::size_t>& chosen) {
  Ledger with = ledger;
  for (const std::size_t c : chosen) with.add(candidates[c].chances, candidates[c].availability);
  double found = 0;
  for (std::size_t column = 0; column < kColumns; ++column) {
    found += with.found(column, 0) + with.found(column, 1);
  }
  return found / kColumns;
}

// The best of all choices, tried one by one.
double best_possible(const Ledger& ledger, std::span<const Candidate> candidates,
                     const std::vector<std::size_t>& budget) {
  double best = 0;
  for (unsigned set = 0; set < 1U << candidates.size(); ++set) {
    std::vector<std::size_t> chosen, used(budget.size(), 0);
    for (std::size_t c = 0; c < candidates.size(); ++c) {
      if ((set >> c & 1U) == 0) continue;
      chosen.push_back(c);
      ++used[candidates[c].sort];
    }
    const bool affordable = std::equal(used.begin(), used.end(), budget.begin(),
                                       [](std::size_t u, std::size_t b) { return u <= b; });
    if (affordable) best = std::max(best, found_with(ledger, candidates, chosen));
  }
  return best;
}

RC_GTEST_PROP(Siting, IsBetweenNothingAndItsBoundWhichNoChoiceExceeds, ()) {
  constexpr std::size_t kSorts = 2;
  Ledger ledger(kColumns);
  const Candidate existing = any_candidate(1);
  ledger.add(existing.chances, existing.availability);
  std::vector<Candidate> candidates;
  for (int i = 0; i < 7; ++i) candidates.push_back(any_candidate(kSorts));
  SitingSettings settings;
  settings.budget = {*rc::gen::inRange<std::size_t>(0, 3), *rc::gen::inRange<std::size_t>(0, 3)};
  settings.bound_rounds = 100;
  const Siting siting = choose_sites(ledger, candidates, settings);

  for (std::size_t sort = 0; sort < kSorts; ++sort) {
    const auto of_sort = std::count_if(siting.chosen.begin(), siting.chosen.end(),
                                       [&](std::size_t c) { return candidates[c].sort == sort; });
    RC_ASSERT(static_cast<std::size_t>(of_sort) <= settings.budget[sort]);
  }
  RC_ASSERT(std::abs(siting.before - found_with(ledger, candidates, {})) < 1e-6);
  RC_ASSERT(std::abs(siting.found - found_with(ledger, candidates, siting.chosen)) < 1e-6);
  const double best = best_possible(ledger, candidates, settings.budget);
  RC_ASSERT(siting.found <= best + 1e-6);
  RC_ASSERT(siting.bound >= best - 1e-6);
  // Greedy alone is promised half of it [Nemhauser1978].
  RC_ASSERT(siting.found - siting.before >= 0.5 * (best - siting.before) - 1e-6);
}

TEST(Siting, TakesTheOneThatSeesMostFirstAndNoneThatSeesNothing) {
  const Ledger ledger(kColumns);
  const auto sees = [](std::size_t first, std::size_t count) {
    Candidate candidate;
    candidate.chances.first_column = first;
    candidate.chances.of_column.resize(count);
    for (auto& column : candidate.chances.of_column) column[0].fill(9);
    return candidate;
  };
  const std::vector<Candidate> candidates{sees(0, 2), sees(2, 6), sees(8, 0), sees(3, 4)};
  SitingSettings settings;
  settings.budget = {4};
  settings.weight = {1, 0, 0, 0};
  const Siting siting = choose_sites(ledger, candidates, settings);
  EXPECT_EQ(siting.chosen, (std::vector<std::size_t>{1, 0, 3}));
  EXPECT_NEAR(siting.found, 0.8, 1e-3);
  EXPECT_NEAR(siting.bound, 0.8, 0.01);
}

}  // namespace
}  // namespace marsad::plan
