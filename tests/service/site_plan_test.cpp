// SPDX-License-Identifier: Apache-2.0
// The table [plan] of a site, and what of a camera concerns plans.
#include "service/site_plan.h"

#include <gmock/gmock.h>

#include "tests/service/site_folder.h"

namespace marsad::service {
namespace {

using testing::Contains;
using testing::HasSubstr;

LoadedSite load_with(const SiteFolder& folder, const std::string& lines,
                     const std::string& of_camera = "") {
  folder.write("site.toml", kHead + camera("T1", "\"simulated\"") + of_camera + kSimulation +
                                "[plan]\n" + lines);
  return load_site(folder.path());
}

std::vector<std::string> errors_with(const std::string& lines, const std::string& of_camera = "") {
  const SiteFolder folder;
  std::vector<std::string> errors;
  for (const base::Error& error : load_with(folder, lines, of_camera).errors) {
    errors.push_back(to_string(error));
  }
  return errors;
}

TEST(SitePlan, ReadsTheConditionsAndWhereNothingMayBeBuilt) {
  const SiteFolder folder;
  const auto site = load_with(folder,
                              "air = \"dust\"\ntime_of_day = \"crossover\"\n"
                              "closed_km = [[1, 2.5], [4, 5]]\nweather = \"now.json\"\n")
                        .site;
  ASSERT_TRUE(site);
  EXPECT_GT(site->plan.watch.extinction_per_km, 0.5);
  EXPECT_LT(site->plan.watch.contrast, 0.5);
  const std::vector<std::pair<double, double>> closed = {{1000, 2500}, {4000, 5000}};
  EXPECT_EQ(site->plan.closed_m, closed);
  EXPECT_EQ(site->plan.weather, (folder.path() / "now.json").string());
  EXPECT_EQ(load_with(folder, "contrast = 0.5\n").site->plan.watch.contrast, 0.5);
}

TEST(SitePlan, SaysWhatIsWrong) {
  EXPECT_THAT(errors_with("time_of_day = \"noon\"\n"),
              Contains(HasSubstr("found 'noon'; expected night or crossover")));
  EXPECT_THAT(errors_with("closed_km = [[5, 4]]\n"),
              Contains(HasSubstr("found [5, 4]; expected the smaller kilometre first")));
  EXPECT_THAT(errors_with("closed_km = [5, 4]\n"), Contains(HasSubstr("a list of pairs")));
  EXPECT_THAT(errors_with("contrast = 0\n"), Contains(HasSubstr("contrast")));
  EXPECT_THAT(errors_with("", "up = false\n"),
              Contains(HasSubstr("only a balloon goes up and down")));
  EXPECT_THAT(errors_with("", "mount = \"balloon\"\nup = false\n"), testing::IsEmpty());
}

}  // namespace
}  // namespace marsad::service
