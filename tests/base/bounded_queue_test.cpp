// SPDX-License-Identifier: Apache-2.0
#include "base/bounded_queue.h"

#include <gtest/gtest.h>

#include <numeric>
#include <thread>
#include <vector>

namespace marsad::base {
namespace {

TEST(BoundedQueue, GivesUpItsOldestItemAndCountsIt) {
  BoundedQueue<int> queue("frames", 2, Overflow::drop_oldest);
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(queue.push(i));
  EXPECT_EQ(queue.pop(), 3);
  EXPECT_EQ(queue.pop(), 4);
  const QueueFigures figures = queue.figures();
  EXPECT_EQ(figures.dropped, 3u);
  EXPECT_EQ(figures.pushed, 5u);
  EXPECT_EQ(figures.high_water, 2u);
}

TEST(BoundedQueue, BlockingQueueLosesNothingAndKeepsEachProducersOrder) {
  constexpr int kProducers = 4, kItems = 2000;
  BoundedQueue<std::pair<int, int>> queue("plots", 3, Overflow::block);
  std::vector<std::jthread> producers;
  for (int p = 0; p < kProducers; ++p) {
    producers.emplace_back([&queue, p] {
      for (int i = 0; i < kItems; ++i) queue.push({p, i});
    });
  }
  std::vector<int> next(kProducers, 0);
  for (int i = 0; i < kProducers * kItems; ++i) {
    const auto item = queue.pop();
    ASSERT_TRUE(item.has_value());
    EXPECT_EQ(item->second, next[static_cast<std::size_t>(item->first)]++);
  }
  EXPECT_EQ(queue.figures().dropped, 0u);
}

TEST(BoundedQueue, CloseDrainsThenEnds) {
  BoundedQueue<int> queue("tracks", 4, Overflow::block);
  queue.push(1);
  queue.push(2);
  queue.close();
  EXPECT_FALSE(queue.push(3));
  EXPECT_EQ(queue.pop(), 1);
  EXPECT_EQ(queue.pop(), 2);
  EXPECT_EQ(queue.pop(), std::nullopt);
}

TEST(BoundedQueue, CloseWakesAProducerThatWaits) {
  BoundedQueue<int> queue("tracks", 1, Overflow::block);
  queue.push(1);
  std::jthread producer([&] { EXPECT_FALSE(queue.push(2)); });
  queue.close();
}

}  // namespace
}  // namespace marsad::base
