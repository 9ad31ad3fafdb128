// SPDX-License-Identifier: Apache-2.0
#include "service/site.h"

#include <gmock/gmock.h>

#include "tests/service/site_folder.h"
#include "video/encode.h"

namespace marsad::service {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

std::vector<std::string> errors_of(const SiteFolder& folder) {
  const LoadedSite loaded = load_site(folder.path());
  EXPECT_EQ(loaded.site.has_value(), loaded.errors.empty());
  std::vector<std::string> out;
  for (const base::Error& error : loaded.errors) out.push_back(to_string(error));
  return out;
}

// The good site's text with one passage replaced.
std::string site_with(const std::string& passage, const std::string& instead) {
  std::string text = kHead + camera("T1", "\"simulated\"") + kSimulation;
  const std::size_t at = text.find(passage);
  EXPECT_NE(at, std::string::npos) << passage;
  return text.replace(at, passage.size(), instead);
}

TEST(Site, LoadsWithEverythingTheFilesSay) {
  const SiteFolder folder;
  const Site site = folder.load();
  EXPECT_EQ(site.name, "Test site");
  EXPECT_NEAR(site.border->line.length_m(), 6655, 10);
  EXPECT_TRUE(site.border->line.home_is_left());
  EXPECT_TRUE(site.simulated());
  EXPECT_EQ(site.record, folder.path() / "var/marsad.db");
  EXPECT_EQ(site.port, 0);
  ASSERT_THAT(site.cameras, SizeIs(1));
  const SiteCamera& camera = site.cameras[0];
  EXPECT_EQ(camera.source, "simulated");
  EXPECT_EQ(camera.fps, 10);
  EXPECT_NEAR(camera.height_above_ground_m, 30, 1e-9);
  const geo::Geodetic position = camera.camera.pose.position;
  EXPECT_NEAR(position.height_m, *site.elevation->height_m(position.lat_rad, position.lon_rad) + 30,
              1e-9);
  EXPECT_NEAR(geo::degrees(camera.camera.pose.azimuth_rad), 184, 1e-9);
}

TEST(Site, TakesAHeightAboveTheSeaInstead) {
  const SiteFolder folder;
  folder.write("site.toml", site_with("height_above_ground_m = 30", "height_msl_m = 1000"));
  const Site site = folder.load();
  EXPECT_EQ(site.cameras[0].camera.pose.position.height_m, 1000);
  EXPECT_GT(site.cameras[0].height_above_ground_m, 500);
}

TEST(Site, TakesAHeightAboveTheEllipsoidInsteadAsReceiversGiveIt) {
  const SiteFolder folder;
  folder.write("site.toml", site_with("height_above_ground_m = 30", "height_ellipsoidal_m = 1000"));
  // The sea lies 14.44 m above the ellipsoid at 34 N 41 E.
  EXPECT_NEAR(folder.load().cameras[0].camera.pose.position.height_m, 1000 - 14.44, 0.02);
  folder.write("site.toml", site_with("height_above_ground_m = 30",
                                      "height_ellipsoidal_m = 1000\nheight_msl_m = 1000"));
  EXPECT_THAT(errors_of(folder), Contains(HasSubstr("expected one of height_above_ground_m")));
  folder.write("site.toml", site_with("height_above_ground_m = 30", "height_ellipsoidal_m = -500"));
  EXPECT_THAT(errors_of(folder), Contains(AllOf(HasSubstr("camera[1].height_ellipsoidal_m"),
                                                HasSubstr("below the ground"))));
}

TEST(Site, TakesAFocalLengthAndTheLensAsACalibrationGivesThem) {
  const SiteFolder folder;
  folder.write("site.toml", site_with("horizontal_fov_deg = 12",
                                      "focal_length_px = 500.5\ncx_px = 161.25\ncy_px = 120\n"
                                      "k1 = -0.2\nk2 = 0.05\np1 = 0.001\np2 = -0.002"));
  const sensor::CameraModel model = folder.load().cameras[0].camera.model;
  EXPECT_NEAR(model.focal_px(), 500.5, 1e-9);
  EXPECT_EQ(model.axis_px().u, 161.25);
  EXPECT_EQ(model.axis_px().v, 120);
  EXPECT_EQ(model.distortion, (sensor::Distortion{-0.2, 0.05, 0, 0.001, -0.002}));
}

// The errors of the good site with the field of view replaced by these lines.
std::vector<std::string> errors_of_lens(const std::string& lines) {
  const SiteFolder folder;
  folder.write("site.toml", site_with("horizontal_fov_deg = 12", lines));
  return errors_of(folder);
}

TEST(Site, RefusesALensThatCannotBeThisCameras) {
  EXPECT_THAT(errors_of_lens("focal_length_px = 200\np1 = 0.001\nk1 = -0.6"),
              Contains(AllOf(HasSubstr("site.toml"), HasSubstr("camera[1].k1"),
                             HasSubstr("fold the picture within the frame"))));
  EXPECT_THAT(errors_of_lens("horizontal_fov_deg = 12\ncx_px = 100"),
              Contains(AllOf(HasSubstr("camera[1].cx_px"), HasSubstr("both cx_px and cy_px"))));
  EXPECT_THAT(errors_of_lens("horizontal_fov_deg = 12\ncx_px = 100\ncy_px = 256"),
              Contains(HasSubstr("camera[1].cy_px: 256 is out of range")));
  EXPECT_THAT(errors_of_lens("horizontal_fov_deg = 12\nfocal_length_px = 700"),
              Contains(HasSubstr("either horizontal_fov_deg or focal_length_px")));
  EXPECT_THAT(errors_of_lens(""),
              Contains(HasSubstr("either horizontal_fov_deg or focal_length_px")));
}

TEST(Site, TakesSeveralElevationFilesInOrderOfPreference) {
  const SiteFolder folder;
  const auto grid = [&](const std::string& name, double half_deg, float height_m) {
    const terrain::Bounds bounds{geo::radians(34 - half_deg), geo::radians(34 + half_deg),
                                 geo::radians(41 - half_deg), geo::radians(41 + half_deg)};
    const auto made = terrain::Elevation::from_grid(bounds, 5, 5, std::vector<float>(25, height_m));
    ASSERT_TRUE(made.write_geotiff((folder.path() / name).string()));
  };
  grid("fine.tif", 0.02, 300);
  grid("coarse.tif", 0.5, 100);
  const std::string seed = kHead.substr(kHead.find("desert_seed"));
  const std::string made = seed.substr(0, seed.find('\n'));
  folder.write("site.toml", site_with(made, "file = [\"fine.tif\", \"coarse.tif\"]"));
  const Site site = folder.load();
  EXPECT_NEAR(site.cameras[0].camera.pose.position.height_m, 330, 1e-3);
  EXPECT_NEAR(*site.elevation->height_m(geo::radians(34.06), geo::radians(41)), 100, 1e-3);
  folder.write("site.toml",
               site_with(made,
                         "file = [\"fine.tif\", \"coarse.tif\"]\n"
                         "heights_above = [\"sea_level\", \"ellipsoid\"]\ncache_mb = 1"));
  const Site lowered = folder.load();
  EXPECT_NEAR(lowered.cameras[0].camera.pose.position.height_m, 330, 1e-3);
  // The geoid lies some 20 m above the ellipsoid here.
  EXPECT_NEAR(*lowered.elevation->height_m(geo::radians(34.06), geo::radians(41)), 100 - 20, 8);
  folder.write("site.toml", site_with(made, "file = \"fine.tif\"\nheights_above = \"moon\""));
  EXPECT_THAT(errors_of(folder),
              Contains(AllOf(HasSubstr("elevation.heights_above"), HasSubstr("'moon'"),
                             HasSubstr("told_by_file, sea_level, ellipsoid"))));
  folder.write("site.toml", site_with(made,
                                      "file = \"fine.tif\"\nheights_above = [\"sea_level\", "
                                      "\"sea_level\"]"));
  EXPECT_THAT(errors_of(folder), Contains(HasSubstr("found 2 words for 1 files")));
  folder.write("site.toml", site_with(made, "file = [\"fine.tif\", 3]"));
  EXPECT_THAT(errors_of(folder), Contains(AllOf(HasSubstr("elevation.file"), HasSubstr("texts"))));
}

TEST(Site, ReadsBarriersAndZones) {
  const SiteFolder folder;
  folder.write("site.toml", site_with("[service]",
                                      "[barriers]\nfile = \"barriers.geojson\"\n"
                                      "[zones]\nfile = \"zones.geojson\"\n[service]"));
  folder.write("barriers.geojson",
               R"({"type":"Feature","properties":{"name":"Berm 1","kind":"berm","height_m":3},
                   "geometry":{"type":"LineString","coordinates":[[41,34],[41,34.01]]}})");
  folder.write("zones.geojson",
               R"({"type":"Feature","properties":{"name":"Mill","kind":"village"},"geometry":
                   {"type":"Polygon","coordinates":[[[41,34],[41.1,34],[41.1,34.1],[41,34]]]}})");
  const Site site = folder.load();
  ASSERT_THAT(site.border->barriers, SizeIs(1));
  EXPECT_EQ(site.border->barriers[0].height_m, 3);
  ASSERT_THAT(site.border->zones, SizeIs(1));
  EXPECT_EQ(site.border->zones[0].name, "Mill");
}

