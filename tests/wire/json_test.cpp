// SPDX-License-Identifier: Apache-2.0
#include "wire/json.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <sstream>

namespace marsad::wire {
namespace {

using nlohmann::json;
using testing::HasSubstr;

TEST(Json, EscapesWhateverSomebodyWrites) {
  const std::string text = "\"quoted\"\\ \n\r\t\x01 watch 2, مرصد";
  const std::string line = to_json(NoteRequest{"watch 2", text});
  EXPECT_THAT(line, HasSubstr(R"(\"quoted\"\\ \n\r\t\u0001 watch 2, مرصد)"));
  EXPECT_EQ(line.find('\n'), std::string::npos);
  EXPECT_EQ(from_json<NoteRequest>(line)->text, text);
}

RC_GTEST_PROP(Json, AnyTextComesBack, (const std::string& ascii)) {
  std::string text = ascii;
  for (char& c : text) c = static_cast<char>(c & 0x7f);  // of UTF-8, the part any bytes make
  const auto back = from_json<NoteRequest>(to_json(NoteRequest{"", text}));
  RC_ASSERT(back.has_value());
  RC_ASSERT(back->text == text);
}

RC_GTEST_PROP(Json, NumbersComeBackBitForBit, (double value)) {
  RC_PRE(std::isfinite(value));
  TrackView track;
  track.speed_mps = value;
  TracksMessage message;
  message.tracks = {track};
  const json read = json::parse(to_json(message));
  RC_ASSERT(read["tracks"][0]["speed_mps"].get<double>() == value);
}

TEST(Json, KeepsIdsTooLargeForAJavaScriptNumberWhole) {
  IncidentView incident;
  incident.id = std::numeric_limits<std::uint64_t>::max();
  EXPECT_EQ(json::parse(to_json(incident))["id"].get<std::uint64_t>(), incident.id);
}

TEST(Json, HasNullForWhatIsNoNumberAndForWhatIsNotThere) {
  IncidentView incident;
  incident.speed_mps = std::numeric_limits<double>::quiet_NaN();
  incident.probability = std::numeric_limits<double>::infinity();
  const json read = json::parse(to_json(incident));
  EXPECT_TRUE(read["speed_mps"].is_null());
  EXPECT_TRUE(read["probability"].is_null());
  EXPECT_TRUE(read["outcome"].is_null());
  incident.outcome = "lost";
  EXPECT_EQ(json::parse(to_json(incident))["outcome"], "lost");
}

TEST(Json, OfAnIncidentIsWhatThePageReads) {
  IncidentView incident;
  incident.id = 3;
  incident.at = {41.25, 34.5};
  incident.tracks = {7, 8};
  incident.sensors = {"T1"};
  incident.notes = {{"2026-11-22T03:00:00.000Z", "watch 2", "seen"}};
  const json read = json::parse(to_json(IncidentMessage{"incident", incident}));
  EXPECT_EQ(read["type"], "incident");
  EXPECT_EQ(read["incident"]["at"], json::parse("[41.25,34.5]"));
  EXPECT_EQ(read["incident"]["tracks"], json::parse("[7,8]"));
  EXPECT_EQ(read["incident"]["notes"][0]["by"], "watch 2");
  EXPECT_EQ(read["incident"]["has_picture"], false);
}

TEST(Json, OfNoIncidentsIsAnEmptyList) { EXPECT_EQ(to_json(std::vector<IncidentView>{}), "[]"); }

TEST(Reading, LeavesWhatIsMissingAndIgnoresWhatIsUnknown) {
  const auto request = from_json<ResolveRequest>(R"({"by":"watch 2","colour":"red"})");
  ASSERT_TRUE(request);
  EXPECT_EQ(request->by, "watch 2");
  EXPECT_EQ(request->outcome, "");
}

struct BadBody {
  std::string text;
  std::string complaint;
};

TEST(Reading, SaysWhatIsWrongWithABody) {
  const BadBody bad[] = {
      {"", "not JSON; expected an object"},
      {"{\"by\":", "not JSON; expected an object"},
      {"[1]", "found array; expected an object"},
      {"null", "found null; expected an object"},
      {R"({"by":7})", "by: found number; expected a text"},
      {R"({"text":null})", "text: found null; expected a text"},
      {R"({"by":"a","text":{"a":1}})", "text: found object; expected a text"},
  };
  for (const BadBody& body : bad) {
    const auto request = from_json<NoteRequest>(body.text);
    ASSERT_FALSE(request) << body.text;
    EXPECT_EQ(to_string(request.error()), body.complaint) << body.text;
  }
}

TEST(Reading, RefusesABodyNestedWithoutEnd) {
  const std::string deep(100'000, '[');
  EXPECT_FALSE(from_json<NoteRequest>(deep));
  EXPECT_FALSE(from_json<NoteRequest>("{\"by\":" + deep));
}

template <class... T>
void expect_interfaces(const std::string& types, std::type_identity<std::tuple<T...>>) {
  for (const std::string_view name : {struct_name(static_cast<const T*>(nullptr))...}) {
    EXPECT_THAT(types, HasSubstr("export interface " + std::string(name) + " {\n"));
  }
}

TEST(TypeScriptTypes, HaveAnInterfaceForEveryMessage) {
  const std::string types = typescript();
  expect_interfaces(types, std::type_identity<Everything>{});
  EXPECT_THAT(types, HasSubstr("  home_is_left: boolean;\n"));
  EXPECT_THAT(types, HasSubstr("  outcome: string | null;\n"));
  EXPECT_THAT(types, HasSubstr("  footprint: LngLat[][];\n"));
}

TEST(TypeScriptTypes, AreTheOnesThePageIsBuiltWith) {
  std::ifstream in("web/src/wire.gen.ts");
  std::ostringstream committed;
  committed << in.rdbuf();
  EXPECT_EQ(committed.str(), typescript()) << "run: marsad types > web/src/wire.gen.ts";
}

}  // namespace
}  // namespace marsad::wire
