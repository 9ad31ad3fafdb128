// SPDX-License-Identifier: Apache-2.0
#include "service/tls_front.h"

#include <fmt/format.h>

#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <thread>

#include "service/tcp_door.h"

namespace marsad::service {
namespace {

namespace asio = boost::asio;
namespace ssl = asio::ssl;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::chrono::seconds kHandshake{10};
constexpr std::size_t kMaxConnections = 512;
constexpr std::size_t kBufferBytes = 16 * 1024;  // of one TLS record

// One connection and what it is passed on to. Ends when either side does.
struct Pair {
  Pair(tcp::socket socket, ssl::context& context, std::size_t& count)
      : outside(std::move(socket), context),
        inside(outside.get_executor()),
        timer(outside.get_executor()),
        open_pairs(count) {
    ++open_pairs;
  }
  ~Pair() { --open_pairs; }
  Pair(const Pair&) = delete;
  Pair& operator=(const Pair&) = delete;

  void close() {
    error_code ignored;
    outside.lowest_layer().close(ignored);
    inside.close(ignored);
    timer.cancel();
  }

  ssl::stream<tcp::socket> outside;
  tcp::socket inside;
  asio::steady_timer timer;
  std::size_t& open_pairs;
};
using PairPointer = std::shared_ptr<Pair>;

// Passes on what comes until the sender ends; a receiver that is slow slows its sender.
template <class From, class To>
asio::awaitable<void> pump([[maybe_unused]] PairPointer kept, From& from, To& to) {
  std::array<char, kBufferBytes> buffer;
  error_code error;
  while (!error) {
    const std::size_t bytes = co_await from.async_read_some(
        asio::buffer(buffer), asio::redirect_error(asio::use_awaitable, error));
    if (error) break;
    co_await asio::async_write(to, asio::buffer(buffer.data(), bytes),
                               asio::redirect_error(asio::use_awaitable, error));
  }
}

// What the inner server says, and then the farewell of TLS, so that nothing was cut off unseen.
asio::awaitable<void> pump_out(PairPointer pair) {
  co_await pump(pair, pair->inside, pair->outside);
  error_code error;
  pair->timer.expires_after(kHandshake);
  pair->timer.async_wait([pair](const error_code& cancelled) {
    if (!cancelled) pair->close();
  });
  co_await pair->outside.async_shutdown(asio::redirect_error(asio::use_awaitable, error));
  pair->close();
}

asio::awaitable<void> serve(PairPointer pair, std::uint16_t to_port) {
  error_code error;
  pair->timer.expires_after(kHandshake);
  pair->timer.async_wait([pair](const error_code& cancelled) {
    if (!cancelled) pair->close();
  });
  co_await pair->outside.async_handshake(ssl::stream_base::server,
                                         asio::redirect_error(asio::use_awaitable, error));
  pair->timer.cancel();
  if (error) co_return pair->close();
  co_await pair->inside.async_connect({asio::ip::address_v4::loopback(), to_port},
                                      asio::redirect_error(asio::use_awaitable, error));
  if (error) co_return pair->close();
  pair->inside.set_option(tcp::no_delay(true), error);
  asio::co_spawn(pair->outside.get_executor(), pump_out(pair), asio::detached);
  co_await pump(pair, pair->outside, pair->inside);
  pair->inside.shutdown(tcp::socket::shutdown_send, error);
}

}  // namespace

struct TlsFront::State {
  ~State() {
    io.stop();
    if (thread.joinable()) thread.join();
  }

  asio::awaitable<void> accept() {
    for (;;) {
      tcp::socket socket = co_await next_connection(acceptor);
      if (pairs >= kMaxConnections) continue;
      error_code ignored;
      socket.set_option(tcp::no_delay(true), ignored);
      const auto pair = std::make_shared<Pair>(std::move(socket), context, pairs);
      asio::co_spawn(io, serve(pair, to_port), asio::detached);
    }
  }

  std::size_t pairs = 0;  // of the thread
  std::uint16_t to_port = 0;
  ssl::context context{ssl::context::tls_server};
  asio::io_context io;
  tcp::acceptor acceptor{io};
  std::jthread thread;
};

TlsFront::TlsFront(std::unique_ptr<State> state) : state_(std::move(state)) {}
TlsFront::~TlsFront() = default;
TlsFront::TlsFront(TlsFront&&) noexcept = default;
TlsFront& TlsFront::operator=(TlsFront&&) noexcept = default;

base::Result<TlsFront> TlsFront::start(const std::string& address, std::uint16_t port,
                                       const Certificate& certificate, std::uint16_t to_port) {
  auto state = std::make_unique<State>();
  state->to_port = to_port;
  error_code error;
  state->context.set_options(ssl::context::default_workarounds | ssl::context::no_tlsv1 |
                             ssl::context::no_tlsv1_1);
  state->context.use_certificate_chain_file(certificate.chain.string(), error);
  if (error) return base::Error{certificate.chain.string(), error.message()};
  state->context.use_private_key_file(certificate.key.string(), ssl::context::pem, error);
  if (error) return base::Error{certificate.key.string(), error.message()};
  const auto ip = asio::ip::make_address(address, error);
  if (error) return base::Error{address, "not an IP address; expected one like 192.0.2.7"};
  error = listen_at(state->acceptor, {ip, port});
  if (error) {
    return base::Error{fmt::format("{}:{}", address, port),
                       fmt::format("can't listen there ({}); expected a free port and an address "
                                   "of this machine in [service]",
                                   error.message())};
  }
  State* const self = state.get();
  asio::co_spawn(self->io, self->accept(), asio::detached);
  self->thread = std::jthread([self] { self->io.run(); });
  return TlsFront(std::move(state));
}

std::uint16_t TlsFront::port() const { return state_->acceptor.local_endpoint().port(); }

}  // namespace marsad::service
