// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <thread>

#include "service/http_server.h"

namespace marsad::service {

// How many live clients the server counts, once they are so many or after ten seconds: a client
// hears that it is out a little before the door has counted it.
inline auto live_clients_soon(const HttpServer& server, std::size_t expected) {
  const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (server.figures().live_clients != expected && std::chrono::steady_clock::now() < give_up) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return server.figures().live_clients;
}

}  // namespace marsad::service
