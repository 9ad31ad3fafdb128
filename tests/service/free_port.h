// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>

#include "base/check.h"

namespace marsad::service {

// A port of loopback on which nobody listened a moment ago.
inline std::uint16_t free_port() {
  const int one = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  CHECK(bind(one, reinterpret_cast<sockaddr*>(&address), size) == 0);
  CHECK(getsockname(one, reinterpret_cast<sockaddr*>(&address), &size) == 0);
  close(one);
  return ntohs(address.sin_port);
}

}  // namespace marsad::service
