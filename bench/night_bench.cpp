// SPDX-License-Identifier: Apache-2.0
// False objects and false alarms of the detector in a simulated quiet night (bench/night.h), in
// which nothing moves: everything found is false.
// Six walkers from the second frame after the next shutter event, and again a minute later, show
// that the detector is awake.
//   night_bench [--minutes N] [--rough]   6 minutes where not told; an hour takes about one
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include "bench/night.h"
#include "detect/detector.h"

namespace marsad {
namespace {

constexpr int kAlarm_frames = 3;  // in a row, at one place
constexpr double kPlace_px = 10;
constexpr std::size_t kMostTold = 40;

// Detections in consecutive frames at one place.
struct Sighting {
  int first_frame = 0;
  int frames = 0;
  bool is_seen = false;  // in this frame
  std::string when;
  detect::Detection last;
  double highest_snr = 0;
};

double distance_px(const sensor::Pixel& a, const sensor::Pixel& b) {
  return std::hypot(a.u - b.u, a.v - b.v);
}

struct Tally {
  int frames = 0;
  int frames_with_any = 0;
  int objects = 0;
  std::map<std::string, int> objects_by_time;
  std::map<std::string, int> alarms_by_time;
  std::array<int, 4> objects_by_snr{};  // below 8, 12, 20, and above
  std::vector<Sighting> over;
};

std::size_t step_of(double snr) { return snr < 8 ? 0 : snr < 12 ? 1 : snr < 20 ? 2 : 3; }

void follow(const detect::Detection& detection, int frame, std::string_view when,
            std::vector<Sighting>& sightings) {
  auto near = std::find_if(sightings.begin(), sightings.end(), [&](const Sighting& sighting) {
    return !sighting.is_seen && distance_px(sighting.last.centroid, detection.centroid) < kPlace_px;
  });
  if (near == sightings.end())
    near = sightings.insert(near, {frame, 0, false, std::string(when), {}, 0});
  near->is_seen = true;
  ++near->frames;
  near->last = detection;
  near->highest_snr = std::max(near->highest_snr, std::abs(detection.snr));
}

void close_ended(std::vector<Sighting>& sightings, Tally& tally) {
  for (const Sighting& sighting : sightings) {
    if (sighting.is_seen) continue;
    if (sighting.frames >= kAlarm_frames) ++tally.alarms_by_time[sighting.when];
    tally.over.push_back(sighting);
  }
  std::erase_if(sightings, [](const Sighting& sighting) { return !sighting.is_seen; });
}

Tally watch(int frames, bench::Night& night, detect::Detector& detector) {
  constexpr int kTell_frames = 60 * bench::Night::kFramesPerSecond;
  Tally tally;
  std::vector<Sighting> sightings;
  for (int i = 0; i < frames; ++i) {
    const auto output = detector.process(night.next());
    for (Sighting& sighting : sightings) sighting.is_seen = false;
    for (const detect::Detection& detection : output.detections) {
      follow(detection, i, night.when(), sightings);
      ++tally.objects_by_time[std::string(night.when())];
      ++tally.objects_by_snr[step_of(std::abs(detection.snr))];
    }
    close_ended(sightings, tally);
    tally.objects += static_cast<int>(output.detections.size());
    if (!output.detections.empty()) ++tally.frames_with_any;
    ++tally.frames;
    if (i % kTell_frames == kTell_frames - 1)
      fmt::print(stderr, "minute {} of {}: {} false objects\n", (i + 1) / kTell_frames,
                 frames / kTell_frames, tally.objects);
  }
  for (Sighting& sighting : sightings) sighting.is_seen = false;
  close_ended(sightings, tally);
  return tally;
}

// A walker of 4 by 8 pixels, as warm as five sigmas of the noise.
void add_walker(int left, int top, video::Image<std::uint16_t>& counts) {
  constexpr int kContrast = static_cast<int>(5 * bench::Night::kNoise);
  for (int y = top; y < top + 8; ++y)
    for (int x = left; x < left + 4; ++x)
      counts.at(x, y) = static_cast<std::uint16_t>(counts.at(x, y) + kContrast);
}

// How often six walkers are seen from the fourth frame on after they appear.
void print_control(std::string_view name, bench::Night& night, detect::Detector& detector) {
  constexpr int kShown_frames = 60;
  constexpr int kSettling_frames = 3;
  constexpr std::array<std::array<int, 2>, 6> kStarts{
      {{40, 80}, {260, 100}, {500, 60}, {80, 380}, {300, 300}, {520, 420}}};
  int seen = 0;
  for (int i = 0; i < kShown_frames; ++i) {
    video::Frame frame = night.next();
    for (const auto& [x, y] : kStarts) add_walker(x + i, y, frame.counts);
    const auto output = detector.process(frame);
    for (const auto& [x, y] : kStarts) {
      const sensor::Pixel middle{x + i + 1.5, y + 3.5};
      const bool is_seen = std::any_of(output.detections.begin(), output.detections.end(),
                                       [&](const detect::Detection& detection) {
                                         return distance_px(detection.centroid, middle) < kPlace_px;
                                       });
      if (is_seen && i >= kSettling_frames) ++seen;
    }
  }
  constexpr double kAll = (kShown_frames - kSettling_frames) * static_cast<double>(kStarts.size());
  fmt::print("walkers {}, share seen  {:.3f}\n", name, seen / kAll);
}

void print_sightings(std::vector<Sighting> sightings) {
  std::stable_sort(sightings.begin(), sightings.end(),
                   [](const Sighting& a, const Sighting& b) { return a.frames > b.frames; });
  if (sightings.empty()) return;
  fmt::print("\nsightings, the longest first (of {})\n", sightings.size());
  fmt::print("{:>7} {:>7} {:>19} {:>5} {:>5} {:>5} {:>6} {:>6} {:>9}\n", "frame", "frames", "when",
             "x", "y", "size", "area", "snr", "contrast");
  for (std::size_t i = 0; i < std::min(sightings.size(), kMostTold); ++i) {
    const Sighting& s = sightings[i];
    fmt::print("{:7} {:7} {:>19} {:5} {:5} {:>5} {:6} {:6.1f} {:9.1f}\n", s.first_frame, s.frames,
               s.when, s.last.box.x, s.last.box.y,
               fmt::format("{}x{}", s.last.box.width, s.last.box.height), s.last.area_px,
               s.highest_snr, s.last.contrast);
  }
}

void print(const Tally& tally) {
  const double hours = static_cast<double>(tally.frames) / bench::Night::kFramesPerHour;
  int alarms = 0;
  for (const auto& [when, count] : tally.alarms_by_time) alarms += count;
  fmt::print("frames  {}\n", tally.frames);
  fmt::print("false objects  {}\n", tally.objects);
  fmt::print("false objects in 1000 frames  {:.2f}\n", 1000.0 * tally.objects / tally.frames);
  fmt::print("frames with a false object  {}\n", tally.frames_with_any);
  fmt::print("false alarms  {}\n", alarms);
  fmt::print("false alarms an hour  {:.1f}\n", alarms / hours);
  for (const auto& [when, count] : tally.objects_by_time) {
    const auto found = tally.alarms_by_time.find(when);
    fmt::print("  {}: {} objects, {} alarms begun\n", when, count,
               found == tally.alarms_by_time.end() ? 0 : found->second);
  }
  fmt::print("  snr below 8: {}, below 12: {}, below 20: {}, more: {}\n", tally.objects_by_snr[0],
             tally.objects_by_snr[1], tally.objects_by_snr[2], tally.objects_by_snr[3]);
}

}  // namespace
}  // namespace marsad

int main(int argc, char** argv) {
  using namespace marsad;
  int minutes = 6;
  bench::NightSettings settings;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--rough") {
      settings = bench::kRoughNight;
    } else if (word == "--minutes" && i + 1 < argc) {
      minutes = std::atoi(argv[++i]);
    } else {
      minutes = 0;
    }
  }
  if (minutes < 1) {
    fmt::print(stderr, "usage: night_bench [--minutes N] [--rough]\n");
    return 2;
  }
  bench::Night night(settings);
  detect::Detector detector({});
  const Tally tally = watch(minutes * 60 * bench::Night::kFramesPerSecond, night, detector);
  print(tally);
  while (night.when() != "1 s after shutter") (void)detector.process(night.next());
  print_control("just after the shutter", night, detector);
  for (int i = 0; i < 60 * bench::Night::kFramesPerSecond; ++i)
    (void)detector.process(night.next());
  print_control("a minute later", night, detector);
  print_sightings(tally.over);
}
