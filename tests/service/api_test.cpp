// SPDX-License-Identifier: Apache-2.0
#include "service/api.h"

#include <gmock/gmock.h>

#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <numbers>

#include "tests/service/site_folder.h"
#include "video/decode.h"

namespace marsad::service {
namespace {

using nlohmann::json;
using testing::HasSubstr;

const std::string kNote = R"({"by":"watch 2","text":"seen"})";

video::Bytes bytes_of(const HttpResponse& response) {
  return {response.body.begin(), response.body.end()};
}

// The pixels of a picture, three bytes each, as another program reads them.
std::string rgb_of(const std::filesystem::path& png) {
  const std::string raw = png.string() + ".rgb";
  const std::string command =
      "ffmpeg -nostdin -v error -y -i " + png.string() + " -f rawvideo -pix_fmt rgb24 " + raw;
  EXPECT_EQ(std::system(command.c_str()), 0) << command;
  return read_text(raw).value();
}

// The API over a record with one open incident and one picture.
class ApiTest : public ::testing::Test {
 protected:
  ApiTest() {
    std::filesystem::create_directories(site_.record.parent_path());
    store_.emplace(*store::Store::open(site_.record.string()));
    const auto run = store_->begin_run(base::Time{}, "").value();
    incident::Incident incident;
    incident.id.value = 1;
    incident.place = site_.border->line.at(2000);
    incident.chainage_m = 2000;
    const video::Bytes picture = {0xff, 0xd8, 0xff};
    EXPECT_TRUE(store_->put_incident(run, incident, picture));
    incident.id.value = 2;
    EXPECT_TRUE(store_->put_incident(run, incident, std::nullopt));
    book_ = IncidentBook::open(*store_, run, [](const incident::Incident&) {}).value();
    api_.emplace(
        site_, *book_, pictures_, *store_,
        ledger_.emplace(site_, health_, *store_, run, [](const LiveMessage&) {}),
        [] { return std::string(R"({"type":"health"})"); },
        [this](const track::OperatorWord& word) { return say(word); },
        [](track::TrackId id) { return predict(id); });
  }

  // Knows track 7, and a record that may take nothing.
  std::variant<track::OperatorWord, WordRefusal> say(const track::OperatorWord& word) {
    if (word.track.value != 7) {
      return WordRefusal{WordRefusal::Reason::unknown_track, "none of this number is shown"};
    }
    if (disk_full_) return WordRefusal{WordRefusal::Reason::not_recorded, "no room"};
    said_.push_back(word);
    return word;
  }

  // Knows where track 7 goes.
  static std::optional<wire::PredictionView> predict(track::TrackId id) {
    if (id.value != 7) return std::nullopt;
    return wire::PredictionView{7, {{"t", {41, 34}, {20, 10, 90}}}, std::nullopt, std::nullopt};
  }

  HttpResponse get(const std::string& path) { return api_->handle({"GET", path, {}, ""}); }
  HttpResponse post(const std::string& path, const std::string& body) {
    return api_->handle({"POST", path, {}, body});
  }
  static std::string error(const HttpResponse& response) {
    return json::parse(response.body)["error"];
  }

