// SPDX-License-Identifier: Apache-2.0
#include "service/channel_health.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/log.h"
#include "base/words.h"

namespace marsad::service {
namespace {

constexpr std::chrono::seconds kFirstPause{1};
constexpr std::chrono::seconds kLongestPause{60};
constexpr std::uint32_t kMostDoublings = 6;

constexpr const char* kIdle = "idle";
constexpr const char* kOk = "ok";
constexpr const char* kDown = "down";

}  // namespace

ChannelHealth::ChannelHealth(const std::vector<liaison::Channel>& channels) {
  for (const liaison::Channel& channel : channels) {
    wire::ChannelView& view = states_[channel.hop].view;
    view.name = channel.hop;
    view.form = base::word(channel.form);
    view.address = channel.address;
    view.state = kIdle;
  }
}

void ChannelHealth::worked(const std::string& hop, base::Time now, bool is_notice) {
  const std::lock_guard lock(mutex_);
  State& state = states_[hop];
  if (is_notice) ++state.view.taken;
  if (state.view.state == kDown) {
    base::log_info(fmt::format("the way to {} is open again after {:.0f} s", hop,
                               base::to_seconds(now - state.since)));
  }
  if (state.view.state != kOk) state.since = now;
  state.view.state = kOk;
  state.view.detail.clear();
  state.failures_in_a_row = 0;
  state.not_before.reset();
}

void ChannelHealth::failed(const std::string& hop, const std::string& why, base::Time now) {
  const std::lock_guard lock(mutex_);
  State& state = states_[hop];
  ++state.view.failed;
  if (state.view.state != kDown) {
    base::log_error(fmt::format("the way to {} is down: {}; what is for it waits", hop, why));
    state.since = now;
    ++state.view.downs;
  }
  state.view.state = kDown;
  state.view.detail = why;
  state.not_before =
      now + std::min(kFirstPause * (1U << std::min(state.failures_in_a_row, kMostDoublings)),
                     kLongestPause);
  ++state.failures_in_a_row;
}

bool ChannelHealth::may_try(const std::string& hop, base::Time now) const {
  const std::lock_guard lock(mutex_);
  const auto found = states_.find(hop);
  return found == states_.end() || !found->second.not_before || now >= *found->second.not_before;
}

std::vector<wire::ChannelView> ChannelHealth::views() const {
  const std::lock_guard lock(mutex_);
  std::vector<wire::ChannelView> out;
  for (const auto& [hop, state] : states_) {
    out.push_back(state.view);
    if (state.view.state != kIdle) out.back().since = base::to_iso8601(state.since);
  }
  return out;
}

}  // namespace marsad::service
