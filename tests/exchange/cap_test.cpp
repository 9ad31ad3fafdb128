// SPDX-License-Identifier: Apache-2.0
#include "exchange/cap.h"

#include <gmock/gmock.h>

#include "tests/exchange/samples.h"
#include "tests/exchange/schema.h"

namespace marsad::exchange {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

// A notice of which nothing may be told but that there is one.
Dispatch silent_dispatch() {
  Dispatch dispatch = full_dispatch();
  dispatch.notice = {};
  dispatch.notice.to.text = "north";
  return dispatch;
}

TEST(Cap, IsValidInEveryLanguageWithEverythingAndWithNothingTold) {
  for (const auto language :
       {liaison::Language::en, liaison::Language::ar, liaison::Language::ckb}) {
    Dispatch dispatch = full_dispatch(language);
    dispatch.attempt = 3;
    dispatch.notice.simulated = true;
    const auto broken = broken_rules(cap_alert(dispatch), kCapSchema);
    if (!broken) GTEST_SKIP() << "no " << kCapSchema;
    EXPECT_THAT(*broken, IsEmpty()) << cap_alert(dispatch);
  }
  EXPECT_THAT(broken_rules(cap_alert(silent_dispatch()), kCapSchema).value(), IsEmpty());
}

TEST(Cap, ReadsWhatItWrites) {
  const auto alert = read_cap(cap_alert(full_dispatch()));
  ASSERT_TRUE(alert) << to_string(alert.error());
  EXPECT_EQ(alert->identifier, "marsad.example.north.17");
  EXPECT_EQ(alert->sender, "marsad.example");
  EXPECT_EQ(base::to_iso8601(alert->sent), "2027-05-06T07:08:09.000Z");
  EXPECT_EQ(alert->status, "Actual");
  ASSERT_EQ(alert->infos.size(), 1U);
  const CapAlert::Info& info = alert->infos[0];
  EXPECT_EQ(info.event, "crossing");
  EXPECT_EQ(info.certainty, "Likely");
  EXPECT_THAT(info.description, HasSubstr("Tower <9> & \"co\""));
  EXPECT_THAT(info.areas, testing::ElementsAre("km 213.7"));
  ASSERT_EQ(info.circles.size(), 1U);
  EXPECT_NEAR(info.circles[0].radius_m, 707, 1);
  EXPECT_NEAR(geo::degrees(info.circles[0].middle.lat_rad), 34.5, 0.01);
}

TEST(Cap, SaysThatItIsAnExerciseAndThatItWasSentBefore) {
  Dispatch dispatch = full_dispatch();
  dispatch.notice.simulated = true;
  dispatch.attempt = 2;
  const std::string text = cap_alert(dispatch);
  EXPECT_THAT(text, HasSubstr("<status>Exercise</status>"));
  EXPECT_THAT(text, HasSubstr("<note>attempt 2</note>"));
  EXPECT_EQ(read_cap(text)->identifier, read_cap(cap_alert(full_dispatch()))->identifier);
}

TEST(Cap, ReadsAlertsOfOthersAndRefusesBrokenOnes) {
  const std::string folder = "interop/cap/google/testdata/";
  for (const char* good : {"weather.cap", "earthquake.cap", "canada.cap", "australia.cap",
                           "no_optional_fields.cap", "earthquake-iso8859-1.cap"}) {
    const auto bytes = data_file(folder + good);
    if (!bytes) GTEST_SKIP() << "no " << folder;
    const auto alert = read_cap(*bytes);
    EXPECT_TRUE(alert) << good << ": " << to_string(alert.error());
  }
  EXPECT_THAT(to_string(read_cap(data_file(folder + "invalid.cap").value()).error()),
              HasSubstr("scope is missing"));
  EXPECT_THAT(to_string(read_cap(data_file(folder + "xee.cap").value()).error()),
              HasSubstr("document type"));
}

TEST(Cap, NamesWhatIsMissingOrImpossible) {
  const auto error = [](std::string what, const std::string& by) {
    std::string text = cap_alert(full_dispatch());
    text.replace(text.find(what), what.size(), by);
    const auto read = read_cap(text);
    return read ? std::string("nothing") : to_string(read.error());
  };
  EXPECT_THAT(error("<sender>marsad.example</sender>", ""), HasSubstr("sender is missing"));
  EXPECT_THAT(error("Actual", "Perhaps"), HasSubstr("status is 'Perhaps'; expected one of Actual"));
  EXPECT_THAT(error("07:08:09-00:00", "yesterday"), HasSubstr("expected a time with zone"));
  EXPECT_THAT(error("<circle>", "<circle>9"), HasSubstr("a circle"));
  EXPECT_THAT(error(" 0.707", " -1"), HasSubstr("a circle"));
  EXPECT_THAT(error("cap:1.2", "cap:9.9"), HasSubstr("expected an alert of CAP 1.1 or 1.2"));
}

}  // namespace
}  // namespace marsad::exchange