// The errors of a site whose only zone is this feature.
std::vector<std::string> errors_of_zone(const std::string& feature) {
  const SiteFolder folder;
  folder.write("site.toml", site_with("[service]", "[zones]\nfile = \"zones.geojson\"\n[service]"));
  folder.write("zones.geojson", feature);
  return errors_of(folder);
}

std::string privacy_zone(const std::string& height, const std::string& geometry) {
  return R"({"type":"Feature","properties":{"name":"Mill","kind":"privacy","height_m":)" + height +
         "},\"geometry\":" + geometry + "}";
}

const std::string kTriangle =
    R"({"type":"Polygon","coordinates":[[[41,34],[41.1,34],[41.1,34.1],[41,34]]]})";

TEST(Site, ReadsAPrivacyZoneWithTheHeightOfWhatStandsThere) {
  const SiteFolder folder;
  folder.write("site.toml", site_with("[service]", "[zones]\nfile = \"zones.geojson\"\n[service]"));
  folder.write("zones.geojson", privacy_zone("7.5", kTriangle));
  const Site site = folder.load();
  ASSERT_THAT(site.border->zones, SizeIs(1));
  EXPECT_EQ(site.border->zones[0].kind, border::ZoneKind::privacy);
  EXPECT_EQ(site.border->zones[0].height_m, 7.5);
}

