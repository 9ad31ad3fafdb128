// SPDX-License-Identifier: Apache-2.0
#include "service/replay.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>

#include "service/offline.h"
#include "service/track_log.h"
#include "tests/service/site_folder.h"

namespace marsad::service {
namespace {

class ReplayTest : public ::testing::Test {
 protected:
  ReplayTest() {
    site_.emplace(folder_.load());
    std::filesystem::create_directories(site_->record.parent_path());
    store_.emplace(*store::Store::open(site_->record.string()));
  }

  // What the first seconds give, recorded as a live run records it.
  store::RunId record() {
    const store::RunId run = store_->begin_run(base::Time{}, site_->text).value();
    TrackLog log;
    const auto ran = run_offline(*site_, base::Time{}, [&](const Step& step) {
      EXPECT_TRUE(store_->append(run, {step.frame}));
      log.take(step);
      EXPECT_TRUE(log.write(*store_, run));
      for (const incident::Incident& incident : step.incidents) {
        EXPECT_TRUE(store_->put_incident(run, incident, std::nullopt));
      }
      return step.frame.time < base::Time(std::chrono::seconds(15));
    });
    EXPECT_TRUE(ran);
    return run;
  }

  SiteFolder folder_;
  std::optional<Site> site_;
  std::optional<store::Store> store_;
};

TEST_F(ReplayTest, GivesTheSameBitForBit) {
  const store::RunId run = record();
  const auto report = replay(*store_, run, *site_);
  ASSERT_TRUE(report) << to_string(report.error());
  EXPECT_EQ(report->differences, 0U) << report->first_difference;
  EXPECT_EQ(report->incidents, 1U);
  EXPECT_GT(report->track_states, 10U);
  EXPECT_GT(report->frames, 140U);
}

TEST_F(ReplayTest, MindsNotWhatPeopleDid) {
  const store::RunId run = record();
  const auto incidents = store_->incidents_of(run).value();
  const auto noted = incident::annotate(incidents.at(0), {base::Time{}, "watch 2", "seen"});
  ASSERT_TRUE(store_->put_incident(run, noted, std::nullopt));
  EXPECT_EQ(replay(*store_, run, *site_)->differences, 0U);
}

TEST_F(ReplayTest, SaysAgainWhatOperatorsSaid) {
  std::vector<detect::FrameDetections> frames;
  ASSERT_TRUE(run_offline(*site_, base::Time{}, [&](const Step& step) {
    frames.push_back(step.frame);
    return step.frame.time < base::Time(std::chrono::seconds(15));
  }));
  const store::RunId run = store_->begin_run(base::Time{}, site_->text).value();
  const auto keep = [&](const store::RecordedWord& word) { return store_->put_word(run, word); };
  Chain chain(*site_, incident::IncidentId{1});
  TrackLog log;
  std::optional<track::TrackId> dropped;
  for (const detect::FrameDetections& frame : frames) {
    Step step;
    step.frame = frame;
    chain.locate(step);
    chain.track(step);
    chain.judge(step);
    ASSERT_TRUE(store_->append(run, {step.frame}));
    log.take(step);
    ASSERT_TRUE(log.write(*store_, run));
    for (const incident::Incident& incident : step.incidents) {
      ASSERT_TRUE(store_->put_incident(run, incident, std::nullopt));
    }
    for (const track::Track& track : step.tracks) {
      EXPECT_TRUE(!dropped || track.id != *dropped);
      if (dropped || track.status != track::TrackStatus::confirmed) continue;
      dropped = track.id;
      const auto said = chain.operators().say(
          {track::WordKind::drop, track.id, {}, sensor::MoverClass::unknown, "watch 2", {}}, keep);
      EXPECT_TRUE(std::holds_alternative<track::OperatorWord>(said));
      break;
    }
  }
  ASSERT_TRUE(dropped.has_value());
  const auto report = replay(*store_, run, *site_);
  ASSERT_TRUE(report) << to_string(report.error());
  EXPECT_EQ(report->differences, 0U) << report->first_difference;
}

TEST_F(ReplayTest, GivesTheSameWhereFramesCameLate) {
  std::vector<detect::FrameDetections> frames;
  ASSERT_TRUE(run_offline(*site_, base::Time{}, [&](const Step& step) {
    frames.push_back(step.frame);
    return step.frame.time < base::Time(std::chrono::seconds(15));
  }));
  for (std::size_t i = 40; i + 25 < frames.size(); i += 50) {
    std::rotate(frames.begin() + std::ptrdiff_t(i), frames.begin() + std::ptrdiff_t(i) + 1,
                frames.begin() + std::ptrdiff_t(i) + 25);
  }
  const store::RunId run = store_->begin_run(base::Time{}, site_->text).value();
  Chain chain(*site_, incident::IncidentId{1});
  TrackLog log;
  bool amended = false;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    Step step;
    step.frame = frames[i];
    chain.locate(step);
    chain.track(step);
    chain.judge(step);
    amended |= step.amended.has_value();
    ASSERT_TRUE(store_->append(run, {step.frame}));
    log.take(step);
    if (i % 7 == 0) {
      ASSERT_TRUE(log.write(*store_, run));
    }
    for (const incident::Incident& incident : step.incidents) {
      ASSERT_TRUE(store_->put_incident(run, incident, std::nullopt));
    }
  }
  ASSERT_TRUE(log.write(*store_, run));
  EXPECT_TRUE(amended);
  const auto report = replay(*store_, run, *site_);
  ASSERT_TRUE(report) << to_string(report.error());
  EXPECT_EQ(report->differences, 0U) << report->first_difference;
}

TEST_F(ReplayTest, GivesTheSameOfMoversWhoseGroundIsNotSeen) {
  // From the tenth second on all that is detected is raised above the horizon, so that only its
  // bearing is told.
  constexpr base::Time kRaised{std::chrono::seconds(10)};
  const store::RunId run = store_->begin_run(base::Time{}, site_->text).value();
  Chain chain(*site_, incident::IncidentId{1});
  TrackLog log;
  std::size_t bearings = 0;
  std::vector<track::Track> last;
  ASSERT_TRUE(run_offline(*site_, base::Time{}, [&](const Step& seen) {
    Step step;
    step.frame = seen.frame;
    if (step.frame.time > kRaised) {
      for (detect::Detection& detection : step.frame.detections) {
        detection.box.y -= 90;
        detection.centroid.v -= 90;
      }
    }
    chain.locate(step);
    for (const locate::Plot& plot : step.scan.plots) bearings += plot.place ? 0U : 1U;
    chain.track(step);
    chain.judge(step);
    EXPECT_TRUE(store_->append(run, {step.frame}));
    log.take(step);
    EXPECT_TRUE(log.write(*store_, run));
    for (const incident::Incident& incident : step.incidents) {
      EXPECT_TRUE(store_->put_incident(run, incident, std::nullopt));
    }
    last = step.tracks;
    return step.frame.time < base::Time(std::chrono::seconds(15));
  }));
  EXPECT_GT(bearings, 20U);
  EXPECT_TRUE(std::any_of(last.begin(), last.end(), [&](const track::Track& track) {
    return track.status == track::TrackStatus::confirmed &&
           track.last_seen > kRaised + std::chrono::seconds(4);
  }));
  const auto report = replay(*store_, run, *site_);
  ASSERT_TRUE(report) << to_string(report.error());
  EXPECT_EQ(report->differences, 0U) << report->first_difference;
}

TEST_F(ReplayTest, FindsWhatWasChangedSince) {
  const store::RunId run = record();
  incident::Incident forged = store_->incidents_of(run).value().at(0);
  forged.chainage_m += 1e-9;
  ASSERT_TRUE(store_->put_incident(run, forged, std::nullopt));
  const auto report = replay(*store_, run, *site_);
  EXPECT_EQ(report->differences, 1U);
  EXPECT_EQ(report->first_difference, "incident " + std::to_string(forged.id.value));
}

}  // namespace
}  // namespace marsad::service
