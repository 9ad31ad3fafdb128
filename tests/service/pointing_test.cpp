// SPDX-License-Identifier: Apache-2.0
#include "service/pointing.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "geo/local_frame.h"
#include "service/camera_feed.h"
#include "service/offline.h"
#include "tests/service/site_folder.h"
#include "video/encode.h"

namespace marsad::service {
namespace {

using geo::degrees;
using geo::radians;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> errors_of(const SiteFolder& folder) {
  std::vector<std::string> out;
  for (const base::Error& error : load_site(folder.path()).errors) out.push_back(to_string(error));
  return out;
}

TEST(Pointing, ACameraWithoutALogAlwaysLooksAsTheSiteSays) {
  const SiteFolder folder;
  EXPECT_EQ(folder.load().cameras[0].pointing, nullptr);
}

TEST(Pointing, SaysWhatIsWrongWithALog) {
  const SiteFolder folder;
  folder.write("bad.csv", "t,azimuth_deg,elevation_deg\n0,1,2\n0,400,2\n");
  folder.write("site.toml", kHead + camera("T1", "\"simulated\"") + "pointing = \"bad.csv\"\n" +
                                camera("T2", "\"simulated\"") + "pointing = \"none.csv\"\n" +
                                kSimulation);
  EXPECT_THAT(errors_of(folder),
              ElementsAre(AllOf(HasSubstr("camera[1].pointing"), HasSubstr("bad.csv:3"),
                                HasSubstr("azimuth_deg is 400; expected -360 to 360")),
                          AllOf(HasSubstr("camera[2].pointing"), HasSubstr("none.csv"),
                                HasSubstr("can't be read"))));
}

// The poses of a source's frames by number, and its faults with the number of the frame after.
struct Read {
  std::vector<double> azimuths_deg;
  std::vector<std::pair<std::size_t, std::string>> faults;
};

Read read_all(const Site& site) {
  Read out;
  auto source = open_camera(site, site.cameras[0], base::Time{}).value();
  while (true) {
    const video::Event event = source->next({});
    if (std::holds_alternative<video::End>(event)) return out;
    if (const auto* fault = std::get_if<video::Fault>(&event)) {
      out.faults.emplace_back(out.azimuths_deg.size(), fault->what);
      continue;
    }
    const auto& frame = std::get<video::Frame>(event);
    EXPECT_EQ(frame.number, out.azimuths_deg.size());
    out.azimuths_deg.push_back(
        degrees(frame.pose.value_or(site.cameras[0].camera.pose).azimuth_rad));
  }
}

TEST(Pointing, BesideTheLogsSpanTheSitesAimIsTakenAndAFaultSaysSo) {
  const SiteFolder folder;
  const video::Bytes png = video::encode_png(video::Image<std::uint16_t>(320, 256, 7000));
  for (int i = 0; i < 9; ++i)
    folder.write("frames/" + std::to_string(i) + ".png", std::string(png.begin(), png.end()));
  folder.write("turns.csv", "since_start_s,azimuth_deg,elevation_deg\n0.2,10,-1\n0.5,13,-1\n");
  folder.write("site.toml", kHead + camera("T1", "\"frames\"") + "pointing = \"turns.csv\"\n");
  const Read read = read_all(folder.load());
  const double aim = 184;
  const std::vector<double> expected = {aim, aim, 10, 11, 12, 13, aim, aim, aim};
  ASSERT_EQ(read.azimuths_deg.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i)
    EXPECT_NEAR(read.azimuths_deg[i], expected[i], 1e-9) << i;
  ASSERT_EQ(read.faults.size(), 3U);
  EXPECT_EQ(read.faults[0].first, 0U);
  EXPECT_EQ(read.faults[1].first, 2U);
  EXPECT_EQ(read.faults[2].first, 6U);
  EXPECT_THAT(read.faults[1].second, HasSubstr("from frame 2"));
  EXPECT_THAT(read.faults[2].second,
              AllOf(HasSubstr("camera T1: from frame 6 at 1970-01-01T00:00:00.600Z on"),
                    HasSubstr("span is 0.200 to 0.500 s after the first frame"),
                    HasSubstr("the site's aim is taken")));
}

// A camera that stares for 10 s, pans by 3° in 2 s, stares again, then turns by half its view from
// one frame to the next; someone walks through all three views.
constexpr const char* kTurns = R"(since_start_s,azimuth_deg,elevation_deg
0,184,-2.6
10,184,-2.6
12,187,-2.6
18,187,-2.6
18.05,193,-2.6
25,193,-2.6
)";
constexpr const char* kWalk = R"(seed = 3
duration_s = 24
[[party]]
name = "walker"
mover = "person"
speed_mps = 2.2
start_s = -1
path = [[40.99985, 33.9945], [40.9992, 33.9945]]
)";

