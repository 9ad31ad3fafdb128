// SPDX-License-Identifier: Apache-2.0
#include "service/cot_listener.h"

#include <fmt/format.h>
#include <openssl/x509.h>

#include <algorithm>
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
#include <map>
#include <mutex>
#include <thread>
#include <utility>

#include "base/log.h"
#include "exchange/cot_stream.h"
#include "service/address.h"
#include "service/camera_feed.h"
#include "service/tcp_door.h"

namespace marsad::service {
namespace {

namespace asio = boost::asio;
namespace ssl = asio::ssl;
using asio::ip::tcp;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;
using TlsStream = ssl::stream<tcp::socket>;

constexpr std::chrono::seconds kHandshake{10};
constexpr std::size_t kBufferBytes = 16 * 1024;

tcp::socket& socket_of(tcp::socket& stream) { return stream; }
tcp::socket& socket_of(TlsStream& stream) { return stream.next_layer(); }

// The name on the peer's certificate, which was verified.
std::string common_name(TlsStream& stream) {
  X509* const certificate = SSL_get1_peer_certificate(stream.native_handle());
  if (certificate == nullptr) return "";
  std::array<char, 100> name{};
  X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, name.data(),
                            static_cast<int>(name.size()));
  X509_free(certificate);
  return name.data();
}

// So many a second, and some at once.
class Rate {
 public:
  Rate(double per_s, double burst) : per_s_(per_s), burst_(burst), left_(burst) {}

  // How long to wait before the next one.
  Clock::duration take() {
    const Clock::time_point now = Clock::now();
    left_ = std::min(burst_, left_ + per_s_ * std::chrono::duration<double>(now - since_).count());
    since_ = now;
    left_ -= 1;
    if (left_ >= 0) return Clock::duration::zero();
    return std::chrono::duration_cast<Clock::duration>(
        std::chrono::duration<double>(-left_ / per_s_));
  }

 private:
  const double per_s_;
  const double burst_;
  double left_;
  Clock::time_point since_ = Clock::now();
};

}  // namespace

struct CotListener::State {
  State(liaison::Listener of, Take taker, CotListenerLimits with)
      : listener(std::move(of)), take(std::move(taker)), limits(with) {}
  ~State() {
    io.stop();
    if (thread.joinable()) thread.join();
  }

  asio::awaitable<void> accept();
  asio::awaitable<void> serve_tcp(tcp::socket socket, std::string peer);
  asio::awaitable<void> serve_tls(tcp::socket socket, std::string peer);
  template <class Stream>
  asio::awaitable<void> read_events(Stream& stream, std::string source);
  template <class Stream>
  asio::awaitable<bool> take_events(Stream& stream, exchange::CotStream& events, Rate& rate,
                                    const std::string& source);
  // True where it asks whether somebody is there.
  bool take_event(const std::string& bytes, const std::string& source);
  bool has_room_for(const std::string& peer);
  void refuse(const std::string& reason, const std::string& source, const std::string& detail);

  const liaison::Listener listener;
  const Take take;
  const CotListenerLimits limits;
  mutable std::mutex mutex;  // of the figures
  std::uint64_t taken = 0;
  std::size_t connections = 0;                    // that said who they are, where they must
  std::map<std::string, std::size_t> handshakes;  // under way, by the peer's address
  std::map<std::string, std::uint64_t> refused;
  std::optional<ssl::context> context;  // where it is TLS
  asio::io_context io;
  tcp::acceptor acceptor{io};
  std::jthread thread;
};

namespace {

// Counts a connection while it lives, and ends it when its time is over.
class Watched {
 public:
  Watched(tcp::socket& socket, std::mutex& mutex, std::size_t& count)
      : ends_(std::make_shared<tcp::socket*>(&socket)),
        timer_(socket.get_executor()),
        mutex_(mutex),
        count_(count) {
    const std::lock_guard lock(mutex_);
    ++count_;
  }
  ~Watched() {
    *ends_ = nullptr;
    const std::lock_guard lock(mutex_);
    --count_;
  }
  Watched(const Watched&) = delete;
  Watched& operator=(const Watched&) = delete;

