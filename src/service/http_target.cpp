// SPDX-License-Identifier: Apache-2.0
#include "service/http_target.h"

#include <algorithm>
#include <charconv>

namespace marsad::service {
namespace {

std::optional<char> hex_byte(std::string_view digits) {
  unsigned value = 0;
  const char* end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, value, 16);
  if (digits.size() != 2 || error != std::errc() || stop != end) return std::nullopt;
  return static_cast<char>(value);
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

std::optional<std::string> decode(std::string_view text, bool plus_is_space) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      const auto byte = hex_byte(text.substr(i + 1, 2));
      if (!byte) return std::nullopt;
      c = *byte;
      i += 2;
    } else if (c == '+' && plus_is_space) {
      c = ' ';
    }
    decoded.push_back(c);
  }
  return decoded;
}

// The part before the separator; the rest stays in `text`.
std::string_view take_until(std::string_view& text, char separator) {
  const std::size_t end = std::min(text.find(separator), text.size());
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

bool is_plain_path(std::string_view path) {
  if (!path.starts_with('/') || std::any_of(path.begin(), path.end(), is_control)) return false;
  while (!path.empty()) {
    const std::string_view segment = take_until(path, '/');
    if (segment == "." || segment == "..") return false;
  }
  return true;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

std::optional<Target> parse_target(std::string_view target) {
  std::string_view rest = target;
  const auto path = decode(take_until(rest, '?'), false);
  if (!path || !is_plain_path(*path)) return std::nullopt;
  Target parsed;
  parsed.path = *path;
  while (!rest.empty()) {
    std::string_view value = take_until(rest, '&');
    if (value.empty()) continue;
    const auto name = decode(take_until(value, '='), true);
    const auto decoded = decode(value, true);
    if (!name || !decoded) return std::nullopt;
    parsed.query[*name] = *decoded;
  }
  return parsed;
}

bool is_same_site(std::string_view origin, std::string_view host) {
  if (origin.empty()) return true;
  const std::size_t scheme = origin.find("://");
  if (scheme == std::string_view::npos) return false;
  const std::string_view from = origin.substr(scheme + 3);
  return std::equal(from.begin(), from.end(), host.begin(), host.end(),
                    [](char a, char b) { return lower(a) == lower(b); });
}

std::optional<std::string> after(std::string_view path, std::string_view prefix) {
  if (!path.starts_with(prefix)) return std::nullopt;
  return std::string(path.substr(prefix.size()));
}

bool is_loopback(std::string_view address) {
  return address.starts_with("127.") || address == "::1";
}

}  // namespace marsad::service
