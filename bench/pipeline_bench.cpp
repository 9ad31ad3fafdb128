// SPDX-License-Identifier: Apache-2.0
// The whole program at five cameras of 640×512 at 10 frames/s: how soon a frame's tracks reach the
// page's socket, what it costs, and what each stage can do on one core.
//   pipeline_bench [--json FILE]
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <variant>
#include <vector>

#include "service/camera_feed.h"
#include "service/service.h"
#include "tests/service/http_client.h"
#include "tests/support/temporary_folder.h"

namespace marsad {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kCameras = 5;
constexpr double kFps = 10;
constexpr auto kSettle = std::chrono::seconds(3);
constexpr auto kWatch = std::chrono::seconds(20);
constexpr std::size_t kIncidents = 5;
constexpr auto kLongestWatch = std::chrono::minutes(3);  // for so many
constexpr int kStageFrames = 100;                        // of each camera

// A figure of the report.
struct Figure {
  std::string name;
  double value = 0;
  std::string unit;
};

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// Processor time used by this thread, unmoved by what else the machine does.
double thread_s() {
  timespec spent{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
  return double(spent.tv_sec) + 1e-9 * double(spent.tv_nsec);
}

// Processor time used by all threads of the program.
double process_s() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto in_s = [](timeval time) { return double(time.tv_sec) + 1e-6 * double(time.tv_usec); };
  return in_s(used.ru_utime) + in_s(used.ru_stime);
}

double resident_mib() {
  std::ifstream in("/proc/self/statm");
  double total_pages = 0, resident_pages = 0;
  in >> total_pages >> resident_pages;
  return resident_pages * double(sysconf(_SC_PAGESIZE)) / (1024 * 1024);
}

[[noreturn]] void give_up(const std::string& why) {
  fmt::print(stderr, "pipeline_bench: {}\n", why);
  std::exit(1);
}

// The demo with so many of its cameras, all at the same rate.
service::Site demo(const test::TemporaryFolder& scratch, int cameras) {
  service::LoadedSite loaded = service::load_site("examples/demo");
  if (!loaded.site) give_up(base::to_string(loaded.errors.front()));
  service::Site site = *std::move(loaded.site);
  if (site.cameras.size() < std::size_t(cameras)) give_up("the demo has too few cameras");
  site.cameras.resize(std::size_t(cameras));
  for (service::SiteCamera& camera : site.cameras) camera.fps = kFps;
  site.record = scratch.file(fmt::format("record-{}.db", cameras));
  return site;
}

service::Service start(const service::Site& site) {
  auto running = service::Service::start(site, {.web_root = "", .port = std::uint16_t{0}});
  if (!running) give_up(base::to_string(running.error()));
  return *std::move(running);
}

// When the newest frame in a tracks message reached the program, in Unix milliseconds; none for
// other messages and for those before the first frame.
std::optional<double> entered_ms(const std::string& message) {
  constexpr std::string_view kKey = "\"entered_ms\":";
  const auto at = message.find(kKey);
  if (at == std::string::npos) return std::nullopt;
  const double value = std::strtod(message.c_str() + at + kKey.size(), nullptr);
  return value > 0 ? std::optional(value) : std::nullopt;
}

double unix_ms() {
  return std::chrono::duration<double, std::milli>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

// How old the newest frame of each tracks message is when it arrives. The message tells whole
// milliseconds, cut off, so that this is up to one too much.
std::vector<double> watch(service::HttpClient& page, Clock::duration time) {
  std::vector<double> out_ms;
  const auto end = Clock::now() + time;
  while (Clock::now() < end) {
    const auto message = page.read_message();
    if (!message) give_up("the live feed ended");
    if (const auto entered = entered_ms(*message)) out_ms.push_back(unix_ms() - *entered);
  }
  return out_ms;
}

// The time of the frame by which an incident was told for the first time; none for other messages,
// and for those that tell more of one.
std::optional<double> told_ms(const std::string& message, std::set<std::string>& known) {
  constexpr std::string_view kId = "\"incident\":{\"id\":", kTold = "\"told\":\"";
  const auto id = message.find(kId);
  const auto told = message.find(kTold);
  if (id == std::string::npos || told == std::string::npos) return std::nullopt;
  const auto id_end = message.find(',', id + kId.size());
  if (!known.insert(message.substr(id, id_end - id)).second) return std::nullopt;
  const auto begin = told + kTold.size();
  const auto time = base::parse_iso8601(message.substr(begin, message.find('"', begin) - begin));
  if (!time) return std::nullopt;
  return 1000 * base::to_seconds(time->time_since_epoch());
}

// How old the frame that decided is when its incident arrives. Simulated cameras give each frame at
// its time.
std::vector<double> watch_incidents(service::HttpClient& page) {
  std::vector<double> out_ms;
  std::set<std::string> known;
  const auto end = Clock::now() + kLongestWatch;
  while (Clock::now() < end && out_ms.size() < kIncidents) {
    const auto message = page.read_message();
    if (!message) give_up("the live feed ended");
    if (const auto told = told_ms(*message, known)) out_ms.push_back(unix_ms() - *told);
  }
  return out_ms;
}

double percentile(const std::vector<double>& sorted, double share) {
  return sorted[std::size_t(share * double(sorted.size() - 1) + 0.5)];
}

// The running program, from its start.
void measure_live(std::vector<Figure>& figures) {
  const test::TemporaryFolder scratch;
  const auto began = Clock::now();
  const service::Site site = demo(scratch, kCameras);
  const service::Service running = start(site);
  service::HttpClient page(running.port());
  if (page.upgrade() != 101) give_up("no live feed");
  while (true) {
    const auto message = page.read_message();
    if (!message) give_up("the live feed ended");
    if (entered_ms(*message)) break;
  }
  figures.push_back({"start to the first frame's tracks on the socket", seconds_since(began), "s"});
  watch(page, kSettle);
  const auto from = Clock::now();
  const double spent_s = process_s();
  std::vector<double> latencies_ms = watch(page, kWatch);
  const double cores = (process_s() - spent_s) / seconds_since(from);
  if (latencies_ms.empty()) give_up("no tracks message came");
  std::sort(latencies_ms.begin(), latencies_ms.end());
  figures.push_back({"frame in to tracks on the socket, p50", percentile(latencies_ms, 0.5), "ms"});
  figures.push_back(
      {"frame in to tracks on the socket, p99", percentile(latencies_ms, 0.99), "ms"});
  figures.push_back({"processor, making the pictures included", cores, "cores"});
  const std::vector<double> incidents_ms = watch_incidents(page);
  if (incidents_ms.empty()) give_up("no incident came");
  figures.push_back(
      {fmt::format("frame to incident on the socket, worst of {}", incidents_ms.size()),
       *std::max_element(incidents_ms.begin(), incidents_ms.end()), "ms"});
}

// What each stage can do on one core, over the same frames one after the other.
void measure_stages(std::vector<Figure>& figures) {
  const test::TemporaryFolder scratch;
  const service::Site site = demo(scratch, kCameras);
  std::vector<std::unique_ptr<video::FrameSource>> sources;
  std::vector<service::DetectStage> detectors;
  for (const service::SiteCamera& camera : site.cameras) {
    auto source = service::open_camera(site, camera, base::Time{});
    if (!source) give_up(base::to_string(source.error()));
    sources.push_back(*std::move(source));
    detectors.emplace_back(camera);
  }
  double render_s = 0, detect_s = 0;
  std::vector<service::Step> steps;
  for (int i = 0; i < kStageFrames; ++i) {
    for (std::size_t c = 0; c < sources.size(); ++c) {
      double before_s = thread_s();
      video::Event event = sources[c]->next({});
      auto* frame = std::get_if<video::Frame>(&event);
      if (frame == nullptr) give_up("a simulated camera ended");
      render_s += thread_s() - before_s;
      const auto shared = std::make_shared<const video::Frame>(std::move(*frame));
      before_s = thread_s();
      service::Picture unused;
      steps.push_back(detectors[c].detect(shared, shared->time, unused));
      detect_s += thread_s() - before_s;
    }
  }
  service::Chain chain(site, incident::IncidentId{1});
  const double before_s = thread_s();
  for (service::Step& step : steps) {
    chain.locate(step);
    chain.track(step);
    chain.judge(step);
  }
  const double rest_s = thread_s() - before_s;
  const double frames = double(steps.size());
  const double live_fps = kCameras * kFps;
  figures.push_back(
      {"of that, making the pictures (reckoned)", live_fps * render_s / frames, "cores"});
  figures.push_back({"make a picture", frames / render_s, "frames/s per core"});
  figures.push_back({"detect", frames / detect_s, "frames/s per core"});
  figures.push_back({"locate, track and judge", frames / rest_s, "frames/s per core"});
}

// Memory of the running program with so many cameras, once it has settled.
double memory_mib(int cameras) {
  const test::TemporaryFolder scratch;
  const service::Site site = demo(scratch, cameras);
  const service::Service running = start(site);
  std::this_thread::sleep_for(kSettle);
  return resident_mib();
}

// The same in a program of its own, since memory once used is not given back.
double memory_alone_mib(int cameras) {
  const std::string self = std::filesystem::read_symlink("/proc/self/exe").string();
  FILE* out = popen(fmt::format("'{}' --memory {}", self, cameras).c_str(), "r");
  double mib = 0;
  if (out == nullptr || std::fscanf(out, "%lf", &mib) != 1 || pclose(out) != 0) {
    give_up("memory could not be measured");
  }
  return mib;
}

void measure_memory(std::vector<Figure>& figures) {
  const double one_mib = memory_alone_mib(1);
  const double all_mib = memory_alone_mib(kCameras);
  figures.push_back({"memory with one camera", one_mib, "MiB"});
  figures.push_back(
      {"memory for each camera more", (all_mib - one_mib) / double(kCameras - 1), "MiB"});
}

void write_json(const std::vector<Figure>& figures, const std::string& file) {
  std::ofstream out(file);
  out << "[";
  for (std::size_t i = 0; i < figures.size(); ++i) {
    out << fmt::format("{}\n  {{\"name\": \"{}\", \"value\": {:.6g}, \"unit\": \"{}\"}}",
                       i == 0 ? "" : ",", figures[i].name, figures[i].value, figures[i].unit);
  }
  out << "\n]\n";
  out.close();
  if (!out) give_up(fmt::format("{} could not be written", file));
}

int measure(const std::vector<std::string>& arguments) {
  if (arguments.size() == 2 && arguments[0] == "--memory") {
    fmt::print("{}\n", memory_mib(std::stoi(arguments[1])));
    return 0;
  }
  const bool json = arguments.size() == 2 && arguments[0] == "--json";
  if (!arguments.empty() && !json) give_up("expected nothing or --json FILE");
  std::vector<Figure> figures;
  measure_live(figures);
  measure_stages(figures);
  measure_memory(figures);
  fmt::print("{} simulated cameras, 640×512, {} frames/s each\n", kCameras, kFps);
  for (const Figure& one : figures) {
    fmt::print("  {:<50} {:>10.4g} {}\n", one.name, one.value, one.unit);
  }
  if (json) write_json(figures, arguments[1]);
  return 0;
}

}  // namespace
}  // namespace marsad

int main(int count, char** arguments) {
  return marsad::measure({arguments + 1, arguments + count});
}
