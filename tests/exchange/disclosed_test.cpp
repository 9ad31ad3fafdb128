// SPDX-License-Identifier: Apache-2.0
// What the policy withholds is in no form that leaves the house.
#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "exchange/cap.h"
#include "exchange/cot.h"
#include "exchange/email.h"
#include "exchange/sheet.h"
#include "exchange/translation.h"
#include "exchange/webhook.h"
#include "tests/exchange/samples.h"

namespace marsad::exchange {
namespace {

using liaison::Field;
using testing::HasSubstr;
using testing::Not;

const seal::SigningKey kKey = seal::SigningKey::from_seed(std::string(64, '7')).value();

// Everything that can be sent of a dispatch, in one text.
std::string all_forms(const Dispatch& dispatch) {
  const auto event = cot_event(dispatch);
  return cap_alert(dispatch) + (event ? *event : "") + webhook(dispatch, kKey).body +
         sheet(dispatch) + email(dispatch).text + email(dispatch).subject;
}

// An incident whose values have texts that stand nowhere else in any form.
incident::Incident distinct_incident() {
  incident::Incident incident;
  incident.id.value = 424'242;
  incident.direction = incident::Direction::outbound;
  incident.time = base::parse_iso8601("2026-11-22T03:12:05.250Z").value();
  incident.place = liaison::at(123.4, -2345.6);
  incident.chainage_m = liaison::kLine.chainage(incident.place).s_m;
  incident.probability = 0.8731;
  incident.classes = {0, 1, 0, 0, 0, 0};
  incident.speed_mps = 17.3;
  incident.heading_rad = geo::radians(137);
  incident.outcome = incident::Outcome::turned_back;
  incident.tracks = {{515'151}};
  incident.sensors = {{"Watchtower9"}};
  incident.evidence = {{"Watchtower8"}, incident.time, {626'262, 3}};
  incident.because = "one vehicle, for the rule says so";
  incident.notes = {{incident.time, "watch 2", "a word among ourselves"}};
  return incident;
}

std::vector<std::string> texts_of(Field field) {
  switch (field) {
    case Field::kind:
      return {"rossing"};
    case Field::time:
      return {"2026-11-22", "03:12:05"};
    case Field::kilometre:
      return {"km\":7", "7.5<", "km 7"};
    case Field::place:
      return {"33.9", "34.0", "41.00"};
    case Field::direction:
      return {"utbound"};
    case Field::probability:
      return {"0.87"};
    case Field::mover:
      return {"ehicle"};
    case Field::speed:
      return {"17.3"};
    case Field::heading:
      return {"137"};
    case Field::outcome:
      return {"turned_back", "Turned back"};
    case Field::sensors:
      return {"Watchtower9"};
    case Field::picture:
      return {"Goes with it", "has_picture\":true"};
  }
  return {};
}

Dispatch dispatch_of(const std::vector<Field>& fields) {
  const incident::Incident incident = distinct_incident();
  const auto answer = disclose(incident, liaison::neighbour(), {{liaison::disclosure_of(fields)}},
                               liaison::kLine, liaison::later(incident));
  Dispatch dispatch = full_dispatch();
  dispatch.notice = std::get<liaison::Notice>(answer);
  return dispatch;
}

RC_GTEST_PROP(EveryForm, HasNothingOfWhatIsWithheld, ()) {
  std::vector<Field> allowed, withheld;
  for (const Field field : liaison::all_fields()) {
    (*rc::gen::arbitrary<bool>() ? allowed : withheld).push_back(field);
  }
  const std::string forms = all_forms(dispatch_of(allowed));
  for (const Field field : withheld) {
    for (const std::string& text : texts_of(field)) {
      RC_ASSERT(forms.find(text) == std::string::npos);
    }
  }
}

TEST(EveryForm, HasAllThatIsToldAndNothingThatNobodyMayBeTold) {
  const std::string forms = all_forms(dispatch_of(liaison::all_fields()));
  for (const Field field : liaison::all_fields()) {
    if (field == Field::kilometre || field == Field::place) continue;  // told as the cell's
    EXPECT_THAT(forms, HasSubstr(texts_of(field).back()));
  }
  for (const char* never : {"424242", "515151", "626262", "Watchtower8", "the rule says",
                            "among ourselves", "watch 2", "33.97885"}) {
    EXPECT_THAT(forms, Not(HasSubstr(never)));
  }
}

TEST(Sheet, IsInThePartnersLanguageAndRunsAsThatIsWritten) {
  EXPECT_THAT(sheet(full_dispatch(liaison::Language::en)), HasSubstr("lang=\"en\" dir=\"ltr\""));
  const std::string arabic = sheet(full_dispatch(liaison::Language::ar));
  EXPECT_THAT(arabic, HasSubstr("lang=\"ar\" dir=\"rtl\""));
  EXPECT_THAT(arabic, HasSubstr("عبور الحدود"));
  EXPECT_THAT(arabic, Not(HasSubstr("Crossing")));
  EXPECT_THAT(sheet(full_dispatch(liaison::Language::ckb)), HasSubstr("پەڕینەوەی سنوور"));
}

TEST(Sheet, LetsNoNameBecomeMarkup) {
  EXPECT_THAT(sheet(full_dispatch()), HasSubstr("Tower &lt;9&gt; &amp; &quot;co&quot;"));
}

TEST(Sheet, SaysWhereItIsAnExerciseOrWasSentBefore) {
  Dispatch dispatch = full_dispatch();
  EXPECT_THAT(sheet(dispatch), Not(HasSubstr("EXERCISE")));
  EXPECT_THAT(sheet(dispatch), Not(HasSubstr("Sent again")));
  dispatch.notice.simulated = true;
  dispatch.attempt = 2;
  EXPECT_THAT(sheet(dispatch), HasSubstr("EXERCISE"));
  EXPECT_THAT(sheet(dispatch), HasSubstr("Sent again"));
}

}  // namespace
}  // namespace marsad::exchange
