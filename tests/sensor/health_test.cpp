// SPDX-License-Identifier: Apache-2.0
#include "sensor/health.h"

#include <gtest/gtest.h>

namespace marsad::sensor {
namespace {

TEST(Health, ASensorThatSeesNothingOrElsewhereDoesNotWatch) {
  for (const HealthState state :
       {HealthState::no_signal, HealthState::reconnecting, HealthState::ended,
        HealthState::starting, HealthState::wrong_size, HealthState::covered, HealthState::blinded,
        HealthState::frozen, HealthState::moved}) {
    EXPECT_FALSE(watches(state));
    EXPECT_TRUE(is_worse(state, HealthState::defocused));
  }
  for (const HealthState state :
       {HealthState::ok, HealthState::corrupt, HealthState::defocused, HealthState::saturated,
        HealthState::dead_pixels, HealthState::noisy, HealthState::slow,
        HealthState::clock_wrong}) {
    EXPECT_TRUE(watches(state));
  }
}

TEST(Health, TheWorstOfNoneIsNoneAndOfSeveralTheGravest) {
  EXPECT_EQ(worst({}), nullptr);
  const std::vector<Condition> conditions = {
      {HealthState::noisy, {}, ""}, {HealthState::covered, {}, ""}, {HealthState::slow, {}, ""}};
  EXPECT_EQ(worst(conditions), &conditions[1]);
}

}  // namespace
}  // namespace marsad::sensor
