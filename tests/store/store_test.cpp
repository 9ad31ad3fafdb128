// SPDX-License-Identifier: Apache-2.0
#include "store/store.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <thread>

#include "store/detection_blob.h"
#include "tests/store/samples.h"
#include "tests/support/temporary_folder.h"

namespace marsad::store {
namespace {

using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

class StoreTest : public ::testing::Test {
 protected:
  Store open() {
    auto store = Store::open(file_);
    EXPECT_TRUE(store) << to_string(store.error());
    return *std::move(store);
  }
  static std::string error_of(const std::string& file) {
    const auto store = Store::open(file);
    const auto reading = Store::open_to_read(file);
    EXPECT_FALSE(store);
    EXPECT_FALSE(reading);
    EXPECT_EQ(store.error().where, file);
    return store.error().message;
  }
  void change_file(const std::string& sql) {
    SQLite::Database database(file_, SQLite::OPEN_READWRITE);
    database.exec(sql);
  }
  std::vector<std::string> files() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) {
      names.push_back(entry.path().filename().string());
    }
    return names;
  }

  test::TemporaryFolder folder_;
  std::string file_ = folder_.file("record.db");
};

std::vector<detect::FrameDetections> all_frames(const Store& store, RunId run) {
  std::vector<detect::FrameDetections> frames;
  const auto read = store.read_detections(run, [&](const detect::FrameDetections& frame) {
    frames.push_back(frame);
    return true;
  });
  EXPECT_TRUE(read) << to_string(read.error());
  return frames;
}

void expect_same_bits(const detect::FrameDetections& a, const detect::FrameDetections& b) {
  EXPECT_EQ(a.camera, b.camera);
  EXPECT_EQ(a.frame, b.frame);
  EXPECT_EQ(a.time, b.time);
  EXPECT_EQ(encode(a.pose, a.detections), encode(b.pose, b.detections));
}

TEST_F(StoreTest, FindsRunsAndTheirSitesAgain) {
  {
    Store store = open();
    EXPECT_FALSE(store.newest_run());
    ASSERT_TRUE(store.begin_run(sample_time(0), "first"));
  }
  Store store = open();
  const auto run = store.begin_run(sample_time(1), "site.toml:\n\nname = \"شمال\"");
  ASSERT_TRUE(run);
  EXPECT_EQ(store.newest_run().value(), *run);
  EXPECT_EQ(store.site_of(*run).value(), "site.toml:\n\nname = \"شمال\"");
  EXPECT_EQ(store.site_of({run->value - 1}).value(), "first");
  EXPECT_THAT(store.site_of({99}).error().message, HasSubstr("no run 99"));
}

TEST_F(StoreTest, GivesDetectionsBackInOrderAndBitForBit) {
  std::vector<detect::FrameDetections> frames;
  for (std::uint32_t i = 0; i < 600; ++i) frames.push_back(sample_frame(600 - i, i % 5));
  frames[3].frame = std::numeric_limits<std::uint64_t>::max();
  RunId run;
  {
    Store store = open();
    run = store.begin_run(sample_time(0), "").value();
    const auto other = store.begin_run(sample_time(1), "").value();
    ASSERT_TRUE(store.append(run, {frames.begin(), frames.begin() + 100}));
    ASSERT_TRUE(store.append(other, {sample_frame(1, 1)}));
    ASSERT_TRUE(store.append(run, {frames.begin() + 100, frames.end()}));
  }
  const auto read = all_frames(open(), run);
  ASSERT_EQ(read.size(), frames.size());
  for (std::size_t i = 0; i < frames.size(); ++i) expect_same_bits(read[i], frames[i]);
}

TEST_F(StoreTest, StopsReadingWhenToldAndMayBeAskedWhileReading) {
  Store store = open();
  const auto run = store.begin_run(sample_time(0), "site").value();
  ASSERT_TRUE(store.append(run, {sample_frame(1, 1), sample_frame(2, 1), sample_frame(3, 1)}));
  int taken = 0;
  ASSERT_TRUE(store.read_detections(run, [&](const detect::FrameDetections&) {
    EXPECT_EQ(store.site_of(run).value(), "site");
    EXPECT_TRUE(store.append(run, {sample_frame(4, 0)}));
    return ++taken < 2;
  }));
  EXPECT_EQ(taken, 2);
}