  void allow(Clock::duration time) {
    const std::uint64_t turn = ++*turn_;
    timer_.expires_after(time);
    // The handler may run after the connection has ended or was allowed more: it was on its way.
    timer_.async_wait([ends = ends_, turns = turn_, turn](const error_code& cancelled) {
      error_code ignored;
      if (!cancelled && *ends != nullptr && *turns == turn) (*ends)->close(ignored);
    });
  }

 private:
  std::shared_ptr<tcp::socket*> ends_;
  std::shared_ptr<std::uint64_t> turn_ = std::make_shared<std::uint64_t>(0);
  asio::steady_timer timer_;
  std::mutex& mutex_;
  std::size_t& count_;
};

}  // namespace

void CotListener::State::refuse(const std::string& reason, const std::string& source,
                                const std::string& detail) {
  {
    const std::lock_guard lock(mutex);
    if (refused[reason]++ > 0) return;
  }
  // The first of each reason is logged, the rest are counted.
  base::log_warning(fmt::format("{}: {} from {}{}{}", listener.name, reason, source,
                                detail.empty() ? "" : ": ", detail));
}

bool CotListener::State::take_event(const std::string& bytes, const std::string& source) {
  const auto event = exchange::read_cot(bytes, {.bytes = limits.event_bytes});
  if (!event) {
    refuse("unreadable", source, to_string(event.error()));
    return false;
  }
  if (event->type == exchange::kCotPing) return true;
  if (const auto why = take(*event, source)) {
    refuse(*why, source, "");
    return false;
  }
  const std::lock_guard lock(mutex);
  ++taken;
  return false;
}

