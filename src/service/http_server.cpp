// SPDX-License-Identifier: Apache-2.0
#include "service/http_server.h"

#include <fmt/format.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <thread>

#include "base/log.h"
#include "service/http_answer.h"
#include "service/http_connection.h"
#include "service/http_files.h"
#include "service/http_live.h"
#include "service/tcp_door.h"

namespace marsad::service {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::size_t kHandlerThreads = 2;
constexpr std::chrono::milliseconds kSweepPeriod{500};

std::string why(const error_code& error, const ServerSettings& settings) {
  if (error == asio::error::address_in_use) {
    return "port in use; choose another with [service] port or --port";
  }
  if (error == asio::error::access_denied) {
    return fmt::format(
        "no right to listen on port {}; choose one above 1023 with [service] port "
        "or --port",
        settings.port);
  }
  return fmt::format(
      "can't listen there ({}); expected an address of this machine in [service] "
      "address",
      error.message());
}

base::Result<void> listen(tcp::acceptor& acceptor, const ServerSettings& settings) {
  const bool is_ipv6 = settings.address.find(':') != std::string::npos;
  const std::string where = is_ipv6 ? fmt::format("[{}]:{}", settings.address, settings.port)
                                    : fmt::format("{}:{}", settings.address, settings.port);
  error_code error;
  const auto address = asio::ip::make_address(settings.address, error);
  if (error) return base::Error{where, "not an IP address; expected one like 127.0.0.1"};
  error = listen_at(acceptor, {address, settings.port});
  if (error) return base::Error{where, why(error, settings)};
  return {};
}

// An exception that ends a coroutine ends one connection, and is worth a line.
void log_if_thrown(std::exception_ptr thrown) {
  if (!thrown) return;
  try {
    std::rethrow_exception(thrown);
  } catch (const std::exception& exception) {
    base::log_error(fmt::format("a connection ended: {}", exception.what()));
  }
}

}  // namespace

// One thread runs the sockets, so nothing of theirs needs a lock; the pool runs what may take long.
struct HttpServer::State {
  State(ServerSettings given, WebFolder folder, Handler handler, Greeting greeting)
      : settings(std::move(given)),
        answerer(std::move(folder), std::move(handler), settings.may_see_page),
        live(settings, std::move(greeting), pool) {}

  ~State() {
    io.stop();
    if (io_thread.joinable()) io_thread.join();
    pool.stop();
    pool.join();
    live.clear();
  }

  void run() {
    port = acceptor.local_endpoint().port();
    asio::co_spawn(io, accept(), log_if_thrown);
    asio::co_spawn(io, sweep(), log_if_thrown);
    io_thread = std::jthread([this] { io.run(); });
  }

  asio::awaitable<void> accept() {
    for (;;) {
      tcp::socket socket = co_await next_connection(acceptor);
      if (connections >= settings.max_connections) continue;
      error_code ignored;
      socket.set_option(tcp::no_delay(true), ignored);
      ++connections;
      const Shared shared{settings, answerer, live, pool, requests};
      asio::co_spawn(io, serve_connection(std::move(socket), shared),
                     [this](std::exception_ptr thrown) {
                       --connections;
                       log_if_thrown(thrown);
                     });
    }
  }

  asio::awaitable<void> sweep() {
    asio::steady_timer timer(io);
    for (;;) {
      timer.expires_after(kSweepPeriod);
      co_await timer.async_wait(asio::use_awaitable);
      live.cut_stuck();
      co_await live.cut_changed();
    }
  }

  // The order matters: coroutines that wait in the pool or in `io` end with these, and refer to all
  // that stands above.
  ServerSettings settings;
  Answerer answerer;
  std::atomic<std::uint64_t> requests = 0;
  std::size_t connections = 0;  // of the io thread
  std::uint16_t port = 0;
  LiveFeed live;
  asio::io_context io;
  tcp::acceptor acceptor{io};
  asio::thread_pool pool{kHandlerThreads};
  std::jthread io_thread;
};

HttpServer::HttpServer(std::unique_ptr<State> state) : state_(std::move(state)) {}
HttpServer::~HttpServer() = default;
HttpServer::HttpServer(HttpServer&&) noexcept = default;
HttpServer& HttpServer::operator=(HttpServer&&) noexcept = default;

base::Result<HttpServer> HttpServer::start(ServerSettings settings, Handler handler,
                                           Greeting greeting) {
  auto folder = WebFolder::open(settings.web_root);
  if (!folder) return folder.error();
  auto state = std::make_unique<State>(std::move(settings), *std::move(folder), std::move(handler),
                                       std::move(greeting));
  if (const auto listening = listen(state->acceptor, state->settings); !listening) {
    return listening.error();
  }
  state->run();
  return HttpServer(std::move(state));
}

std::uint16_t HttpServer::port() const { return state_->port; }

void HttpServer::publish(LiveMessage message) {
  asio::post(state_->io, [state = state_.get(), message = std::move(message)] {
    state->live.publish(message);
  });
}

ServerFigures HttpServer::figures() const {
  return {state_->requests, state_->live.clients(), state_->live.cut()};
}

}  // namespace marsad::service
