// SPDX-License-Identifier: Apache-2.0
#include "tests/service/http_client.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>

#include "base/check.h"

namespace marsad::service {
namespace {

constexpr time_t kPatience_s = 10;

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

Reply parse_head(const std::string& head) {
  Reply reply;
  reply.status = std::stoi(head.substr(head.find(' ') + 1, 3));
  std::size_t at = head.find("\r\n") + 2;
  while (at < head.size()) {
    const std::size_t end = head.find("\r\n", at);
    const std::string line = head.substr(at, end - at);
    const std::size_t colon = line.find(": ");
    if (colon != std::string::npos) {
      reply.headers[lower(line.substr(0, colon))] = line.substr(colon + 2);
    }
    at = end + 2;
  }
  return reply;
}

}  // namespace

HttpClient::HttpClient(std::uint16_t port, int receive_bytes)
    : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
  CHECK(socket_ >= 0);
  const timeval patience{kPatience_s, 0};
  setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
  setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
  if (receive_bytes > 0) {
    setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_bytes, sizeof(receive_bytes));
  }
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  CHECK(connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0);
}

HttpClient::~HttpClient() {
  if (socket_ >= 0) close(socket_);
}

void HttpClient::send(const std::string& bytes) {
  std::size_t sent = 0;
  while (sent < bytes.size()) {
    const ssize_t count = ::send(socket_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (count <= 0) return;  // the server has closed; what it said is still to be read
    sent += static_cast<std::size_t>(count);
  }
}

bool HttpClient::fill() {
  char bytes[16384];
  errno = 0;
  const ssize_t count = recv(socket_, bytes, sizeof(bytes), 0);
  if (count <= 0) return false;
  buffer_.append(bytes, static_cast<std::size_t>(count));
  return true;
}

std::optional<std::string> HttpClient::take(std::size_t bytes) {
  while (buffer_.size() < bytes) {
    if (!fill()) return std::nullopt;
  }
  std::string taken = buffer_.substr(0, bytes);
  buffer_.erase(0, bytes);
  return taken;
}

std::optional<Reply> HttpClient::read_reply(bool head) {
  std::size_t end = std::string::npos;
  while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) {
    if (!fill()) return std::nullopt;
  }
  Reply reply = parse_head(*take(end + 4));
  if (!head && reply.headers.contains("content-length")) {
    const auto body = take(std::stoul(reply.headers["content-length"]));
    if (!body) return std::nullopt;
    reply.body = *body;
  }
  return reply;
}

Reply HttpClient::request(const std::string& method, const std::string& target,
                          const std::string& body, const std::vector<std::string>& headers) {
  std::string text = method + " " + target + " HTTP/1.1\r\nHost: marsad:8080\r\n";
  for (const std::string& header : headers) text += header + "\r\n";
  if (!body.empty()) text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  send(text + "\r\n" + body);
  return read_reply(method == "HEAD").value_or(Reply{});
}

bool HttpClient::ended() {
  do {
    buffer_.clear();
  } while (fill());
  return errno != EAGAIN;  // which is what running out of patience looks like
}

int HttpClient::upgrade(const std::vector<std::string>& headers) {
  std::vector<std::string> all = {"Connection: Upgrade", "Upgrade: websocket",
                                  "Sec-WebSocket-Version: 13",
                                  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="};
  all.insert(all.end(), headers.begin(), headers.end());
  return request("GET", "/api/live", {}, all).status;
}

std::optional<std::string> HttpClient::read_message() {
  for (;;) {
    const auto head = take(2);
    if (!head) return std::nullopt;
    const int opcode = (*head)[0] & 0x0f;
    std::uint64_t length_bytes = static_cast<std::uint64_t>((*head)[1] & 0x7f);
    if (length_bytes >= 126) {
      const auto longer = take(length_bytes == 126 ? 2 : 8);
      if (!longer) return std::nullopt;
      length_bytes = 0;
      for (const char byte : *longer) {
        length_bytes = length_bytes << 8 | static_cast<unsigned char>(byte);
      }
    }
    auto payload = take(length_bytes);
    if (!payload || opcode == 8) return std::nullopt;
    if (opcode == 1) return payload;
  }
}

Reply get(std::uint16_t port, const std::string& target, const std::vector<std::string>& headers) {
  return HttpClient(port).request("GET", target, {}, headers);
}

}  // namespace marsad::service