TEST(Site, RefusesAPrivacyZoneThatProtectsNothing) {
  EXPECT_THAT(errors_of_zone(
                  privacy_zone("4", R"({"type":"LineString","coordinates":[[41,34],[41.1,34]]})")),
              Contains(AllOf(HasSubstr("zones.geojson"), HasSubstr("privacy zone 'Mill'"),
                             HasSubstr("expected a Polygon"))));
  EXPECT_THAT(errors_of_zone(privacy_zone(
                  "4", R"({"type":"Polygon","coordinates":[[[41,34],[41.1,34],[41,34]]]})")),
              Contains(HasSubstr("expected a Polygon")));
  for (const char* height : {"-1", "\"high\"", "9000"}) {
    EXPECT_THAT(errors_of_zone(privacy_zone(height, kTriangle)), Contains(HasSubstr("height_m")))
        << height;
  }
}

TEST(Site, TakesDetectionSettingsForAllCamerasAndForOne) {
  const SiteFolder folder;
  folder.write("site.toml", kHead + "[detect]\nsensitivity = 0.2\nsmallest_area_px = 9\n" +
                                camera("T1", "\"simulated\"") + camera("T2", "\"simulated\"") +
                                "sensitivity = 0.9\n" + kSimulation);
  const Site site = folder.load();
  EXPECT_EQ(site.cameras[0].detector.sensitivity, 0.2);
  EXPECT_EQ(site.cameras[0].detector.smallest_area_px, 9);
  EXPECT_EQ(site.cameras[1].detector.sensitivity, 0.9);
  EXPECT_EQ(site.cameras[1].detector.smallest_area_px, 9);
}

TEST(Site, SaysWhichDetectionSettingIsWrong) {
  const SiteFolder folder;
  folder.write("site.toml", kHead + "[detect]\nsensitivity = 2\n" + camera("T1", "\"simulated\"") +
                                "smallest_area_px = 0\n" + kSimulation);
  EXPECT_THAT(errors_of(folder),
              AllOf(Contains(HasSubstr("detect.sensitivity: 2 is out of range")),
                    Contains(HasSubstr("camera[1].smallest_area_px: 0 is out of range"))));
}