  SiteFolder folder_;
  Site site_ = folder_.load();
  std::optional<store::Store> store_;
  std::unique_ptr<IncidentBook> book_;
  PictureDesk pictures_;
  HealthDesk health_;
  std::optional<LedgerDesk> ledger_;
  std::vector<track::OperatorWord> said_;
  bool disk_full_ = false;
  std::optional<Api> api_;
};

TEST_F(ApiTest, TellsOfTheSite) {
  const HttpResponse response = get("/api/site");
  ASSERT_EQ(response.status, 200);
  const json site = json::parse(response.body);
  EXPECT_EQ(site["name"], "Test site");
  EXPECT_EQ(site["simulated"], true);
  EXPECT_EQ(site["border"]["home_is_left"], true);
  EXPECT_EQ(site["border"]["line"], json::parse("[[41.0,34.02],[41.0,33.96]]"));
  EXPECT_EQ(site["border"]["posts"].size(), 7U);
  EXPECT_EQ(site["border"]["posts"][0]["at"], json::parse("[41.0,34.02]"));
  EXPECT_EQ(site["cameras"][0]["id"], "T1");
  EXPECT_NEAR(site["cameras"][0]["azimuth_deg"], 184, 1e-9);
  EXPECT_FALSE(site["cameras"][0]["footprint"].empty());
}

TEST_F(ApiTest, SaysThatHomeIsRightWhereItIs) {
  std::string text = kHead + camera("T1", "\"simulated\"") + kSimulation;
  text.replace(text.find("\"left\""), 6, "\"right\"");
  folder_.write("site.toml", text);
  const Site site = folder_.load();
  const Api api(site, *book_, pictures_, *store_, *ledger_, [] { return std::string(); }, {}, {});
  const json answer = json::parse(api.handle({"GET", "/api/site", {}, ""}).body);
  EXPECT_EQ(answer["border"]["home_is_left"], false);
}

TEST_F(ApiTest, ListsIncidentsNewestFirst) {
  const json incidents = json::parse(get("/api/incidents").body);
  ASSERT_EQ(incidents.size(), 2U);
  EXPECT_EQ(incidents[0]["id"], 2);
  EXPECT_EQ(incidents[0]["has_picture"], false);
  EXPECT_EQ(incidents[1]["id"], 1);
  EXPECT_EQ(incidents[1]["has_picture"], true);
  EXPECT_EQ(incidents[1]["km"], 2.0);
  EXPECT_EQ(incidents[1]["outcome"], nullptr);
}

TEST_F(ApiTest, TellsTheStatesACameraWasIn) {
  const auto at = [](int s) { return base::Time(std::chrono::seconds(s)); };
  ASSERT_TRUE(store_->put_health(
      store_->newest_run().value(),
      {{{"T1"}, 0, sensor::HealthState::ok, at(1), at(60), ""},
       {{"T1"}, 1, sensor::HealthState::covered, at(60), std::nullopt, "lens covered"}}));
  const HttpResponse response = get("/api/cameras/T1/health");
  ASSERT_EQ(response.status, 200);
  const json list = json::parse(response.body);
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[0], json::parse(R"({"run": 1, "state": "covered", "watching": false,
    "since": "1970-01-01T00:01:00.000Z", "until": null, "detail": "lens covered"})"));
  EXPECT_EQ(list[1]["state"], "ok");
  EXPECT_EQ(list[1]["watching"], true);
  EXPECT_EQ(list[1]["until"], "1970-01-01T00:01:00.000Z");
}

TEST_F(ApiTest, HasNothingWhereNothingIs) {
  for (const char* path : {"/api/",
                           "/api/nothing",
                           "/api/incidents/",
                           "/api/incidents/x/acknowledge",
                           "/api/incidents/1/",
                           "/api/incidents/1/delete",
                           "/api/incidents/-1/picture",
                           "/api/incidents/2/picture",
                           "/api/incidents/9/picture",
                           "/api/cameras/T1",
                           "/api/cameras/T9/picture",
                           "/api/cameras/T9/health",
                           "/api/cameras/T1/picture",
                           "/tiles/",
                           "/tiles/terrain/",
                           "/tiles/terrain/3/1/1.jpg",
                           "/tiles/terrain/3/1/",
                           "/tiles/terrain/a/b/c.png",
                           "/tiles/terrain/-1/0/0.png",
                           "/tiles/terrain/31/0/0.png",
                           "/tiles/terrain/12/0/0.png"}) {
    const HttpResponse response = get(path);
    EXPECT_EQ(response.status, 404) << path;
    EXPECT_FALSE(error(response).empty()) << path;
  }
  EXPECT_EQ(post("/api/incidents/9/acknowledge", kNote).status, 404);
  EXPECT_EQ(post("/api/incidents/99999999999999999999/acknowledge", kNote).status, 404);
}

TEST_F(ApiTest, RefusesTheWrongMethod) {
  EXPECT_EQ(post("/api/site", "").status, 405);
  EXPECT_EQ(post("/api/incidents", "").status, 405);
  EXPECT_EQ(post("/tiles/terrain/0/0/0.png", "").status, 405);
  EXPECT_EQ(post("/api/incidents/1/picture", "").status, 405);
  EXPECT_EQ(get("/api/incidents/1/acknowledge").status, 405);
  EXPECT_EQ(api_->handle({"DELETE", "/api/incidents/1/notes", {}, ""}).status, 405);
}

struct BadBody {
  std::string action;
  std::string body;
  std::string complaint;
};

TEST_F(ApiTest, SaysWhatIsWrongWithABodyAndChangesNothing) {
  const BadBody bad[] = {
      {"acknowledge", "", "not JSON"},
      {"acknowledge", "[]", "expected an object"},
      {"acknowledge", R"({"text":"seen"})", "by: empty; expected the post or role"},
      {"acknowledge", R"({"by":7})", "by: found number; expected a text"},
      {"notes", R"({"by":"a","text":")" + std::string(5000, 'x') + "\"}", "longer than 4000"},
      {"resolve", R"({"by":"watch 2"})", "outcome: found ''; expected one of turned_back"},
      {"resolve", R"({"by":"watch 2","outcome":"eaten"})", "outcome: found 'eaten'"},
      {"resolve", R"({"outcome":"lost"})", "by: empty"},
  };
  for (const BadBody& wrong : bad) {
    const HttpResponse response = post("/api/incidents/1/" + wrong.action, wrong.body);
    EXPECT_EQ(response.status, 400) << wrong.body;
    EXPECT_THAT(error(response), HasSubstr(wrong.complaint));
  }
  const json incident = json::parse(get("/api/incidents").body)[1];
  EXPECT_EQ(incident["state"], "open");
  EXPECT_TRUE(incident["notes"].empty());
}

