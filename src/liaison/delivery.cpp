// SPDX-License-Identifier: Apache-2.0
#include "liaison/delivery.h"

#include <algorithm>
#include <optional>

#include "base/check.h"

namespace marsad::liaison {
namespace {

constexpr std::chrono::seconds kFirstPause{30};
constexpr std::chrono::seconds kLongestPause{3600};

bool has(const std::vector<DeliveryStep>& steps, StepKind kind) {
  return std::any_of(steps.begin(), steps.end(),
                     [&](const DeliveryStep& step) { return step.kind == kind; });
}

bool has_received(const std::vector<DeliveryStep>& steps, const std::string& hop) {
  return std::any_of(steps.begin(), steps.end(), [&](const DeliveryStep& step) {
    return step.kind == StepKind::receipt && step.hop == hop;
  });
}

// A receipt of any hop tells that the first one had it.
bool has_left(const std::vector<DeliveryStep>& steps) { return has(steps, StepKind::receipt); }

base::Time next_attempt(base::Time not_before, const std::vector<DeliveryStep>& steps) {
  std::chrono::seconds pause = kFirstPause;
  std::optional<base::Time> next;
  for (const DeliveryStep& step : steps) {
    if (step.kind != StepKind::sending) continue;
    next = step.time + pause;
    pause = std::min(2 * pause, kLongestPause);
  }
  return next.value_or(not_before);
}

}  // namespace

DeliveryState state_of(const Route& route, const std::vector<DeliveryStep>& steps) {
  CHECK(!route.hops.empty());
  if (has(steps, StepKind::withdrawn)) return DeliveryState::withdrawn;
  if (has_received(steps, route.hops.back())) return DeliveryState::received;
  if (has(steps, StepKind::escalated)) return DeliveryState::escalated;
  return attempts(steps) > 0 || has_left(steps) ? DeliveryState::sent : DeliveryState::waiting;
}

std::uint32_t attempts(const std::vector<DeliveryStep>& steps) {
  return static_cast<std::uint32_t>(
      std::count_if(steps.begin(), steps.end(),
                    [](const DeliveryStep& step) { return step.kind == StepKind::sending; }));
}

NextStep next_step(const Route& route, base::Time not_before,
                   const std::vector<DeliveryStep>& steps, double escalate_after_s,
                   bool has_channel) {
  const DeliveryState state = state_of(route, steps);
  if (state == DeliveryState::withdrawn || state == DeliveryState::received) return {};
  const base::Time escalation = not_before + base::from_seconds(escalate_after_s);
  const bool may_escalate = state != DeliveryState::escalated;
  if (!has_channel || has_left(steps)) {
    return may_escalate ? NextStep{NextStep::Kind::escalate, escalation} : NextStep{};
  }
  const base::Time attempt = next_attempt(not_before, steps);
  if (may_escalate && escalation < attempt) return {NextStep::Kind::escalate, escalation};
  return {NextStep::Kind::send, attempt};
}

}  // namespace marsad::liaison