TEST(Site, TakesAMaskAsPolygonsOrAsAPicture) {
  const SiteFolder folder;
  video::Image<std::uint8_t> picture(320, 256);
  picture.at(7, 9) = 200;
  const video::Bytes bytes = video::encode_png(picture);
  folder.write("mast.png", std::string(bytes.begin(), bytes.end()));
  folder.write("site.toml",
               kHead + camera("T1", "\"simulated\"") + "mask = \"mast.png\"\n" +
                   camera("T2", "\"simulated\"") +
                   "mask = [[[0, 0], [20, 0], [20, 10], [0, 10]], [[300, 200], [319, 200], "
                   "[310, 255]]]\n" +
                   camera("T3", "\"simulated\"") + kSimulation);
  const Site site = folder.load();
  EXPECT_NEAR(mask::share(*site.cameras[0].ignored), 1 / (320.0 * 256), 1e-9);
  EXPECT_TRUE(mask::covers(*site.cameras[0].ignored, {7, 9}));
  EXPECT_TRUE(mask::covers(*site.cameras[1].ignored, {10, 5}));
  EXPECT_TRUE(mask::covers(*site.cameras[1].ignored, {310, 220}));
  EXPECT_FALSE(mask::covers(*site.cameras[1].ignored, {100, 100}));
  EXPECT_FALSE(site.cameras[2].ignored);
}

TEST(Site, SaysWhatIsWrongWithAMask) {
  const SiteFolder folder;
  const video::Bytes bytes = video::encode_png(video::Image<std::uint8_t>(32, 20));
  folder.write("small.png", std::string(bytes.begin(), bytes.end()));
  folder.write("text.png", "no picture");
  folder.write("site.toml", kHead + camera("T1", "\"simulated\"") + "mask = \"small.png\"\n" +
                                camera("T2", "\"simulated\"") + "mask = [[[0, 0], [20, 0]]]\n" +
                                camera("T3", "\"simulated\"") + "mask = \"text.png\"\n" +
                                camera("T4", "\"simulated\"") + "mask = 3\n" +
                                camera("T5", "\"simulated\"") + "mask = \"none.png\"\n" +
                                kSimulation);
  EXPECT_THAT(
      errors_of(folder),
      testing::ElementsAre(AllOf(HasSubstr("camera[1].mask"), HasSubstr("32x20"),
                                 HasSubstr("expected the camera's 320x256")),
                           AllOf(HasSubstr("camera[2].mask"), HasSubstr("expected a list of")),
                           AllOf(HasSubstr("camera[3].mask"), HasSubstr("text.png")),
                           AllOf(HasSubstr("camera[4].mask"), HasSubstr("found integer")),
                           AllOf(HasSubstr("camera[5].mask"), HasSubstr("none.png"))));
}

TEST(Site, WantsTheNetworkUnlessToldOtherwise) {
  const SiteFolder folder;
  EXPECT_TRUE(folder.load().cameras[0].network);
  folder.write("site.toml", site_with("fps = 10", "fps = 10\nnetwork = false"));
  EXPECT_FALSE(folder.load().cameras[0].network);
}

TEST(Site, TextNamesItsFolderOnTheFirstLineAndHoldsEveryFile) {
  const SiteFolder folder;
  const std::string text = folder.load().text;
  EXPECT_EQ(folder_in(text), folder.path().string());
  EXPECT_THAT(without_folder(text),
              AllOf(HasSubstr(kHead), HasSubstr(kBorderLine), HasSubstr(kScenario)));
  EXPECT_EQ(without_folder(text).find(folder.path().string()), std::string::npos);
}

TEST(Site, TextHoldsNoPasswordWhileTheCamerasKeepTheirs) {
  const SiteFolder folder;
  const std::string address = "rtsp://guard:s3cret/@192.0.2.10/thermal";
  folder.write("site.toml",
               kHead + camera("T1", "'" + address + "'") + "# was \"rtsp://a:s3cret@b\"");
  const Site site = folder.load();
  EXPECT_EQ(site.cameras[0].source, address);
  EXPECT_THAT(site.text, AllOf(HasSubstr("source = 'rtsp://guard:***@192.0.2.10/thermal'"),
                               HasSubstr("# was \"rtsp://a:***@b\""), Not(HasSubstr("s3cret"))));
}

