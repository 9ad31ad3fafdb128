// SPDX-License-Identifier: Apache-2.0
// The commands as somebody types them.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>

#include "base/csv.h"
#include "tests/app/program.h"
#include "tests/service/running_service.h"
#include "tests/service/site_folder.h"
#include "video/decode.h"
#include "wire/json.h"

namespace marsad::app {
namespace {

using testing::HasSubstr;

const std::vector<std::string> kCommands = {
    "run",     "check",      "init",     "replay", "detect",    "locate",
    "track",   "simulate",   "score",    "range",  "calibrate", "types",
    "control", "completion", "viewshed", "policy", "audit"};

TEST(Help, OfEveryCommandShowsAnExample) {
  EXPECT_THAT(marsad({"--help"}).output, HasSubstr("Example: marsad run"));
  for (const std::string& command : kCommands) {
    const Outcome help = marsad({command, "--help"});
    EXPECT_EQ(help.status, 0);
    EXPECT_THAT(help.output, HasSubstr("Example: marsad " + command));
    EXPECT_THAT(marsad({"--help"}).output, HasSubstr("  " + command));
  }
  for (const char* of : {"tracks", "detections"}) {
    EXPECT_THAT(marsad({"score", of, "--help"}).output,
                HasSubstr(std::string("Example: marsad score ") + of));
  }
}

TEST(Help, IsOfferedWhereACommandIsMistyped) {
  for (const auto& wrong : {std::vector<std::string>{}, {"fly"}, {"check"}, {"check", "a", "b"}}) {
    const Outcome outcome = marsad(wrong);
    EXPECT_NE(outcome.status, 0);
    EXPECT_THAT(outcome.errors, HasSubstr("--help"));
  }
}

TEST(Completion, KnowsEveryCommand) {
  const Outcome outcome = marsad({"completion"});
  for (const std::string& command : kCommands) EXPECT_THAT(outcome.output, HasSubstr(command));
}

TEST(Types, AreThoseOfTheWire) { EXPECT_EQ(marsad({"types"}).output, wire::typescript()); }

TEST(Init, MakesASiteThatIsInOrderAndNeverOverwritesOne) {
  const service::SiteFolder elsewhere;
  const std::string folder = (elsewhere.path() / "new site").string();
  EXPECT_EQ(marsad({"init", folder}).status, 0);
  const Outcome check = marsad({"check", folder});
  EXPECT_EQ(check.status, 0) << check.errors;
  EXPECT_THAT(check.output, HasSubstr("The site is in order."));
  EXPECT_EQ(check.output.find("warning"), std::string::npos) << check.output;
  const Outcome again = marsad({"init", folder});
  EXPECT_EQ(again.status, 1);
  EXPECT_THAT(again.errors, HasSubstr("is there already"));
}

TEST(Check, TellsOfEverythingWrongOnStandardError) {
  const service::SiteFolder folder;
  folder.write("site.toml",
               service::kHead + service::camera("T1", "\"simulated\"") + "colour = 1\n");
  const Outcome check = marsad({"check", folder.path().string()});
  EXPECT_EQ(check.status, 1);
  EXPECT_THAT(check.errors, HasSubstr("camera[1].colour: unknown key"));
  EXPECT_THAT(check.errors, HasSubstr("simulation: missing"));
  EXPECT_EQ(check.output, "");
}

TEST(Commands, SayWhichFileCannotBeRead) {
  const service::SiteFolder folder;
  const std::string site = folder.path().string();
  for (const auto& arguments : std::vector<std::vector<std::string>>{
           {"check", "/nowhere"},
           {"run", "/nowhere"},
           {"replay", "/nowhere"},
           {"calibrate", "/nowhere", "T1", "--landmarks", "marks.csv"},
           {"detect", "/nowhere", "--out", site + "/out.csv"},
           {"locate", "/nowhere", "--site", site, "--camera", "T1", "--out", site + "/out.csv"},
           {"track", "/nowhere", "--out", site + "/out.csv"},
           {"simulate", "/nowhere", "--out", site + "/out"},
           {"score", "tracks", "/nowhere", "/nowhere"},
           {"score", "detections", "/nowhere", "/nowhere"}}) {
    const Outcome outcome = marsad(arguments);
    EXPECT_EQ(outcome.status, 1) << arguments[0];
    EXPECT_THAT(outcome.errors, HasSubstr("/nowhere")) << arguments[0];
  }
}

TEST(Locate, NamesTheCamerasThatThereAre) {
  const service::SiteFolder folder;
  const std::string site = folder.path().string();
  const Outcome outcome = marsad({"locate", "x", "--site", site, "--camera", "T9", "--out", "y"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.errors, HasSubstr("no camera 'T9' in the site; it has T1"));
}

const std::string kHomes = R"({"type": "Feature", "properties": {"name": "homes",
 "kind": "privacy"}, "geometry": {"type": "Polygon", "coordinates":
 [[[40.9985, 33.9940], [41.0015, 33.9940], [41.0015, 33.9950], [40.9985, 33.9950],
   [40.9985, 33.9940]]]}})";

