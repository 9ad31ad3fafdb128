// SPDX-License-Identifier: Apache-2.0
#include "seal/seal.h"

#include <sodium.h>

#include <optional>
#include <span>

namespace marsad::seal {
namespace {

static_assert(crypto_sign_SECRETKEYBYTES == 64 && crypto_sign_PUBLICKEYBYTES == 32);
constexpr std::size_t kSecret = crypto_sign_SEEDBYTES;

void start() { CHECK(sodium_init() >= 0); }

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string digits(std::span<const std::uint8_t> bytes) {
  std::string out(2 * bytes.size() + 1, '\0');
  sodium_bin2hex(out.data(), out.size(), bytes.data(), bytes.size());
  out.pop_back();  // the zero at its end
  return out;
}

template <std::size_t Size>
std::optional<std::array<std::uint8_t, Size>> from_digits(std::string_view text) {
  std::array<std::uint8_t, Size> out{};
  std::size_t length = 0;
  const char* end = nullptr;
  if (text.size() != 2 * Size ||
      sodium_hex2bin(out.data(), Size, text.data(), text.size(), nullptr, &length, &end) != 0 ||
      length != Size) {
    return std::nullopt;
  }
  return out;
}

}  // namespace

std::string hash(std::string_view text) {
  std::array<std::uint8_t, crypto_hash_sha256_BYTES> out{};
  crypto_hash_sha256(out.data(), bytes_of(text), text.size());
  return digits(out);
}

std::string random_text() {
  start();
  std::array<std::uint8_t, 32> out{};
  randombytes_buf(out.data(), out.size());
  return digits(out);
}

bool same(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

SigningKey SigningKey::make() { return from_seed(random_text()).value(); }

base::Result<SigningKey> SigningKey::from_seed(std::string_view text) {
  start();
  const auto seed = from_digits<kSecret>(text);
  if (!seed) return base::Error{"", "no signing key; expected 64 hexadecimal digits"};
  SigningKey key;
  crypto_sign_seed_keypair(key.public_.data(), key.secret_.data(), seed->data());
  return key;
}

std::string SigningKey::seed() const {
  return digits(std::span(secret_).first(kSecret));  // a secret key begins with its seed
}

std::string SigningKey::public_key() const { return digits(public_); }

std::string SigningKey::sign(std::string_view text) const {
  std::array<std::uint8_t, crypto_sign_BYTES> out{};
  crypto_sign_detached(out.data(), nullptr, bytes_of(text), text.size(), secret_.data());
  return digits(out);
}

bool is_signed(std::string_view text, std::string_view signature, std::string_view public_key) {
  const auto signed_with = from_digits<crypto_sign_BYTES>(signature);
  const auto key = from_digits<crypto_sign_PUBLICKEYBYTES>(public_key);
  return signed_with && key &&
         crypto_sign_verify_detached(signed_with->data(), bytes_of(text), text.size(),
                                     key->data()) == 0;
}

}  // namespace marsad::seal
