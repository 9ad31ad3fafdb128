// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "service/http_files.h"
#include "service/http_server.h"

namespace marsad::service {

// The header fields an answer depends on; empty where the request has none.
struct RequestFields {
  std::string origin;
  std::string host;
  std::string known_etag;  // If-None-Match
  std::string cookie = {};
  std::string authorization = {};
};

// Turns a request into an answer: the handler's under /api/ and /tiles/, a file of the page
// elsewhere. Who may not see the page is sent to /api/login. Any thread; never throws.
class Answerer {
 public:
  using May = std::function<bool(const HttpRequest&)>;

  // An empty `may_see` lets everybody see the page.
  Answerer(WebFolder folder, HttpServer::Handler handler, May may_see = {})
      : folder_(std::move(folder)), handler_(std::move(handler)), may_see_(std::move(may_see)) {}

  // HEAD is answered as GET; the connection leaves the body out.
  HttpResponse answer(std::string_view method, std::string_view target, std::string body,
                      const RequestFields& fields) const;

 private:
  HttpResponse route(const HttpRequest& request, const RequestFields& fields) const;
  HttpResponse call_handler(const HttpRequest& request) const;

  WebFolder folder_;
  HttpServer::Handler handler_;
  May may_see_;
};

// {"error": message}; the message must need no escape.
HttpResponse json_error(int status, std::string_view message);

}  // namespace marsad::service
