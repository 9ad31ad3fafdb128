// SPDX-License-Identifier: Apache-2.0
#include "exchange/email.h"

#include <gmock/gmock.h>

#include "exchange/sheet.h"
#include "exchange/webhook.h"
#include "tests/exchange/samples.h"

namespace marsad::exchange {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Email, IsInThePartnersLanguageWithAlertAndSheet) {
  const Email letter = email(full_dispatch(liaison::Language::ar));
  EXPECT_THAT(letter.text, HasSubstr("عبور الحدود"));
  EXPECT_THAT(letter.text, HasSubstr("marsad.example.north.17"));
  EXPECT_THAT(letter.alert, HasSubstr("urn:oasis:names:tc:emergency:cap:1.2"));
  EXPECT_THAT(letter.sheet, HasSubstr("dir=\"rtl\""));
}

TEST(Email, HasAHeaderThatTellsNothingAndCantBeBrokenByAName) {
  Dispatch dispatch = full_dispatch();
  dispatch.sender = "marsad\r\nBcc: all@example";
  dispatch.notice.simulated = true;
  dispatch.attempt = 2;
  const Email letter = email(dispatch);
  EXPECT_EQ(letter.subject, "EXERCISE: Notice marsad__Bcc__all_example.north.17 (sent again)");
  EXPECT_EQ(letter.message_id, "<marsad__Bcc__all_example.north.17.2@marsad__Bcc__all_example>");
  EXPECT_EQ(letter.date, "Thu, 06 May 2027 07:08:09 +0000");
}

TEST(EveryForm, SaysWhyTheHeadquartersGetIt) {
  Dispatch dispatch = full_dispatch();
  const auto key = seal::SigningKey::make();
  EXPECT_THAT(webhook(dispatch, key).body, HasSubstr("\"escalated\":null"));
  dispatch.why = "no receipt from north";
  EXPECT_THAT(webhook(dispatch, key).body, HasSubstr("\"escalated\":\"no receipt from north\""));
  const Email letter = email(dispatch);
  EXPECT_THAT(letter.text, HasSubstr("no receipt from north"));
  EXPECT_THAT(letter.alert, HasSubstr("<note>no receipt from north</note>"));
  EXPECT_THAT(letter.sheet, HasSubstr("no receipt from north"));
  dispatch.attempt = 3;
  EXPECT_THAT(email(dispatch).alert, HasSubstr("<note>no receipt from north; attempt 3</note>"));
  EXPECT_THAT(letter.sheet, Not(HasSubstr("Sent again")));
}

}  // namespace
}  // namespace marsad::exchange
