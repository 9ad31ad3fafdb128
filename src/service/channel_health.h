// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "liaison/channel.h"
#include "wire/notice_messages.h"

namespace marsad::service {

// How each way out of the house is: whether the last thing tried worked, since when, and when to
// try again where it did not. Changes are logged. Any thread.
class ChannelHealth {
 public:
  explicit ChannelHealth(const std::vector<liaison::Channel>& channels);

  // A notice went out; or the connection stands, where `is_notice` is false.
  void worked(const std::string& hop, base::Time now, bool is_notice);
  void failed(const std::string& hop, const std::string& why, base::Time now);
  // Whether it may be tried now: after a failure not before 1 s, after each further one not before
  // twice as long, a minute at most.
  bool may_try(const std::string& hop, base::Time now) const;

  std::vector<wire::ChannelView> views() const;

 private:
  struct State {
    wire::ChannelView view;
    base::Time since;
    std::optional<base::Time> not_before;
    std::uint32_t failures_in_a_row = 0;
  };

  mutable std::mutex mutex_;
  std::map<std::string, State> states_;
};

}  // namespace marsad::service
