// SPDX-License-Identifier: Apache-2.0
#include "track/due_queue.h"

namespace marsad::track {
namespace {

constexpr base::Time kNever = base::Time::max();

}  // namespace

void DueQueue::set(std::uint32_t slot, base::Time time) {
  if (slot >= slots_.size()) slots_.resize(slot + 1, {kNever, kNever});
  slots_[slot].due = time;
  // An entry that comes too early is entered again then; a new one for each plot would cost more.
  if (slots_[slot].entered <= time) return;
  slots_[slot].entered = time;
  entries_.push({time, slot});
}

void DueQueue::remove(std::uint32_t slot) {
  if (slot < slots_.size()) slots_[slot].due = kNever;
}

void DueQueue::clear() {
  entries_ = {};
  slots_.clear();
}

std::optional<std::uint32_t> DueQueue::take(base::Time now) {
  while (!entries_.empty() && entries_.top().time <= now) {
    const Entry first = entries_.top();
    entries_.pop();
    Slot& slot = slots_[first.slot];
    if (slot.entered != first.time) continue;
    slot.entered = kNever;
    if (slot.due == kNever) continue;
    if (slot.due > now) {
      set(first.slot, slot.due);
      continue;
    }
    slot.due = kNever;
    return first.slot;
  }
  return std::nullopt;
}

}  // namespace marsad::track