TEST_F(ApiTest, ListsTheIncidentsOfATime) {
  const auto listed = [&](std::map<std::string, std::string> query) {
    return api_->handle({"GET", "/api/incidents", std::move(query), ""});
  };
  const char* const begin = "1970-01-01T00:00:00Z";  // when both of them happened
  const char* const soon = "1970-01-01T00:00:01Z";
  EXPECT_EQ(json::parse(listed({{"from", begin}, {"to", soon}}).body).size(), 2U);
  EXPECT_EQ(json::parse(listed({{"to", begin}}).body).size(), 0U);
  EXPECT_EQ(json::parse(listed({{"from", soon}}).body).size(), 0U);
  const HttpResponse wrong = listed({{"from", "yesterday"}});
  EXPECT_EQ(wrong.status, 400);
  EXPECT_THAT(error(wrong), HasSubstr("from"));
}

TEST_F(ApiTest, NotesWhenThoseSentArrived) {
  EXPECT_EQ(post("/api/incidents/1/arrive", kNote).status, 409);
  EXPECT_EQ(post("/api/incidents/1/acknowledge", kNote).status, 200);
  EXPECT_EQ(post("/api/incidents/1/task", R"({"by":"watch 2","to":"patrol 4"})").status, 200);
  const HttpResponse there = post("/api/incidents/1/arrive", kNote);
  ASSERT_EQ(there.status, 200);
  const json incident = json::parse(there.body);
  EXPECT_EQ(incident["state"], "tasked");
  EXPECT_EQ(incident["reached"]["arrived"], incident["notes"][2]["time"]);
  EXPECT_EQ(incident["reached"]["resolved"], nullptr);
}

