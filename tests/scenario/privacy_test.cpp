// SPDX-License-Identifier: Apache-2.0
#include "service/privacy.h"

#include <gtest/gtest.h>

#include "service/camera_feed.h"
#include "service/offline.h"
#include "service/picture_desk.h"
#include "tests/scenario/reports.h"
#include "video/decode.h"

// Movers that walk through privacy zones.
namespace marsad::scenario {
namespace {

constexpr std::string_view kThroughTheHomes = R"(
      . . . . . . . . . . . . . . a . . .
      . . . . . . . . . . . . p . . . q .
      . . . . . . . . . . . . s . . . r .
      T - - - - - - - - - - - - - x - - -
      . . . . . . . . . . . . . . b . . .

      cell: 25 m
      home: south
      T: looking east, fov 30 deg
      walker: person along a-b, 1.4 m/s, from 5 s
      )";

std::string with(std::string_view picture, std::string_view more) {
  return std::string(picture) + std::string(more) + "\n";
}

World built(const std::string& text) {
  auto world = build(text);
  if (!world) throw std::runtime_error(base::to_string(world.error()));
  return *std::move(world);
}

struct Seen {
  int detections = 0;
  int inside_detections = 0;
  int inside_plots = 0;
  int inside_tracks = 0;
  int before = 0;  // states of confirmed tracks north of the zone, and south of it
  int after = 0;
  int incidents = 0;
};

// What a world's steps show, with the zone of `like`.
Seen see(const std::string& text, const std::string& like) {
  const World world = built(text), zoned = built(like);
  const border::Zone& zone = zoned.site.border->zones.at(0);
  const mask::PixelMask hidden = service::hidden_of(zoned.site, zoned.site.cameras.at(0));
  Seen seen;
  const auto ran = service::run_offline(world.site, base::Time{}, [&](const service::Step& step) {
    for (const detect::Detection& detection : step.frame.detections) {
      ++seen.detections;
      seen.inside_detections += mask::covers(hidden, detection.centroid);
    }
    for (const locate::Plot& plot : step.scan.plots) {
      seen.inside_plots += plot.place && contains(zone, *plot.place);
    }
    for (const track::Track& track : step.tracks) {
      seen.inside_tracks += contains(zone, track.place);
      if (track.status != track::TrackStatus::confirmed) continue;
      seen.before += track.place.lat_rad > zone.ring.front().lat_rad;
      seen.after += track.place.lat_rad < zone.ring.back().lat_rad;
    }
    seen.incidents += !step.incidents.empty();
    return true;
  });
  EXPECT_TRUE(ran);
  return seen;
}

TEST(Privacy, AWalkerIsSeenBeforeAndAfterAZoneAndNotAtAllInside) {
  const std::string zoned = with(kThroughTheHomes, "homes: privacy p-q-r-s, 4 m high");
  const Seen open = see(std::string(kThroughTheHomes), zoned);
  EXPECT_GT(open.inside_detections, 50);
  EXPECT_GT(open.inside_plots, 50);
  EXPECT_GT(open.inside_tracks, 50);
  const Seen seen = see(zoned, zoned);
  EXPECT_GT(seen.detections, 100);
  EXPECT_EQ(seen.inside_detections, 0);
  EXPECT_EQ(seen.inside_plots, 0);
  EXPECT_EQ(seen.inside_tracks, 0);
  EXPECT_GT(seen.before, 10);
  EXPECT_GT(seen.after, 10);
}

TEST(Privacy, ACrossingBesideAZoneIsTold) {
  EXPECT_THAT(run(with(kThroughTheHomes, "homes: privacy p-q-r-s")),
              Reports("inbound crossing at x, seen by T, of 1 track"));
}

TEST(Privacy, ACrossingInsideAZoneIsNotTold) {
  constexpr std::string_view kHomesOnTheLine = R"(
      . . . . . . . . . . . . . . a . . .
      . . . . . . . . . . . . p . . . q .
      T - - - - - - - - - - - - - x - - -
      . . . . . . . . . . . . s . . . r .
      . . . . . . . . . . . . . . b . . .

      cell: 25 m
      home: south
      T: looking east, fov 30 deg
      walker: person along a-b, 2.5 m/s, from 5 s
      )";
  EXPECT_THAT(run(kHomesOnTheLine), Reports("inbound crossing at x, seen by T, of 1 track"));
  const Outcome outcome = run(with(kHomesOnTheLine, "homes: privacy p-q-r-s"));
  EXPECT_TRUE(outcome.incidents.empty());
  EXPECT_FALSE(outcome.tracks.empty());
}

TEST(Privacy, NoFrameShowsWhoIsInside) {
  const std::string nobody = R"(
      . . . . . . . . . . . . . . a . . .
      . . . . . . . . . . . . p . . . q .
      . . . . . . . . . . . . s . . . r .
      T - - - - - - - - - - - - - x - - -
      . . . . . . . . . . . . . . b . . .

      cell: 25 m
      home: south
      T: looking east, fov 30 deg
      homes: privacy p-q-r-s
      time: 60 s
      )";
  const std::string somebody = with(kThroughTheHomes, "homes: privacy p-q-r-s");
  const auto frames = [](const std::string& text) {
    const World world = built(text);
    auto source = service::open_camera(world.site, world.site.cameras.at(0), base::Time{}).value();
    std::vector<video::Frame> out;
    // The walker enters the zone 18 s after it set out and leaves it at 35 s.
    while (out.size() < 400) out.push_back(std::get<video::Frame>(source->next({})));
    return out;
  };
  const auto empty = frames(nobody), walked = frames(somebody);
  ASSERT_TRUE(walked[0].hidden);
  int different = 0;
  for (std::size_t i = 0; i < walked.size(); ++i) {
    for (std::size_t pixel = 0; pixel < walked[i].counts.pixels().size(); ++pixel) {
      const int a = walked[i].counts.pixels()[pixel], b = empty[i].counts.pixels()[pixel];
      if (walked[i].hidden->pixels()[pixel] != 0) {
        ASSERT_EQ(a, walked[0].counts.pixels()[pixel]);
      }
      different += a != b;
    }
    const double t_s = base::to_seconds(walked[i].time - base::Time{});
    if (t_s > 25 && t_s < 38) {
      EXPECT_EQ(walked[i].counts, empty[i].counts) << t_s;
    }
  }
  EXPECT_GT(different, 100);  // outside he is seen
}

TEST(Privacy, ACutOutIsHatchedWhereItShowsAZone) {
  const World world = built(with(kThroughTheHomes, "homes: privacy p-q-r-s"));
  auto source = service::open_camera(world.site, world.site.cameras.at(0), base::Time{}).value();
  auto frame = std::make_shared<video::Frame>(std::get<video::Frame>(source->next({})));
  // A mover whose cut-out has the zone in its middle.
  detect::Detection detection;
  for (int y = 0; y < frame->hidden->height(); ++y) {
    for (int x = 0; x < frame->hidden->width(); ++x) {
      if (frame->hidden->at(x, y) != 0) detection.box = {x - 30, y, 4, 8};
    }
  }
  const auto bytes = service::cut_out({frame, {detection}}, {frame->number, 0});
  ASSERT_TRUE(bytes);
  const auto picture = video::decode_image(*bytes, "cut-out");
  ASSERT_TRUE(picture);
  int lines = 0, between = 0;
  for (const int count : picture->counts.pixels()) {
    lines += std::abs(count - 120) < 6;
    between += std::abs(count - 70) < 6;
  }
  EXPECT_GT(lines, 1000);
  EXPECT_GT(between, 3000);
}

}  // namespace
}  // namespace marsad::scenario
