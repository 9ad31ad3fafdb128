// SPDX-License-Identifier: Apache-2.0
#include "liaison/delivery.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "base/check.h"

namespace marsad::liaison {
namespace {

constexpr std::chrono::seconds kFirstPause{30};
constexpr std::chrono::seconds kLongestPause{3600};

bool has(const std::vector<DeliveryStep>& steps, StepKind kind) {
  return std::any_of(steps.begin(), steps.end(),
                     [&](const DeliveryStep& step) { return step.kind == kind; });
}

bool has(const std::vector<DeliveryStep>& steps, StepKind kind, std::string_view hop) {
  return std::any_of(steps.begin(), steps.end(), [&](const DeliveryStep& step) {
    return step.kind == kind && step.hop == hop;
  });
}

// A receipt of any hop of the route tells that the first one had it.
bool has_left(const Route& route, const std::vector<DeliveryStep>& steps) {
  return std::any_of(route.hops.begin(), route.hops.end(),
                     [&](const std::string& hop) { return has(steps, StepKind::receipt, hop); });
}

base::Time next_attempt(base::Time not_before, const std::vector<DeliveryStep>& steps,
                        std::string_view hop) {
  std::chrono::seconds pause = kFirstPause;
  std::optional<base::Time> next;
  for (const DeliveryStep& step : steps) {
    if (step.kind != StepKind::sending || step.hop != hop) continue;
    next = step.time + pause;
    pause = std::min(2 * pause, kLongestPause);
  }
  return next.value_or(not_before);
}

std::optional<base::Time> escalated_at(const std::vector<DeliveryStep>& steps) {
  for (const DeliveryStep& step : steps) {
    if (step.kind == StepKind::escalated) return step.time;
  }
  return std::nullopt;
}

// The earlier of two; of equal ones the first.
void take_earlier(NextStep& next, NextStep other) {
  if (next.kind == NextStep::Kind::nothing || other.at < next.at) next = std::move(other);
}

}  // namespace

DeliveryState state_of(const Route& route, const std::vector<DeliveryStep>& steps) {
  CHECK(!route.hops.empty());
  if (has(steps, StepKind::withdrawn)) return DeliveryState::withdrawn;
  if (has(steps, StepKind::receipt, route.hops.back())) return DeliveryState::received;
  if (has(steps, StepKind::escalated)) return DeliveryState::escalated;
  return attempts(steps) > 0 || has_left(route, steps) ? DeliveryState::sent
                                                       : DeliveryState::waiting;
}

std::uint32_t attempts(const std::vector<DeliveryStep>& steps) {
  return static_cast<std::uint32_t>(
      std::count_if(steps.begin(), steps.end(),
                    [](const DeliveryStep& step) { return step.kind == StepKind::sending; }));
}

std::uint32_t attempts(const std::vector<DeliveryStep>& steps, std::string_view hop) {
  return static_cast<std::uint32_t>(std::count_if(
      steps.begin(), steps.end(),
      [&](const DeliveryStep& step) { return step.kind == StepKind::sending && step.hop == hop; }));
}

std::string missing_receipt(const Route& route, const std::vector<DeliveryStep>& steps) {
  CHECK(!route.hops.empty());
  for (std::size_t i = route.hops.size() - 1; i > 0; --i) {
    if (!has(steps, StepKind::receipt, route.hops[i - 1])) continue;
    return fmt::format("no receipt from {}, though {} has it", route.hops[i], route.hops[i - 1]);
  }
  const std::string& first = route.hops.front();
  if (route.hops.size() == 1) return fmt::format("no receipt from {}", first);
  return fmt::format("no receipt from {}, nor from {} on the way", route.hops.back(), first);
}

NextStep next_step(const Route& route, base::Time not_before,
                   const std::vector<DeliveryStep>& steps, double escalate_after_s,
                   bool has_channel, bool has_headquarters) {
  using Kind = NextStep::Kind;
  const DeliveryState state = state_of(route, steps);
  if (state == DeliveryState::withdrawn || state == DeliveryState::received) return {};
  const std::string& first = route.hops.front();
  NextStep next;
  if (has_channel && !has_left(route, steps) && !has(steps, StepKind::handed, first)) {
    next = {Kind::send, next_attempt(not_before, steps, first), first};
  }
  const auto escalated = escalated_at(steps);
  if (!escalated) {
    take_earlier(next, {Kind::escalate, not_before + base::from_seconds(escalate_after_s), ""});
    return next;
  }
  const std::string headquarters(kHeadquarters);
  const bool is_told =
      has(steps, StepKind::receipt, headquarters) || has(steps, StepKind::handed, headquarters);
  if (has_headquarters && first != headquarters && !is_told) {
    take_earlier(next, {Kind::send, next_attempt(*escalated, steps, headquarters), headquarters});
  }
  return next;
}

}  // namespace marsad::liaison