service::SiteFolder& with_homes(service::SiteFolder& folder) {
  folder.write("zones.geojson", kHomes);
  folder.write("site.toml", service::kHead + "[zones]\nfile = \"zones.geojson\"\n" +
                                service::camera("T1", "\"simulated\"") + service::kSimulation);
  return folder;
}

TEST(Check, TellsHowMuchOfEachPictureIsMasked) {
  service::SiteFolder folder;
  with_homes(folder);
  const Outcome check = marsad({"check", folder.path().string()});
  EXPECT_EQ(check.status, 0) << check.errors;
  EXPECT_THAT(check.output, testing::ContainsRegex("privacy zones mask [0-9]+\\.[0-9] % of its"));
}

// Rows with a place.
int placed(const std::string& file) {
  std::ifstream in(file);
  auto reader = base::CsvReader::open(in, file, {"lat"});
  int count = 0;
  while (*reader->next()) count += !reader->text("lat").empty();
  return count;
}

TEST(Locate, TakesTheCamerasPointingLog) {
  const service::SiteFolder folder;
  folder.write("turns.csv", "since_start_s,azimuth_deg,elevation_deg\n0,10,-3\n1,20,-3\n");
  folder.write("site.toml", service::kHead + service::camera("T1", "\"simulated\"") +
                                "pointing = \"turns.csv\"\n" + service::kSimulation);
  std::string table =
      "frame,time,index,x,y,width,height,u,v,var_u,cov_uv,var_v,area_px,contrast,snr,person,"
      "vehicle,animal,aircraft,bird,unknown\n";
  for (const int tenths : {0, 5, 10, 15}) {
    table += fmt::format(
        "{0},2026-11-22T03:12:{1:02}.{2}00Z,0,157,118,5,10,159.5,122.5,0.1,0,0.1,40,50,9,"
        "1,0,0,0,0,0\n",
        tenths, 5 + tenths / 10, tenths % 10);
  }
  folder.write("detections.csv", table);
  const Outcome outcome =
      marsad({"locate", folder.file("detections.csv"), "--site", folder.path().string(), "--camera",
              "T1", "--out", folder.file("plots.csv")});
  EXPECT_EQ(outcome.status, 0) << outcome.errors;
  EXPECT_THAT(outcome.errors, HasSubstr("from frame 15 at 2026-11-22T03:12:06.500Z on its pointing "
                                        "log does not tell where it looks"));
  std::ifstream in(folder.file("plots.csv"));
  auto reader = base::CsvReader::open(in, "plots.csv", {"bearing_deg"});
  for (const double expected_deg : {10.0, 15.0, 20.0, 184.0}) {
    ASSERT_TRUE(*reader->next());
    EXPECT_NEAR(*reader->number("bearing_deg"), expected_deg, 0.001);
  }
}

