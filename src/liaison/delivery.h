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
// known even where the program is killed. handed: a server on the way to the hop has it, which is
// no receipt.
enum class StepKind { sending, failed, receipt, escalated, withdrawn, handed };
constexpr std::array<std::string_view, 6> words(StepKind) {
  return {"sending", "failed", "receipt", "escalated", "withdrawn", "handed"};
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

// How often it was sent; and how often to a hop.
std::uint32_t attempts(const std::vector<DeliveryStep>& steps);
std::uint32_t attempts(const std::vector<DeliveryStep>& steps, std::string_view hop);

// The hop from which no receipt has come: the one after the last that has it. In words.
std::string missing_receipt(const Route& route, const std::vector<DeliveryStep>& steps);

// What to do about a notice next.
struct NextStep {
  enum class Kind { nothing, send, escalate };
  Kind kind = Kind::nothing;
  base::Time at;    // not before
  std::string hop;  // to which it is sent
};

// A notice is sent until its first hop has received it, or a server on the way there has it: the
// second time after 30 s, then after twice as long each time, an hour at most. It is escalated
// once, where the last hop has no receipt `escalate_after_s` after the notice might first be sent;
// from then on it is sent to the headquarters too. `has_channel` and `has_headquarters`: whether
// the program can send to the first hop and to the headquarters.
NextStep next_step(const Route& route, base::Time not_before,
                   const std::vector<DeliveryStep>& steps, double escalate_after_s,
                   bool has_channel, bool has_headquarters = false);

}  // namespace marsad::liaison
