// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/check.h"

namespace marsad::service {

// A mail server on a free port of loopback that takes letters, one connection after the other, and
// keeps what it was told.
class FakeMailServer {
 public:
  // `at_data`: its answer to a whole letter. `extensions`: what it says that it can besides.
  explicit FakeMailServer(std::string at_data = "250 2.0.0 queued as 4711",
                          std::vector<std::string> extensions = {})
      : at_data_(std::move(at_data)), extensions_(std::move(extensions)) {
    socket_ = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    CHECK(bind(socket_, reinterpret_cast<sockaddr*>(&address), size) == 0);
    CHECK(listen(socket_, 8) == 0);
    CHECK(getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
    port_ = ntohs(address.sin_port);
    thread_ = std::jthread([this](const std::stop_token& stop) { serve(stop); });
  }
  ~FakeMailServer() {
    thread_ = {};
    close(socket_);
  }
  FakeMailServer(const FakeMailServer&) = delete;
  FakeMailServer& operator=(const FakeMailServer&) = delete;

  std::uint16_t port() const { return port_; }
  // All commands and letters so far, as they came.
  std::string heard() const {
    const std::lock_guard lock(mutex_);
    return heard_;
  }

 private:
  void serve(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      pollfd one{socket_, POLLIN, 0};
      if (poll(&one, 1, 50) != 1) continue;
      const int client = accept(socket_, nullptr, nullptr);
      if (client < 0) continue;
      talk(client, stop);
      close(client);
    }
  }

  void talk(int client, const std::stop_token& stop) {
    say(client, "220 fake.example ESMTP");
    std::string buffer;
    bool is_letter = false, is_secret = false;
    while (!stop.stop_requested()) {
      pollfd one{client, POLLIN, 0};
      if (poll(&one, 1, 50) != 1) continue;
      char bytes[4096];
      const ssize_t got = recv(client, bytes, sizeof(bytes), 0);
      if (got <= 0) return;
      buffer.append(bytes, static_cast<std::size_t>(got));
      for (std::size_t end; (end = buffer.find("\r\n")) != std::string::npos;) {
        const std::string line = buffer.substr(0, end);
        buffer.erase(0, end + 2);
        {
          const std::lock_guard lock(mutex_);
          heard_ += line + "\n";
        }
        if (is_letter) {
          if (line != ".") continue;
          is_letter = false;
          say(client, at_data_);
        } else if (line.starts_with("EHLO")) {
          for (const std::string& one_of : extensions_) say(client, "250-" + one_of);
          say(client, "250 SIZE 1000000");
        } else if (line == "DATA") {
          is_letter = true;
          say(client, "354 go on");
        } else if (line == "AUTH PLAIN") {
          is_secret = true;
          say(client, "334 ");
        } else if (is_secret) {
          is_secret = false;
          say(client, "235 welcome");
        } else if (line == "QUIT") {
          say(client, "221 bye");
          return;
        } else {
          say(client, "250 fine");
        }
      }
    }
  }

  static void say(int client, const std::string& line) {
    const std::string bytes = line + "\r\n";
    static_cast<void>(::send(client, bytes.data(), bytes.size(), MSG_NOSIGNAL));
  }

  const std::string at_data_;
  const std::vector<std::string> extensions_;
  int socket_ = -1;
  std::uint16_t port_ = 0;
  mutable std::mutex mutex_;
  std::string heard_;
  std::jthread thread_;
};

}  // namespace marsad::service