TEST(Privacy, LocateAndSimulateDropWhatLiesInAZone) {
  service::SiteFolder folder;
  const std::string site = folder.path().string(), out = site + "/out";
  ASSERT_EQ(marsad({"simulate", site, "--out", out, "--duration", "14", "--frames"}).status, 0);
  ASSERT_EQ(marsad({"detect", out + "/frames/T1", "--fps", "10", "--out", out + "/d.csv"}).status,
            0);
  const auto locate = [&](const std::string& to) {
    const Outcome outcome =
        marsad({"locate", out + "/d.csv", "--site", site, "--camera", "T1", "--out", out + to});
    EXPECT_EQ(outcome.status, 0) << outcome.errors;
    return placed(out + to);
  };
  EXPECT_GT(locate("/open.csv"), 50);
  EXPECT_GT(placed(out + "/plots.csv"), 10);
  with_homes(folder);
  EXPECT_EQ(locate("/masked.csv"), 0);
  const std::string again = site + "/again";
  ASSERT_EQ(marsad({"simulate", site, "--out", again, "--duration", "14", "--frames"}).status, 0);
  EXPECT_LT(placed(again + "/plots.csv"), placed(out + "/plots.csv"));
  // Nor do its frames show anybody.
  ASSERT_EQ(
      marsad({"detect", again + "/frames/T1", "--fps", "10", "--out", again + "/d.csv"}).status, 0);
  std::ifstream in(again + "/d.csv");
  auto reader = base::CsvReader::open(in, "d.csv", {"index"});
  while (*reader->next()) EXPECT_EQ(reader->text("index"), "");
}

TEST(Detect, ExplainsItselfInPicturesAndAPageOfThem) {
  const service::SiteFolder folder;
  service::write_pictures(folder, "frames", 9);
  const std::string site = folder.path().string(), to = site + "/why";
  const Outcome detect =
      marsad({"detect", site + "/frames", "--out", site + "/d.csv", "--explain", to,
              "--explain-every", "2", "--explain-from", "3", "--explain-frames", "2"});
  ASSERT_EQ(detect.status, 0) << detect.errors;
  std::set<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(to)) {
    files.insert(entry.path().filename().string());
  }
  EXPECT_EQ(files, (std::set<std::string>{"explain000003.png", "explain000005.png", "index.html"}));
  const auto picture = video::read_image(to + "/explain000005.png");
  ASSERT_TRUE(picture);
  EXPECT_EQ(picture->counts.width(), 3 * 640 + 8);  // three panels, twice as large
  EXPECT_GT(picture->counts.height(), 512);
  std::ifstream page(to + "/index.html");
  const std::string text{std::istreambuf_iterator<char>(page), {}};
  EXPECT_THAT(text, HasSubstr("<img src=\"explain000003.png\""));
}

TEST(Detect, SaysThatItExplainsInPicturesNotInAVideo) {
  const service::SiteFolder folder;
  service::write_pictures(folder, "frames", 2);
  const std::string site = folder.path().string();
  const Outcome detect =
      marsad({"detect", site + "/frames", "--out", site + "/d.csv", "--explain", site + "/a.mp4"});
  EXPECT_EQ(detect.status, 1);
  EXPECT_THAT(detect.errors, HasSubstr("expected a folder"));
}

// The number under a word in a line of JSON that score prints.
double figure(const Outcome& score, const std::string& word) {
  EXPECT_EQ(score.status, 0) << score.errors;
  return nlohmann::json::parse(score.output)[word];
}

std::set<std::string> times_in(const std::string& file) {
  std::ifstream in(file);
  auto reader = base::CsvReader::open(in, file, {"t"});
  std::set<std::string> times;
  while (*reader->next()) times.emplace(reader->text("t"));
  return times;
}

