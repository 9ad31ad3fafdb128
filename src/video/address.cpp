// SPDX-License-Identifier: Apache-2.0
#include "video/address.h"

#include <algorithm>
#include <array>

namespace marsad::video {
namespace {

constexpr std::string_view kHidden = "***";
constexpr std::array<std::string_view, 4> kKeys = {"password=", "passwd=", "pass=", "pwd="};

// Where this word of small letters begins, from `from` on and in letters of either size.
std::size_t find_key(std::string_view text, std::string_view key, std::size_t from) {
  const auto same = [](char a, char small) {
    return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == small;
  };
  const auto at = std::search(text.begin() + static_cast<std::ptrdiff_t>(from), text.end(),
                              key.begin(), key.end(), same);
  return at == text.end() ? std::string_view::npos : static_cast<std::size_t>(at - text.begin());
}

void hide_values(std::string& address) {
  for (const std::string_view key : kKeys) {
    std::size_t at = 0;
    while ((at = find_key(address, key, at)) != std::string::npos) {
      at += key.size();
      address.replace(at, std::min(address.find('&', at), address.size()) - at, kHidden);
    }
  }
}

}  // namespace

std::string without_password(std::string_view location) {
  std::string shown(location);
  const std::size_t scheme_end = shown.find(":/");
  if (scheme_end == std::string::npos) return shown;
  hide_values(shown);
  const std::size_t colon = shown.find(':', scheme_end + 1), at = shown.rfind('@');
  if (at != std::string::npos && colon < at) shown.replace(colon + 1, at - colon - 1, kHidden);
  return shown;
}

std::string without_passwords(std::string_view text) {
  std::string shown;
  while (!text.empty()) {
    const std::size_t word = std::min(text.find_first_of(" \t\r\n\""), text.size());
    shown += without_password(text.substr(0, word));
    shown += text.substr(word, 1);
    text.remove_prefix(std::min(word + 1, text.size()));
  }
  return shown;
}

}  // namespace marsad::video