TEST_F(StoreTest, GivesIncidentsBackWhole) {
  {
    Store store = open();
    const auto run = store.begin_run(sample_time(0), "").value();
    ASSERT_TRUE(store.put_incident(run, sample_incident(5), std::nullopt));
  }
  const auto found = open().incident({5});
  ASSERT_TRUE(found);
  EXPECT_EQ(**found, sample_incident(5));
  EXPECT_EQ(open().incident({6}).value(), std::nullopt);
}

TEST_F(StoreTest, KeepsEveryOutcomeAndState) {
  Store store = open();
  const auto run = store.begin_run(sample_time(0), "").value();
  for (int i = 0; i <= static_cast<int>(incident::Outcome::false_alarm); ++i) {
    auto incident = sample_incident(1);
    incident.state = incident::LifecycleState::resolved;
    incident.outcome = static_cast<incident::Outcome>(i);
    incident.direction = static_cast<incident::Direction>(i % 2);
    ASSERT_TRUE(store.put_incident(run, incident, std::nullopt));
    EXPECT_EQ(**store.incident({1}), incident);
  }
}

TEST_F(StoreTest, ReplacesAnIncidentWithItsListsAndLeavesItWithItsRun) {
  Store store = open();
  const auto first = store.begin_run(sample_time(0), "").value();
  const auto second = store.begin_run(sample_time(9), "").value();
  ASSERT_TRUE(store.put_incident(first, sample_incident(1), std::nullopt));
  auto changed = sample_incident(1);
  changed.notes = {{sample_time(30), "post 4", "nobody there"}};
  changed.sensors.clear();
  changed.probability = 0.5;
  ASSERT_TRUE(store.put_incident(second, changed, std::nullopt));
  EXPECT_EQ(**store.incident({1}), changed);
  EXPECT_EQ(store.incidents_of(first).value().size(), 1u);
  EXPECT_TRUE(store.incidents_of(second).value().empty());
}

TEST_F(StoreTest, ListsIncidentsNewestFirstAndOfARunOldestFirst) {
  Store store = open();
  const auto first = store.begin_run(sample_time(0), "").value();
  const auto second = store.begin_run(sample_time(1), "").value();
  for (std::uint64_t id : {2u, 1u, 3u}) {
    ASSERT_TRUE(store.put_incident(first, sample_incident(id), std::nullopt));
  }
  ASSERT_TRUE(store.put_incident(second, sample_incident(4), std::nullopt));
  const auto ids = [](const std::vector<incident::Incident>& incidents) {
    std::vector<std::uint64_t> values;
    for (const auto& incident : incidents) values.push_back(incident.id.value);
    return values;
  };
  EXPECT_EQ(ids(store.incidents().value()), (std::vector<std::uint64_t>{4, 3, 2, 1}));
  EXPECT_EQ(ids(store.incidents_of(first).value()), (std::vector<std::uint64_t>{1, 2, 3}));
  EXPECT_EQ(ids(store.incidents_between(sample_time(2), sample_time(4), 9).value()),
            (std::vector<std::uint64_t>{3, 2}));
  EXPECT_EQ(ids(store.incidents_between(sample_time(0), sample_time(9), 2).value()),
            (std::vector<std::uint64_t>{4, 3}));
  EXPECT_EQ(store.newest_incident().value()->id, incident::IncidentId{4});
  EXPECT_EQ(store.newest_incident().value()->time, sample_time(4));
}

TEST_F(StoreTest, HasAtHandWhatIsNewAndOfTheOldWhatIsNotResolved) {
  Store store = open();
  EXPECT_FALSE(store.newest_incident().value());
  const auto run = store.begin_run(sample_time(0), "").value();
  for (std::uint64_t id = 1; id <= 8; ++id) {  // those of odd numbers are resolved
    ASSERT_TRUE(store.put_incident(run, sample_incident(id), std::nullopt));
  }
  std::vector<std::uint64_t> ids;
  const auto at_hand = store.incidents_at_hand(sample_time(7), 2);
  ASSERT_TRUE(at_hand);
  for (const auto& incident : *at_hand) {
    ids.push_back(incident.id.value);
  }
  EXPECT_EQ(ids, (std::vector<std::uint64_t>{8, 7, 6, 4}));
}

