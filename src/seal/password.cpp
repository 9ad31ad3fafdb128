// SPDX-License-Identifier: Apache-2.0
#include "seal/password.h"

#include <sodium.h>

#include <array>

namespace marsad::seal {

base::Result<std::string> kept_password(std::string_view password) {
  CHECK(sodium_init() >= 0);
  std::array<char, crypto_pwhash_argon2id_STRBYTES> out{};
  if (crypto_pwhash_argon2id_str(out.data(), password.data(), password.size(),
                                 crypto_pwhash_argon2id_OPSLIMIT_INTERACTIVE,
                                 crypto_pwhash_argon2id_MEMLIMIT_INTERACTIVE) != 0) {
    return base::Error{"password", "no memory to keep it safely (64 MiB are needed)"};
  }
  return std::string(out.data());
}

bool is_password(std::string_view password, const std::string& kept) {
  CHECK(sodium_init() >= 0);
  // The library reads all of the array, whatever the text's length.
  std::array<char, crypto_pwhash_argon2id_STRBYTES> padded{};
  if (kept.size() >= padded.size()) return false;
  kept.copy(padded.data(), kept.size());
  return crypto_pwhash_argon2id_str_verify(padded.data(), password.data(), password.size()) == 0;
}

}  // namespace marsad::seal
