// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace marsad::service {

struct Reply {
  int status = 0;
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
};

// A blocking client that sends what it is told, also what no honest client would. Whatever it waits
// for, it waits ten seconds at most.
class HttpClient {
 public:
  // With a small `receive_bytes` the server soon notices that nobody reads.
  explicit HttpClient(std::uint16_t port, int receive_bytes = 0);
  ~HttpClient();
  HttpClient(HttpClient&& other) noexcept
      : socket_(std::exchange(other.socket_, -1)), buffer_(std::move(other.buffer_)) {}
  HttpClient& operator=(HttpClient&&) = delete;

  void send(const std::string& bytes);
  // None where the connection ended. The reply to HEAD has no body.
  std::optional<Reply> read_reply(bool head = false);
  Reply request(const std::string& method, const std::string& target, const std::string& body = {},
                const std::vector<std::string>& headers = {});
  // True where the server closed the connection.
  bool ended();

  // Upgrades to the live feed; the status of the answer, 101 where it did.
  int upgrade(const std::vector<std::string>& headers = {});
  // The next text message; none where the connection ended.
  std::optional<std::string> read_message();

 private:
  bool fill();
  std::optional<std::string> take(std::size_t bytes);

  int socket_ = -1;
  std::string buffer_;
};

Reply get(std::uint16_t port, const std::string& target,
          const std::vector<std::string>& headers = {});

}  // namespace marsad::service