TEST(Commands, GoFromAScenarioToAScoreOneAfterTheOther) {
  const service::SiteFolder folder;
  const std::string site = folder.path().string(), out = site + "/out";
  const auto run = [&](const std::vector<std::string>& arguments) {
    const Outcome outcome = marsad(arguments);
    EXPECT_EQ(outcome.status, 0) << arguments[0] << ": " << outcome.errors;
  };
  run({"simulate", site, "--out", out, "--duration", "14", "--every", "1", "--frames"});
  run({"detect", out + "/frames/T1", "--fps", "10", "--out", out + "/detections.csv", "--masks",
       out + "/masks"});
  run({"locate", out + "/detections.csv", "--site", site, "--camera", "T1", "--out",
       out + "/located.csv"});
  run({"track", out + "/located.csv", "--out", out + "/tracks.csv"});

  // Truth, frames and so plots begin at the same time 0.
  EXPECT_TRUE(times_in(out + "/truth.csv").contains("0.000"));
  EXPECT_TRUE(times_in(out + "/located.csv").contains("0.000000"));
  EXPECT_EQ(times_in(out + "/located.csv").size(), 140U);  // also of frames without a mover
  const Outcome score = marsad({"score", "tracks", out + "/truth.csv", out + "/tracks.csv"});
  EXPECT_TRUE(std::isfinite(figure(score, "gospa_m")));
  EXPECT_EQ(figure(score, "truth_per_scan"), 2);
  EXPECT_LT(figure(score, "missed_per_scan"), 1);
  EXPECT_LT(figure(score, "location_rms_m"), 30);
  EXPECT_TRUE(std::filesystem::exists(out + "/masks/mask000139.png"));
}

TEST(Commands, TrackThePlotsThatSimulateWrites) {
  const service::SiteFolder folder;
  const std::string site = folder.path().string(), out = site + "/out";
  ASSERT_EQ(marsad({"simulate", site, "--out", out, "--duration", "30"}).status, 0);
  const Outcome track = marsad({"track", out + "/plots.csv", "--out", out + "/tracks.csv"});
  ASSERT_EQ(track.status, 0) << track.errors;
  const Outcome score = marsad({"score", "tracks", out + "/truth.csv", out + "/tracks.csv"});
  EXPECT_LT(figure(score, "missed_per_scan"), 1.5);
  EXPECT_LT(figure(score, "location_rms_m"), 30);
}

TEST(Commands, SayWhichTableCouldNotAllBeWritten) {
  const service::SiteFolder folder;
  const std::string site = folder.path().string(), full = folder.file("full");
  std::filesystem::create_directories(full);
  std::filesystem::create_symlink("/dev/full", full + "/plots.csv");
  const Outcome simulate = marsad({"simulate", site, "--out", full, "--duration", "5"});
  EXPECT_EQ(simulate.status, 1);
  EXPECT_THAT(simulate.errors, HasSubstr("full/plots.csv: not all could be written"));
  folder.write("plots.csv", "t,sensor,e,n,var_e,var_n,cov_en\n0,A,1,2,4,5,1\n");
  const Outcome track = marsad({"track", folder.file("plots.csv"), "--out", "/dev/full"});
  EXPECT_EQ(track.status, 1);
  EXPECT_THAT(track.errors, HasSubstr("/dev/full: not all could be written"));
}

TEST(Score, OfTruthAgainstItselfIsPerfect) {
  const service::SiteFolder folder;
  const std::string site = folder.path().string(), out = site + "/out";
  ASSERT_EQ(marsad({"simulate", site, "--out", out, "--duration", "5"}).status, 0);
  const Outcome score = marsad({"score", "tracks", out + "/truth.csv", out + "/truth.csv"});
  EXPECT_NEAR(figure(score, "gospa_m"), 0, 1e-3);
  EXPECT_EQ(figure(score, "missed_per_scan"), 0);
}

}  // namespace
}  // namespace marsad::app