TEST_F(ApiTest, AccountsForATime) {
  EXPECT_EQ(post("/api/incidents/1/acknowledge", kNote).status, 200);
  const HttpResponse response = api_->handle(
      {"GET",
       "/api/accounting",
       {{"stretch_km", "2"}, {"from", "1970-01-01T00:00:00Z"}, {"to", "1970-02-01T00:00:00Z"}},
       ""});
  ASSERT_EQ(response.status, 200) << response.body;
  const json account = json::parse(response.body);
  double of_stretches = 0;
  for (const json& one : account["stretches"]) {
    of_stretches += one["sums"]["tally"]["incidents"].get<double>();
  }
  EXPECT_EQ(account["all"]["tally"]["incidents"], 2);
  EXPECT_EQ(of_stretches, 2);
  EXPECT_EQ(account["all"]["to_acknowledge"]["count"], 1);
  EXPECT_EQ(account["all"]["false_per_100_km_day"], nullptr);  // no ledger was kept
  for (const auto& [name, value] : {std::pair("from", "soon"), std::pair("stretch_km", "0"),
                                    std::pair("from", "2001-01-01T00:00:00Z")}) {
    EXPECT_EQ(api_->handle({"GET", "/api/accounting", {{name, value}}, ""}).status, 400) << value;
  }
}

TEST_F(ApiTest, LetsOnlyTheFirstAcknowledge) {
  const HttpResponse first = post("/api/incidents/1/acknowledge", kNote);
  ASSERT_EQ(first.status, 200);
  const json incident = json::parse(first.body);
  EXPECT_EQ(incident["state"], "acknowledged");
  EXPECT_EQ(incident["notes"][0]["text"], "seen");
  EXPECT_EQ(incident["has_picture"], true);
  const HttpResponse second = post("/api/incidents/1/acknowledge", kNote);
  EXPECT_EQ(second.status, 409);
  EXPECT_THAT(error(second), HasSubstr("is acknowledged"));
}

TEST_F(ApiTest, ResolvesOnlyWhatWasAcknowledged) {
  const std::string lost = R"({"by":"watch 2","outcome":"lost","text":""})";
  EXPECT_EQ(post("/api/incidents/1/resolve", lost).status, 409);
  EXPECT_EQ(post("/api/incidents/1/acknowledge", kNote).status, 200);
  EXPECT_EQ(post("/api/incidents/1/notes", kNote).status, 200);
  const HttpResponse resolved = post("/api/incidents/1/resolve", lost);
  ASSERT_EQ(resolved.status, 200);
  EXPECT_EQ(json::parse(resolved.body)["outcome"], "lost");
  EXPECT_EQ(json::parse(resolved.body)["notes"].size(), 3U);
}

TEST_F(ApiTest, GivesAnIncidentsPictureAsItWasStored) {
  const HttpResponse response = get("/api/incidents/1/picture");
  EXPECT_EQ(response.content_type, "image/jpeg");
  EXPECT_EQ(bytes_of(response), (video::Bytes{0xff, 0xd8, 0xff}));
}

TEST_F(ApiTest, GivesACamerasNewestPictureWithItsBoxes) {
  auto frame = std::make_shared<video::Frame>();
  frame->camera = {"T1"};
  frame->number = 12;
  frame->counts = video::Image<std::uint16_t>(64, 48);
  detect::Detection detection;
  detection.box = {3, 4, 5, 6};
  detection.snr = 9.04;
  detection.classes = {1, 0, 0, 0, 0, 0};
  pictures_.put({frame, {detection}});
  const HttpResponse response = get("/api/cameras/T1/picture");
  ASSERT_EQ(response.status, 200);
  const auto header = std::find_if(response.headers.begin(), response.headers.end(),
                                   [](const auto& h) { return h.first == "Marsad-Picture"; });
  ASSERT_NE(header, response.headers.end());
  const json told = json::parse(header->second);
  EXPECT_EQ(told["frame"], 12);
  EXPECT_EQ(told["boxes"][0], json::parse(R"({"x":3,"y":4,"width":5,"height":6,"mover":"person",
                                               "snr":9.0})"));
  const auto image = video::decode_image(bytes_of(response), "picture");
  ASSERT_TRUE(image) << to_string(image.error());
  EXPECT_EQ(image->counts.width(), 64);
}

