// SPDX-License-Identifier: Apache-2.0
#include "service/tcp_door.h"

#include <fmt/format.h>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>

#include "base/log.h"

namespace marsad::service {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::chrono::milliseconds kPauseAfterFailedAccept{100};

}  // namespace

error_code listen_at(tcp::acceptor& acceptor, const tcp::endpoint& endpoint) {
  error_code error;
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(tcp::acceptor::max_listen_connections, error);
  return error;
}

asio::awaitable<tcp::socket> next_connection(tcp::acceptor& acceptor) {
  for (;;) {
    error_code error;
    tcp::socket socket =
        co_await acceptor.async_accept(asio::redirect_error(asio::use_awaitable, error));
    if (!error) co_return socket;
    // Out of descriptors, most likely: others must end before one can begin.
    base::log_warning(fmt::format("can't accept a connection: {}", error.message()));
    asio::steady_timer pause(acceptor.get_executor(), kPauseAfterFailedAccept);
    co_await pause.async_wait(asio::use_awaitable);
  }
}

}  // namespace marsad::service
