// SPDX-License-Identifier: Apache-2.0
#include "plan/siting.h"

#include <algorithm>
#include <numeric>
#include <queue>
#include <utility>

#include "base/check.h"
#include "plan/site_terms.h"

namespace marsad::plan {
namespace {

// An exchange must help by this share of all that can be found.
constexpr double kWorthwhile = 1e-6;

class Search {
 public:
  Search(const SiteTerms& terms, std::span<const Candidate> candidates,
         std::vector<std::size_t> budget)
      : terms_(terms),
        candidates_(candidates),
        left_(std::move(budget)),
        cost_(terms.cost),
        used_(candidates.size(), false) {}

  // Gains only fall as more is chosen, so one that is still the greatest when asked again is it.
  void choose_greedily() {
    using Entry = std::pair<double, std::size_t>;
    const auto worse = [](const Entry& a, const Entry& b) {
      return a.first != b.first ? a.first < b.first : a.second > b.second;
    };
    std::priority_queue<Entry, std::vector<Entry>, decltype(worse)> open(worse);
    for (std::size_t c = 0; c < candidates_.size(); ++c) open.emplace(gain(c), c);
    while (!open.empty()) {
      const std::size_t c = open.top().second;
      open.pop();
      if (left_[candidates_[c].sort] == 0) continue;
      const double now = gain(c);
      if (now <= 0) continue;
      if (!open.empty() && now < open.top().first) {
        open.emplace(now, c);
        continue;
      }
      take(c);
    }
  }

  // Gives up a chosen one for another of its sort while that helps.
  void exchange() {
    const double worthwhile =
        kWorthwhile * std::accumulate(terms_.cost.begin(), terms_.cost.end(), 0.0);
    for (bool better = true; better;) {
      better = false;
      for (const std::size_t out : std::vector<std::size_t>(chosen_)) {
        give_up(out);
        const std::size_t in = best_of_sort(candidates_[out].sort);
        better = better || gain(in) > gain(out) + worthwhile;
        take(gain(in) > gain(out) + worthwhile ? in : out);
      }
    }
  }

  std::vector<std::size_t> by_use() {
    std::vector<std::size_t> ordered;
    std::vector<std::size_t> rest = chosen_;
    std::sort(rest.begin(), rest.end());
    cost_ = terms_.cost;
    while (!rest.empty()) {
      const auto best = std::max_element(rest.begin(), rest.end(),
                                         [&](auto a, auto b) { return gain(a) < gain(b); });
      ordered.push_back(*best);
      apply(*best);
      rest.erase(best);
    }
    return ordered;
  }

  double left_cost() const { return std::accumulate(cost_.begin(), cost_.end(), 0.0); }

 private:
  double gain(std::size_t candidate) const {
    double gain = 0;
    for (const auto& [term, finds] : terms_.parts[candidate]) gain += cost_[term] * double{finds};
    return gain;
  }

  void apply(std::size_t candidate) {
    for (const auto& [term, finds] : terms_.parts[candidate]) cost_[term] *= 1 - double{finds};
  }

  void take(std::size_t candidate) {
    apply(candidate);
    chosen_.push_back(candidate);
    used_[candidate] = true;
    --left_[candidates_[candidate].sort];
  }

  // Misses can't be divided out where a candidate finds all, so the rest is taken anew.
  void give_up(std::size_t candidate) {
    std::erase(chosen_, candidate);
    used_[candidate] = false;
    ++left_[candidates_[candidate].sort];
    for (const auto& [term, finds] : terms_.parts[candidate]) cost_[term] = terms_.cost[term];
    touched_.assign(terms_.cost.size(), false);
    for (const auto& [term, finds] : terms_.parts[candidate]) touched_[term] = true;
    for (const std::size_t other : chosen_) {
      for (const auto& [term, finds] : terms_.parts[other]) {
        if (touched_[term]) cost_[term] *= 1 - double{finds};
      }
    }
  }

  std::size_t best_of_sort(std::size_t sort) const {
    std::size_t best = candidates_.size();
    double most = -1;
    for (std::size_t c = 0; c < candidates_.size(); ++c) {
      if (used_[c] || candidates_[c].sort != sort) continue;
      if (const double here = gain(c); here > most) std::tie(best, most) = std::pair(c, here);
    }
    return best;
  }

  const SiteTerms& terms_;
  std::span<const Candidate> candidates_;
  std::vector<std::size_t> left_;
  std::vector<double> cost_;  // by term, with what is chosen
  std::vector<bool> used_;
  std::vector<std::size_t> chosen_;
  std::vector<bool> touched_;
};

}  // namespace

SiteTerms site_terms(const Ledger& ledger, std::span<const Candidate> candidates,
                     const SitingSettings& settings) {
  SiteTerms terms;
  terms.cost.reserve(ledger.columns() * kCrosserKinds * kLevels);
  for (std::size_t column = 0; column < ledger.columns(); ++column) {
    const auto& missed_now = ledger.missed_by_all(column);
    for (std::size_t kind = 0; kind < kCrosserKinds; ++kind) {
      for (std::size_t level = 0; level < kLevels; ++level) {
        terms.cost.push_back(settings.weight[kind] * kContrastLevels[level].weight *
                             missed_now[kind][level]);
      }
    }
  }
  for (const Candidate& candidate : candidates) {
    std::vector<SiteTerms::Part> parts;
    std::size_t term = candidate.chances.first_column * kCrosserKinds * kLevels;
    for (const auto& column : candidate.chances.of_column) {
      for (std::size_t kind = 0; kind < kCrosserKinds; ++kind) {
        for (std::size_t level = 0; level < kLevels; ++level, ++term) {
          const double finds = 1 - missed(column[kind][level], candidate.availability);
          if (finds <= 0 || terms.cost[term] <= 0) continue;
          parts.push_back({static_cast<std::uint32_t>(term), static_cast<float>(finds)});
        }
      }
    }
    terms.parts.push_back(std::move(parts));
  }
  return terms;
}

Siting choose_sites(const Ledger& ledger, std::span<const Candidate> candidates,
                    const SitingSettings& settings) {
  for (const Candidate& candidate : candidates) CHECK(candidate.sort < settings.budget.size());
  const SiteTerms terms = site_terms(ledger, candidates, settings);
  Search search(terms, candidates, settings.budget);
  search.choose_greedily();
  search.exchange();

  const auto columns = static_cast<double>(ledger.columns());
  const double all = std::accumulate(settings.weight.begin(), settings.weight.end(), 0.0);
  const double cost_before = std::accumulate(terms.cost.begin(), terms.cost.end(), 0.0);
  Siting siting;
  siting.chosen = search.by_use();
  siting.before = all - cost_before / columns;
  siting.found = all - search.left_cost() / columns;
  siting.bound = siting.before + most_found(terms, candidates, settings) / columns;
  return siting;
}

}  // namespace marsad::plan
