// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "plan/siting.h"

namespace marsad::plan {

// Siting as numbers: terms, one for each column, kind and contrast that counts, with what a miss
// of it costs now; and for each candidate the share of each term's misses that it would find.
struct SiteTerms {
  struct Part {
    std::uint32_t term = 0;
    float finds = 0;  // 0 to 1
  };

  std::vector<double> cost;              // by term
  std::vector<std::vector<Part>> parts;  // by candidate
};

SiteTerms site_terms(const Ledger& ledger, std::span<const Candidate> candidates,
                     const SitingSettings& settings);

// What no choice within the budget can find of the terms' cost. A choice x finds of a term at most
// what its candidates' shares sum up to, and exactly 1 - exp(-sum of -log(1 - share)); both are
// concave in x between 0 and 1, so any mean of the two is bounded by its tangent at any point
// [Frank1956].
double most_found(const SiteTerms& terms, std::span<const Candidate> candidates,
                  const SitingSettings& settings);

}  // namespace marsad::plan
