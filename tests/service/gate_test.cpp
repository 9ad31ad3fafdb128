// SPDX-License-Identifier: Apache-2.0
#include "service/gate.h"

#include <gmock/gmock.h>

#include <map>
#include <nlohmann/json.hpp>

#include "tests/service/http_client.h"
#include "tests/service/liaison_site.h"
#include "tests/service/live_count.h"

namespace marsad::service {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

// Every path of the API, with a body that does nothing harmful, and who may ask for it: operator,
// commander, liaison, planner, administrator, partner.
struct Path {
  const char* method;
  const char* path;
  const char* may;  // "x" for each role that may
};
constexpr Path kEveryPath[] = {
    {"GET", "/api/me", "xxxxxx"},
    {"POST", "/api/password", "xxxxxx"},
    {"GET", "/api/site", "xxxxx."},
    {"GET", "/tiles/terrain/12/2515/1637.png", "xxxxx."},
    {"GET", "/api/incidents", "xxx..."},
    {"GET", "/api/incidents/1/picture", "xxx..."},
    {"GET", "/api/cameras/T1/picture", "xxx..."},
    {"GET", "/api/cameras/T1/health", "xxx..."},
    {"GET", "/api/health", "xx...."},
    {"GET", "/api/live", "xxx..."},
    {"GET", "/api/tracks/1/prediction", "xx...."},
    {"POST", "/api/tracks/1/drop", "xx...."},
    {"GET", "/api/coverage/ledger", "xx.x.."},
    {"GET", "/api/coverage/history", "xx.x.."},
    {"POST", "/api/coverage/what-if", ".x.x.."},
    {"GET", "/api/accounting", "xx...."},
    {"POST", "/api/coverage/weather", "xx...."},
    {"POST", "/api/coverage/balloons/B1", "xx...."},
    {"GET", "/api/incidents/1/warnings/patrol", "xx...."},
    {"POST", "/api/incidents/1/acknowledge", "xx...."},
    {"POST", "/api/incidents/1/task", "xx...."},
    {"POST", "/api/incidents/1/arrive", "xx...."},
    {"POST", "/api/incidents/1/resolve", "xx...."},
    {"POST", "/api/incidents/1/notes", "xx...."},
    {"GET", "/api/forces", "xx...."},
    {"POST", "/api/forces", "xx...."},
    {"GET", "/api/channels", "xxx..."},
    {"GET", "/api/alerts", "xxx..."},
    {"POST", "/api/alerts/north", ".xx..."},
    {"POST", "/api/partner/alerts", ".....x"},
    {"GET", "/api/partners", "xxx..."},
    {"GET", "/api/notices", "xxx..."},
    {"GET", "/api/notices/1/sheet", "xxx..."},
    {"GET", "/api/incidents/1/disclosure/north", "xxx..."},
    {"GET", "/api/incidents/1/disclosure/north/sheet", "xxx..."},
    {"GET", "/api/releases", "xxx..."},
    {"POST", "/api/incidents/1/release", ".xx..."},
    {"POST", "/api/notices/1/receipt", ".xx..."},
    {"GET", "/api/partner/notices", ".....x"},
    {"POST", "/api/partner/notices/1/receipt", ".....x"},
    {"GET", "/api/accounts", "....x."},
    {"POST", "/api/accounts", "....x."},
    {"POST", "/api/accounts/nobody/delete", "....x."},
    {"POST", "/api/accounts/nobody/token", "....x."},
    {"POST", "/api/accounts/nobody/lock", "....x."},
};
constexpr const char* kRoleNames[] = {"operator", "commander",     "liaison",
                                      "planner",  "administrator", "partner"};

// The whole API behind a gate, over a record with two crossings: 1 at kilometre 2 seen by T1, 2 at
// kilometre 5 seen by T2. Each role has an account, whose token is kept.
class GateTest : public ::testing::Test {
 protected:
  GateTest() {
    EXPECT_TRUE(store_.put_incident(run_, outbound_crossing(site_, 1), std::nullopt));
    incident::Incident far_off = outbound_crossing(site_, 2);
    far_off.chainage_m = 5000;
    far_off.sensors = {{"T2"}};
    EXPECT_TRUE(store_.put_incident(run_, far_off, std::nullopt));
    book_ = IncidentBook::open(store_, run_, [](const incident::Incident&) {}).value();
    desk_ = AccountDesk::open(store_, {{"north"}, {"south"}}, now_).value();
    notices_ = std::make_unique<NoticeDesk>(site_, *book_, store_, now_, [] {});
    for (const char* role : kRoleNames) add(role, role, "", "");
    api_.emplace(
        site_, *book_, pictures_, store_,
        ledger_.emplace(site_, health_, store_, run_, [](const LiveMessage&) {}),
        [] { return std::string("{}"); }, [](const track::OperatorWord& word) { return word; },
        [](track::TrackId) { return std::nullopt; });
    notice_api_.emplace(site_, *notices_);
    forces_ = ForceDesk::open(*site_.border, store_).value();
    alerts_.emplace(site_, store_, *notices_, now_);
    exchange_.emplace(*forces_, channels_, listeners_, *alerts_);
    gate_.emplace(*api_, *notice_api_, *book_, desk_.get(), false, &*exchange_);
  }

