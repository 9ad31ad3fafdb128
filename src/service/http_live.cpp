// SPDX-License-Identifier: Apache-2.0
#include "service/http_live.h"

#include <fmt/format.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <chrono>
#include <optional>
#include <vector>

#include "base/log.h"
#include "service/http_pool.h"

namespace marsad::service {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using Clock = std::chrono::steady_clock;

// Clients only listen; what they say is read for the pings and thrown away.
constexpr std::size_t kMaxClientMessageBytes = 4096;

}  // namespace

struct LiveFeed::Client {
  Client(beast::tcp_stream stream, std::size_t outbox_messages, Admitted as)
      : admitted(std::move(as)),
        socket(std::move(stream)),
        wake(socket.get_executor()),
        outbox(outbox_messages) {
    wake.expires_at(Clock::time_point::max());
    socket.set_option(websocket::stream_base::timeout::suggested(beast::role_type::server));
    socket.read_message_max(kMaxClientMessageBytes);
    socket.auto_fragment(false);
  }

  // Ends what is pending on the socket and wakes the writer.
  void close() {
    open = false;
    beast::get_lowest_layer(socket).close();
    wake.cancel();
  }

  const Admitted admitted;
  websocket::stream<beast::tcp_stream, false> socket;  // false: no compression
  asio::steady_timer wake;                             // cancelled when the outbox fills
  Outbox outbox;
  std::optional<Clock::time_point> writing_since;
  bool open = true;
};

LiveFeed::LiveFeed(const ServerSettings& settings, HttpServer::Greeting greeting,
                   asio::thread_pool& pool)
    : outbox_messages_(settings.outbox_messages),
      write_timeout_(settings.live_write_timeout),
      greeting_(std::move(greeting)),
      listener_(settings.listener),
      pool_(pool) {}

LiveFeed::~LiveFeed() = default;

// Who can't be told from others now, because the asking fails, is not let in.
std::optional<Listener> LiveFeed::ask(const HttpRequest& asked) const {
  if (!listener_) return Listener{};
  try {
    return listener_(asked);
  } catch (const std::exception& exception) {
    base::log_error(fmt::format("who is a live client: {}", exception.what()));
    return std::nullopt;
  }
}

asio::awaitable<std::optional<Listener>> LiveFeed::listener_of(HttpRequest asked) {
  co_return co_await on_pool(pool_, [this, &asked] { return ask(asked); });
}

asio::awaitable<void> LiveFeed::serve(beast::tcp_stream stream, Request request,
                                      Admitted admitted) {
  stream.expires_never();  // the WebSocket has time-outs of its own
  const auto client =
      std::make_shared<Client>(std::move(stream), outbox_messages_, std::move(admitted));
  // Before the answer goes out: once a client knows that it is connected it misses nothing.
  clients_.insert(client);
  client_count_ = clients_.size();

  boost::system::error_code error;
  co_await client->socket.async_accept(request, asio::redirect_error(asio::use_awaitable, error));
  if (!error) {
    asio::co_spawn(client->socket.get_executor(), write_all(client), asio::detached);
  }
  beast::flat_buffer ignored;
  while (!error) {
    co_await client->socket.async_read(ignored, asio::redirect_error(asio::use_awaitable, error));
    ignored.clear();
  }
  remove(client);
}

asio::awaitable<void> LiveFeed::write_all(ClientPointer client) {
  bool good = co_await greet(client);
  while (good && client->open) {
    if (client->outbox.empty()) {
      boost::system::error_code woken;
      co_await client->wake.async_wait(asio::redirect_error(asio::use_awaitable, woken));
    } else {
      good = co_await write(client, client->outbox.take());
    }
  }
  remove(client);
}

asio::awaitable<bool> LiveFeed::greet(ClientPointer client) {
  using Messages = std::optional<std::vector<std::string>>;
  if (!greeting_) co_return true;
  auto messages = co_await on_pool(pool_, [this, &client]() -> Messages {
    try {
      return greeting_(client->admitted.listener);
    } catch (const std::exception& exception) {
      base::log_error(fmt::format("greeting of a live client: {}", exception.what()));
      return std::nullopt;
    }
  });
  if (!messages) co_return false;
  for (std::string& message : *messages) {
    if (!client->open) co_return false;
    const bool good =
        co_await write(client, std::make_shared<const std::string>(std::move(message)));
    if (!good) co_return false;
  }
  co_return true;
}

asio::awaitable<bool> LiveFeed::write(ClientPointer client, SharedText text) {
  client->writing_since = Clock::now();
  boost::system::error_code error;
  co_await client->socket.async_write(asio::buffer(*text),
                                      asio::redirect_error(asio::use_awaitable, error));
  client->writing_since.reset();
  co_return !error;
}

void LiveFeed::publish(const LiveMessage& message) {
  std::vector<ClientPointer> full;
  // Most clients listen as one of a few: each kind's text is made once.
  std::vector<std::pair<const Listener*, SharedText>> made;
  const auto text_for = [&](const Listener& listener) {
    for (const auto& [known, text] : made) {
      if (*known == listener) return text;
    }
    return made.emplace_back(&listener, message.told_to(listener)).second;
  };
  for (const ClientPointer& client : clients_) {
    const SharedText text = text_for(client->admitted.listener);
    if (!text) continue;
    if (!client->outbox.push(text, message.replaces)) {
      full.push_back(client);
    } else if (!client->writing_since) {
      client->wake.cancel();
    }
  }
  for (const ClientPointer& client : full) {
    cut(client, fmt::format("{} messages wait for it", outbox_messages_));
  }
}

void LiveFeed::cut_stuck() {
  std::vector<ClientPointer> stuck;
  const auto now = Clock::now();
  for (const ClientPointer& client : clients_) {
    if (client->writing_since && now - *client->writing_since > write_timeout_) {
      stuck.push_back(client);
    }
  }
  for (const ClientPointer& client : stuck) cut(client, "it took too long to read a message");
}

asio::awaitable<void> LiveFeed::cut_changed() {
  if (!listener_) co_return;
  const std::vector<ClientPointer> asked(clients_.begin(), clients_.end());
  const auto changed = co_await on_pool(pool_, [this, &asked] {
    std::vector<ClientPointer> out;
    for (const ClientPointer& client : asked) {
      if (ask(client->admitted.asked) != client->admitted.listener) out.push_back(client);
    }
    return out;
  });
  for (const ClientPointer& client : changed) {
    base::log_info(fmt::format("ended a live feed of '{}': the session or its rights changed",
                               client->admitted.listener.scope.name));
    remove(client);
  }
}

void LiveFeed::clear() {
  clients_.clear();
  client_count_ = 0;
}

void LiveFeed::remove(const ClientPointer& client) {
  client->close();
  clients_.erase(client);
  client_count_ = clients_.size();
}

void LiveFeed::cut(const ClientPointer& client, const std::string& why) {
  base::log_warning(fmt::format("cut a live client: {}", why));
  ++cut_count_;
  remove(client);
}

}  // namespace marsad::service
