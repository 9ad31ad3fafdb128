// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "incident/incident.h"

namespace marsad::incident {
namespace {

using testing::HasSubstr;

const Note kNote{base::Time{}, "watch 2", "seen"};

Incident in_state(LifecycleState state) {
  Incident incident;
  incident.id.value = 12;
  incident.state = state;
  return incident;
}

TEST(Lifecycle, GoesFromOpenOverAcknowledgedToResolvedAndKeepsEveryNote) {
  const auto acknowledged = acknowledge(in_state(LifecycleState::open), kNote);
  ASSERT_TRUE(acknowledged);
  EXPECT_EQ(acknowledged->state, LifecycleState::acknowledged);
  const Note report{base::Time{}, "patrol 4", "on our way"};
  const Note end{base::Time{}, "watch 3", "turned back"};
  const auto resolved = resolve(annotate(*acknowledged, report), Outcome::turned_back, end);
  ASSERT_TRUE(resolved);
  EXPECT_EQ(resolved->state, LifecycleState::resolved);
  EXPECT_EQ(resolved->outcome, Outcome::turned_back);
  EXPECT_EQ(resolved->notes, (std::vector{kNote, report, end}));
}

TEST(Lifecycle, LetsOnlyOneBeTheFirstToAcknowledge) {
  for (const auto state : {LifecycleState::acknowledged, LifecycleState::resolved}) {
    const auto again = acknowledge(in_state(state), kNote);
    ASSERT_FALSE(again);
    EXPECT_THAT(to_string(again.error()), HasSubstr("to be acknowledged it must be open"));
    EXPECT_THAT(to_string(again.error()), HasSubstr("incident 12"));
  }
}

TEST(Lifecycle, ResolvesOnlyWhatIsAcknowledged) {
  for (const auto state : {LifecycleState::open, LifecycleState::resolved}) {
    const auto resolved = resolve(in_state(state), Outcome::lost, kNote);
    ASSERT_FALSE(resolved);
    EXPECT_THAT(to_string(resolved.error()), HasSubstr("to be resolved it must be acknowledged"));
  }
}

TEST(Lifecycle, TakesANoteInEveryState) {
  for (const auto state :
       {LifecycleState::open, LifecycleState::acknowledged, LifecycleState::resolved}) {
    const Incident noted = annotate(in_state(state), kNote);
    EXPECT_EQ(noted.state, state);
    EXPECT_EQ(noted.notes.size(), 1U);
  }
}

TEST(Lifecycle, LetsAnIncidentGrowWithoutTouchingWhatPeopleDid) {
  Incident stored = *acknowledge(in_state(LifecycleState::open), kNote);
  stored.outcome = Outcome::own_force;
  stored.tracks = {{1}};
  Incident judged = in_state(LifecycleState::open);
  judged.tracks = {{1}, {2}};
  judged.because = "2 persons";
  const Incident now = grown(stored, judged);
  EXPECT_EQ(now.tracks.size(), 2U);
  EXPECT_EQ(now.because, "2 persons");
  EXPECT_EQ(now.state, LifecycleState::acknowledged);
  EXPECT_EQ(now.outcome, Outcome::own_force);
  EXPECT_EQ(now.notes, std::vector{kNote});
}

}  // namespace
}  // namespace marsad::incident
