// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "tests/app/program.h"
#include "tests/service/site_folder.h"

namespace marsad::app {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

// A site whose partner hears kind, kilometre and time, and nothing else.
class Policy : public ::testing::Test {
 protected:
  Policy() {
    folder_.write("site.toml", service::kHead + "[liaison]\nfile = \"liaison.toml\"\n" +
                                   service::camera("T1", "\"nowhere\""));
    folder_.write("liaison.toml", R"([[partner]]
id = "north"
name = "Force of the north"
kilometres = ["0-5"]
heading = ["far"]
kinds = ["crossing"]
route = "relayed"
relays = ["coalition cell"]
[[disclosure]]
partner = "north"
kinds = ["crossing"]
fields = ["kind", "time", "kilometre"]
grid_m = 1000
delay_s = 600
persons = 2
)");
  }

  service::SiteFolder folder_;
};

TEST_F(Policy, CheckSaysWhatEachPartnerMayHear) {
  const Outcome outcome = marsad({"policy", "check", folder_.path().string()});
  EXPECT_EQ(outcome.status, 0) << outcome.errors;
  EXPECT_THAT(outcome.output,
              AllOf(HasSubstr("route through coalition cell"),
                    HasSubstr("crossing: kind, time, kilometre; cells of 1000 m, 600 s late, "
                              "released by 2 persons")));
}

TEST_F(Policy, ShowPrintsWhatAPartnerWouldSeeAndNothingElse) {
  const Outcome outcome = marsad({"policy", "show", folder_.path().string(), "--partner", "north"});
  EXPECT_EQ(outcome.status, 0) << outcome.errors;
  EXPECT_THAT(outcome.output,
              AllOf(HasSubstr("time         2026-01-01T03:12:00.000Z"), HasSubstr("kilometre"),
                    Not(HasSubstr("place")), Not(HasSubstr("person")), Not(HasSubstr("T1"))));
}

TEST_F(Policy, ShowNamesThePartnersThereAreWhereItIsAskedForAnother) {
  const Outcome outcome = marsad({"policy", "show", folder_.path().string(), "--partner", "south"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.errors, HasSubstr("no partner 'south' in the site; it has: north"));
}

TEST_F(Policy, CheckNamesLineAndKeyOfAMistake) {
  folder_.write("liaison.toml", "[[partner]]\nid = \"north\"\n");
  const Outcome outcome = marsad({"policy", "check", folder_.path().string()});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_THAT(outcome.errors, HasSubstr("liaison.toml:1: partner[1].kilometres"));
}

}  // namespace
}  // namespace marsad::app
