// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <memory>
#include <string>

namespace marsad::service {

// One text for all the clients it goes to.
using SharedText = std::shared_ptr<const std::string>;

// What waits for one client of the live feed. One thread.
class Outbox {
 public:
  explicit Outbox(std::size_t limit) : limit_(limit) {}

  // A text that still waits under the same word, where that is not empty, is replaced where it
  // stands. False where the outbox is full.
  bool push(SharedText text, const std::string& replaces);

  bool empty() const { return waiting_.empty(); }
  SharedText take();  // the oldest; not of an empty outbox

 private:
  struct Waiting {
    SharedText text;
    std::string replaces;
  };

  std::size_t limit_;
  std::deque<Waiting> waiting_;
};

}  // namespace marsad::service
