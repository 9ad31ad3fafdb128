// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "liaison/partner.h"

namespace marsad::liaison {

// sending is recorded before anything leaves the house, so that what may have been received is
// known even where the program is killed.
enum class StepKind { sending, failed, receipt, escalated, withdrawn };
constexpr std::array<std::string_view, 5> words(StepKind) {
  return {"sending", "failed", "receipt", "escalated", "withdrawn"};
}

// Something that became of a notice.
struct DeliveryStep {
  base::Time time;
  StepKind kind = StepKind::sending;
  std::string hop;     // whom it was sent to, or who received it
  std::string detail;  // why it failed, who entered the receipt
  bool operator==(const DeliveryStep&) const = default;
};

enum class DeliveryState { waiting, sent, received, escalated, withdrawn };
constexpr std::array<std::string_view, 5> words(DeliveryState) {
  return {"waiting", "sent", "received", "escalated", "withdrawn"};
}

// `received` once the last hop has it; `escalated` while it has not and the headquarters were told.
DeliveryState state_of(const Route& route, const std::vector<DeliveryStep>& steps);

// How often it was sent.
std::uint32_t attempts(const std::vector<DeliveryStep>& steps);

// What to do about a notice next.
struct NextStep {
  enum class Kind { nothing, send, escalate };
  Kind kind = Kind::nothing;
  base::Time at;  // not before
};

// A notice is sent until its first hop has received it: the second time after 30 s, then after
// twice as long each time, an hour at most. It is escalated once, where the last hop has no receipt
// `escalate_after_s` after the notice might first be sent. `has_channel`: whether the program can
// send to the first hop.
NextStep next_step(const Route& route, base::Time not_before,
                   const std::vector<DeliveryStep>& steps, double escalate_after_s,
                   bool has_channel);

}  // namespace marsad::liaison
