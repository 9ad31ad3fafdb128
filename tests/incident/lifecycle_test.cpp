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
  const auto resolved =
      resolve(annotate(*acknowledged, report), {.outcome = Outcome::turned_back}, end);
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
    const auto resolved = resolve(in_state(state), {.outcome = Outcome::lost}, kNote);
    ASSERT_FALSE(resolved);
    EXPECT_THAT(to_string(resolved.error()), HasSubstr("to be resolved it must be acknowledged"));
  }
}

TEST(Lifecycle, NotesWhenEachThingWasDoneForTheFirstTime) {
  const auto note = [](int minute) {
    return Note{base::Time{} + std::chrono::minutes(minute), "watch 2", ""};
  };
  const auto sent =
      task(*acknowledge(in_state(LifecycleState::open), note(1)), "patrol 4", note(2));
  ASSERT_TRUE(sent);
  const auto another = task(*sent, "patrol 5", note(3));
  ASSERT_TRUE(another);
  const auto there = arrive(*another, note(20));
  ASSERT_TRUE(there);
  EXPECT_EQ(there->state, LifecycleState::tasked);
  const auto resolved = resolve(*there, {.outcome = Outcome::detained}, note(30));
  ASSERT_TRUE(resolved);
  EXPECT_EQ(resolved->reached,
            (Milestones{note(1).time, note(2).time, note(20).time, note(30).time}));
}

TEST(Lifecycle, LetsThoseSentArriveOnce) {
  const auto early = arrive(in_state(LifecycleState::acknowledged), kNote);
  ASSERT_FALSE(early);
  EXPECT_THAT(to_string(early.error()), HasSubstr("must be tasked"));
  const auto there = arrive(in_state(LifecycleState::tasked), kNote);
  ASSERT_TRUE(there);
  const auto again = arrive(*there, kNote);
  ASSERT_FALSE(again);
  EXPECT_THAT(to_string(again.error()), HasSubstr("arrived at already"));
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

TEST(Lifecycle, SendsSomebodyOnceItIsAcknowledgedAndSomebodyElseInstead) {
  const auto early = task(in_state(LifecycleState::open), "patrol 4", kNote);
  ASSERT_FALSE(early);
  EXPECT_THAT(to_string(early.error()), HasSubstr("to be tasked it must be acknowledged"));
  const auto tasked = task(in_state(LifecycleState::acknowledged), "patrol 4", kNote);
  ASSERT_TRUE(tasked);
  EXPECT_EQ(tasked->state, LifecycleState::tasked);
  EXPECT_EQ(tasked->tasked_to, "patrol 4");
  const auto other = task(*tasked, "patrol 5", kNote);
  ASSERT_TRUE(other);
  EXPECT_EQ(other->tasked_to, "patrol 5");
  EXPECT_EQ(other->notes.size(), 2U);
  EXPECT_FALSE(task(*tasked, "", kNote));
  EXPECT_TRUE(resolve(*tasked, {.outcome = Outcome::detained}, kNote));
}

TEST(Lifecycle, KeepsHowManyThereWereAndWhereTheyWereSentOn) {
  const auto resolved =
      resolve(in_state(LifecycleState::tasked),
              {Outcome::aid_given, Persons{2, 3, 1}, Referral::family_tracing}, kNote);
  ASSERT_TRUE(resolved);
  EXPECT_EQ(resolved->persons, (Persons{2, 3, 1}));
  EXPECT_EQ(resolved->referral, Referral::family_tracing);
  const Incident now = grown(*resolved, in_state(LifecycleState::open));
  EXPECT_EQ(now.persons, resolved->persons);
  EXPECT_EQ(now.referral, resolved->referral);
}

TEST(Lifecycle, RefusesNumbersThatCannotBe) {
  const auto more = resolve(in_state(LifecycleState::tasked),
                            {Outcome::aid_given, Persons{1, 1, 3}, Referral::none}, kNote);
  ASSERT_FALSE(more);
  EXPECT_THAT(to_string(more.error()), HasSubstr("3 injured of 2 persons"));
  const auto nobody = resolve(in_state(LifecycleState::tasked),
                              {Outcome::aid_given, std::nullopt, Referral::medical}, kNote);
  ASSERT_FALSE(nobody);
  EXPECT_THAT(to_string(nobody.error()), HasSubstr("referral medical of nobody"));
}

base::Time after_s(double s) { return base::Time(base::from_seconds(s)); }

TEST(Lifecycle, BringsAnOpenIncidentToMindEverMoreSeldom) {
  Incident incident = in_state(LifecycleState::open);
  EXPECT_FALSE(reminded(incident, after_s(299), 300));
  const auto once = reminded(incident, after_s(300), 300);
  ASSERT_TRUE(once);
  EXPECT_EQ(once->reminders, 1U);
  ASSERT_EQ(once->notes.size(), 1U);
  EXPECT_EQ(once->notes[0].text, "not acknowledged for 300 s");
  EXPECT_FALSE(reminded(*once, after_s(599), 300));
  EXPECT_EQ(reminded(*once, after_s(600), 300)->reminders, 2U);
  // After a night in which the program did not run, one note and not eight.
  const auto late = reminded(incident, after_s(1e6), 300);
  ASSERT_TRUE(late);
  EXPECT_EQ(late->notes.size(), 1U);
  EXPECT_FALSE(reminded(*late, after_s(1e9), 300));
}

TEST(Lifecycle, BringsNothingToMindThatSomebodyHasSeenOrThatIsOneWithAnother) {
  EXPECT_FALSE(reminded(in_state(LifecycleState::acknowledged), after_s(1000), 300));
  EXPECT_FALSE(reminded(in_state(LifecycleState::resolved), after_s(1000), 300));
  Incident merged = in_state(LifecycleState::open);
  merged.merged_into = IncidentId{3};
  EXPECT_FALSE(reminded(merged, after_s(1000), 300));
}

}  // namespace
}  // namespace marsad::incident
