// SPDX-License-Identifier: Apache-2.0
#include "service/site_edit.h"

#include <gmock/gmock.h>

#include "tests/service/site_folder.h"

namespace marsad::service {
namespace {

using testing::HasSubstr;

constexpr std::string_view kSite = R"(# Ours
[[camera]]
id = "T1" # first
azimuth_deg = 10   # by compass
  elevation_deg=-1.5# tilt
[[camera]] # azimuth_deg = 5
id = "T2"
azimuth_deg = 20
elevation_deg = -2
)";

TEST(SiteEdit, ChangesNothingButTheValuesOfThatCamera) {
  const auto edited =
      with_camera_values(kSite, "T1", {{"azimuth_deg", 12.3456}, {"elevation_deg", -3}});
  ASSERT_TRUE(edited) << to_string(edited.error());
  EXPECT_EQ(*edited, R"(# Ours
[[camera]]
id = "T1" # first
azimuth_deg = 12.3456   # by compass
  elevation_deg=-3.0# tilt
[[camera]] # azimuth_deg = 5
id = "T2"
azimuth_deg = 20
elevation_deg = -2
)");
  EXPECT_TRUE(has_camera_key(kSite, "T1", "elevation_deg"));
  EXPECT_FALSE(has_camera_key(kSite, "T1", "roll_deg"));
}

TEST(SiteEdit, AddsWhatIsNotThereYetBelowTheAzimuth) {
  const auto edited =
      with_camera_values(kSite, "T2", {{"roll_deg", 0.5}, {"roll_sigma_deg", 0.02}});
  ASSERT_TRUE(edited) << to_string(edited.error());
  EXPECT_THAT(*edited, HasSubstr("azimuth_deg = 20\nroll_deg = 0.5\nroll_sigma_deg = 0.02\nelev"));
}

TEST(SiteEdit, IsRefusedWhereItWouldHaveToGuess) {
  EXPECT_THAT(with_camera_values(kSite, "T3", {{"azimuth_deg", 1}}).error().message,
              HasSubstr("no camera 'T3'"));
  EXPECT_FALSE(with_camera_values("[[camera", "T1", {{"azimuth_deg", 1}}));
  EXPECT_THAT(
      with_camera_values("camera = [{id = \"T1\", azimuth_deg = 4}]", "T1", {{"azimuth_deg", 1}})
          .error()
          .message,
      HasSubstr("line of its own"));
}

TEST(SiteEdit, KeepsWhoMayReadTheFile) {
  const SiteFolder folder;
  const auto file = folder.path() / "site.toml";
  std::filesystem::permissions(
      file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  ASSERT_TRUE(replace_text(file, "new"));
  EXPECT_EQ(*read_text(file), "new");
  EXPECT_EQ(std::filesystem::status(file).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  EXPECT_FALSE(replace_text(folder.path() / "nowhere.toml", "new"));
}

}  // namespace
}  // namespace marsad::service