TEST_F(ApiTest, TakesWhatAnOperatorSaysOfATrack) {
  const HttpResponse merged = post("/api/tracks/7/merge", R"({"by":"Kay","other":4})");
  EXPECT_EQ(merged.status, 200);
  EXPECT_EQ(json::parse(merged.body)["word"], "merge");
  EXPECT_EQ(json::parse(merged.body)["other"], 4);
  EXPECT_EQ(post("/api/tracks/7/label", R"({"by":"Kay","label":"animal"})").status, 200);
  EXPECT_EQ(post("/api/tracks/7/split", R"({"by":"Kay"})").status, 200);
  EXPECT_EQ(post("/api/tracks/7/drop", R"({"by":"Kay"})").status, 200);
  ASSERT_EQ(said_.size(), 4U);
  EXPECT_EQ(said_[0].other, track::TrackId{4});
  EXPECT_EQ(said_[1].label, sensor::MoverClass::animal);
  EXPECT_EQ(said_[3].kind, track::WordKind::drop);
}

TEST_F(ApiTest, RefusesWordsThatCannotBeTaken) {
  EXPECT_EQ(post("/api/tracks/7/drop", R"({"by":""})").status, 400);
  EXPECT_EQ(post("/api/tracks/7/merge", R"({"by":"Kay","other":"four"})").status, 400);
  EXPECT_EQ(post("/api/tracks/7/label", R"({"by":"Kay","label":"tank"})").status, 400);
  EXPECT_EQ(post("/api/tracks/seven/drop", R"({"by":"Kay"})").status, 404);
  EXPECT_EQ(post("/api/tracks/7/praise", R"({"by":"Kay"})").status, 404);
  EXPECT_EQ(post("/api/tracks/8/drop", R"({"by":"Kay"})").status, 404);
  EXPECT_EQ(get("/api/tracks/7/drop").status, 405);
  disk_full_ = true;
  EXPECT_EQ(post("/api/tracks/7/drop", R"({"by":"Kay"})").status, 507);
  EXPECT_TRUE(said_.empty());
}

TEST_F(ApiTest, TellsWhereAShownTrackGoes) {
  const HttpResponse response = get("/api/tracks/7/prediction");
  ASSERT_EQ(response.status, 200);
  EXPECT_EQ(json::parse(response.body), json::parse(R"({"track": 7, "arrival": null,
    "next_sight": null, "path": [{"time": "t", "at": [41.0, 34.0],
    "ellipse": {"major_m": 20.0, "minor_m": 10.0, "azimuth_deg": 90.0}}]})"));
  EXPECT_EQ(get("/api/tracks/8/prediction").status, 404);
  EXPECT_THAT(error(get("/api/tracks/8/prediction")), HasSubstr("no track 8 is shown"));
  EXPECT_EQ(get("/api/tracks/x/prediction").status, 404);
  EXPECT_EQ(post("/api/tracks/7/prediction", "{}").status, 405);
}

TEST_F(ApiTest, HasTheGroundsHeightInTerrainTiles) {
  constexpr int kZoom = 13;
  const double scale = std::ldexp(1, kZoom);
  const double x = (41.0 + 180) / 360 * scale;
  const double y = (1 - std::asinh(std::tan(geo::radians(34.0))) / std::numbers::pi) / 2 * scale;
  const std::string path = "/tiles/terrain/13/" + std::to_string(static_cast<int>(x)) + "/" +
                           std::to_string(static_cast<int>(y)) + ".png";
  const HttpResponse response = get(path);
  ASSERT_EQ(response.status, 200);
  EXPECT_EQ(response.content_type, "image/png");
  folder_.write("tile.png", response.body);
  const std::string rgb = rgb_of(folder_.path() / "tile.png");
  ASSERT_EQ(rgb.size(), 256U * 256U * 3U);
  for (const auto& [column, row] : {std::pair{0, 0}, {255, 255}, {100, 30}}) {
    const auto part = [&](std::size_t i) {
      const std::size_t pixel = static_cast<std::size_t>(row * 256 + column);
      return static_cast<double>(static_cast<unsigned char>(rgb[3 * pixel + i]));
    };
    const double height_m = part(0) * 256 + part(1) + part(2) / 256 - 32'768;
    const double lon_rad =
        ((std::floor(x) + (column + 0.5) / 256) / scale * 2 - 1) * std::numbers::pi;
    const double lat_rad = std::atan(
        std::sinh(std::numbers::pi * (1 - 2 * (std::floor(y) + (row + 0.5) / 256) / scale)));
    EXPECT_NEAR(height_m, *site_.elevation->height_m(lat_rad, lon_rad), 0.01);
  }
}

