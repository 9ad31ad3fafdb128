// SPDX-License-Identifier: Apache-2.0
// What a record says afterwards: `marsad account` and `marsad audit verify`.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "service/site_key.h"
#include "store/store.h"
#include "tests/app/program.h"
#include "tests/service/site_folder.h"
#include "tests/store/samples.h"

namespace marsad::app {
namespace {

using testing::AllOf;
using testing::HasSubstr;

// A site with a record of three incidents, signed.
class AccountApp : public ::testing::Test {
 protected:
  AccountApp() {
    folder_.write("site.toml", service::kHead + service::camera("T1", "\"nowhere\""));
    const service::Site site = folder_.load();
    record_ = site.record.string();
    std::filesystem::create_directories(site.record.parent_path());
    auto store = store::Store::open(record_).value();
    store.sign_with(service::open_site_key(site.record).value());
    const auto run = store.begin_run(store::sample_time(0), "").value();
    for (const std::uint64_t id : {1U, 3U, 5U}) {
      incident::Incident incident = store::sample_incident(id);
      incident.chainage_m = 2000;
      EXPECT_TRUE(store.put_incident(run, incident, std::nullopt));
    }
    EXPECT_TRUE(store.append(run, {store::sample_frame(1, 4)}));
  }

  std::string read(const std::string& name) const {
    std::ifstream in(folder_.path() / name);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
  }
  std::string site() const { return folder_.path().string(); }

  service::SiteFolder folder_;
  std::string record_;
};

TEST_F(AccountApp, TellsWhatWasSeenAndDone) {
  const Outcome done = marsad({"account", site(), "--from", "2026-11-21", "--to", "2026-11-23",
                               "--out", (folder_.path() / "out").string()});
  ASSERT_EQ(done.status, 0) << done.errors;
  EXPECT_THAT(done.output, HasSubstr("2026-11-21"));
  EXPECT_THAT(done.output, HasSubstr("no rate of false alerts"));
  EXPECT_THAT(read("out/stretches.csv"), HasSubstr("3,0,0,3,0,0,0,3,"));
  EXPECT_THAT(read("out/sensors.csv"), HasSubstr("T3,1,1,4,3,0,1,"));
  EXPECT_THAT(read("out/days.csv"), HasSubstr("2026-11-21,"));
  EXPECT_THAT(read("out/account.html"), AllOf(HasSubstr("Stretch by stretch"), HasSubstr("برج ٥")));
}

TEST_F(AccountApp, SaysWhatIsWrongWithATime) {
  const Outcome wrong = marsad({"account", site(), "--from", "2026-11-23", "--to", "2026-11-21"});
  EXPECT_EQ(wrong.status, 1);
  EXPECT_THAT(wrong.errors, HasSubstr("--to: expected a time after --from"));
}

TEST_F(AccountApp, AuditHoldsUntilSomebodyChangesTheRecord) {
  const Outcome holds = marsad({"audit", "verify", site()});
  EXPECT_EQ(holds.status, 0) << holds.errors;
  EXPECT_THAT(holds.output, HasSubstr("3 entries"));
  SQLite::Database(record_, SQLite::OPEN_READWRITE)
      .exec("UPDATE audit SET body = replace(body, 'aid_given', 'detained') WHERE id = 2");
  const Outcome broken = marsad({"audit", "verify", site()});
  EXPECT_EQ(broken.status, 1);
  EXPECT_THAT(broken.errors, HasSubstr("entry 2 was changed"));
}

}  // namespace
}  // namespace marsad::app
