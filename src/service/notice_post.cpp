// SPDX-License-Identifier: Apache-2.0
#include "service/notice_post.h"

#include <fmt/format.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstring>
#include <memory>
#include <utility>
#include <vector>

#include "exchange/cap.h"
#include "exchange/cot.h"
#include "exchange/webhook.h"

namespace marsad::service {
namespace {

using Clock = std::chrono::steady_clock;
using Headers = std::vector<std::pair<std::string, std::string>>;

constexpr std::chrono::seconds kPatience{10};  // for all of one notice
constexpr std::size_t kStatusLine = 13;        // "HTTP/1.1 200 "

std::string system_error(std::string_view what) {
  return fmt::format("{}: {}", what, std::strerror(errno));
}

// A socket that never blocks longer than its patience.
class Connection {
 public:
  Connection() = default;
  ~Connection() { close(); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  base::Result<void> open(const Address& to) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (const int code = getaddrinfo(to.host.c_str(), to.port.c_str(), &hints, &found); code != 0) {
      return base::Error{to.host, gai_strerror(code)};
    }
    const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> all(found, &freeaddrinfo);
    std::string why = "no address";
    for (const addrinfo* one = found; one != nullptr; one = one->ai_next) {
      if (connect_to(*one)) return {};
      why = system_error("can't connect");
      close();
    }
    return base::Error{fmt::format("{}:{}", to.host, to.port), why};
  }

  base::Result<void> write(std::string_view bytes) {
    while (!bytes.empty()) {
      if (!wait(POLLOUT)) return base::Error{"", "took too long to take the notice"};
      const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent < 0 && errno != EAGAIN) return base::Error{"", system_error("broke off")};
      if (sent > 0) bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return {};
  }

  // Up to so many bytes; fewer where the other side ends or takes too long.
  std::string read(std::size_t most) {
    std::string out;
    while (out.size() < most && wait(POLLIN)) {
      char buffer[64];
      const std::size_t wanted = std::min(sizeof(buffer), most - out.size());
      const ssize_t got = recv(socket_, buffer, wanted, 0);
      if (got == 0 || (got < 0 && errno != EAGAIN)) break;
      if (got > 0) out.append(buffer, static_cast<std::size_t>(got));
    }
    return out;
  }

  // Nothing more is sent; what was sent goes out.
  void end() { shutdown(socket_, SHUT_WR); }

 private:
  bool connect_to(const addrinfo& where) {
    socket_ = ::socket(where.ai_family, where.ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (socket_ < 0) return false;
    if (connect(socket_, where.ai_addr, where.ai_addrlen) == 0) return true;
    if (errno != EINPROGRESS) return false;
    if (!wait(POLLOUT)) {
      errno = ETIMEDOUT;
      return false;
    }
    int code = 0;
    socklen_t size = sizeof(code);
    getsockopt(socket_, SOL_SOCKET, SO_ERROR, &code, &size);
    errno = code;
    return code == 0;
  }

  bool wait(short event) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until_ - Clock::now());
    pollfd poll_one{socket_, event, 0};
    return left.count() > 0 && poll(&poll_one, 1, static_cast<int>(left.count())) == 1;
  }

  void close() {
    if (socket_ >= 0) ::close(std::exchange(socket_, -1));
  }

  int socket_ = -1;
  Clock::time_point until_ = Clock::now() + kPatience;
};

base::Result<Posted> post_http(const Address& to, std::string_view type, const std::string& body,
                               const Headers& headers) {
  Connection connection;
  if (const auto open = connection.open(to); !open) return open.error();
  const bool is_ipv6 = to.host.find(':') != std::string::npos;
  std::string request = fmt::format(
      "POST {} HTTP/1.1\r\nHost: {}:{}\r\nContent-Type: {}\r\nContent-Length: {}\r\n"
      "Connection: close\r\n",
      to.path, is_ipv6 ? fmt::format("[{}]", to.host) : to.host, to.port, type, body.size());
  for (const auto& [name, value] : headers) request += fmt::format("{}: {}\r\n", name, value);
  if (const auto sent = connection.write(request + "\r\n" + body); !sent) return sent.error();
  const std::string line = connection.read(kStatusLine);
  int status = 0;
  if (line.size() == kStatusLine && line.starts_with("HTTP/1.")) {
    std::from_chars(line.data() + 9, line.data() + 12, status);
  }
  if (status >= 200 && status <= 299) return Posted{true};
  return base::Error{fmt::format("{}:{}", to.host, to.port),
                     status == 0 ? std::string("no answer in HTTP")
                                 : fmt::format("refused with status {}", status)};
}

base::Result<Posted> post_tcp(const Address& to, const std::string& body) {
  Connection connection;
  if (const auto open = connection.open(to); !open) return open.error();
  if (const auto sent = connection.write(body); !sent) return sent.error();
  connection.end();
  connection.read(1);  // until the other side has taken all and ends
  return Posted{false};
}

}  // namespace

std::optional<Address> read_address(std::string_view text) {
  const std::size_t scheme_end = text.find("://");
  if (scheme_end == std::string_view::npos) return std::nullopt;
  Address out;
  out.scheme = std::string(text.substr(0, scheme_end));
  std::string_view rest = text.substr(scheme_end + 3);
  const std::size_t slash = std::min(rest.find('/'), rest.size());
  out.path = slash == rest.size() ? "/" : std::string(rest.substr(slash));
  rest = rest.substr(0, slash);
  const std::size_t colon = rest.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  std::string_view host = rest.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  int port = 0;
  const std::string_view digits = rest.substr(colon + 1);
  const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (error != std::errc() || stop != digits.data() + digits.size() || port < 1 || port > 65'535) {
    return std::nullopt;
  }
  const auto is_odd = [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f; };
  if (host.empty() || std::any_of(text.begin(), text.end(), is_odd)) return std::nullopt;
  out.host = std::string(host);
  out.port = std::string(digits);
  return out;
}

base::Result<Posted> post_notice(const liaison::Channel& channel,
                                 const exchange::Dispatch& dispatch, const seal::SigningKey& key) {
  const auto to = read_address(channel.address);
  if (!to) return base::Error{channel.address, "not an address"};
  switch (channel.form) {
    case liaison::Form::webhook: {
      const exchange::Webhook hook = exchange::webhook(dispatch, key);
      return post_http(*to, "application/json", hook.body, hook.headers);
    }
    case liaison::Form::cap: {
      const std::string alert = exchange::cap_alert(dispatch);
      return post_http(*to, "application/cap+xml", alert,
                       {{"Marsad-Key", key.public_key()}, {"Marsad-Signature", key.sign(alert)}});
    }
    case liaison::Form::cot: {
      const auto event = exchange::cot_event(dispatch);
      if (!event) return event.error();
      return post_tcp(*to, *event);
    }
  }
  return base::Error{channel.hop, "no such form"};
}

}  // namespace marsad::service