  // An account that is there without the cost of a password, and a token for it.
  void add(const std::string& name, const std::string& role, const std::string& kilometres,
           const std::string& sensors) {
    const store::AccountRow row{
        name, role, role == "partner" ? "north" : "", kilometres, sensors, "", 0, base::Time{}};
    ASSERT_TRUE(store::Accounts(store_).put(row, "test", base::Time{}));
    tokens_[name] = std::get<std::string>(desk_->make_token(name, "admin"));
  }

  HttpResponse ask(const std::string& as, const std::string& method, const std::string& path,
                   const std::string& body = "{}") const {
    const auto token = tokens_.find(as);
    return gate_->handle(
        {method, path, {}, body, "", token == tokens_.end() ? "" : "Bearer " + token->second});
  }
  json get(const std::string& as, const std::string& path) const {
    return json::parse(ask(as, "GET", path).body);
  }

  SiteFolder folder_;
  Site site_ = liaison_site(folder_);
  store::Store store_ = [this] {
    std::filesystem::create_directories(site_.record.parent_path());
    return store::Store::open(site_.record.string()).value();
  }();
  store::RunId run_ = store_.begin_run(base::Time{}, "").value();
  const AccountDesk::Clock now_ = [] { return base::Time(std::chrono::hours(500'001)); };
  PictureDesk pictures_;
  HealthDesk health_;
  std::optional<LedgerDesk> ledger_;
  std::map<std::string, std::string> tokens_;
  std::unique_ptr<IncidentBook> book_;
  std::unique_ptr<AccountDesk> desk_;
  std::unique_ptr<NoticeDesk> notices_;
  std::optional<Api> api_;
  std::optional<NoticeApi> notice_api_;
  std::unique_ptr<ForceDesk> forces_;
  const ChannelHealth channels_{std::vector<liaison::Channel>()};
  const std::vector<CotListener> listeners_;
  std::optional<AlertDesk> alerts_;
  std::optional<ExchangeApi> exchange_;
  std::optional<Gate> gate_;
};

TEST_F(GateTest, LetsEachRoleReachItsPathsAndNoOthers) {
  for (const Path& path : kEveryPath) {
    for (std::size_t role = 0; role < std::size(kRoleNames); ++role) {
      const int status = ask(kRoleNames[role], path.method, path.path).status;
      const bool is_let_in = status != 401 && status != 403;
      EXPECT_EQ(is_let_in, path.may[role] == 'x')
          << kRoleNames[role] << " " << path.method << " " << path.path << " " << status;
    }
  }
}

TEST_F(GateTest, LetsNobodyInWhoIsNotLoggedIn) {
  for (const Path& path : kEveryPath) {
    EXPECT_EQ(ask("nobody", path.method, path.path).status, 401) << path.path;
    EXPECT_EQ(gate_->handle({path.method, path.path, {}, "{}", "marsad=guess", ""}).status, 401);
  }
}

TEST_F(GateTest, HasNothingAtPathsThatNobodyWroteDown) {
  for (const char* path : {"/api/", "/api/secret", "/api/incidents/1", "/api/accounts/x"}) {
    EXPECT_EQ(ask("commander", "GET", path).status, 404) << path;
    EXPECT_EQ(ask("commander", "PUT", path).status, 404) << path;
  }
}

TEST_F(GateTest, ShowsAnAccountTheIncidentsOfItsKilometresAndSensorsAlone) {
  add("km", "operator", "0-3", "");
  add("t2", "operator", "", "T2");
  EXPECT_EQ(get("operator", "/api/incidents").size(), 2U);
  ASSERT_EQ(get("km", "/api/incidents").size(), 1U);
  EXPECT_EQ(get("km", "/api/incidents")[0]["id"], 1);
  ASSERT_EQ(get("t2", "/api/incidents").size(), 1U);
  EXPECT_EQ(get("t2", "/api/incidents")[0]["id"], 2);
  const std::string note = R"({"text":"seen"})";
  EXPECT_EQ(ask("km", "POST", "/api/incidents/1/acknowledge", note).status, 200);
  EXPECT_EQ(ask("km", "POST", "/api/incidents/2/acknowledge", note).status, 404);
  EXPECT_EQ(ask("t2", "GET", "/api/cameras/T1/health").status, 404);
  EXPECT_EQ(ask("t2", "GET", "/api/cameras/T2/health").status, 200);
  EXPECT_EQ(get("t2", "/api/site")["cameras"].size(), 1U);
  for (const char* whole : {"/api/health", "/api/tracks/1/prediction", "/api/coverage/ledger"}) {
    EXPECT_EQ(ask("km", "GET", whole).status, 403) << whole;
  }
  EXPECT_EQ(ask("t2", "POST", "/api/tracks/1/drop", "{}").status, 404);
  add("liaison_km", "liaison", "4-6", "");
  EXPECT_EQ(ask("liaison_km", "POST", "/api/incidents/1/release", R"({"partner":"south"})").status,
            404);
}

TEST_F(GateTest, WritesDownWhoActedAndNotWhoTheySayTheyAre) {
  const HttpResponse done = ask("operator", "POST", "/api/incidents/1/acknowledge",
                                R"({"by":"the commander","text":"seen"})");
  ASSERT_EQ(done.status, 200);
  EXPECT_EQ(json::parse(done.body)["notes"][0]["by"], "operator");
}

TEST_F(GateTest, TakesTwoPersonsForARelease) {
  const std::string body = R"({"partner":"north","by":"somebody else"})";
  EXPECT_EQ(ask("liaison", "POST", "/api/incidents/1/release", body).status, 200);
  EXPECT_EQ(ask("liaison", "POST", "/api/incidents/1/release", body).status, 200);
  EXPECT_EQ(get("liaison", "/api/notices").size(), 0U);
  EXPECT_EQ(ask("commander", "POST", "/api/incidents/1/release", body).status, 200);
  EXPECT_EQ(get("liaison", "/api/notices").size(), 1U);
  const HttpResponse sheet = ask("liaison", "GET", "/api/notices/1/sheet");
  EXPECT_EQ(sheet.status, 200);
  EXPECT_THAT(sheet.body, HasSubstr("marsad.north.1"));
  EXPECT_EQ(ask("liaison", "GET", "/api/notices/1/cot").status, 404) << "no place is told";
}

TEST_F(GateTest, ShowsAPartnerItsOwnNoticesAndTakesItsReceipt) {
  ask("commander", "POST", "/api/incidents/1/release", R"({"partner":"south"})");
  ask("commander", "POST", "/api/incidents/1/release", R"({"partner":"north"})");
  ask("liaison", "POST", "/api/incidents/1/release", R"({"partner":"north"})");
  const json own = get("partner", "/api/partner/notices");
  ASSERT_EQ(own.size(), 1U);
  EXPECT_EQ(own[0]["partner"], "north");
  EXPECT_THAT(own.dump(), Not(HasSubstr("T1")));
  EXPECT_THAT(own.dump(), Not(HasSubstr("commander")));
  const std::string north = std::to_string(own[0]["id"].get<int>());
  EXPECT_EQ(ask("partner", "POST", "/api/partner/notices/1/receipt").status, 404) << "the south's";
  EXPECT_EQ(ask("partner", "POST", "/api/partner/notices/" + north + "/receipt").status, 200);
  EXPECT_EQ(get("commander", "/api/notices")[0]["state"], "received");
}

TEST_F(GateTest, GivesASessionByCookieThatNoScriptReadsAndEndsIt) {
  ASSERT_EQ(desk_->set_up(*desk_->setup_code(), "a long enough password"), std::nullopt);
  const auto log_in = [&](const std::string& body) {
    return gate_->handle({"POST", "/api/login", {}, body});
  };
  EXPECT_EQ(log_in(R"({"name":"admin","password":"wrong password"})").status, 401);
  const HttpResponse in = log_in("name=admin&password=a+long+enough+password");
  ASSERT_EQ(in.status, 303);
  const std::string cookie = in.headers.back().second;
  EXPECT_THAT(cookie, HasSubstr("; HttpOnly; SameSite=Strict"));
  const std::string sent = "other=1; " + cookie.substr(0, cookie.find(';'));
  EXPECT_EQ(gate_->handle({"GET", "/api/me", {}, "", sent, ""}).status, 200);
  EXPECT_TRUE(gate_->may_see_page({"GET", "/", {}, "", sent, ""}));
  EXPECT_FALSE(gate_->may_see_page({"GET", "/", {}, ""}));
  EXPECT_FALSE(gate_->listener({"GET", "/api/live", {}, "", sent, ""})) << "an administrator";
  EXPECT_EQ(gate_->handle({"POST", "/api/logout", {}, "", sent, ""}).status, 200);
  EXPECT_EQ(gate_->handle({"GET", "/api/me", {}, "", sent, ""}).status, 401);
}

TEST_F(GateTest, AsksForNothingWhereThereAreNoAccounts) {
  const Gate open(*api_, *notice_api_, *book_, nullptr, false);
  EXPECT_EQ(open.handle({"GET", "/api/incidents", {}, ""}).status, 200);
  EXPECT_EQ(json::parse(open.handle({"GET", "/api/me", {}, ""}).body)["role"], "");
  EXPECT_EQ(open.handle({"GET", "/api/partner/notices", {}, ""}).status, 403);
  EXPECT_EQ(open.handle({"POST", "/api/incidents/1/release", {}, R"({"partner":"south"})"}).status,
            400)
      << "then the body says by whom";
  EXPECT_EQ(open.listener({"GET", "/api/live", {}, ""}), Listener{});
  const json me = json::parse(open.handle({"GET", "/api/me", {}, ""}).body);
  EXPECT_EQ(me["name"], "");
  EXPECT_THAT(me["may"], testing::Contains("release"));
  EXPECT_THAT(me["may"], Not(testing::Contains("accounts")));
}

TEST_F(GateTest, SaysWhoAsksAndWhatTheyMayDo) {
  add("km", "liaison", "0-3 4.5-6", "T1 T2");
  const json me = get("km", "/api/me");
  EXPECT_EQ(me["name"], "km");
  EXPECT_EQ(me["kilometres"], "0-3 4.5-6");
  EXPECT_EQ(me["sensors"], "T1 T2");
  EXPECT_EQ(me["may"],
            json({"anybody", "own_account", "map", "watch", "see_notices", "release", "receive"}));
}

TEST_F(GateTest, ListensWithTheAccountsScopeAndToMoversOnlyWithTheRight) {
  add("km", "operator", "0-3", "");
  const auto listens = [&](const std::string& as) {
    return gate_->listener({"GET", "/api/live", {}, "", "", "Bearer " + tokens_[as]});
  };
  EXPECT_TRUE(listens("operator")->hears_all());
  EXPECT_FALSE(listens("liaison")->follows);
  EXPECT_EQ(listens("km")->scope.stretches, (std::vector<liaison::Stretch>{{0, 3000}}));
  for (const char* role : {"planner", "administrator", "partner", "nobody"}) {
    EXPECT_EQ(listens(role), std::nullopt) << role;
  }
}

TEST_F(GateTest, EndsAnOpenLiveFeedWithTheSessionAndWithAChangeOfRights) {
  add("km", "operator", "0-3", "");
  add("locked", "operator", "", "");
  add("changed", "operator", "", "");
  ServerSettings settings;
  settings.port = 0;
  settings.listener = [this](const HttpRequest& of) { return gate_->listener(of); };
  const auto server = HttpServer::start(settings, nullptr, nullptr);
  std::map<std::string, HttpClient> clients;
  for (const char* name : {"km", "locked", "changed", "operator"}) {
    HttpClient& client = clients.try_emplace(name, server->port()).first->second;
    ASSERT_EQ(client.upgrade({"Authorization: Bearer " + tokens_[name]}), 101);
  }
  desk_->log_out(tokens_["km"]);
  EXPECT_TRUE(clients.at("km").ended());
  EXPECT_EQ(desk_->lock("locked", "administrator"), std::nullopt);
  EXPECT_TRUE(clients.at("locked").ended());
  const store::AccountRow narrower{"changed", "operator", "", "0-1", "", "", 0, base::Time{}};
  ASSERT_TRUE(store::Accounts(store_).put(narrower, "test", base::Time{}));
  EXPECT_TRUE(clients.at("changed").ended()) << "though its token still counts";
  EXPECT_EQ(live_clients_soon(*server, 1), 1U) << "the operator's goes on";
}

TEST_F(GateTest, ShowsAnAccountTheNoticesAndReleasesOfItsKilometresAlone) {
  add("near", "liaison", "0-3", "");
  add("far", "liaison", "4-6", "");
  ASSERT_EQ(ask("commander", "POST", "/api/incidents/1/release", R"({"partner":"south"})").status,
            200);
  ASSERT_EQ(ask("commander", "POST", "/api/incidents/1/release", R"({"partner":"north"})").status,
            200);
  EXPECT_EQ(get("near", "/api/notices").size(), 1U);
  EXPECT_EQ(get("far", "/api/notices"), json::array());
  ASSERT_EQ(get("near", "/api/releases").size(), 1U);
  EXPECT_EQ(get("near", "/api/releases")[0]["released_by"], json({"commander"}));
  EXPECT_EQ(get("far", "/api/releases"), json::array());
  EXPECT_EQ(ask("near", "GET", "/api/notices/1/sheet").status, 200);
  EXPECT_EQ(ask("far", "GET", "/api/notices/1/sheet").status, 404);
  EXPECT_EQ(ask("far", "GET", "/api/incidents/1/disclosure/north/sheet").status, 404);
  EXPECT_EQ(ask("far", "POST", "/api/notices/1/receipt", R"({"hop":"south"})").status, 404);
  EXPECT_EQ(ask("near", "POST", "/api/notices/1/receipt", R"({"hop":"south"})").status, 200);
}

TEST_F(GateTest, DraftsTheSheetAsThePartnerWillSeeIt) {
  const HttpResponse draft = ask("liaison", "GET", "/api/incidents/1/disclosure/north/sheet");
  EXPECT_EQ(draft.status, 200);
  EXPECT_THAT(draft.body, HasSubstr("Crossing of the border"));
  EXPECT_THAT(draft.body, Not(HasSubstr("marsad.north"))) << "its number is given when it goes";
  EXPECT_EQ(ask("liaison", "GET", "/api/incidents/2/disclosure/north/sheet").status, 403)
      << "not of its kilometres";
}

}  // namespace
}  // namespace marsad::service
