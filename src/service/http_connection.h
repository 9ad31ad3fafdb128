// SPDX-License-Identifier: Apache-2.0
#pragma once

// Asio 1.74 uses this and forgets to include it.
// clang-format off
#include <utility>
// clang-format on

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/thread_pool.hpp>

#include "service/http_answer.h"
#include "service/http_live.h"

namespace marsad::service {

// What connections share.
struct Shared {
  const ServerSettings& settings;
  const Answerer& answerer;
  LiveFeed& live;
  boost::asio::thread_pool& pool;
  std::atomic<std::uint64_t>& requests;
};

// Serves the requests of one connection, one after the other, until it ends or fails.
boost::asio::awaitable<void> serve_connection(boost::asio::ip::tcp::socket socket, Shared shared);

}  // namespace marsad::service
