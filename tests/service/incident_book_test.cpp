// SPDX-License-Identifier: Apache-2.0
#include "service/incident_book.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "tests/store/samples.h"
#include "tests/support/temporary_folder.h"

namespace marsad::service {
namespace {

using incident::IncidentId;
using incident::LifecycleState;

incident::Incident open_incident(std::uint64_t id) {
  incident::Incident incident;
  incident.id.value = id;
  return incident;
}

IncidentBook::Change acknowledging() {
  return [](const incident::Incident& current) {
    return incident::acknowledge(current, {base::Time{}, "watch 2", ""});
  };
}

class IncidentBookTest : public ::testing::Test {
 protected:
  std::unique_ptr<IncidentBook> open() {
    return IncidentBook::open(
               *store_, run_,
               [this](const incident::Incident& incident) { published_.push_back(incident); })
        .value();
  }

  test::TemporaryFolder folder_;
  std::optional<store::Store> store_ = *store::Store::open(folder_.file("record.db"));
  store::RunId run_ = store_->begin_run(base::Time{}, "").value();
  std::vector<incident::Incident> published_;
  std::unique_ptr<IncidentBook> book_ = open();
};

TEST_F(IncidentBookTest, ShowsAnIncidentAtOnceAndStoresItWhenAsked) {
  book_->judged(open_incident(1), video::Bytes{1, 2, 3});
  EXPECT_EQ(published_.size(), 1U);
  EXPECT_TRUE(book_->has_picture({1}));
  EXPECT_EQ(book_->picture({1}), (video::Bytes{1, 2, 3}));
  EXPECT_TRUE(store_->incidents()->empty());
  ASSERT_TRUE(book_->store_pending());
  EXPECT_EQ(store_->incidents()->size(), 1U);
  EXPECT_EQ(store_->picture({1}).value(), (video::Bytes{1, 2, 3}));
}

TEST_F(IncidentBookTest, StoresAnIncidentNotYetStoredTogetherWithAPersonsChange) {
  book_->judged(open_incident(1), video::Bytes{1});
  const auto changed = book_->change({1}, acknowledging());
  ASSERT_TRUE(std::holds_alternative<incident::Incident>(changed));
  EXPECT_EQ(store_->incident({1}).value()->state, LifecycleState::acknowledged);
  EXPECT_EQ(store_->picture({1}).value(), video::Bytes{1});
}

incident::Incident at_hour(std::uint64_t id, int hour, LifecycleState state) {
  incident::Incident incident = open_incident(id);
  incident.time = incident.told = base::Time{} + std::chrono::hours(hour);
  incident.state = state;
  return incident;
}

TEST_F(IncidentBookTest, LetsGoOfWhatIsOldAndResolvedAndStillFindsIt) {
  ASSERT_TRUE(store_->put_incident(run_, at_hour(1, 0, LifecycleState::resolved), video::Bytes{7}));
  ASSERT_TRUE(store_->put_incident(run_, at_hour(2, 0, LifecycleState::tasked), std::nullopt));
  ASSERT_TRUE(store_->put_incident(run_, at_hour(3, 20, LifecycleState::resolved), std::nullopt));
  book_ = open();
  EXPECT_EQ(book_->newest_first().size(), 3U);
  book_->judged(at_hour(4, 30, LifecycleState::open), std::nullopt);
  const auto shown = book_->newest_first();
  ASSERT_EQ(shown.size(), 3U);
  EXPECT_EQ(shown[0].id, IncidentId{4});
  EXPECT_EQ(shown[1].id, IncidentId{3});
  EXPECT_EQ(shown[2].id, IncidentId{2});
  ASSERT_TRUE(book_->find({1}));
  EXPECT_EQ(book_->find({1})->state, LifecycleState::resolved);
  EXPECT_TRUE(book_->has_picture({1}));
  EXPECT_FALSE(book_->has_picture({2}));
  EXPECT_EQ(book_->picture({1}), video::Bytes{7});
  EXPECT_EQ(book_->next_id(), IncidentId{5});
}

TEST_F(IncidentBookTest, ChangesWhatItNoLongerHasAtHand) {
  ASSERT_TRUE(store_->put_incident(run_, at_hour(1, 0, LifecycleState::resolved), std::nullopt));
  ASSERT_TRUE(store_->put_incident(run_, at_hour(2, 48, LifecycleState::open), std::nullopt));
  book_ = open();
  EXPECT_EQ(book_->newest_first().size(), 1U);
  const incident::Note note{base::Time{}, "watch 2", "seen again"};
  const auto noted = book_->change({1}, [&](const incident::Incident& current) {
    return base::Result<incident::Incident>(incident::annotate(current, note));
  });
  ASSERT_TRUE(std::holds_alternative<incident::Incident>(noted));
  EXPECT_EQ(store_->incident({1}).value()->notes, std::vector{note});
}

TEST_F(IncidentBookTest, ListsATimeWithWhatIsNotStoredYet) {
  ASSERT_TRUE(store_->put_incident(run_, at_hour(1, 0, LifecycleState::open), std::nullopt));
  ASSERT_TRUE(store_->put_incident(run_, at_hour(2, 48, LifecycleState::open), std::nullopt));
  book_ = open();
  incident::Incident grown = at_hour(2, 49, LifecycleState::open);
  grown.because = "two walkers";
  book_->judged(grown, std::nullopt);
  book_->judged(at_hour(3, 50, LifecycleState::open), std::nullopt);
  const auto hour = [](int h) { return base::Time{} + std::chrono::hours(h); };
  const auto found = book_->between(hour(0), hour(51), 10).value();
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].id, IncidentId{3});
  EXPECT_EQ(found[1].because, "two walkers");
  EXPECT_EQ(found[2].id, IncidentId{1});
  EXPECT_EQ(book_->between(hour(48), hour(49), 10).value().size(), 0U);
}

