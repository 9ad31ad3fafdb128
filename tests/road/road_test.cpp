// SPDX-License-Identifier: Apache-2.0
// The site examples/desert-road run offline: real thermal footage through the whole chain, held
// against the vehicles marked by hand in its pictures.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <map>
#include <string>

#include "service/offline.h"
#include "tests/support/locate_scene.h"
#include "tests/support/real_data.h"

namespace marsad {
namespace {

constexpr std::string_view kFootage = "thermal/remote-scene-ir";
constexpr std::string_view kGround = "geo/greatbasin_n36-40_w120-114_ferranti3s_90m.tif";
constexpr base::Time kStart = std::chrono::sys_days{std::chrono::year{2026} / 1 / 1};

// How near its vehicle a track must be in the picture: about the length of a vehicle.
constexpr double kNear_px = 25;

// The marked boxes of a sequence, by vehicle and by frame.
using Truth = std::map<int, std::map<std::uint64_t, detect::Box>>;

Truth read_truth(const std::filesystem::path& file) {
  Truth truth;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    unsigned long long frame = 0;
    int id = 0;
    detect::Box box;
    const int read = std::sscanf(line.c_str(), "%llu,%d,%d,%d,%d,%d", &frame, &id, &box.x, &box.y,
                                 &box.width, &box.height);
    EXPECT_EQ(read, 6) << file << ": " << line;
    truth[id][frame] = box;
  }
  return truth;
}

// Where confirmed tracks show in one camera's picture, by frame and by track.
using Shown = std::map<std::uint64_t, std::map<track::TrackId, sensor::Pixel>>;

struct Played {
  service::Site site;
  std::map<sensor::SensorId, Shown> shown;
  std::map<incident::IncidentId, incident::Incident> incidents;
};

void show_tracks(Played& run, const service::Step& step) {
  const sensor::Camera& camera = run.site.camera(step.frame.camera)->camera;
  Shown& shown = run.shown[camera.id];
  for (const track::Track& track : step.tracks) {
    if (track.status != track::TrackStatus::confirmed) continue;
    geo::Geodetic place = track.place;
    const auto height_m = run.site.elevation->height_m(place.lat_rad, place.lon_rad);
    if (!height_m) continue;
    place.height_m = *height_m;
    const auto pixel = test::pixel_of(camera.model, camera.pose, place);
    if (pixel) shown[step.frame.frame][track.id] = *pixel;
  }
}

// Runs the site once for all tests; none where the data are missing.
const Played* played() {
  static const std::optional<Played> out_of = []() -> std::optional<Played> {
    if (!test::real_data(kFootage) || !test::real_data(kGround)) return std::nullopt;
    service::LoadedSite loaded = service::load_site("examples/desert-road");
    for (const base::Error& error : loaded.errors) ADD_FAILURE() << base::to_string(error);
    if (!loaded.site) return std::nullopt;
    Played out;
    out.site = *std::move(loaded.site);
    const auto ended = service::run_offline(out.site, kStart, [&](const service::Step& step) {
      show_tracks(out, step);
      for (const incident::Incident& one : step.incidents) out.incidents[one.id] = one;
      return true;
    });
    if (!ended) ADD_FAILURE() << base::to_string(ended.error());
    return out;
  }();
  return out_of ? &*out_of : nullptr;
}

// In how many of a vehicle's frames one and the same confirmed track is on it, of how many. The
// frames are those in which it is marked, without its first second in the picture; on it means
// that the track's place, seen by the camera, is within kNear_px of the box's foot.
struct Held {
  int frames = 0;
  int held = 0;
  int any = 0;     // by whatever track
  int tracks = 0;  // that were on it at some time
};

Held held(const std::map<std::uint64_t, detect::Box>& boxes, const Shown& shown, double fps) {
  Held out;
  std::map<track::TrackId, int> frames_of;
  const double first = double(boxes.begin()->first);
  for (const auto& [frame, box] : boxes) {
    if (double(frame) < first + fps) continue;
    ++out.frames;
    const auto tracks = shown.find(frame);
    if (tracks == shown.end()) continue;
    bool any = false;
    for (const auto& [id, pixel] : tracks->second) {
      const double across_px = pixel.u - (box.x + 0.5 * (box.width - 1));
      const double down_px = pixel.v - (box.y + box.height - 1);
      if (std::hypot(across_px, down_px) > kNear_px) continue;
      ++frames_of[id];
      any = true;
    }
    out.any += any ? 1 : 0;
  }
  out.tracks = int(frames_of.size());
  for (const auto& [id, count] : frames_of) out.held = std::max(out.held, count);
  return out;
}

class DesertRoad : public testing::TestWithParam<std::string> {};

TEST_P(DesertRoad, KeepsOneTrackOnEachVehicle) {
  const Played* run = played();
  if (run == nullptr) GTEST_SKIP() << "no real footage";
  const service::SiteCamera* camera = run->site.camera({GetParam()});
  ASSERT_NE(camera, nullptr);
  const std::filesystem::path input = service::resolve(run->site.folder, camera->source);
  const Truth truth = read_truth(input.parent_path() / "gt_boxes_mot.txt");
  ASSERT_FALSE(truth.empty());
  for (const auto& [vehicle, boxes] : truth) {
    const Held figures = held(boxes, run->shown.at(camera->camera.id), camera->fps.value());
    const double share = double(figures.held) / figures.frames;
    std::printf("%s %s vehicle %d: one track in %d of %d frames (%.2f), any in %d, %d tracks\n",
                GetParam().c_str(), input.parent_path().filename().c_str(), vehicle, figures.held,
                figures.frames, share, figures.any, figures.tracks);
    EXPECT_GE(share, 0.8) << "vehicle " << vehicle;
  }
}

INSTANTIATE_TEST_SUITE_P(Cameras, DesertRoad, testing::Values("R1", "R2", "R3", "R4", "R5", "R6"),
                         [](const auto& camera) { return camera.param; });

TEST(DesertRoadLine, TellsTheCrossingAndItsDirection) {
  const Played* run = played();
  if (run == nullptr) GTEST_SKIP() << "no real footage";
  int crossings = 0;
  for (const auto& [id, incident] : run->incidents) {
    std::printf("incident %llu: %s, %s\n", static_cast<unsigned long long>(id.value),
                incident.sensors.front().text.c_str(), incident.because.c_str());
    if (incident.sensors.front().text != "R3") continue;
    ++crossings;
    EXPECT_EQ(incident.direction, incident::Direction::inbound);
    EXPECT_NEAR(incident.speed_mps, 4.6, 1.5);  // 1.15 px a frame, at 0.16 m and 25 frames/s
  }
  EXPECT_EQ(crossings, 1);
}

}  // namespace
}  // namespace marsad
