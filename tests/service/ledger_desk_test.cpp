// SPDX-License-Identifier: Apache-2.0
// The live ledger of blind kilometres and what is asked and said of it over the API.
#include "service/ledger_desk.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "service/camera_feed.h"
#include "service/coverage_api.h"
#include "tests/service/running_service.h"

namespace marsad::service {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using sensor::HealthState;
using testing::HasSubstr;

// A tower that looks south along the border, and a balloon that looks north along it.
class LedgerDeskTest : public ::testing::Test {
 protected:
  LedgerDeskTest() {
    std::string balloon = camera("B1", "\"simulated\"") + "mount = \"balloon\"\n";
    balloon.replace(balloon.find("184"), 3, "356");
    folder_.write("site.toml", kHead + camera("T1", "\"simulated\"") + balloon + kSimulation +
                                   "[plan]\nfar_m = 300\nhome_m = 300\nweather = "
                                   "\"weather.json\"\n");
    site_.emplace(folder_.load());
    std::filesystem::create_directories(site_->record.parent_path());
    store_.emplace(*store::Store::open(site_->record.string()));
    run_ = store_->begin_run(base::Time{}, "").value();
    state("T1", HealthState::ok);
    state("B1", HealthState::ok);
  }

  void state(const std::string& id, HealthState is, const std::string& detail = "") {
    health_.state({id}, is, detail, now());
  }

  // A desk that has worked out what its cameras see.
  void start() {
    desk_.reset();
    desk_.emplace(*site_, health_, *store_, run_, [this](const LiveMessage& message) {
      const std::lock_guard lock(mutex_);
      published_.push_back(*message.whole);
    });
    EXPECT_FALSE(told()["ready"]);
    desk_->start();
    EXPECT_TRUE(within(20s, [this] { return told()["ready"].get<bool>(); }));
  }

  json told() const { return json::parse(desk_->newest()); }

  // The causes of what is dark for walkers; "always" where there are none.
  static std::vector<std::string> causes(const json& message) {
    std::vector<std::string> out;
    for (const json& dark : message["dark"]) {
      if (dark["who"] != "person") continue;
      if (dark["causes"].empty()) out.emplace_back("always");
      for (const json& cause : dark["causes"]) {
        out.push_back(cause["what"].get<std::string>() + " " + cause["id"].get<std::string>() +
                      " " + cause["state"].get<std::string>());
      }
    }
    return out;
  }
  bool comes(const std::string& cause) const {
    return within(5s, [&] {
      const auto found = causes(told());
      return std::find(found.begin(), found.end(), cause) != found.end();
    });
  }
  bool goes(const std::string& cause) const {
    return within(5s, [&] {
      const auto found = causes(told());
      return std::find(found.begin(), found.end(), cause) == found.end();
    });
  }

  HttpResponse ask(const std::string& method, const std::string& path, const std::string& body = "",
                   std::map<std::string, std::string> query = {}) {
    return CoverageApi(*site_, *desk_, *store_)
        .handle({method, "/api/coverage/" + path, std::move(query), body}, {});
  }