TEST(Site, RefusesAPasswordThatItsTextWouldStillHold) {
  for (const char* source :
       {R"("rtsp://guard:s3 cret@host")", R"("rtsp://guard:s3\"cret@host")",
        R"("rtsp:\u002f/guard:s3cret@host")", R"('rtsp://guard:s3"cret@host')"}) {
    const SiteFolder folder;
    folder.write("site.toml", kHead + camera("T1", source));
    EXPECT_THAT(errors_of(folder),
                Contains(AllOf(HasSubstr("camera[1].source: its password can't be kept out"),
                               Not(HasSubstr("cret")))))
        << source;
  }
}

TEST(Site, WithoutASiteFileSaysWhichOneItWants) {
  const SiteFolder folder;
  std::filesystem::remove(folder.path() / "site.toml");
  EXPECT_THAT(errors_of(folder), Contains(AllOf(HasSubstr("site.toml"), HasSubstr("can't be"))));
}

struct BadSite {
  std::string passage;
  std::string instead;
  std::string complaint;
};

// What GoogleTest names the case by.
void PrintTo(const BadSite& site, std::ostream* out) { *out << site.complaint; }

class BadSites : public ::testing::TestWithParam<BadSite> {};

TEST_P(BadSites, SaysFileLineKeyAndWhatWasExpected) {
  const SiteFolder folder;
  folder.write(
      "loop.geojson",
      R"({"type":"LineString","coordinates":[[41,34],[41.01,34],[41.01,34.01],[41,33.99]]})");
  folder.write("point.geojson", R"({"type":"LineString","coordinates":[[41,34]]})");
  folder.write("area.geojson", R"({"type":"Point","coordinates":[41,34]})");
  folder.write("cut.geojson", R"({"type":"LineString","coordinates":[[41,34],)");
  folder.write("empty.tif", "");
  folder.write("bad_scenario.toml",
               "[[party]]\nname = \"a\"\nmover = \"ghost\"\npath = [[41.0, 34.0]]\n"
               "repeat_every_s = 60\n");
  folder.write(
      "far_scenario.toml",
      "[[party]]\nname = \"a\"\nmover = \"person\"\npath = [[41.0, 34.0], [41.0, 134.0]]\n");
  folder.write("site.toml", site_with(GetParam().passage, GetParam().instead));
  EXPECT_THAT(errors_of(folder), Contains(HasSubstr(GetParam().complaint)));
}

const BadSite kBadSites[] = {
    {"[border]", "[border", "site.toml:2"},
    {"port = 0", "prot = 0", "site.toml:9: service.prot: unknown key; known here: address, port"},
    {"[service]", "[servce]", "site.toml:8: servce: unknown key"},
    {"fps = 10", "fsp = 10", "camera[1].fsp: unknown key"},
    {"desert_seed = 1\ndesert_spacing_m = 60", "file = \"none.tif\"", "none.tif"},
    {"desert_seed = 1\ndesert_spacing_m = 60", "file = \"empty.tif\"", "empty.tif"},
    {"desert_seed = 1", "", "site.toml:5: elevation.file: expected either file"},
    {"[elevation]\ndesert_seed = 1\ndesert_spacing_m = 60", "", "elevation: missing"},
    {"file = \"border.geojson\"", "file = \"point.geojson\"",
     "point.geojson: the border line has 1 distinct point; expected at least 2"},
    {"file = \"border.geojson\"", "file = \"loop.geojson\"", "loop.geojson: the border line cross"},
    {"file = \"border.geojson\"", "file = \"area.geojson\"", "area.geojson: no LineString"},
    {"file = \"border.geojson\"", "file = \"cut.geojson\"", "cut.geojson: not GeoJSON"},
    {"file = \"border.geojson\"", "file = \"gone.geojson\"", "gone.geojson: can't be read"},
    {"file = \"border.geojson\"", "", "site.toml:2: border.file: missing; expected a text"},
    {"home_side = \"left\"", "home_side = \"east\"",
     "site.toml:4: border.home_side: found 'east'; expected \"left\" or \"right\""},
    {"id = \"T1\"", "id = 1", "site.toml:13: camera[1].id: found integer; expected a text"},
    {"azimuth_deg = 184", "azimuth_deg = 1840",
     "site.toml:17: camera[1].azimuth_deg: 1840 is out of range; expected a number from -360"},
    {"azimuth_deg = 184", "azimuth_deg = \"north\"",
     "site.toml:17: camera[1].azimuth_deg: found string; expected a number"},
    {"azimuth_deg = 184", "azimuth_deg = nan", "camera[1].azimuth_deg: nan is out of range"},
    {"azimuth_deg = 184\n", "", "site.toml:12: camera[1].azimuth_deg: missing; expected a number"},
    {"width_px = 320", "width_px = 320.5", "camera[1].width_px: 320.5 is no whole number"},
    {"port = 0", "port = 65536", "service.port: 65536 is out of range"},
    {"lon_deg = 41.0005", "lon_deg = 4.10005",
     "million heights between the border and all cameras"},
    {"height_above_ground_m = 30", "height_above_ground_m = -5",
     "site.toml:16: camera[1].height_above_ground_m: camera T1 is 5.0 m below the ground"},
    {"height_above_ground_m = 30", "height_msl_m = 0",
     "site.toml:16: camera[1].height_msl_m: camera T1 is"},
    {"height_above_ground_m = 30", "", "expected one of height_above_ground_m, height_msl_m"},
    {"fps = 10", "mount = \"mast\"", "camera[1].mount: found 'mast'; expected one of"},
    {"[simulation]\nscenario = \"scenario.toml\"", "",
     "simulation: missing; a camera's source is \"simulated\""},
    {"\"scenario.toml\"", "\"bad_scenario.toml\"",
     "bad_scenario.toml:3: party[1].mover: found 'ghost'"},
    {"\"scenario.toml\"", "\"bad_scenario.toml\"",
     "bad_scenario.toml:4: party[1].path: leads nowhere"},
    {"\"scenario.toml\"", "\"far_scenario.toml\"",
     "far_scenario.toml:4: party[1].path: [41, 134] is not on Earth"},
    {"\"scenario.toml\"", "\"gone.toml\"", "gone.toml: can't be read"},
};
INSTANTIATE_TEST_SUITE_P(Site, BadSites, ::testing::ValuesIn(kBadSites));

TEST(Site, TellsOfASecondSensorOfTheSameNameAtItsLine) {
  const SiteFolder folder;
  const std::string one = camera("T1", "\"simulated\"");
  folder.write("site.toml", kHead + one + one + kSimulation);
  EXPECT_THAT(errors_of(folder),
              Contains(HasSubstr("camera[2].id: a second sensor named 'T1'; expected a name")));
}

TEST(Site, WithoutACameraSaysSo) {
  const SiteFolder folder;
  folder.write("site.toml", kHead);
  EXPECT_THAT(errors_of(folder), Contains(HasSubstr("expected at least one [[camera]]")));
}

TEST(Site, TellsOfEverythingWrongAtOnce) {
  const SiteFolder folder;
  folder.write("site.toml", kHead + "colour = 1\n" + camera("T1", "7") + "roll_deg = 90\n");
  const auto errors = errors_of(folder);
  EXPECT_THAT(errors, Contains(HasSubstr("record.colour: unknown key")));
  EXPECT_THAT(errors, Contains(HasSubstr("camera[1].source: found integer")));
  EXPECT_THAT(errors, Contains(HasSubstr("camera[1].roll_deg: 90 is out of range")));
}

TEST(Site, TellsOfACameraBeyondTheElevationFile) {
  const SiteFolder folder;
  constexpr double kReach_m = 500;
  const terrain::Bounds around_the_line = terrain::grown(
      {geo::radians(33.96), geo::radians(34.02), geo::radians(41.0), geo::radians(41.0)}, kReach_m);
  const auto written = simulate::make_desert(around_the_line, 60, 1)
                           .write_geotiff((folder.path() / "ground.tif").string());
  ASSERT_TRUE(written) << to_string(written.error());
  std::string text = site_with("desert_seed = 1\ndesert_spacing_m = 60", "file = \"ground.tif\"");
  folder.write("site.toml", text);
  EXPECT_THAT(errors_of(folder), SizeIs(0));
  const std::string near = "lon_deg = 41.0005";
  text.replace(text.find(near), near.size(), "lon_deg = 41.03");
  folder.write("site.toml", text);
  EXPECT_THAT(
      errors_of(folder),
      Contains(HasSubstr("camera[1].lat_deg: camera T1 stands where the elevation has no")));
}

TEST(Site, TellsOfASyntaxErrorAndOfNothingElse) {
  const SiteFolder folder;
  folder.write("site.toml", "name = \"Test\n[border]\n");
  EXPECT_THAT(errors_of(folder), SizeIs(1));
}

}  // namespace
}  // namespace marsad::service
