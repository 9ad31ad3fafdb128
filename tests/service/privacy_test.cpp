// SPDX-License-Identifier: Apache-2.0
// Privacy zones through the running service: the record, the live feed, the API.
#include "service/privacy.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "service/replay.h"
#include "tests/service/running_service.h"
#include "video/decode.h"

namespace marsad::service {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

// The walkers of the test site cross six seconds after the start and come to these homes ten
// seconds later.
constexpr double kWest_deg = 41.0002, kEast_deg = 41.0009;
const std::string kHomes = R"({"type": "Feature", "properties": {"name": "homes",
 "kind": "privacy", "height_m": 5}, "geometry": {"type": "Polygon", "coordinates":
 [[[41.0002, 33.994], [41.0009, 33.994], [41.0009, 33.995], [41.0002, 33.995],
   [41.0002, 33.994]]]}})";

bool is_inside(const json& at) { return at[0] > kWest_deg && at[0] < kEast_deg; }

void expect_only_shown_tracks_in_groups(const json& message) {
  for (const json& group : message["groups"]) {
    for (const json& member : group["tracks"]) {
      EXPECT_TRUE(std::any_of(message["tracks"].begin(), message["tracks"].end(),
                              [&](const json& track) { return track["id"] == member; }))
          << group;
    }
  }
}

// 1 where the track's prediction is told, 0 where it is no longer shown.
int expect_open_prediction(const RunningService& service, std::uint64_t track) {
  const Reply reply = service.get("/api/tracks/" + std::to_string(track) + "/prediction");
  if (reply.status == 404) return 0;
  const json prediction = json::parse(reply.body);
  EXPECT_EQ(prediction["track"], track);
  for (const json& point : prediction["path"]) EXPECT_FALSE(is_inside(point["at"])) << point;
  return 1;
}

TEST(Privacy, NothingOfAZoneIsInTheLiveFeedTheApiOrTheRecord) {
  const SiteFolder folder;
  folder.write("zones.geojson", kHomes);
  folder.write("site.toml", kHead + "[zones]\nfile = \"zones.geojson\"\n" +
                                camera("T1", "\"simulated\"") + kSimulation);
  std::filesystem::path record;
  int shown = 0, predicted = 0;
  {
    RunningService service(folder);
    record = service.site().record;
    EXPECT_EQ(service.json("/api/site")["zones"][0]["kind"], "privacy");
    HttpClient client(service.port());
    ASSERT_EQ(client.upgrade(), 101);
    const auto until = std::chrono::steady_clock::now() + 24s;
    while (std::chrono::steady_clock::now() < until) {
      const json message = json::parse(client.read_message().value());
      if (message["type"] == "tracks") {
        for (const json& track : message["tracks"]) {
          ++shown;
          EXPECT_FALSE(is_inside(track["at"])) << track;
          for (const json& point : track["tail"]) EXPECT_FALSE(is_inside(point)) << track;
        }
        expect_only_shown_tracks_in_groups(message);
        if (!message["tracks"].empty()) {
          predicted += expect_open_prediction(service, message["tracks"][0]["id"]);
        }
      } else if (message["type"] == "incident") {
        EXPECT_FALSE(is_inside(message["incident"]["at"]));
      }
    }
    const Reply reply = service.get("/api/cameras/T1/picture");
    const mask::PixelMask hidden = hidden_of(service.site(), service.site().cameras[0]);
    ASSERT_GT(mask::share(hidden), 0.01);
    const json shown_picture = json::parse(reply.headers.at("marsad-picture"));
    for (const json& box : shown_picture.at("boxes")) {
      EXPECT_FALSE(mask::covers(hidden, {double(box["x"]) + double(box["width"]) / 2,
                                         double(box["y"]) + double(box["height"]) / 2}));
    }
    const std::vector<std::uint8_t> bytes(reply.body.begin(), reply.body.end());
    const auto picture = video::decode_image(bytes, "picture");
    ASSERT_TRUE(picture);
    for (int y = 4; y + 4 < hidden.height(); ++y) {
      for (int x = 4; x + 4 < hidden.width(); ++x) {
        const bool within = hidden.at(x, y) && hidden.at(x - 4, y - 4) && hidden.at(x + 4, y - 4) &&
                            hidden.at(x - 4, y + 4) && hidden.at(x + 4, y + 4);
        if (!within) continue;
        ASSERT_NEAR(picture->counts.at(x, y), 95, 60) << x << ", " << y;
      }
    }
    const json incidents = service.json("/api/incidents");
    for (const json& incident : incidents) {
      EXPECT_FALSE(is_inside(incident["at"]));
    }
    service.stop();
  }
  EXPECT_GT(shown, 10);
  EXPECT_GT(predicted, 10);

  const Site site = folder.load();
  const mask::PixelMask hidden = hidden_of(site, site.cameras[0]);
  const auto store = store::Store::open_to_read(record.string());
  ASSERT_TRUE(store);
  const store::RunId run = *store->newest_run();
  int detections = 0;
  ASSERT_TRUE(store->read_detections(run, [&](const detect::FrameDetections& frame) {
    for (const detect::Detection& detection : frame.detections) {
      ++detections;
      EXPECT_FALSE(mask::covers(hidden, detection.centroid));
    }
    return true;
  }));
  EXPECT_GT(detections, 10);
  const auto tracks = store->tracks_of(run, base::Time{}, base::Time::max());
  ASSERT_TRUE(tracks);
  EXPECT_FALSE(tracks->empty());
  for (const track::Track& track : *tracks) {
    EXPECT_FALSE(is_private(site.border->zones, track.place));
  }
  const auto report = replay(*store, run, site);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->differences, 0U) << report->first_difference;
}

}  // namespace
}  // namespace marsad::service
