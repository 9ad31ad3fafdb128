// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace marsad::service {

// "https://host:port/path" or "tcp://host:port" in its parts.
struct Address {
  std::string scheme;
  std::string host;  // name or number; of IPv6 without its brackets
  std::string port;
  std::string path;  // "/" where there is none

  // The host as it stands in an address: that of IPv6 in brackets.
  std::string bracketed_host() const {
    return host.find(':') == std::string::npos ? host : "[" + host + "]";
  }
};

// None where it is no such address.
std::optional<Address> read_address(std::string_view text);

}  // namespace marsad::service