  SiteFolder folder_;
  std::optional<Site> site_;
  std::optional<store::Store> store_;
  store::RunId run_;
  HealthDesk health_;
  std::mutex mutex_;
  std::vector<std::string> published_;
  std::optional<LedgerDesk> desk_;
};

TEST_F(LedgerDeskTest, TellsWhatIsFoundByStretchAndKind) {
  start();
  const json message = told();
  EXPECT_EQ(message["type"], "ledger");
  ASSERT_EQ(message["kinds"].size(), 4U);
  EXPECT_EQ(message["kinds"][0]["who"], "person");
  const auto found = message["kinds"][0]["found"].get<std::vector<double>>();
  EXPECT_NEAR(static_cast<double>(found.size()) * message["stretch_km"].get<double>(),
              site_->border->line.length_m() / 1000, 1e-6);
  EXPECT_GT(*std::max_element(found.begin(), found.end()), 0.9);
  EXPECT_EQ(json::parse(ask("GET", "ledger").body), message);
}

TEST_F(LedgerDeskTest, FollowsACamerasHealthAndSaysWhoseReturnWouldHelp) {
  start();
  EXPECT_TRUE(goes("camera T1 no_signal"));
  state("T1", HealthState::no_signal, "no picture for 10 s");
  ASSERT_TRUE(comes("camera T1 no_signal"));
  const json then = told();
  for (const json& dark : then["dark"]) {
    for (const json& cause : dark["causes"]) {
      EXPECT_EQ(dark["since"], cause["since"]);
      EXPECT_EQ(cause["detail"], "no picture for 10 s");
    }
  }
  state("T1", HealthState::ok);
  EXPECT_TRUE(goes("camera T1 no_signal"));
  const std::lock_guard lock(mutex_);
  EXPECT_EQ(json::parse(published_.back()), told());
}

TEST_F(LedgerDeskTest, TakesWordsOnBalloonsAndAirAndKnowsThemAfterARestart) {
  start();
  const auto down =
      ask("POST", "balloons/B1", R"({"by":"watch 2","up":false,"text":"wind 18 m/s"})");
  ASSERT_EQ(down.status, 200) << down.body;
  EXPECT_TRUE(comes("balloon B1 down"));
  ASSERT_EQ(ask("POST", "weather", R"({"by":"watch 2","air":"fog"})").status, 200);
  EXPECT_TRUE(comes("air  worse"));
  start();
  EXPECT_TRUE(comes("balloon B1 down"));
  const json message = told();
  EXPECT_EQ(message["air"]["text"], "fog");
  EXPECT_EQ(message["air"]["by"], "watch 2");
  EXPECT_EQ(message["balloons"][0]["text"], "wind 18 m/s");
  EXPECT_EQ(ask("POST", "balloons/B1", R"({"by":"watch 2","up":true})").status, 200);
  EXPECT_TRUE(goes("balloon B1 down"));
}

TEST_F(LedgerDeskTest, RefusesWordsThatNobodySignedOrThatMakeNoSense) {
  start();
  EXPECT_EQ(ask("POST", "balloons/T1", R"({"by":"watch 2","up":false})").status, 404);
  EXPECT_EQ(ask("POST", "balloons/B1", R"({"up":false})").status, 400);
  EXPECT_EQ(ask("POST", "balloons/B1", R"({"by":"watch 2","up":"no"})").status, 400);
  EXPECT_EQ(ask("POST", "weather", R"({"by":"watch 2"})").status, 400);
  EXPECT_EQ(ask("POST", "weather", R"({"air":"fog"})").status, 400);
  EXPECT_EQ(ask("GET", "weather").status, 405);
  EXPECT_EQ(ask("POST", "ledger").status, 405);
  EXPECT_EQ(ask("GET", "nothing").status, 404);
  EXPECT_EQ(ask("GET", "history", "", {{"from", "yesterday"}}).status, 400);
  EXPECT_EQ(ask("GET", "history", "", {{"from", "2200-01-01T00:00:00Z"}}).status, 400);
}

TEST_F(LedgerDeskTest, ReadsTheWeathersFileAgainWhenItChanges) {
  start();
  EXPECT_TRUE(goes("air  worse"));
  folder_.write("weather.json", R"({"visibility_km": 0.2, "text": "fog bank"})");
  EXPECT_TRUE(comes("air  worse"));
  EXPECT_EQ(told()["air"]["by"], "weather.json");
  std::this_thread::sleep_for(20ms);  // a later time of writing
  folder_.write("weather.json", "fog");
  EXPECT_TRUE(within(5s, [this] { return told()["air"]["trouble"] != ""; }));
  EXPECT_EQ(told()["air"]["text"], "fog bank");  // what was known holds
}

TEST_F(LedgerDeskTest, RecordsWhatWasDarkAndUntilWhen) {
  start();
  state("T1", HealthState::frozen);
  ASSERT_TRUE(comes("camera T1 frozen"));
  state("T1", HealthState::ok);
  ASSERT_TRUE(goes("camera T1 frozen"));
  desk_->end();
  const auto found = store_->coverage(base::Time{}, now() + 1h).value();
  ASSERT_EQ(found.kept.size(), 1U);
  bool recorded = false;
  for (const plan::DarkSpell& spell : found.spells) {
    EXPECT_LE(spell.until, found.kept[0].until);
    if (spell.cause == "camera T1 frozen") recorded = spell.until < found.kept[0].until;
  }
  EXPECT_TRUE(recorded);
  // A night around now tells them, if it is night there.
  const json history = json::parse(ask("GET", "history").body);
  EXPECT_GE(history["nights"].size(), 7U);
}

// The mean of what walkers are found with.
double mean_found(const json& kinds) {
  double sum = 0;
  for (const json& found : kinds[0]["found"]) sum += found.get<double>();
  return sum / static_cast<double>(kinds[0]["found"].size());
}

TEST_F(LedgerDeskTest, TellsWhatACameraLessOrElsewhereWouldChangeAndChangesNothing) {
  start();
  state("B1", HealthState::no_signal);  // a plan counts with all that are there
  ASSERT_TRUE(comes("balloon B1 no_signal"));
  const auto asked = [&](const std::string& body) {
    const HttpResponse answer = ask("POST", "what-if", body);
    EXPECT_EQ(answer.status, 200) << answer.body;
    return json::parse(answer.body);
  };
  const json without = asked(R"({"without":"T1"})");
  EXPECT_EQ(without["before"].size(), 4U);
  EXPECT_LT(mean_found(without["after"]), mean_found(without["before"]));
  const std::string there =
      R"({"like":"T1","lon_deg":41.0005,"lat_deg":34.0,"height_above_ground_m":30})";
  const json same = asked(R"({"without":"T1","with":)" + there + "}");
  EXPECT_NEAR(mean_found(same["after"]), mean_found(same["before"]), 1e-3);
  const std::string turned =
      R"({"like":"T1","lon_deg":41.0005,"lat_deg":33.98,"height_above_ground_m":30,)"
      R"("azimuth_deg":4,"horizontal_fov_deg":24,"sweep_deg":90})";
  const json more = asked(R"({"with":)" + turned + "}");
  EXPECT_GT(mean_found(more["after"]), mean_found(more["before"]));
  EXPECT_EQ(more["before"], without["before"]);
}

TEST_F(LedgerDeskTest, RefusesToImagineWhatCanNotBe) {
  start();
  const auto refused = [&](const std::string& body) {
    const HttpResponse answer = ask("POST", "what-if", body);
    EXPECT_EQ(answer.status, 400) << body;
    return answer.body;
  };
  EXPECT_THAT(refused("{}"), HasSubstr("without"));
  EXPECT_THAT(refused(R"({"without":"T9"})"), HasSubstr("no camera 'T9'"));
  EXPECT_THAT(refused(R"({"with":{"like":"T9","lon_deg":41,"lat_deg":34}})"),
              HasSubstr("with.like"));
  EXPECT_THAT(refused(R"({"with":{"like":"T1","lon_deg":10,"lat_deg":10}})"),
              HasSubstr("with.lat_deg"));
  EXPECT_THAT(refused(R"({"with":{"like":"T1","lon_deg":41,"lat_deg":34,"horizontal_fov_deg":0}})"),
              HasSubstr("with.horizontal_fov_deg"));
  EXPECT_EQ(ask("GET", "what-if").status, 405);
  desk_.emplace(*site_, health_, *store_, run_, [](const LiveMessage&) {});
  EXPECT_EQ(ask("POST", "what-if", R"({"without":"T1"})").status, 503);
}

TEST_F(LedgerDeskTest, TellsWhoHoldsWhatNow) {
  border::Border border = *site_->border;
  const auto tell = [&](double from_m, double to_m, const char* holder,
                        std::optional<base::Time> until) {
    border::ControlEntry entry;
    entry.from_m = from_m;
    entry.to_m = to_m;
    entry.holder = border::holder_of(holder);
    entry.until = until;
    ASSERT_TRUE(border.control.add(entry));
  };
  tell(0, 2000, "the north", std::nullopt);
  tell(1000, 2000, "contested", now() + 2s);
  site_->border = std::make_shared<const border::Border>(border);
  start();
  const json held = told()["held"];
  ASSERT_EQ(held.size(), 4U);
  EXPECT_EQ(held[0], json::parse(R"({"side":"far","from_km":0.0,"to_km":1.0,"holding":"held",
                                     "holder":"the north"})"));
  EXPECT_EQ(held[1]["holding"], "contested");
  EXPECT_EQ(held[2]["holding"], "unknown");
  EXPECT_EQ(held[3]["side"], "home");
  EXPECT_TRUE(within(10s, [&] { return told()["held"].size() == 3U; })) << "no longer contested";
}

TEST_F(LedgerDeskTest, SaysWhyItCanNotBeWorkedOut) {
  site_->plan.belt.along_m = 0.001;
  site_->plan.belt.across_m = 0.001;
  desk_.emplace(*site_, health_, *store_, run_, [](const LiveMessage&) {});
  desk_->start();
  EXPECT_TRUE(within(5s, [this] { return told()["trouble"] != ""; }));
  EXPECT_FALSE(told()["ready"]);
}

TEST(Service, TellsOfTheLedgerAndEndsWhileItIsWorkedOut) {
  const SiteFolder folder;
  RunningService service(folder);
  HttpClient client(service.port());
  ASSERT_EQ(client.upgrade(), 101);
  bool told = false;
  for (int i = 0; i < 200 && !told; ++i) {
    const auto message = client.read_message();
    ASSERT_TRUE(message);
    const json ledger = json::parse(*message);
    told = ledger["type"] == "ledger" && ledger["ready"] == true;
  }
  EXPECT_TRUE(told);
  service.stop();
}

}  // namespace
}  // namespace marsad::service
