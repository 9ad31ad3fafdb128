// SPDX-License-Identifier: Apache-2.0
#include "app/desk.h"

#include <algorithm>
#include <thread>
#include <utility>
#include <vector>

namespace marsad::app {

Desk::Desk(std::string what, std::size_t count, std::stop_token stop)
    : count_(count), stop_(std::move(stop)), progress_(std::move(what), count) {}

std::optional<std::size_t> Desk::next() {
  const std::scoped_lock lock(mutex_);
  if (failed_ || stop_.stop_requested() || next_ == count_) return std::nullopt;
  return next_++;
}

void Desk::finish(const std::function<void()>& merge) {
  const std::scoped_lock lock(mutex_);
  merge();
  progress_.advance();
}

void Desk::fail(base::Error error) {
  const std::scoped_lock lock(mutex_);
  if (!failed_) failed_ = std::move(error);
}

void on_all_cores(const std::function<void()>& work) {
  std::vector<std::jthread> threads;
  const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
  for (unsigned core = 0; core < cores; ++core) threads.emplace_back(work);
}

}  // namespace marsad::app
