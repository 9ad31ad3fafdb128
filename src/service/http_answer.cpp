// SPDX-License-Identifier: Apache-2.0
#include "service/http_answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/log.h"
#include "service/http_target.h"

namespace marsad::service {
namespace {

bool is_for_handler(std::string_view path) {
  return path.starts_with("/api/") || path.starts_with("/tiles/");
}

void add_unless_given(HttpResponse& response, const std::string& name, const std::string& value) {
  const bool given = std::any_of(response.headers.begin(), response.headers.end(),
                                 [&](const auto& header) { return header.first == name; });
  if (!given) response.headers.emplace_back(name, value);
}

// What a map page needs and no more: MapLibre starts its worker from a blob, draws images from
// blobs and data, sets styles on elements, and shapes Arabic with WebAssembly.
void add_security(HttpResponse& response) {
  add_unless_given(response, "Content-Security-Policy",
                   "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; "
                   "worker-src 'self' blob:; child-src 'self' blob:; img-src 'self' blob: data:; "
                   "style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'self'; "
                   "form-action 'self'; frame-ancestors 'none'");
  add_unless_given(response, "X-Content-Type-Options", "nosniff");
  add_unless_given(response, "Referrer-Policy", "same-origin");
}

}  // namespace

HttpResponse json_error(int status, std::string_view message) {
  return {status, "application/json", fmt::format("{{\"error\":\"{}\"}}", message), {}};
}

HttpResponse Answerer::answer(std::string_view method, std::string_view target, std::string body,
                              const RequestFields& fields) const {
  auto parsed = parse_target(target);
  HttpResponse response =
      parsed
          ? route({std::string(method == "HEAD" ? "GET" : method), std::move(parsed->path),
                   std::move(parsed->query), std::move(body), fields.cookie, fields.authorization},
                  fields)
          : plain_text(400, "bad request target\n");
  add_security(response);
  return response;
}

HttpResponse Answerer::route(const HttpRequest& request, const RequestFields& fields) const {
  const bool reads = request.method == "GET";
  // Other sites' pages, open in an officer's browser, must not act in their name.
  if (!reads && !is_same_site(fields.origin, fields.host)) {
    return json_error(403, "refused: sent by a page of another site");
  }
  if (is_for_handler(request.path)) {
    HttpResponse response = call_handler(request);
    add_unless_given(response, "Cache-Control", "no-store");
    return response;
  }
  if (!reads) {
    HttpResponse response = plain_text(405, "only GET and HEAD\n");
    response.headers.emplace_back("Allow", "GET, HEAD");
    return response;
  }
  const bool is_page = request.path == "/" || request.path == "/index.html";
  if (is_page && may_see_ && !may_see_(request)) {
    HttpResponse response = plain_text(303, "log in first\n");
    response.headers.emplace_back("Location", "/api/login");
    return response;
  }
  return folder_.get(request.path, fields.known_etag);
}

HttpResponse Answerer::call_handler(const HttpRequest& request) const {
  if (request.path == "/api/live") return json_error(426, "a WebSocket; expected an upgrade");
  if (!handler_) return json_error(404, "not found");
  try {
    return handler_(request);
  } catch (const std::exception& exception) {
    base::log_error(fmt::format("{} {}: {}", request.method, request.path, exception.what()));
  } catch (...) {
    base::log_error(fmt::format("{} {}: unknown exception", request.method, request.path));
  }
  return json_error(500, "internal error, see the log");
}

}  // namespace marsad::service
