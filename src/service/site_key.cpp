// SPDX-License-Identifier: Apache-2.0
#include "service/site_key.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "service/site.h"

namespace marsad::service {
namespace {

namespace fs = std::filesystem;

constexpr const char* kKey = "site.key";
constexpr const char* kPublicKey = "site.key.pub";

std::string without_line_end(std::string text) {
  if (text.ends_with('\n')) text.pop_back();
  return text;
}

}  // namespace

base::Result<void> write_secret(const fs::path& file, const std::string& text) {
  const auto failed = [&] {
    return base::Error{file.string(), fmt::format("can't be written: {}", std::strerror(errno))};
  };
  const int out = open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (out < 0) return failed();
  const bool written = write(out, text.data(), text.size()) == std::ssize(text) && fsync(out) == 0;
  const base::Error error = failed();
  close(out);
  if (written) return {};
  unlink(file.c_str());
  return error;
}

base::Result<seal::SigningKey> open_site_key(const fs::path& record) {
  const fs::path file = record.parent_path() / kKey;
  std::error_code code;
  if (fs::exists(file, code)) {
    const auto text = read_text(file);
    if (!text) return text.error();
    auto key = seal::SigningKey::from_seed(without_line_end(*text));
    if (!key) return base::Error{file.string(), key.error().message};
    return key;
  }
  const seal::SigningKey key = seal::SigningKey::make();
  if (const auto made = write_secret(file, key.seed() + "\n"); !made) return made.error();
  const auto told = write_secret(record.parent_path() / kPublicKey, key.public_key() + "\n");
  if (!told) return told.error();
  return key;
}

base::Result<std::string> public_site_key(const fs::path& record) {
  auto text = read_text(record.parent_path() / kPublicKey);
  if (!text) return text.error();
  return without_line_end(*std::move(text));
}

}  // namespace marsad::service