TEST_F(StoreTest, KeepsAPictureUntilAnotherIsGiven) {
  using Picture = std::optional<std::vector<std::uint8_t>>;
  Store store = open();
  const auto run = store.begin_run(sample_time(0), "").value();
  ASSERT_TRUE(store.put_incident(run, sample_incident(1), std::nullopt));
  EXPECT_EQ(store.picture({1}).value(), std::nullopt);
  const Picture picture = {{0xff, 0xd8, 0, 7}};
  ASSERT_TRUE(store.put_incident(run, sample_incident(1), picture));
  ASSERT_TRUE(store.put_incident(run, sample_incident(1), std::nullopt));
  EXPECT_EQ(store.picture({1}).value(), picture);
  const Picture empty = std::vector<std::uint8_t>();
  ASSERT_TRUE(store.put_incident(run, sample_incident(1), empty));
  EXPECT_EQ(store.picture({1}).value(), empty);
}

TEST_F(StoreTest, KeepsOneRowATrackAndSecondTheLast) {
  Store store = open();
  const auto run = store.begin_run(sample_time(0), "").value();
  auto later = sample_track(1, sample_time(10) + base::Duration(500'000));
  auto next = sample_track(1, sample_time(11));
  next.sensors = {{"T3"}, {"T4"}};
  const auto other = sample_track(2, sample_time(11));
  ASSERT_TRUE(store.append_tracks(run, {sample_track(1, sample_time(10)), later}));
  ASSERT_TRUE(store.append_tracks(run, {next, other}));

  const auto tracks = store.tracks_of(run, sample_time(0), sample_time(12)).value();
  ASSERT_EQ(tracks.size(), 3u);
  EXPECT_EQ(tracks[0].time, later.time);
  EXPECT_EQ(tracks[0].sensors, later.sensors);
  EXPECT_EQ(tracks[1].sensors, next.sensors);
  EXPECT_EQ(tracks[2].id, other.id);
  EXPECT_EQ(store.tracks_of(run, later.time, next.time).value().size(), 1u);
  EXPECT_TRUE(store.tracks_of(run, sample_time(12), sample_time(99)).value().empty());
}

TEST_F(StoreTest, AmendsTheTracksOfTheSecondsThatChanged) {
  Store store = open();
  const auto run = store.begin_run(sample_time(0), "").value();
  std::vector<track::Track> tracks;
  for (int second = 9; second <= 12; ++second) {
    tracks.push_back(sample_track(1, sample_time(second)));
    tracks.push_back(sample_track(2, sample_time(second)));
  }
  ASSERT_TRUE(store.append_tracks(run, tracks));
  const auto changed = sample_track(1, sample_time(11));
  const auto second_of = [](base::Time time) {
    return std::chrono::floor<std::chrono::seconds>(time);
  };
  ASSERT_TRUE(store.amend_tracks(run, second_of(sample_time(10)), second_of(sample_time(12)),
                                 {changed, sample_track(3, sample_time(12))}));

  const auto read = store.tracks_of(run, sample_time(0), sample_time(99)).value();
  ASSERT_EQ(read.size(), 4U);
  EXPECT_EQ(read[0], tracks[0]);
  EXPECT_EQ(read[1], tracks[1]);
  EXPECT_EQ(read[2].id, track::TrackId{1});
  EXPECT_EQ(read[2].time, sample_time(11));
  EXPECT_EQ(read[3].id, track::TrackId{3});
}

TEST_F(StoreTest, GivesEveryNumberOfATrackBack) {
  Store store = open();
  const auto run = store.begin_run(sample_time(0), "").value();
  const auto track = sample_track(77, sample_time(3));
  ASSERT_TRUE(store.append_tracks(run, {track}));
  const auto read = store.tracks_of(run, sample_time(3), sample_time(4)).value().at(0);
  EXPECT_EQ(read.status, track.status);
  EXPECT_EQ(read.place, track.place);
  EXPECT_EQ(read.ve_mps, track.ve_mps);
  EXPECT_EQ(read.vn_mps, track.vn_mps);
  EXPECT_EQ(read.cov, track.cov);
  EXPECT_EQ(read.bias_cov_m2, track.bias_cov_m2);
  EXPECT_EQ(read.existence, track.existence);
  EXPECT_EQ(read.classes, track.classes);
  EXPECT_EQ(read.first_seen, track.first_seen);
  EXPECT_EQ(read.last_seen, track.last_seen);
  EXPECT_EQ(read.plots, track.plots);
  EXPECT_EQ(read.last_sensor, track.last_sensor);
  EXPECT_EQ(read.last_cause, track.last_cause);
}

TEST_F(StoreTest, RefusesWhatItCanNotKeepAndGoesOn) {
  Store store = open();
  const auto run = store.begin_run(sample_time(0), "").value();
  EXPECT_THAT(store.append({99}, {sample_frame(1, 1)}).error().message,
              HasSubstr("the run is not in the record"));
  auto incident = sample_incident(1);
  incident.speed_mps = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THAT(store.put_incident(run, incident, std::nullopt).error().message,
              HasSubstr("incident.speed_mps"));
  EXPECT_TRUE(store.put_incident(run, sample_incident(1), std::nullopt));
}

TEST_F(StoreTest, SaysWhyAFileCanNotBeOpened) {
  EXPECT_THAT(error_of(folder_.file("missing/record.db")), HasSubstr("there is no folder"));
  EXPECT_THAT(error_of(folder_.path().string()), HasSubstr("a folder; expected a file"));
  EXPECT_THAT(Store::open_to_read(file_).error().message, HasSubstr("no such file"));
  for (const std::string& text : {std::string("hello\n"), std::string(5000, 'x')}) {
    std::ofstream(folder_.file("notes.txt")) << text;
    EXPECT_THAT(error_of(folder_.file("notes.txt")), HasSubstr("not a Marsad record"));
    std::ifstream in(folder_.file("notes.txt"));
    EXPECT_EQ(std::string(std::istreambuf_iterator<char>(in), {}), text);
  }
}

TEST_F(StoreTest, RefusesOtherSqliteFilesAndNewerRecords) {
  {
    SQLite::Database other(folder_.file("other.db"), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    other.exec("CREATE TABLE song (name TEXT)");
  }
  EXPECT_THAT(error_of(folder_.file("other.db")), HasSubstr("an SQLite file of something else"));
  {
    open();
  }
  change_file("PRAGMA user_version = 99");
  EXPECT_THAT(error_of(file_),
              HasSubstr("a record of version 99; this program reads versions 1 to 9"));
}

TEST_F(StoreTest, KeepsTheSensorsHealthOverRunsNewestFirst) {
  Store store = open();
  const auto first = store.begin_run(sample_time(0), "").value();
  const auto second = store.begin_run(sample_time(100), "").value();
  sensor::HealthStretch ok{{"T3"}, 0, sensor::HealthState::ok, sample_time(0), std::nullopt, ""};
  sensor::HealthStretch frozen{{"T3"},       1,        sensor::HealthState::frozen, sample_time(7),
                               std::nullopt, "for 5 s"};
  ASSERT_TRUE(store.put_health(first, {ok}));
  ok.until = sample_time(7);
  ASSERT_TRUE(store.put_health(first, {ok, frozen}));
  ASSERT_TRUE(store.put_health(second, {frozen, {{"T4"}, 0, {}, sample_time(101), {}, ""}}));
  const auto found = store.newest_health({"T3"}, 10).value();
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].run, second);
  EXPECT_EQ(found[1].run, first);
  EXPECT_EQ(found[1].stretch, frozen);
  EXPECT_EQ(found[2].stretch, ok);
  EXPECT_EQ(store.newest_health({"T3"}, 1).value().size(), 1U);
  EXPECT_TRUE(store.newest_health({"T9"}, 10).value().empty());
}

TEST_F(StoreTest, KeepsWhatWasDarkAndForHowLongThatIsKnown) {
  Store store = open();
  const auto killed = store.begin_run(sample_time(0), "").value();
  const plan::DarkSpell lasting{
      0, 3, 1000, 2600.5, sample_time(5), std::nullopt, "camera T3 frozen"};
  plan::DarkSpell ended{1, 0, 0, 400, sample_time(6), std::nullopt, "fog"};
  ASSERT_TRUE(store.put_coverage(killed, {sample_time(1), sample_time(6)}, {lasting, ended}));
  ended.until = sample_time(8);
  ASSERT_TRUE(store.put_coverage(killed, {sample_time(1), sample_time(20)}, {ended}));
  const auto next = store.begin_run(sample_time(50), "").value();
  ASSERT_TRUE(store.put_coverage(next, {sample_time(51), sample_time(60)}, {}));

  const auto found = store.coverage(sample_time(7), sample_time(55)).value();
  ASSERT_EQ(found.spells.size(), 2U);
  plan::DarkSpell cut = lasting;
  cut.until = sample_time(20);  // the last that is known of a run that was killed
  EXPECT_EQ(found.spells[0], cut);
  EXPECT_EQ(found.spells[1], ended);
  ASSERT_EQ(found.kept.size(), 2U);
  EXPECT_EQ(found.kept[1], (plan::KeptSpan{sample_time(51), sample_time(60)}));
  EXPECT_TRUE(store.coverage(sample_time(30), sample_time(40)).value().spells.empty());
}

TEST_F(StoreTest, KnowsTheNewestWordOnTheAirAndOnEachBalloon) {
  Store store = open();
  const auto run = store.begin_run(sample_time(0), "").value();
  const plan::ConditionWord haze{sample_time(1), "watch 1", "", true, 0.4, "haze"};
  const plan::ConditionWord dust{sample_time(2), "watch 2", "", true, 0.9, "dust"};
  const plan::ConditionWord down{sample_time(3), "watch 2", "B1", false, 0, "wind"};
  const plan::ConditionWord up{sample_time(4), "watch 1", "B2", true, 0, ""};
  for (const auto& word : {haze, down, up, dust}) ASSERT_TRUE(store.put_condition(run, word));
  EXPECT_EQ(store.newest_conditions().value(), (std::vector{dust, down, up}));
}

TEST_F(StoreTest, ReadsARecordOfTheFirstVersionAndBringsItUpToDateToWrite) {
  {
    Store store = open();
    ASSERT_TRUE(store.begin_run(sample_time(0), "site"));
    ASSERT_TRUE(store.put_incident({1}, sample_incident(1), std::nullopt));
  }
  change_file(
      "DROP TABLE health; DROP TABLE operator_word; DROP TABLE ledger_kept; DROP TABLE dark_spell; "
      "DROP TABLE condition_word; DROP TABLE incident_life; DROP TABLE incident_stage; "
      "DROP TABLE release; DROP TABLE notice_step; DROP TABLE notice; DROP TABLE audit; "
      "DROP TABLE session; DROP TABLE account; DROP TABLE incident_reached; "
      "DROP INDEX incident_unresolved; DROP TABLE watch_hour; DROP TABLE received_alert; "
      "DROP TABLE force_report");
  change_file("PRAGMA user_version = 1");
  {
    const auto old = Store::open_to_read(file_);
    ASSERT_TRUE(old);
    EXPECT_TRUE(old->newest_health({"T3"}, 10).value().empty());
    EXPECT_TRUE(old->coverage(sample_time(0), sample_time(9)).value().kept.empty());
    EXPECT_TRUE(old->newest_conditions().value().empty());
    EXPECT_TRUE(old->accounted(sample_time(0), sample_time(9)).value().empty());
    EXPECT_TRUE(old->watch(sample_time(0), sample_time(9)).value().empty());
    EXPECT_EQ(old->site_of({1}).value(), "site");
    // What that version did not know yet is not there; the rest is.
    const auto incidents = old->incidents();
    ASSERT_TRUE(incidents) << to_string(incidents.error());
    EXPECT_EQ(incidents->at(0).notes, sample_incident(1).notes);
    EXPECT_EQ(incidents->at(0).told, incidents->at(0).time);
    EXPECT_TRUE(incidents->at(0).history.empty());
  }
  Store store = open();
  EXPECT_EQ(store.incidents().value().size(), 1U);
  ASSERT_TRUE(store.put_incident({1}, sample_incident(1), std::nullopt));
  EXPECT_EQ(store.incident({1}).value(), sample_incident(1));
  ASSERT_TRUE(store.put_health({1}, {{{"T3"}, 0, {}, sample_time(0), {}, ""}}));
  EXPECT_EQ(store.newest_health({"T3"}, 10).value().size(), 1U);
}

TEST_F(StoreTest, ReportsARowItCanNotReadAndDoesNotCrash) {
  Store store = open();
  const auto run = store.begin_run(sample_time(0), "").value();
  ASSERT_TRUE(store.append(run, {sample_frame(4711, 1)}));
  ASSERT_TRUE(store.put_incident(run, sample_incident(12), std::nullopt));
  change_file("UPDATE frame SET detections = x'0102'");
  change_file("UPDATE incident SET outcome = 'vanished'");
  ASSERT_TRUE(store.put_health(run, {{{"T3"}, 0, {}, sample_time(0), {}, ""}}));
  change_file("UPDATE health SET state = 'vanished'");
  EXPECT_THAT(store.newest_health({"T3"}, 10).error().message, HasSubstr("unknown word"));
  const auto frames = store.read_detections(run, [](const auto&) { return true; });
  EXPECT_THAT(frames.error().message, HasSubstr("frame 4711 of camera T3: 2 bytes"));
  EXPECT_THAT(store.incidents().error().message, HasSubstr("incident 12: unknown word"));
  ASSERT_TRUE(store.put_incident(run, sample_incident(13), std::nullopt));
  change_file("UPDATE incident_stage SET kind = 'vanished' WHERE incident_id = 13");
  EXPECT_THAT(store.incident({13}).error().message, HasSubstr("unknown word 'vanished'"));
}

TEST_F(StoreTest, ReportsADamagedFileAndDoesNotCrash) {
  {
    Store store = open();
    const auto run = store.begin_run(sample_time(0), "").value();
    ASSERT_TRUE(store.append(run, std::vector(200, sample_frame(1, 3))));
  }
  {
    std::fstream damage(file_, std::ios::in | std::ios::out | std::ios::binary);
    damage.seekp(4096);
    damage << std::string(std::filesystem::file_size(file_) - 4096, '\x5a');
  }
  const auto store = Store::open_to_read(file_);
  if (!store) return;
  EXPECT_FALSE(store->newest_run());
  EXPECT_FALSE(store->read_detections({1}, [](const auto&) { return true; }));
  EXPECT_FALSE(store->incidents());
}

TEST_F(StoreTest, ReadsWithoutWriting) {
  {
    open().begin_run(sample_time(0), "site").value();
  }
  const auto before = std::filesystem::last_write_time(file_);
  auto store = Store::open_to_read(file_);
  ASSERT_TRUE(store);
  EXPECT_EQ(store->site_of({1}).value(), "site");
  EXPECT_THAT(store->begin_run(sample_time(0), "").error().message, HasSubstr("opened to read"));
  EXPECT_EQ(std::filesystem::last_write_time(file_), before);
}

TEST_F(StoreTest, LeavesOneFileAndReadsWhileAnotherWrites) {
  {
    Store writer = open();
    const auto run = writer.begin_run(sample_time(0), "").value();
    auto reader = Store::open_to_read(file_);
    ASSERT_TRUE(reader);
    ASSERT_TRUE(writer.put_incident(run, sample_incident(1), std::nullopt));
    EXPECT_EQ(reader->incidents().value().size(), 1u);
  }
  EXPECT_THAT(files(), UnorderedElementsAre("record.db"));
}

TEST_F(StoreTest, SaysInItsHeaderWhatTheFileIs) {
  {
    open();
  }
  SQLite::Database database(file_);
  EXPECT_EQ(database.execAndGet("PRAGMA journal_mode").getString(), "wal");
  EXPECT_EQ(database.execAndGet("PRAGMA application_id").getInt(), 0x4D727364);
}

TEST_F(StoreTest, TakesCallsFromManyThreads) {
  Store store = open();
  const auto run = store.begin_run(sample_time(0), "").value();
  {
    std::vector<std::jthread> threads;
    for (std::uint64_t t = 0; t < 4; ++t) {
      threads.emplace_back([&store, run, t] {
        for (std::uint64_t i = 1; i <= 10; ++i) {
          EXPECT_TRUE(store.put_incident(run, sample_incident(t * 100 + i), std::nullopt));
          EXPECT_TRUE(store.append(run, {sample_frame(i, 2)}));
          EXPECT_TRUE(store.incidents());
        }
      });
    }
  }
  EXPECT_EQ(store.incidents().value().size(), 40u);
  EXPECT_EQ(all_frames(store, run).size(), 40u);
}

TEST_F(StoreTest, GivesWordsOfOperatorsInTheOrderInWhichTheyWereSaid) {
  Store store = open();
  const RunId run = store.begin_run(sample_time(0), "").value();
  const RunId other = store.begin_run(sample_time(0), "").value();
  const RecordedWord merge{
      7, {track::WordKind::merge, {4}, {9}, sensor::MoverClass::unknown, "Kay", sample_time(3)}};
  const RecordedWord label{
      7, {track::WordKind::label, {4}, {}, sensor::MoverClass::animal, "watch 2", sample_time(4)}};
  ASSERT_TRUE(store.put_word(run, merge));
  ASSERT_TRUE(store.put_word(run, label));
  const auto words = store.words_of(run).value();
  ASSERT_EQ(words.size(), 2U);
  EXPECT_EQ(words[0].frames, 7U);
  EXPECT_EQ(words[0].word, merge.word);
  EXPECT_EQ(words[1].word, label.word);
  EXPECT_TRUE(store.words_of(other).value().empty());
  change_file("UPDATE operator_word SET kind = 'shout'");
  EXPECT_THAT(store.words_of(run).error().message, HasSubstr("unknown word 'shout'"));
}

}  // namespace
}  // namespace marsad::store