TEST_F(ApiTest, SendsSomebodyAndTakesWhatCameOfItInNumbers) {
  EXPECT_EQ(post("/api/incidents/1/task", R"({"by":"watch 2","to":"patrol 4"})").status, 409);
  ASSERT_EQ(post("/api/incidents/1/acknowledge", kNote).status, 200);
  const HttpResponse tasked = post("/api/incidents/1/task", R"({"by":"watch 2","to":"patrol 4"})");
  ASSERT_EQ(tasked.status, 200);
  EXPECT_EQ(json::parse(tasked.body)["state"], "tasked");
  EXPECT_EQ(json::parse(tasked.body)["tasked_to"], "patrol 4");
  const HttpResponse resolved = post("/api/incidents/1/resolve",
                                     R"({"by":"watch 2","outcome":"aid_given","referral":"medical",
                                         "persons":{"adults":2,"children":3,"injured":1}})");
  ASSERT_EQ(resolved.status, 200) << resolved.body;
  EXPECT_EQ(json::parse(resolved.body)["persons"]["children"], 3);
  EXPECT_EQ(json::parse(resolved.body)["referral"], "medical");
}

TEST_F(ApiTest, SaysWhatIsWrongWithATaskOrItsEnd) {
  ASSERT_EQ(post("/api/incidents/1/acknowledge", kNote).status, 200);
  EXPECT_THAT(error(post("/api/incidents/1/task", R"({"by":"watch 2"})")),
              HasSubstr("to: expected"));
  const auto end = [&](const std::string& rest) {
    return post("/api/incidents/1/resolve", R"({"by":"watch 2","outcome":"lost",)" + rest + "}");
  };
  EXPECT_THAT(error(end(R"("referral":"prison")")), HasSubstr("referral: found 'prison'"));
  EXPECT_THAT(error(end(R"("persons":{"adults":-1})")), HasSubstr("persons.adults: found -1"));
  EXPECT_THAT(error(end(R"("persons":{"adults":1,"injured":2})")), HasSubstr("2 injured of 1"));
  EXPECT_EQ(end(R"("persons":null)").status, 200);
}

TEST_F(ApiTest, WarnsBeforeSomebodyIsSentWhereAnotherIsOnHisWay) {
  ASSERT_EQ(post("/api/incidents/2/acknowledge", kNote).status, 200);
  ASSERT_EQ(post("/api/incidents/2/task", R"({"by":"watch 2","to":"patrol 7"})").status, 200);
  const HttpResponse found = get("/api/incidents/1/warnings/patrol 4");
  ASSERT_EQ(found.status, 200);
  ASSERT_EQ(json::parse(found.body).size(), 1U);
  EXPECT_EQ(json::parse(found.body)[0]["kind"], "converging");
  EXPECT_EQ(json::parse(found.body)[0]["who"], "patrol 7");
  EXPECT_EQ(json::parse(get("/api/incidents/1/warnings/patrol 7").body).size(), 0U);
  EXPECT_EQ(get("/api/incidents/9/warnings/patrol 7").status, 404);
}

}  // namespace
}  // namespace marsad::service