template <class Stream>
asio::awaitable<bool> CotListener::State::take_events(Stream& stream, exchange::CotStream& events,
                                                      Rate& rate, const std::string& source) {
  asio::steady_timer pause(io);
  for (;;) {
    const auto event = events.next();
    if (!event) {
      refuse("no_event", source, to_string(event.error()));
      co_return false;
    }
    if (!*event) co_return true;
    error_code error;
    if (const Clock::duration wait = rate.take(); wait > Clock::duration::zero()) {
      refuse("slowed_down", source, "it sends more than is read of one connection");
      pause.expires_after(wait);
      co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
    }
    if (!take_event(**event, source)) continue;
    const std::string pong = exchange::cot_pong(now());
    co_await asio::async_write(stream, asio::buffer(pong),
                               asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return false;
  }
}

template <class Stream>
asio::awaitable<void> CotListener::State::read_events(Stream& stream, std::string source) {
  exchange::CotStream events(limits.event_bytes);
  Rate rate(limits.events_per_s, limits.burst);
  std::array<char, kBufferBytes> buffer;
  Watched watched(socket_of(stream), mutex, connections);
  std::optional<Clock::time_point> begun;  // an event that has not ended
  error_code error;
  for (;;) {
    const auto until_end =
        begun ? *begun + limits.unfinished - Clock::now() : Clock::duration(limits.idle);
    watched.allow(std::min<Clock::duration>(until_end, limits.idle));
    const std::size_t bytes = co_await stream.async_read_some(
        asio::buffer(buffer), asio::redirect_error(asio::use_awaitable, error));
    if (error) break;
    watched.allow(limits.idle);
    events.add({buffer.data(), bytes});
    if (!co_await take_events(stream, events, rate, source)) break;
    if (!events.is_within()) begun.reset();
    if (events.is_within() && !begun) begun = Clock::now();
  }
  if (begun) refuse("unfinished", source, "an event that did not end");
}

asio::awaitable<void> CotListener::State::serve_tcp(tcp::socket socket, std::string peer) {
  co_await read_events(socket, listener.name + " " + peer);
}

asio::awaitable<void> CotListener::State::serve_tls(tcp::socket socket, std::string peer) {
  TlsStream stream(std::move(socket), *context);
  error_code error;
  {
    std::unique_lock lock(mutex);
    std::size_t& of_peer = handshakes[peer];
    lock.unlock();
    Watched watched(socket_of(stream), mutex, of_peer);
    watched.allow(kHandshake);
    co_await stream.async_handshake(ssl::stream_base::server,
                                    asio::redirect_error(asio::use_awaitable, error));
  }
  {
    const std::lock_guard lock(mutex);
    if (handshakes[peer] == 0) handshakes.erase(peer);
  }
  if (error) {
    refuse("no_certificate_of_the_authority", listener.name + " " + peer, error.message());
    co_return;
  }
  std::string source = listener.name + " " + common_name(stream);
  co_await read_events(stream, std::move(source));
}

// Who has said nothing yet takes no place from those who have, nor all places from other addresses.
bool CotListener::State::has_room_for(const std::string& peer) {
  const std::lock_guard lock(mutex);
  const auto waiting = handshakes.find(peer);
  return connections < limits.connections && handshakes.size() < limits.connections &&
         (waiting == handshakes.end() || waiting->second < limits.handshakes_of_one);
}

asio::awaitable<void> CotListener::State::accept() {
  for (;;) {
    tcp::socket socket = co_await next_connection(acceptor);
    error_code error;
    const auto endpoint = socket.remote_endpoint(error);
    std::string peer = error ? "?" : endpoint.address().to_string();
    if (!has_room_for(peer)) {
      refuse("too_many_connections", listener.name + " " + peer, "");
      continue;
    }
    asio::co_spawn(io,
                   context ? serve_tls(std::move(socket), std::move(peer))
                           : serve_tcp(std::move(socket), std::move(peer)),
                   asio::detached);
  }
}

namespace {

// A context that lets nobody in whose certificate the authority did not sign.
base::Result<void> prepare(ssl::context& context, const liaison::Proof& proof) {
  context.set_options(ssl::context::default_workarounds | ssl::context::no_tlsv1 |
                      ssl::context::no_tlsv1_1);
  error_code error;
  context.use_certificate_chain_file(proof.certificate, error);
  if (error) return base::Error{proof.certificate, error.message()};
  context.use_private_key_file(proof.key, ssl::context::pem, error);
  if (error) return base::Error{proof.key, error.message()};
  context.load_verify_file(proof.authority, error);
  if (error) return base::Error{proof.authority, error.message()};
  context.set_verify_mode(ssl::verify_peer | ssl::verify_fail_if_no_peer_cert, error);
  if (error) return base::Error{proof.authority, error.message()};
  return {};
}

}  // namespace

CotListener::CotListener(std::unique_ptr<State> state) : state_(std::move(state)) {}
CotListener::~CotListener() = default;
CotListener::CotListener(CotListener&&) noexcept = default;
CotListener& CotListener::operator=(CotListener&&) noexcept = default;

base::Result<CotListener> CotListener::start(const liaison::Listener& listener, Take take,
                                             CotListenerLimits limits) {
  auto state = std::make_unique<State>(listener, std::move(take), limits);
  const auto address = read_address(listener.address);
  error_code error;
  if (address) {
    const auto ip = asio::ip::make_address(address->host, error);
    if (address->scheme == "tls") {
      state->context.emplace(ssl::context::tls_server);
      if (const auto ready = prepare(*state->context, listener.proof); !ready) {
        return ready.error();
      }
    }
    const auto port = static_cast<std::uint16_t>(std::stoi(address->port));
    if (!error) error = listen_at(state->acceptor, {ip, port});
  }
  if (!address || error) {
    return base::Error{listener.address,
                       fmt::format("can't listen there{}; expected a number of this machine and a "
                                   "free port, like tls://192.0.2.7:8089",
                                   error ? " (" + error.message() + ")" : std::string())};
  }
  State* const self = state.get();
  asio::co_spawn(self->io, self->accept(), asio::detached);
  self->thread = std::jthread([self] { self->io.run(); });
  return CotListener(std::move(state));
}

std::uint16_t CotListener::port() const { return state_->acceptor.local_endpoint().port(); }

wire::ChannelView CotListener::view() const {
  wire::ChannelView out;
  out.name = state_->listener.name;
  out.listens = true;
  out.form = "cot";
  out.address = state_->listener.address;
  const std::lock_guard lock(state_->mutex);
  out.state = state_->taken > 0 ? "ok" : "idle";
  out.taken = state_->taken;
  out.connections = state_->connections;
  for (const auto& [reason, count] : state_->refused) out.refused.push_back({reason, count});
  return out;
}

}  // namespace marsad::service