TEST_F(IncidentBookTest, KeepsTheFirstPictureOfAnIncidentThatGrows) {
  book_->judged(open_incident(1), video::Bytes{1});
  book_->judged(open_incident(1), video::Bytes{2});
  EXPECT_EQ(book_->picture({1}), video::Bytes{1});
}

TEST_F(IncidentBookTest, KeepsWhatPeopleDidWhenTheJudgeGoesOn) {
  book_->judged(open_incident(1), std::nullopt);
  book_->change({1}, acknowledging());
  incident::Incident more = open_incident(1);
  more.because = "2 persons";
  book_->judged(more, std::nullopt);
  ASSERT_TRUE(book_->store_pending());
  const auto stored = store_->incident({1}).value();
  EXPECT_EQ(stored->state, LifecycleState::acknowledged);
  EXPECT_EQ(stored->because, "2 persons");
  EXPECT_EQ(published_.back().state, LifecycleState::acknowledged);
}

TEST_F(IncidentBookTest, BeginsWithWhatTheRecordHolds) {
  book_->judged(open_incident(1), video::Bytes{1});
  book_->judged(open_incident(2), std::nullopt);
  ASSERT_TRUE(book_->store_pending());
  const auto again = open();
  ASSERT_EQ(again->newest_first().size(), 2U);
  EXPECT_EQ(again->newest_first()[0].id, IncidentId{2});
  EXPECT_TRUE(again->has_picture({1}));
  EXPECT_FALSE(again->has_picture({2}));
}

TEST_F(IncidentBookTest, PublishesTheStatesOfAnIncidentInTheirOrder) {
  for (std::uint64_t id = 1; id <= 50; ++id) {
    book_->judged(open_incident(id), std::nullopt);
    published_.clear();
    std::jthread judge([&] {
      for (int i = 0; i < 20; ++i) book_->judged(open_incident(id), std::nullopt);
    });
    book_->change({id}, acknowledging());
    judge.join();
    bool acknowledged = false;
    for (const incident::Incident& state : published_) {
      EXPECT_FALSE(acknowledged && state.state == LifecycleState::open);
      acknowledged = acknowledged || state.state == LifecycleState::acknowledged;
    }
    EXPECT_TRUE(acknowledged);
  }
}

TEST_F(IncidentBookTest, LetsOneOfManyBeTheFirst) {
  book_->judged(open_incident(1), std::nullopt);
  std::atomic<int> first = 0;
  {
    std::vector<std::jthread> posts;
    for (int i = 0; i < 8; ++i) {
      posts.emplace_back([&] {
        const auto changed = book_->change({1}, acknowledging());
        if (std::holds_alternative<incident::Incident>(changed)) ++first;
      });
    }
  }
  EXPECT_EQ(first, 1);
  EXPECT_EQ(published_.size(), 2U);
}

}  // namespace
}  // namespace marsad::service
