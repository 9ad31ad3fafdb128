// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace marsad::seal {

// SHA-256 [FIPS180] of a text, in 64 hexadecimal digits.
std::string hash(std::string_view text);

// 256 bits that nobody can guess, from the system, in 64 hexadecimal digits.
std::string random_text();

// Whether two secrets are the same, in a time that does not tell where they differ.
bool same(std::string_view a, std::string_view b);

// Signs texts with Ed25519 [RFC8032]. Keys and signatures are written in hexadecimal digits. Any
// thread.
class SigningKey {
 public:
  static SigningKey make();
  // The key of a seed of 64 digits. Errors: anything else, without telling it.
  static base::Result<SigningKey> from_seed(std::string_view digits);

  std::string seed() const;  // the secret: 64 digits
  std::string public_key() const;
  std::string sign(std::string_view text) const;  // 128 digits

 private:
  std::array<std::uint8_t, 64> secret_{};
  std::array<std::uint8_t, 32> public_{};
};

// Whether the owner of this public key signed this text; false also where key or signature are
// none.
bool is_signed(std::string_view text, std::string_view signature, std::string_view public_key);

}  // namespace marsad::seal
