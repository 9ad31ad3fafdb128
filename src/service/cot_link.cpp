// SPDX-License-Identifier: Apache-2.0
#include "service/cot_link.h"

#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <utility>

#include "exchange/cot.h"
#include "exchange/cot_stream.h"
#include "service/curl_call.h"

namespace marsad::service {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kToWrite{5};
constexpr std::chrono::seconds kToAnswer{3};
constexpr std::chrono::seconds kAskEvery{30};
constexpr std::chrono::seconds kSilence{75};          // of a server that answered before
constexpr std::size_t kMostEventBytes = 1024 * 1024;  // of what the server tells of others
constexpr int kMostReads = 256;                       // at once, so that a flood does not hold us

}  // namespace

// An open connection and what is known of it.
class CotLink::Connection {
 public:
  Connection(const Address& to, const liaison::Proof& proof)
      : call_(to, to.scheme == "tls" ? "https" : "http", "/", proof) {
    call_.set(CURLOPT_CONNECT_ONLY, 1L);
    call_.set(CURLOPT_SSL_ENABLE_ALPN, 0L);  // it is no HTTP
    call_.set(CURLOPT_TCP_KEEPALIVE, 1L);
  }

  base::Result<void> open() {
    if (const auto done = call_.perform(); !done) return done;
    curl_easy_getinfo(call_.handle(), CURLINFO_ACTIVESOCKET, &socket_);
    return {};
  }

  base::Result<void> write(std::string_view bytes) {
    const auto until = Clock::now() + kToWrite;
    while (!bytes.empty()) {
      std::size_t sent = 0;
      const CURLcode code = curl_easy_send(call_.handle(), bytes.data(), bytes.size(), &sent);
      if (code != CURLE_OK && code != CURLE_AGAIN) return broken(code);
      bytes.remove_prefix(sent);
      if (code == CURLE_AGAIN && !wait(POLLOUT, until)) {
        return base::Error{call_.where(), "took too long to take the event"};
      }
    }
    return {};
  }

  // Takes what has come, without waiting; an answer to our question among it.
  base::Result<void> read() {
    std::array<char, 16 * 1024> buffer;
    for (int i = 0; i < kMostReads; ++i) {
      std::size_t got = 0;
      const CURLcode code = curl_easy_recv(call_.handle(), buffer.data(), buffer.size(), &got);
      if (code == CURLE_AGAIN) return {};
      if (code != CURLE_OK) return broken(code);
      if (got == 0) {
        return base::Error{call_.where(), "the server ended the connection"};
      }
      if (const auto taken = take({buffer.data(), got}); !taken) return taken;
    }
    return {};
  }

  base::Result<void> wait_for_answer() {
    const auto until = Clock::now() + kToAnswer;
    while (is_asked() && wait(POLLIN, until)) {
      if (const auto taken = read(); !taken) return taken;
    }
    return {};
  }

  base::Result<void> ask(const std::string& ping) {
    asked_at_ = Clock::now();
    if (!first_asked_at_) first_asked_at_ = asked_at_;
    ++asked_;
    return write(ping);
  }

  // Whether the newest question is not answered yet. Answers come in the order of the questions.
  bool is_asked() const { return answered_ < asked_; }
  // A server that was asked and says nothing.
  bool is_mute() const {
    return first_asked_at_ && !answers() && Clock::now() - *first_asked_at_ >= kToAnswer;
  }
  bool answers() const { return answered_at_.has_value(); }
  bool is_time_to_ask() const { return !asked_at_ || Clock::now() - *asked_at_ >= kAskEvery; }
  bool is_silent() const { return answers() && Clock::now() - *answered_at_ >= kSilence; }
  const std::string& where() const { return call_.where(); }

 private:
  base::Result<void> take(std::string_view bytes) {
    stream_.add(bytes);
    for (;;) {
      const auto event = stream_.next();
      if (!event) return base::Error{where(), to_string(event.error())};
      if (!*event) return {};
      const auto read = exchange::read_cot(**event, {.bytes = kMostEventBytes});
      if (!read || read->type != exchange::kCotPong) continue;
      answered_at_ = Clock::now();
      ++answered_;
    }
  }

  base::Error broken(CURLcode code) const {
    base::Error error = call_.error(code);
    error.message = "broke off: " + error.message;
    return error;
  }

  bool wait(short event, Clock::time_point until) const {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now());
    pollfd one{socket_, event, 0};
    return left.count() > 0 && poll(&one, 1, static_cast<int>(left.count())) == 1;
  }

  CurlCall call_;
  curl_socket_t socket_ = CURL_SOCKET_BAD;
  exchange::CotStream stream_{kMostEventBytes};
  std::optional<Clock::time_point> asked_at_;
  std::optional<Clock::time_point> answered_at_;
  std::optional<Clock::time_point> first_asked_at_;
  std::uint64_t asked_ = 0;
  std::uint64_t answered_ = 0;
};

CotLink::CotLink(liaison::Channel channel, std::string sender)
    : channel_(std::move(channel)), sender_(std::move(sender)) {}
CotLink::~CotLink() = default;

// A connection on which something went wrong is given up.
base::Result<void> CotLink::kept(base::Result<void> result) {
  if (!result) connection_.reset();
  return result;
}

base::Result<void> CotLink::connect() {
  if (connection_) return {};
  const auto to = read_address(channel_.address);
  if (!to) return base::Error{channel_.address, "not an address"};
  auto made = std::make_unique<Connection>(*to, channel_.proof);
  if (const auto open = made->open(); !open) return open;
  connection_ = std::move(made);
  return {};
}

base::Result<Posted> CotLink::send(const std::string& event, base::Time now) {
  // What came since tells whether the connection still stands.
  if (connection_ && !connection_->read()) connection_.reset();
  if (const auto ready = connect(); !ready) return ready.error();
  const bool is_mute = connection_->is_mute();  // and not waited for again
  auto sent = connection_->write(event);
  if (sent) sent = connection_->ask(exchange::cot_ping(sender_, now));
  if (sent && !is_mute) sent = connection_->wait_for_answer();
  if (!kept(sent)) return sent.error();
  if (connection_->is_asked()) return Posted{};
  return Posted{Delivery::handed, "the server answered that it has it"};
}

base::Result<void> CotLink::tend(base::Time now) {
  if (const auto ready = connect(); !ready) return ready;
  auto done = connection_->read();
  if (done && connection_->is_silent()) {
    done = base::Error{connection_->where(), "the server does not answer any more"};
  }
  if (done && connection_->is_time_to_ask()) {
    done = connection_->ask(exchange::cot_ping(sender_, now));
  }
  return kept(std::move(done));
}

}  // namespace marsad::service
