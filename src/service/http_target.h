// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <charconv>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace marsad::service {

// What a request asks for, decoded.
struct Target {
  std::string path;                          // "/api/incidents/12"
  std::map<std::string, std::string> query;  // of a name given twice, the last
};

// Decodes the target of a request line, "/api/tracks?from=2026-11-22T03%3A00Z". None where it does
// not start with a slash, is encoded badly, holds control characters, or has a segment "." or "..".
std::optional<Target> parse_target(std::string_view target);

// The rest of `path` after `prefix`, where it begins so.
std::optional<std::string> after(std::string_view path, std::string_view prefix);

// A part of a path that is a whole number and nothing else.
template <class Number>
std::optional<Number> whole(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// Whether only this computer reaches an address.
bool is_loopback(std::string_view address);

// Whether a request comes from one of our own pages. `origin` and `host` are the header fields;
// browsers send the origin with every request that a page of another site could forge.
bool is_same_site(std::string_view origin, std::string_view host);

}  // namespace marsad::service
