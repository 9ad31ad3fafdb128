// SPDX-License-Identifier: Apache-2.0
#include "service/http_connection.h"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <chrono>
#include <string>

#include "service/http_pool.h"
#include "service/http_target.h"

namespace marsad::service {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using Error = boost::system::error_code;
using Response = http::response<http::string_body>;

constexpr std::size_t kMaxHeaderBytes = 16 * 1024;
constexpr std::uint64_t kMaxBodyBytes = 1024 * 1024;
constexpr std::size_t kReadBytes = 4096;
constexpr std::chrono::seconds kFarewell{2};

std::string field(const LiveFeed::Request& request, http::field name) {
  return std::string(request[name]);
}

RequestFields fields_of(const LiveFeed::Request& request) {
  return {field(request, http::field::origin), field(request, http::field::host),
          field(request, http::field::if_none_match), field(request, http::field::cookie),
          field(request, http::field::authorization)};
}

// What to say to bytes that are no request; 0: nothing, the connection just ends.
int status_of(const Error& error) {
  if (error == http::error::header_limit) return 431;
  if (error == http::error::body_limit) return 413;
  const bool ended = error == http::error::end_of_stream || error == http::error::partial_message;
  return !ended && error.category() == http::make_error_code(http::error::bad_method).category()
             ? 400
             : 0;
}

class Connection {
 public:
  Connection(asio::ip::tcp::socket socket, Shared shared)
      : stream_(std::move(socket)), shared_(shared) {}

  asio::awaitable<void> serve() {
    bool goes_on = true;
    while (goes_on) {
      goes_on = co_await wait_for_request();
      if (goes_on) goes_on = co_await serve_request();
    }
    co_await close();
  }

 private:
  using Parser = http::request_parser<http::string_body>;

  // Waits longer for a request to begin than for the rest of one that has begun.
  asio::awaitable<bool> wait_for_request() {
    if (buffer_.size() > 0) co_return true;
    Error error;
    stream_.expires_after(shared_.settings.idle_timeout);
    const std::size_t read_bytes = co_await stream_.async_read_some(
        buffer_.prepare(kReadBytes), asio::redirect_error(asio::use_awaitable, error));
    buffer_.commit(read_bytes);
    co_return !error;
  }

  // Reads on for a moment what the client still sends: closing on unread bytes would reset the
  // connection, and the client might never see why it was refused.
  asio::awaitable<void> close() {
    Error error;
    stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_send, error);
    stream_.expires_after(kFarewell);
    while (!error) {
      buffer_.clear();
      co_await stream_.async_read_some(buffer_.prepare(kReadBytes),
                                       asio::redirect_error(asio::use_awaitable, error));
    }
  }

  // False where the connection ends with it.
  asio::awaitable<bool> serve_request() {
    Parser parser;
    parser.header_limit(kMaxHeaderBytes);
    parser.body_limit(kMaxBodyBytes);
    stream_.expires_after(shared_.settings.read_timeout);
    const Error error = co_await read(parser);
    if (error) {
      co_await refuse(status_of(error));
      co_return false;
    }
    ++shared_.requests;
    auto request = parser.release();
    if (is_live_upgrade(request)) {
      co_return co_await upgrade(std::move(request));
    }
    co_return co_await answer(std::move(request));
  }

  asio::awaitable<Error> read(Parser& parser) {
    Error error;
    co_await http::async_read_header(stream_, buffer_, parser,
                                     asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return error;
    if (beast::iequals(parser.get()[http::field::expect], "100-continue")) {
      http::response<http::empty_body> go_on(http::status::continue_, 11);
      co_await http::async_write(stream_, go_on, asio::redirect_error(asio::use_awaitable, error));
      if (error) co_return error;
    }
    co_await http::async_read(stream_, buffer_, parser,
                              asio::redirect_error(asio::use_awaitable, error));
    co_return error;
  }

  static bool is_live_upgrade(const LiveFeed::Request& request) {
    if (!beast::websocket::is_upgrade(request)) return false;
    const auto target = parse_target({request.target().data(), request.target().size()});
    return target && target->path == "/api/live";
  }

  asio::awaitable<bool> upgrade(LiveFeed::Request request) {
    const RequestFields fields = fields_of(request);
    const HttpRequest asked{"GET", "/api/live", {}, "", fields.cookie, fields.authorization};
    const auto listener = co_await shared_.live.listener_of(asked);
    if (!is_same_site(fields.origin, fields.host) || !listener) {
      co_await refuse(403);
    } else {
      LiveFeed::Admitted admitted{asked, *listener};
      co_await shared_.live.serve(std::move(stream_), std::move(request), std::move(admitted));
    }
    co_return false;
  }

  asio::awaitable<bool> answer(LiveFeed::Request request) {
    const bool head_only = request.method() == http::verb::head;
    const bool keep_alive = request.keep_alive();
    const unsigned version = request.version();
    stream_.expires_never();  // the handler may take its time
    auto answered = co_await on_pool(shared_.pool, [this, &request] {
      return shared_.answerer.answer(
          std::string_view(request.method_string().data(), request.method_string().size()),
          std::string_view(request.target().data(), request.target().size()),
          std::move(request.body()), fields_of(request));
    });
    Response response = to_beast(std::move(answered), version);
    response.keep_alive(keep_alive);
    co_return co_await write(std::move(response), head_only) && keep_alive;
  }

  asio::awaitable<void> refuse(int status) {
    if (status == 0) co_return;
    const auto reason = http::obsolete_reason(static_cast<http::status>(status));
    Response response = to_beast(plain_text(status, std::string(reason) + "\n"), 11);
    response.keep_alive(false);
    co_await write(std::move(response), false);
  }

  static Response to_beast(HttpResponse answered, unsigned version) {
    Response response(static_cast<http::status>(answered.status), version);
    for (const auto& [name, value] : answered.headers) response.insert(name, value);
    response.set(http::field::content_type, answered.content_type);
    response.body() = std::move(answered.body);
    response.prepare_payload();
    return response;
  }

  asio::awaitable<bool> write(Response response, bool head_only) {
    Error error;
    http::response_serializer<http::string_body> serializer(response);
    stream_.expires_after(shared_.settings.write_timeout);
    if (head_only) {
      co_await http::async_write_header(stream_, serializer,
                                        asio::redirect_error(asio::use_awaitable, error));
    } else {
      co_await http::async_write(stream_, serializer,
                                 asio::redirect_error(asio::use_awaitable, error));
    }
    co_return !error;
  }

  beast::tcp_stream stream_;
  beast::flat_buffer buffer_;
  Shared shared_;
};

}  // namespace

asio::awaitable<void> serve_connection(asio::ip::tcp::socket socket, Shared shared) {
  Connection connection(std::move(socket), shared);
  co_await connection.serve();
}

}  // namespace marsad::service
