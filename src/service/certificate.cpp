// SPDX-License-Identifier: Apache-2.0
#include "service/certificate.h"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <array>
#include <memory>

#include "service/site.h"
#include "service/site_key.h"

namespace marsad::service {
namespace {

namespace fs = std::filesystem;

constexpr long kYears_s = 10L * 365 * 86'400;

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using X509Pointer = std::unique_ptr<X509, Freed<X509_free>>;
using Bio = std::unique_ptr<BIO, Freed<BIO_free_all>>;
using Extension = std::unique_ptr<X509_EXTENSION, Freed<X509_EXTENSION_free>>;

std::string text_of(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return {data, static_cast<std::size_t>(size)};
}

// Signed by itself; none where the library refuses.
X509Pointer self_signed(EVP_PKEY* key, const std::string& address) {
  X509Pointer made(X509_new());
  std::array<unsigned char, 16> serial{};
  if (!made || RAND_bytes(serial.data(), serial.size()) != 1) return nullptr;
  serial[0] &= 0x7f;  // a positive number
  const std::unique_ptr<BIGNUM, Freed<BN_free>> number(
      BN_bin2bn(serial.data(), serial.size(), nullptr));
  X509_set_version(made.get(), X509_VERSION_3);
  BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(made.get()));
  X509_gmtime_adj(X509_getm_notBefore(made.get()), -86'400);
  X509_gmtime_adj(X509_getm_notAfter(made.get()), kYears_s);
  X509_set_pubkey(made.get(), key);
  X509_NAME* const name = X509_get_subject_name(made.get());
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>("Marsad"), -1, -1, 0);
  X509_set_issuer_name(made.get(), name);
  const std::string names = address == "0.0.0.0" || address == "::"
                                ? std::string("DNS:localhost")
                                : fmt::format("DNS:localhost,IP:{}", address);
  const Extension alternatives(
      X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, names.c_str()));
  if (!alternatives || X509_add_ext(made.get(), alternatives.get(), -1) != 1) return nullptr;
  return X509_sign(made.get(), key, EVP_sha256()) > 0 ? std::move(made) : nullptr;
}

base::Result<void> make(const Certificate& files, const std::string& address) {
  const base::Error failed{files.chain.string(), "can't be made by the TLS library"};
  const Key key(EVP_EC_gen("P-256"));
  if (!key) return failed;
  const X509Pointer certificate = self_signed(key.get(), address);
  const Bio secret(BIO_new(BIO_s_mem())), chain(BIO_new(BIO_s_mem()));
  if (!certificate || !secret || !chain ||
      PEM_write_bio_PrivateKey(secret.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) !=
          1 ||
      PEM_write_bio_X509(chain.get(), certificate.get()) != 1) {
    return failed;
  }
  if (const auto put = write_secret(files.key, text_of(secret.get())); !put) return put.error();
  return write_secret(files.chain, text_of(chain.get()));
}

base::Result<std::string> fingerprint(const fs::path& file) {
  const auto text = read_text(file);
  if (!text) return text.error();
  const Bio in(BIO_new_mem_buf(text->data(), static_cast<int>(text->size())));
  const X509Pointer certificate(PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr));
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (!certificate || X509_digest(certificate.get(), EVP_sha256(), digest.data(), &size) != 1) {
    return base::Error{file.string(), "no certificate in PEM"};
  }
  std::string out;
  for (unsigned i = 0; i < size; ++i) {
    out += fmt::format("{}{:02X}", i == 0 ? "" : ":", unsigned{digest[i]});
  }
  return out;
}

}  // namespace

base::Result<Certificate> open_certificate(const fs::path& record, const std::string& address) {
  Certificate files{record.parent_path() / "tls.crt", record.parent_path() / "tls.key", ""};
  std::error_code code;
  const bool has_chain = fs::exists(files.chain, code), has_key = fs::exists(files.key, code);
  if (has_chain != has_key) {
    return base::Error{(has_chain ? files.key : files.chain).string(),
                       "missing; expected it beside the other, or neither of them"};
  }
  if (!has_chain) {
    if (const auto made = make(files, address); !made) return made.error();
  }
  auto print = fingerprint(files.chain);
  if (!print) return print.error();
  files.fingerprint = *std::move(print);
  return files;
}

}  // namespace marsad::service
