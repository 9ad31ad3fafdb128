// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "service/live_message.h"

namespace marsad::service {

struct HttpRequest {
  std::string method;  // "GET", also where the client asks for the HEAD alone
  std::string path;    // decoded, without the query: "/api/incidents/12"; no "." or ".." in it
  std::map<std::string, std::string> query;  // decoded; of a name given twice, the last
  std::string body;
  std::string cookie = {};  // the header fields of these names, where the client sent them
  std::string authorization = {};
};

struct HttpResponse {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
};

struct ServerSettings {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;                         // 0: any free one
  std::string web_root;                              // folder of the page; empty: none is served
  std::size_t outbox_messages = 256;                 // a WebSocket client that lags more is cut off
  std::size_t max_connections = 512;                 // further ones are closed at once
  std::chrono::milliseconds idle_timeout{60'000};    // for a connection's next request to begin
  std::chrono::milliseconds read_timeout{30'000};    // for all of a request once begun
  std::chrono::milliseconds write_timeout{120'000};  // for all of an answer
  std::chrono::milliseconds live_write_timeout{10'000};  // for one message to a WebSocket client
  // Whether whoever sent a request may see the page. Any thread. Empty: everybody may.
  std::function<bool(const HttpRequest&)> may_see_page;
  // As whom whoever sent a request listens to the live feed; none: they may not. Asked again some
  // times a second: a client that would be let in otherwise by then, or not at all, is cut off. Any
  // thread. Empty: everybody hears all.
  std::function<std::optional<Listener>(const HttpRequest&)> listener;
};

struct ServerFigures {
  std::uint64_t requests = 0;
  std::size_t live_clients = 0;
  std::uint64_t clients_cut = 0;  // for reading too slowly
};

// HTTP and WebSocket on one port. Requests under /api/ and /tiles/ go to the handler, on a small
// pool of threads; everything else is a file of `web_root`. GET /api/live upgrades to a WebSocket
// on which clients only listen. What would change something, and the upgrade, is refused where a
// page of another site sent it. A handler that throws costs its request only.
class HttpServer {
 public:
  using Handler = std::function<HttpResponse(const HttpRequest&)>;
  // What a client gets first, before anything published after it connected. Called on the pool.
  using Greeting = std::function<std::vector<std::string>(const Listener&)>;

  // Starts listening. Errors: port in use, address not ours, web_root missing.
  static base::Result<HttpServer> start(ServerSettings settings, Handler handler,
                                        Greeting greeting);
  ~HttpServer();  // stops at once, but for handlers that run: it waits for those
  HttpServer(HttpServer&&) noexcept;
  HttpServer& operator=(HttpServer&&) noexcept;

  std::uint16_t port() const;
  // Sends every live client what it is told of the message. One that still waits under the same
  // word is replaced, so that a lagging client skips to the newest state. Never waits. Any thread.
  void publish(LiveMessage message);
  ServerFigures figures() const;

 private:
  struct State;
  explicit HttpServer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace marsad::service
