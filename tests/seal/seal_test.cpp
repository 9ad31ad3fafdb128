// SPDX-License-Identifier: Apache-2.0
#include "seal/seal.h"

#include <gmock/gmock.h>

#include "seal/password.h"

namespace marsad::seal {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST(Hash, IsThatOfTheStandard) {
  EXPECT_EQ(hash("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

// The second test vector of RFC 8032, section 7.1: a message of the one byte 0x72.
TEST(SigningKey, SignsAsTheStandardSays) {
  const auto key =
      SigningKey::from_seed("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
  ASSERT_TRUE(key);
  EXPECT_EQ(key->public_key(), "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  EXPECT_EQ(key->sign("\x72"),
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
  EXPECT_EQ(SigningKey::from_seed(key->seed())->public_key(), key->public_key());
}

TEST(SigningKey, IsKnownByItsSignature) {
  const SigningKey key = SigningKey::make(), other = SigningKey::make();
  const std::string signature = key.sign("a text");
  EXPECT_TRUE(is_signed("a text", signature, key.public_key()));
  EXPECT_FALSE(is_signed("a Text", signature, key.public_key()));
  EXPECT_FALSE(is_signed("a text", signature, other.public_key()));
  EXPECT_FALSE(is_signed("a text", "", key.public_key()));
  EXPECT_FALSE(is_signed("a text", signature, "not a key"));
  std::string changed = signature;
  changed[5] = changed[5] == '0' ? '1' : '0';
  EXPECT_FALSE(is_signed("a text", changed, key.public_key()));
}

TEST(SigningKey, IsRefusedWithoutTellingIt) {
  const auto key = SigningKey::from_seed("4ccd089b28ff");
  ASSERT_FALSE(key);
  EXPECT_THAT(to_string(key.error()), HasSubstr("64 hexadecimal digits"));
  EXPECT_THAT(to_string(key.error()), Not(HasSubstr("4ccd")));
}

TEST(RandomText, IsNeverTheSame) {
  EXPECT_EQ(random_text().size(), 64U);
  EXPECT_NE(random_text(), random_text());
}

TEST(Password, IsKeptSoThatItCanOnlyBeCheckedAndNeverTheSameTwice) {
  const std::string kept = kept_password("correct horse").value();
  EXPECT_THAT(kept, StartsWith("$argon2id$"));
  EXPECT_THAT(kept, Not(HasSubstr("horse")));
  EXPECT_TRUE(is_password("correct horse", kept));
  EXPECT_FALSE(is_password("correct horse ", kept));
  EXPECT_NE(kept_password("correct horse").value(), kept);
  EXPECT_FALSE(is_password("", ""));
  EXPECT_FALSE(is_password("x", std::string(500, '$')));
}

}  // namespace
}  // namespace marsad::seal
