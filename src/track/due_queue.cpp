// SPDX-License-Identifier: Apache-2.0
#include "track/due_queue.h"

namespace marsad::track {
namespace {

constexpr base::Time kNever = base::Time::max();

}  // namespace

void DueQueue::set(std::uint32_t slot, base::Time time) {
  if (slot >= due_.size()) due_.resize(slot + 1, kNever);
  // An entry that comes too early costs one look; a new one for each plot would cost more.
  if (due_[slot] <= time) return;
  due_[slot] = time;
  entries_.push({time, slot});
}

void DueQueue::remove(std::uint32_t slot) {
  if (slot < due_.size()) due_[slot] = kNever;
}

void DueQueue::clear() {
  entries_ = {};
  due_.clear();
}

std::optional<std::uint32_t> DueQueue::take(base::Time now) {
  while (!entries_.empty() && entries_.top().time <= now) {
    const Entry first = entries_.top();
    entries_.pop();
    if (due_[first.slot] != first.time) continue;
    due_[first.slot] = kNever;
    return first.slot;
  }
  return std::nullopt;
}

}  // namespace marsad::track
