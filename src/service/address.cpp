// SPDX-License-Identifier: Apache-2.0
#include "service/address.h"

#include <algorithm>
#include <charconv>

namespace marsad::service {

std::optional<Address> read_address(std::string_view text) {
  const std::size_t scheme_end = text.find("://");
  if (scheme_end == std::string_view::npos) return std::nullopt;
  Address out;
  out.scheme = std::string(text.substr(0, scheme_end));
  std::string_view rest = text.substr(scheme_end + 3);
  const std::size_t slash = std::min(rest.find('/'), rest.size());
  out.path = slash == rest.size() ? "/" : std::string(rest.substr(slash));
  rest = rest.substr(0, slash);
  const std::size_t colon = rest.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  std::string_view host = rest.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  int port = 0;
  const std::string_view digits = rest.substr(colon + 1);
  const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (error != std::errc() || stop != digits.data() + digits.size() || port < 1 || port > 65'535) {
    return std::nullopt;
  }
  const auto is_odd = [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f; };
  if (host.empty() || std::any_of(text.begin(), text.end(), is_odd)) return std::nullopt;
  out.host = std::string(host);
  out.port = std::string(digits);
  return out;
}

}  // namespace marsad::service