class TurningCamera : public testing::Test {
 protected:
  void run(const std::string& turns, const std::string& scenario) {
    folder_.write("turns.csv", turns);
    folder_.write("scenario.toml", scenario);
    folder_.write("site.toml", kHead + camera("T1", "\"simulated\"") +
                                   "pointing = \"turns.csv\"\n" + kSimulation);
    site_ = folder_.load();
    const auto ran = run_offline(
        site_, base::Time{},
        [this](const Step& step) {
          look(step);
          return true;
        },
        [this](const std::string& fault) { faults_.push_back(fault); });
    ASSERT_TRUE(ran);
  }

  // How far a place lies from where the walker is.
  double off_m(geo::Geodetic place, base::Time time) const {
    const auto truth = site_.world->truth(base::to_seconds(time.time_since_epoch()));
    const geo::Enu off = geo::LocalFrame(truth.at(0).place).to_enu(place);
    return std::hypot(off.east, off.north);
  }

  void look(const Step& step) {
    const double t_s = base::to_seconds(step.frame.time.time_since_epoch());
    ++frames_;
    bool is_seen = false;
    for (const locate::Plot& plot : step.scan.plots) {
      const bool is_walker = plot.place && off_m(*plot.place, step.frame.time) < 40;
      is_seen = is_seen || is_walker;
      if (!is_walker) ++others_;
    }
    if (is_seen) seen_at_s_.push_back(t_s);
    for (const track::Track& track : step.tracks) {
      if (track.status != track::TrackStatus::confirmed) continue;
      tracks_.insert(track.id.value);
      existence_ = track.existence;
    }
  }

  double share_seen(double from_s, double to_s) const {
    const auto seen = std::count_if(seen_at_s_.begin(), seen_at_s_.end(),
                                    [&](double t_s) { return t_s >= from_s && t_s < to_s; });
    return static_cast<double>(seen) / (10 * (to_s - from_s));
  }

  SiteFolder folder_;
  Site site_;
  int frames_ = 0;
  int others_ = 0;
  std::vector<double> seen_at_s_;
  std::set<std::uint64_t> tracks_;
  double existence_ = 0;  // of the newest state of a track
  std::vector<std::string> faults_;
};

TEST_F(TurningCamera, IsFollowedByItsLog) {
  run(kTurns, kWalk);
  // Every frame counts: it was nowhere held to have been moved.
  EXPECT_EQ(frames_, 240);
  EXPECT_THAT(faults_, ElementsAre());
  // Located rightly before, during and after the pan, and after the turn.
  EXPECT_GE(share_seen(5, 10), 0.9);
  EXPECT_GE(share_seen(10, 12), 0.9);
  EXPECT_GE(share_seen(12, 18), 0.9);
  EXPECT_GE(share_seen(18.1, 24), 0.9);
  EXPECT_LE(others_, 5);
  EXPECT_EQ(tracks_.size(), 1U);
}

// Who is not seen because the camera looks elsewhere is not gone.
TEST_F(TurningCamera, KeepsTheTrackOfWhomItTurnedAwayFrom) {
  run("since_start_s,azimuth_deg,elevation_deg\n0,184,-2.6\n10,184,-2.6\n10.05,204,-2.6\n"
      "24,204,-2.6\n",
      kWalk);
  EXPECT_GE(share_seen(5, 10), 0.9);
  EXPECT_EQ(tracks_.size(), 1U);
  EXPECT_GE(existence_, 0.95);
}

}  // namespace
}  // namespace marsad::service
