// SPDX-License-Identifier: Apache-2.0
#include "exchange/webhook.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "tests/exchange/samples.h"

namespace marsad::exchange {
namespace {

using nlohmann::json;

TEST(Webhook, IsSignedSoThatAChangedBodyIsFound) {
  const auto key = seal::SigningKey::make();
  const Webhook sent = webhook(full_dispatch(), key);
  const std::map<std::string, std::string> headers(sent.headers.begin(), sent.headers.end());
  EXPECT_EQ(headers.at("Marsad-Key"), key.public_key());
  const std::string& signature = headers.at("Marsad-Signature");
  EXPECT_TRUE(seal::is_signed(sent.body, signature, key.public_key()));
  std::string changed = sent.body;
  changed[changed.find("213.7")] = '9';
  EXPECT_FALSE(seal::is_signed(changed, signature, key.public_key()));
}

TEST(Webhook, TellsWhatIsToldAndNullForTheRest) {
  const auto key = seal::SigningKey::make();
  Dispatch dispatch = full_dispatch();
  json body = json::parse(webhook(dispatch, key).body);
  EXPECT_EQ(body["identifier"], "marsad.example.north.17");
  EXPECT_EQ(body["kind"], "crossing");
  EXPECT_EQ(body["km"], 213.7);
  EXPECT_EQ(body["attempt"], 1);
  EXPECT_EQ(body["cell_m"], 1000);
  dispatch.notice = {};
  body = json::parse(webhook(dispatch, key).body);
  for (const char* key_of : {"kind", "time", "km", "at", "cell_m", "direction", "probability",
                             "mover", "speed_mps", "heading_deg", "outcome"}) {
    EXPECT_EQ(body[key_of], nullptr) << key_of;
  }
  EXPECT_EQ(body["sensors"].size(), 0U);
  EXPECT_EQ(body["has_picture"], false);
}

}  // namespace
}  // namespace marsad::exchange
