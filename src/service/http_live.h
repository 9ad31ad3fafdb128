// SPDX-License-Identifier: Apache-2.0
#pragma once

// Asio 1.74 uses this and forgets to include it.
// clang-format off
#include <utility>
// clang-format on

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "service/http_outbox.h"
#include "service/http_server.h"

namespace marsad::service {

// The WebSocket clients and what waits for each. All of it but the figures belongs to the thread of
// the io_context; a client that can't keep up is cut, so that it costs the others nothing.
class LiveFeed {
 public:
  using Request = boost::beast::http::request<boost::beast::http::string_body>;

  LiveFeed(const ServerSettings& settings, HttpServer::Greeting greeting,
           boost::asio::thread_pool& pool);
  ~LiveFeed();

  // What a client asked with, and as whom it was let in.
  struct Admitted {
    HttpRequest asked;
    Listener listener;
  };

  // As whom whoever sent this may listen; none: they may not.
  boost::asio::awaitable<std::optional<Listener>> listener_of(HttpRequest asked);
  // Answers the upgrade and serves the client until it goes or is cut.
  boost::asio::awaitable<void> serve(boost::beast::tcp_stream stream, Request request,
                                     Admitted admitted);
  void publish(const LiveMessage& message);
  // Cuts clients whose write has taken too long; to be called every now and then.
  void cut_stuck();
  // Ends those who would not be let in as they were; to be called every now and then.
  boost::asio::awaitable<void> cut_changed();
  // Lets go of all clients, before the io_context goes.
  void clear();

  // Any thread.
  std::size_t clients() const { return client_count_; }
  std::uint64_t cut() const { return cut_count_; }

 private:
  struct Client;
  using ClientPointer = std::shared_ptr<Client>;

  boost::asio::awaitable<void> write_all(ClientPointer client);
  boost::asio::awaitable<bool> greet(ClientPointer client);
  boost::asio::awaitable<bool> write(ClientPointer client, SharedText text);
  void remove(const ClientPointer& client);
  void cut(const ClientPointer& client, const std::string& why);

  std::optional<Listener> ask(const HttpRequest& asked) const;

  std::size_t outbox_messages_;
  std::chrono::milliseconds write_timeout_;
  HttpServer::Greeting greeting_;
  std::function<std::optional<Listener>(const HttpRequest&)> listener_;
  boost::asio::thread_pool& pool_;
  std::set<ClientPointer> clients_;
  std::atomic<std::size_t> client_count_ = 0;
  std::atomic<std::uint64_t> cut_count_ = 0;
};

}  // namespace marsad::service
