// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/check.h"

namespace marsad::base {

enum class Overflow { block, drop_oldest };

// Figures of one queue, for the health page.
struct QueueFigures {
  std::string name;
  std::size_t depth = 0;
  std::size_t capacity = 0;
  std::size_t high_water = 0;
  std::uint64_t pushed = 0;
  std::uint64_t dropped = 0;
};

// The only thing two stages share. A full queue either makes the producer wait or gives up its
// oldest item and counts it; close() lets the consumer drain what is left and then end.
// Any number of threads on both sides.
template <class T>
class BoundedQueue {
 public:
  BoundedQueue(std::string name, std::size_t capacity, Overflow overflow)
      : name_(std::move(name)), capacity_(capacity), overflow_(overflow) {
    CHECK(capacity_ > 0);
  }

  // False, and the item is not taken, once the queue is closed.
  bool push(T item) {
    std::unique_lock lock(mutex_);
    if (overflow_ == Overflow::block) {
      not_full_.wait(lock, [&] { return closed_ || items_.size() < capacity_; });
    }
    if (closed_) return false;
    if (items_.size() == capacity_) {
      items_.pop_front();
      ++dropped_;
    }
    items_.push_back(std::move(item));
    ++pushed_;
    high_water_ = std::max(high_water_, items_.size());
    lock.unlock();
    not_empty_.notify_one();
    return true;
  }

  // Waits for an item; none once the queue is closed and drained.
  std::optional<T> pop() {
    std::unique_lock lock(mutex_);
    not_empty_.wait(lock, [&] { return closed_ || !items_.empty(); });
    if (items_.empty()) return std::nullopt;
    T item = std::move(items_.front());
    items_.pop_front();
    lock.unlock();
    not_full_.notify_one();
    return item;
  }

  // Waits for an item, then takes as many as wait, up to `most`; empty once closed and drained.
  std::vector<T> pop_some(std::size_t most) {
    std::unique_lock lock(mutex_);
    not_empty_.wait(lock, [&] { return closed_ || !items_.empty(); });
    std::vector<T> taken;
    while (!items_.empty() && taken.size() < most) {
      taken.push_back(std::move(items_.front()));
      items_.pop_front();
    }
    lock.unlock();
    not_full_.notify_all();
    return taken;
  }

  void close() {
    {
      std::lock_guard lock(mutex_);
      closed_ = true;
    }
    not_empty_.notify_all();
    not_full_.notify_all();
  }

  QueueFigures figures() const {
    std::lock_guard lock(mutex_);
    return {name_, items_.size(), capacity_, high_water_, pushed_, dropped_};
  }

 private:
  const std::string name_;
  const std::size_t capacity_;
  const Overflow overflow_;
  mutable std::mutex mutex_;
  std::condition_variable not_empty_;
  std::condition_variable not_full_;
  std::deque<T> items_;
  std::size_t high_water_ = 0;
  std::uint64_t pushed_ = 0;
  std::uint64_t dropped_ = 0;
  bool closed_ = false;
};

}  // namespace marsad::base
