// SPDX-License-Identifier: Apache-2.0
// A year of a busy border in the record, made up: a million incidents at random over 600 km, seen
// by up to three of 110 sensors and signed into the audit log once each; rows of tracks, a hundred
// a second; the ledger's spells and the frames of an hour for each sensor. Then how long a watch
// waits for the night's list and a commander for a month's statistics, and what it takes on the
// disk. The record lies in TMPDIR. MARSAD_BENCH_TRACK_POINTS: rows of tracks, 10 million where not
// told.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <random>

#include "base/check.h"
#include "service/accounting.h"
#include "service/incident_book.h"
#include "service/views.h"
#include "store/store.h"
#include "tests/store/samples.h"
#include "tests/support/temporary_folder.h"
#include "wire/json.h"

namespace marsad {
namespace {

using std::chrono::days;
constexpr std::uint64_t kIncidents = 1'000'000;
constexpr int kDays = 365, kSensors = 110;
constexpr double kLength_m = 600'000;
constexpr std::uint64_t kTracksASecond = 100;
constexpr int kAsked = 20;  // times that each question is asked, for another night or month

const base::Time kBegin = std::chrono::sys_days(std::chrono::year(2025) / 11 / 22);

double seconds_of(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

struct Dice {
  std::mt19937_64 bits{17};
  std::uint64_t below(std::uint64_t end) { return bits() % end; }
  double uniform() { return double(bits() >> 11) * 0x1p-53; }
};

incident::Incident made_incident(std::uint64_t id, Dice& dice) {
  using namespace incident;
  Incident one = store::sample_incident(1);
  one.id.value = id;
  one.kind = static_cast<Kind>(dice.below(words(Kind{}).size()));
  one.time = kBegin + base::from_seconds(double(id) / double(kIncidents) * 86'400.0 * kDays);
  one.told = one.time + std::chrono::seconds(5);
  one.chainage_m = dice.uniform() * kLength_m;
  one.tracks = {{id}, {id + 1}};
  one.sensors.clear();
  for (std::uint64_t i = 0; i <= dice.below(3); ++i) {
    one.sensors.push_back({fmt::format("T{}", (id + i) % kSensors)});
  }
  const auto after = [&](double most_s) {
    return one.told + base::from_seconds(dice.uniform() * most_s);
  };
  one.reached = {after(300), after(600), std::nullopt, after(7200)};
  if (dice.below(2) == 0) one.reached.arrived = after(3600);
  one.outcome = static_cast<Outcome>(dice.below(words(Outcome{}).size()));
  return one;
}

void put_incidents(store::Store& store, store::RunId run) {
  Dice dice;
  constexpr std::uint64_t kBatch = 1000;
  std::vector<store::Store::IncidentPut> batch;
  for (std::uint64_t id = 1; id <= kIncidents; ++id) {
    batch.push_back({made_incident(id, dice), std::nullopt});
    if (batch.size() < kBatch) continue;
    CHECK(store.put_incidents(run, batch).has_value());
    batch.clear();
  }
}

// Their seconds lie spread over the year.
void put_tracks(store::Store& store, store::RunId run, std::uint64_t points) {
  constexpr std::uint64_t kSecondsABatch = 100;
  const std::uint64_t seconds = points / kTracksASecond;
  std::vector<track::Track> batch;
  for (std::uint64_t second = 0; second < seconds; ++second) {
    const base::Time time = kBegin + std::chrono::seconds(second * 86'400 * kDays /
                                                          std::max<std::uint64_t>(seconds, 1));
    for (std::uint64_t id = 1; id <= kTracksASecond; ++id) {
      batch.push_back(store::sample_track(second / 600 * kTracksASecond + id, time));
    }
    if (second % kSecondsABatch != kSecondsABatch - 1 && second + 1 != seconds) continue;
    CHECK(store.append_tracks(run, batch).has_value());
    batch.clear();
  }
}

// Each sensor's frames of each hour as one row, and twenty dark spells a night.
void put_watch(store::Store& store, store::RunId run) {
  Dice dice;
  std::vector<detect::FrameDetections> frames;
  std::vector<plan::DarkSpell> spells;
  for (int day = 0; day < kDays; ++day) {
    for (int hour = 0; hour < 24; ++hour) {
      for (int sensor = 0; sensor < kSensors; ++sensor) {
        detect::FrameDetections& frame = frames.emplace_back(store::sample_frame(1, 0));
        frame.camera.text = fmt::format("T{}", sensor);
        frame.time = kBegin + days(day) + std::chrono::hours(hour);
      }
    }
    CHECK(store.append(run, frames).has_value());
    frames.clear();
    for (int i = 0; i < 20; ++i) {
      plan::DarkSpell& spell = spells.emplace_back();
      spell.number = static_cast<std::uint32_t>(spells.size());
      spell.from_m = dice.uniform() * (kLength_m - 5000);
      spell.to_m = spell.from_m + 3000;
      spell.since = kBegin + days(day) + base::from_seconds(dice.uniform() * 80'000);
      spell.until = spell.since + std::chrono::hours(1);
      spell.cause = "camera T7 frozen";
    }
  }
  CHECK(store.put_coverage(run, {kBegin, kBegin + days(kDays)}, spells).has_value());
}

service::Site border_of_600_km() {
  constexpr double kEarth_m = 6'371'000;
  std::vector<geo::Geodetic> line;
  for (const double part : {0.5, -0.5}) {
    line.push_back({geo::radians(34) + part * kLength_m / kEarth_m, geo::radians(41), 0});
  }
  service::Site site;
  site.border = std::make_shared<border::Border>(
      border::Border{*geo::BorderLine::make(line, true), {}, {}, {}, {}});
  return site;
}

void print_times(std::string_view what, std::vector<double> times_s) {
  std::sort(times_s.begin(), times_s.end());
  fmt::print("{:<58} {:>7.1f} ms, at most {:.1f} ms\n", what, 1000 * times_s[times_s.size() / 2],
             1000 * times_s.back());
}

double megabytes(const std::string& file) { return double(std::filesystem::file_size(file)) / 1e6; }

}  // namespace
}  // namespace marsad

int main() {
  using namespace marsad;
  const char* const told = std::getenv("MARSAD_BENCH_TRACK_POINTS");
  const std::uint64_t points = told == nullptr ? 10'000'000 : std::strtoull(told, nullptr, 10);
  const test::TemporaryFolder folder;
  const std::string file = folder.file("record.db");
  {
    auto store = store::Store::open(file).value();
    store.sign_with(seal::SigningKey::make());
    const auto run = store.begin_run(kBegin, "").value();
    const double incidents_s = seconds_of([&] { put_incidents(store, run); });
    const double incidents_MB = megabytes(file);
    put_watch(store, run);
    const double watch_MB = megabytes(file) - incidents_MB;
    const double tracks_s = seconds_of([&] { put_tracks(store, run, points); });
    const double tracks_MB = megabytes(file) - incidents_MB - watch_MB;
    fmt::print("a record of {} incidents, {} million rows of tracks, {} days (made up)\n",
               kIncidents, points / 1'000'000, kDays);
    fmt::print(
        "incidents written, a thousand at once: {:.0f} a second; rows of tracks: {:.0f} a "
        "second\n",
        double(kIncidents) / incidents_s, double(points) / std::max(tracks_s, 1e-9));
    fmt::print(
        "on the disk: {:.0f} MB; {:.0f} bytes an incident with its entry in the log, {:.0f} a "
        "row of a track\n",
        megabytes(file), 1e6 * incidents_MB / double(kIncidents),
        1e6 * tracks_MB / double(std::max<std::uint64_t>(points, 1)));
    fmt::print(
        "growth: {:.0f} MB a day, {:.0f} MB of it tracks, were there 100 million rows a year\n",
        (incidents_MB + watch_MB + tracks_MB * 1e8 / double(points)) / kDays,
        tracks_MB * 1e8 / double(points) / kDays);
  }
  const service::Site site = border_of_600_km();
  std::unique_ptr<service::IncidentBook> book;
  std::optional<store::Store> store;
  const double open_s = seconds_of([&] {
    store = store::Store::open(file).value();
    const auto run = store->begin_run(kBegin + days(kDays), "").value();
    book = service::IncidentBook::open(*store, run, [](const incident::Incident&) {}).value();
  });
  fmt::print("{:<58} {:>7.1f} ms\n", "opened, with the last day's incidents at hand",
             1000 * open_s);

  Dice dice;
  std::vector<double> night_s, month_s, track_s;
  std::size_t listed = 0, bytes = 0;
  double accounted = 0;
  for (int i = 0; i < kAsked; ++i) {
    const base::Time dusk = kBegin + days(dice.below(kDays - 1)) + std::chrono::hours(15);
    night_s.push_back(seconds_of([&] {
      std::vector<wire::IncidentView> list;
      const auto found = book->between(dusk, dusk + std::chrono::hours(12), 10'000).value();
      for (const incident::Incident& one : found) list.push_back(service::view(one, false, true));
      listed = list.size();
      bytes = wire::to_json(list).size();
    }));
    const base::Time month = kBegin + days(dice.below(kDays - 30));
    month_s.push_back(seconds_of([&] {
      accounted =
          service::accounting(*store, site, month, month + days(30), service::kAccountingStretch_m)
              .value()
              .all.tally.incidents;
    }));
    track_s.push_back(seconds_of([&] {
      const auto rows = store->tracks_of({1}, dusk, dusk + std::chrono::minutes(10)).value();
      CHECK(points < kTracksASecond * 3600 * 24 || !rows.empty());
    }));
  }
  print_times(
      fmt::format("a night's list, {} incidents, {:.1f} MB of JSON", listed, double(bytes) / 1e6),
      night_s);
  print_times(fmt::format("a month's statistics, {:.0f} incidents", accounted), month_s);
  print_times("tracks of ten minutes", track_s);
  return 0;
}
