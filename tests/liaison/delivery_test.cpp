// SPDX-License-Identifier: Apache-2.0
#include "liaison/delivery.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <vector>

#include "tests/liaison/samples.h"

namespace marsad::liaison {
namespace {

using Kind = NextStep::Kind;

constexpr double kEscalateAfter_s = 900;
const Route kRelayed{{"cell", "north"}, ""};

std::vector<DeliveryStep> sent_at(const std::vector<double>& times_s) {
  std::vector<DeliveryStep> steps;
  for (const double t_s : times_s) steps.push_back({second(t_s), StepKind::sending, "cell", ""});
  return steps;
}

DeliveryStep receipt(const std::string& hop) { return {second(50), StepKind::receipt, hop, ""}; }

NextStep next(const std::vector<DeliveryStep>& steps, bool has_channel = true) {
  return next_step(kRelayed, second(0), steps, kEscalateAfter_s, has_channel);
}

TEST(Delivery, IsTriedAgainAfterLongerAndLongerPausesOfAnHourAtMost) {
  EXPECT_EQ(next({}).at, second(0));
  EXPECT_EQ(next(sent_at({0})).at, second(30));
  EXPECT_EQ(next(sent_at({0, 30})).at, second(90));
  std::vector<double> many;
  for (int i = 0; i < 40; ++i) many.push_back(i);
  const NextStep escalates = next(sent_at(many));
  EXPECT_EQ(escalates.kind, Kind::escalate);
  std::vector<DeliveryStep> steps = sent_at(many);
  steps.push_back({second(900), StepKind::escalated, "headquarters", ""});
  EXPECT_EQ(next(steps).kind, Kind::send) << "it is still tried";
  EXPECT_EQ(next(steps).at, second(39 + 3600));
}

TEST(Delivery, StopsSendingOnceAnyHopHasItAndEndsWithTheLastOne) {
  std::vector<DeliveryStep> steps = sent_at({0});
  steps.push_back(receipt("cell"));
  EXPECT_EQ(next(steps).kind, Kind::escalate) << "the partner still has no receipt";
  EXPECT_EQ(next(steps).at, second(900));
  EXPECT_EQ(state_of(kRelayed, steps), DeliveryState::sent);
  steps.push_back(receipt("north"));
  EXPECT_EQ(next(steps).kind, Kind::nothing);
  EXPECT_EQ(state_of(kRelayed, steps), DeliveryState::received);
}

TEST(Delivery, WaitsForAPersonWhereThereIsNoChannelAndEscalatesOnce) {
  EXPECT_EQ(next({}, false).kind, Kind::escalate);
  const std::vector<DeliveryStep> steps = {{second(900), StepKind::escalated, "headquarters", ""}};
  EXPECT_EQ(next(steps, false).kind, Kind::nothing);
  EXPECT_EQ(state_of(kRelayed, steps), DeliveryState::escalated);
}

TEST(Delivery, EndsWhereItIsWithdrawn) {
  const std::vector<DeliveryStep> steps = {{second(1), StepKind::withdrawn, "", "own forces"}};
  EXPECT_EQ(next(steps).kind, Kind::nothing);
  EXPECT_EQ(state_of(kRelayed, steps), DeliveryState::withdrawn);
}

TEST(Delivery, IsNotRepeatedOnceAServerOnTheWayHasItWhichIsNoReceipt) {
  std::vector<DeliveryStep> steps = sent_at({0});
  steps.push_back({second(1), StepKind::handed, "cell", "250 queued"});
  EXPECT_EQ(next(steps).kind, Kind::escalate);
  EXPECT_EQ(next(steps).at, second(900));
  EXPECT_EQ(state_of(kRelayed, steps), DeliveryState::sent);
}

TEST(Delivery, GoesToTheHeadquartersTooOnceItIsEscalatedUntilTheyHaveIt) {
  std::vector<DeliveryStep> steps = sent_at({0});
  steps.push_back(receipt("cell"));
  const auto next_of = [&] {
    return next_step(kRelayed, second(0), steps, kEscalateAfter_s, true, true);
  };
  EXPECT_EQ(next_of().kind, Kind::escalate);
  steps.push_back({second(900), StepKind::escalated, "headquarters", "no receipt from north"});
  EXPECT_EQ(next_of().kind, Kind::send);
  EXPECT_EQ(next_of().hop, "headquarters");
  EXPECT_EQ(next_of().at, second(900));
  steps.push_back({second(900), StepKind::sending, "headquarters", ""});
  EXPECT_EQ(next_of().at, second(930)) << "its own pauses";
  EXPECT_EQ(attempts(steps, "headquarters"), 1U);
  steps.push_back({second(940), StepKind::receipt, "headquarters", ""});
  EXPECT_EQ(next_of().kind, Kind::nothing);
  EXPECT_EQ(state_of(kRelayed, steps), DeliveryState::escalated)
      << "the partner does not have it yet";
}

TEST(Delivery, NamesTheHopWhoseReceiptIsMissing) {
  EXPECT_EQ(missing_receipt(kRelayed, {}), "no receipt from north, nor from cell on the way");
  EXPECT_EQ(missing_receipt(kRelayed, {receipt("cell")}),
            "no receipt from north, though cell has it");
  EXPECT_EQ(missing_receipt({{"north"}, ""}, {}), "no receipt from north");
}

// Whoever follows what is said, ends with the partner told or the headquarters alarmed in time.
RC_GTEST_PROP(Delivery, NeverForgetsANotice, ()) {
  std::vector<DeliveryStep> steps;
  base::Time now = second(0);
  for (int i = 0; i < 60; ++i) {
    const NextStep todo = next(steps);
    if (todo.kind == Kind::nothing) break;
    now = std::max(now, todo.at);
    if (now > second(kEscalateAfter_s)) {
      RC_ASSERT(todo.kind == Kind::escalate ||
                state_of(kRelayed, steps) == DeliveryState::escalated);
    }
    if (todo.kind == Kind::escalate) {
      steps.push_back({now, StepKind::escalated, "headquarters", ""});
    } else {
      steps.push_back({now, StepKind::sending, "cell", ""});
    }
    const int luck = *rc::gen::inRange(0, 20);
    if (luck == 0) steps.push_back({now, StepKind::receipt, "cell", ""});
    if (luck == 1) steps.push_back({now, StepKind::receipt, "north", ""});
  }
  const DeliveryState end = state_of(kRelayed, steps);
  RC_ASSERT(end == DeliveryState::received || end == DeliveryState::escalated);
}

}  // namespace
}  // namespace marsad::liaison
