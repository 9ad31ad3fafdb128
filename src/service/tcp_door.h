// SPDX-License-Identifier: Apache-2.0
#pragma once

// Asio 1.74 uses this and forgets to include it.
// clang-format off
#include <utility>
// clang-format on

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

// Where others connect to us. Only for .cpp files of this room.
namespace marsad::service {

// Begins to listen there, also where a connection of before is still fading away.
boost::system::error_code listen_at(boost::asio::ip::tcp::acceptor& acceptor,
                                    const boost::asio::ip::tcp::endpoint& endpoint);

// The next one who connects. What goes wrong meanwhile is logged, and waited for to pass.
boost::asio::awaitable<boost::asio::ip::tcp::socket> next_connection(
    boost::asio::ip::tcp::acceptor& acceptor);

}  // namespace marsad::service
