// SPDX-License-Identifier: Apache-2.0
#include "track/history.h"

#include <algorithm>
#include <utility>

#include "base/check.h"

namespace marsad::track {
namespace {

// A state is kept each time so much work was done, and so much for each mover to copy: so that
// keeping them costs little beside, in time and in memory.
constexpr std::size_t kLeastWork = 64;
constexpr std::size_t kLeastWorkAMover = 8;

// States lie the farther apart the older they are: going back a little costs little, and few are
// kept. Two that are nearer than so many times their age give up the one between.
constexpr int kThinning = 3;

}  // namespace

Look* History::add(Look look) {
  const Key key = key_of(look);
  if (is_last(key)) return &looks_.emplace_hint(looks_.end(), key, std::move(look))->second;
  const auto [at, added] = looks_.try_emplace(key, std::move(look));
  return added ? &at->second : nullptr;
}

void History::passed(const Look& look, const InOrder& tracker) {
  work_ += look.work();
  const std::size_t since = work_ - kept_.back().work;
  if (since < kLeastWork || since < kLeastWorkAMover * tracker.size()) return;
  kept_.push_back({key_of(look), work_, {}});
  // The memory of one that gives way is used again: it is much, and pages are dear.
  std::optional<InOrder::State> old = thin_out(look.time);
  if (old) kept_.back().state = *std::move(old);
  tracker.keep_in(kept_.back().state);
}

std::optional<InOrder::State> History::thin_out(base::Time newest) {
  std::optional<InOrder::State> out;
  for (std::size_t i = kept_.size() - 2; i > 0 && kept_[i - 1].after; --i) {
    const base::Time younger = kept_[i + 1].after->time;
    const base::Duration apart = younger - kept_[i - 1].after->time;
    if (apart <= std::min(kThinning * (newest - younger), most_apart_)) {
      out = std::move(kept_[i].state);
      kept_.erase(kept_.begin() + std::ptrdiff_t(i));
    }
  }
  return out;
}

std::vector<History::Kept>::const_iterator History::kept_before(const Key& key) const {
  auto kept = kept_.end();
  do {
    CHECK(kept != kept_.begin());
    --kept;
  } while (kept->after && !(*kept->after < key));
  return kept;
}

History::Looks::iterator History::go_back(const Key& key, InOrder& tracker) {
  const auto kept = kept_before(key);
  tracker.restore(kept->state);
  work_ = kept->work;
  const auto next = kept->after ? looks_.upper_bound(*kept->after) : looks_.begin();
  kept_.erase(kept + 1, kept_.end());
  return next;
}

std::size_t History::work_since(const Key& key) const { return work_ - kept_before(key)->work; }

void History::forget_before(base::Time time) {
  std::size_t unneeded = 0;
  while (unneeded + 1 < kept_.size() && kept_[unneeded + 1].after->time < time) ++unneeded;
  if (unneeded == 0) return;
  kept_.erase(kept_.begin(), kept_.begin() + std::ptrdiff_t(unneeded));
  looks_.erase(looks_.begin(), looks_.upper_bound(*kept_.front().after));
}

}  // namespace marsad::track
