// SPDX-License-Identifier: Apache-2.0
// The live ledger as the program keeps it, for the whole reference border with 100 towers and 10
// balloons (made): from a camera's health, or a word of the air, to the message on the feed, and
// from a question of what a camera elsewhere would change to its answer. Needs the real data.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "bench/made_border.h"
#include "service/camera_feed.h"
#include "service/coverage_api.h"
#include "tests/support/real_data.h"
#include "tests/support/temporary_folder.h"

namespace marsad {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kTowers = 100, kBalloons = 10;
constexpr int kRounds = 20;

double since_ms(Clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

service::Site site_of(const std::string& dem, const std::string& record) {
  const std::vector<geo::Geodetic> vertices = bench::reference_line();
  service::Site site;
  site.name = "reference border, made sensors";
  site.border = std::make_shared<const border::Border>(
      border::Border{*geo::BorderLine::make(vertices, true), {}, {}, {}, {}});
  site.elevation = std::make_shared<const terrain::Elevation>(bench::open_ground(dem, vertices));
  const geo::BorderLine& line = site.border->line;
  for (std::size_t i = 0; i < kTowers + kBalloons; ++i) {
    const bool tower = i < kTowers;
    const double share =
        tower ? (static_cast<double>(i) + 0.5) / static_cast<double>(kTowers)
              : (static_cast<double>(i - kTowers) + 0.5) / static_cast<double>(kBalloons);
    service::SiteCamera& camera = site.cameras.emplace_back();
    camera.camera = bench::watcher_at(line, *site.elevation, share * line.length_m(), 800,
                                      tower ? 30 : 200, tower ? 12 : 6)
                        .camera;
    // A site's cameras stare: along the line, where they see most of the belt.
    const geo::Enu home = line.toward_home(share * line.length_m());
    camera.camera.pose.azimuth_rad = std::atan2(-home.north, home.east);
    camera.camera.id.text = fmt::format("{}{}", tower ? "T" : "B", tower ? i : i - kTowers);
    camera.mount = tower ? service::MountKind::tower : service::MountKind::balloon;
  }
  site.record = record;
  return site;
}

// Takes what the desk tells.
class Feed {
 public:
  void take(std::string message) {
    const std::lock_guard lock(mutex_);
    newest_ = std::move(message);
    ++count_;
    told_.notify_all();
  }
  // Waits until something is told after `count` messages that holds the words; gives up after a
  // minute.
  void wait(std::size_t count, const std::string& words) {
    std::unique_lock lock(mutex_);
    const bool came = told_.wait_for(lock, std::chrono::minutes(1), [&] {
      return count_ > count && newest_.find(words) != std::string::npos;
    });
    if (came) return;
    fmt::print(stderr, "ledger_bench: nothing was told of {}\n", words);
    std::exit(1);
  }
  std::size_t count() {
    const std::lock_guard lock(mutex_);
    return count_;
  }
  std::size_t bytes() {
    const std::lock_guard lock(mutex_);
    return newest_.size();
  }

 private:
  std::mutex mutex_;
  std::condition_variable told_;
  std::string newest_;
  std::size_t count_ = 0;
};

void print(const std::string& what, std::vector<double> times_ms) {
  std::sort(times_ms.begin(), times_ms.end());
  fmt::print("{:58} {:10.1f} ms\n", what + ", median", times_ms[times_ms.size() / 2]);
  fmt::print("{:58} {:10.1f} ms\n", what + ", slowest", times_ms.back());
}

void measure(const std::string& dem) {
  const test::TemporaryFolder scratch;
  const service::Site site = site_of(dem, scratch.file("record.db"));
  auto store = store::Store::open(site.record.string());
  if (!store) {
    fmt::print(stderr, "ledger_bench: {}\n", base::to_string(store.error()));
    std::exit(1);
  }
  const store::RunId run = store->begin_run(service::now(), "").value();
  service::HealthDesk health;
  const auto state = [&](std::size_t camera, sensor::HealthState is) {
    health.state(site.cameras[camera].camera.id, is, "", service::now());
  };
  for (std::size_t i = 0; i < site.cameras.size(); ++i) state(i, sensor::HealthState::ok);
  Feed feed;
  service::LedgerDesk desk(site, health, *store, run,
                           [&](const service::LiveMessage& message) { feed.take(*message.whole); });
  const service::CoverageApi api(site, desk, *store);
  fmt::print("{:.0f} km, {} towers, {} balloons, {} rounds\n", site.border->line.length_m() / 1000,
             kTowers, kBalloons, kRounds);
  const auto begin = Clock::now();
  desk.start();
  feed.wait(0, "\"ready\":true");
  fmt::print("{:58} {:10.1f} ms\n", "start to the first ledger", since_ms(begin));
  fmt::print("{:58} {:10.1f} kB\n", "a ledger message", static_cast<double>(feed.bytes()) / 1000);

  std::vector<double> health_ms, air_ms, moved_ms;
  for (std::size_t i = 0; i < kRounds; ++i) {
    const std::size_t camera = i * 5;
    for (const auto is : {sensor::HealthState::no_signal, sensor::HealthState::ok}) {
      const std::size_t before = feed.count();
      const auto asked = Clock::now();
      state(camera, is);
      feed.wait(before, "");
      health_ms.push_back(since_ms(asked));
    }
    const std::size_t before = feed.count();
    const auto told = Clock::now();
    api.handle({"POST",
                "/api/coverage/weather",
                {},
                fmt::format(R"({{"by":"bench","extinction_per_km":{}}})", i % 2 == 0 ? 0.6 : 0.2)},
               {});
    feed.wait(before, "");
    air_ms.push_back(since_ms(told));
    const geo::Geodetic there = site.border->line.at(1000.0 * static_cast<double>(20 + 25 * i));
    const std::string& id = site.cameras[camera].camera.id.text;
    const std::string question =
        fmt::format(R"({{"without":"{}","with":{{"like":"{}","lon_deg":{},"lat_deg":{},)"
                    R"("height_above_ground_m":30,"sweep_deg":360}}}})",
                    id, id, geo::degrees(there.lon_rad), geo::degrees(there.lat_rad));
    const auto put = Clock::now();
    const auto answer = api.handle({"POST", "/api/coverage/what-if", {}, question}, {});
    moved_ms.push_back(since_ms(put));
    if (answer.status != 200) {
      fmt::print(stderr, "ledger_bench: {}\n", answer.body);
      std::exit(1);
    }
  }
  print("a camera's health to the ledger on the feed", health_ms);
  print("the air to the ledger on the feed", air_ms);
  print("what-if: one moved, question to answer", moved_ms);
}

}  // namespace
}  // namespace marsad

int main() {
  using namespace marsad;
  const auto dem = test::real_data("geo/iqsy_dted0_30s.tif");
  if (!dem) {
    fmt::print(stderr, "ledger_bench: the real data is missing; set MARSAD_DATA\n");
    return 1;
  }
  measure(dem->string());
}
