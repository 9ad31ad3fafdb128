// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <semaphore>
#include <stdexcept>
#include <string>
#include <thread>

#include "service/http_server.h"
#include "tests/service/http_client.h"
#include "tests/support/temporary_folder.h"

namespace marsad::service {

// Waits until it holds, five seconds at most.
inline bool eventually(const std::function<bool()>& holds) {
  for (int i = 0; i < 500; ++i) {
    if (holds()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

// A server on a free port with a small page and a handler that shows what it was given.
class HttpTest : public ::testing::Test {
 protected:
  HttpTest() {
    settings_.port = 0;
    settings_.web_root = folder_.file("web");
    folder_.write("web/index.html", "<h1>Marsad</h1>");
    folder_.write("web/assets/index-4f2a.js", "start();");
    folder_.write("web/favicon.svg", "<svg/>");
    folder_.write("web/.hidden", "secret");
    folder_.write("secret.txt", "secret");
  }

  HttpServer start() {
    auto server = HttpServer::start(
        settings_, [this](const HttpRequest& request) { return handle(request); },
        [this](const Listener&) { return greeting_; });
    EXPECT_TRUE(server) << to_string(server.error());
    return *std::move(server);
  }

  HttpResponse handle(const HttpRequest& request) {
    if (request.path == "/api/throw") throw std::runtime_error("on purpose");
    if (request.path == "/api/wait") {
      waiting_.release();
      go_on_.acquire();
    }
    if (request.path == "/api/missing") return {404, "application/json", R"({"error":"none"})", {}};
    if (request.path == "/api/read-only" && request.method != "GET") {
      return {405, "application/json", R"({"error":"only GET"})", {{"Allow", "GET"}}};
    }
    if (request.path.starts_with("/tiles/")) {
      return {200, "image/png", std::string("\x89PNG\0", 5), {{"Cache-Control", "max-age=60"}}};
    }
    std::string shown = request.method + " " + request.path;
    for (const auto& [name, value] : request.query) shown += " " + name + "=" + value;
    return {200, "application/json", shown + " " + request.body, {}};
  }

  ServerSettings settings_;
  std::vector<std::string> greeting_ = {"hello"};
  test::TemporaryFolder folder_;
  std::counting_semaphore<> waiting_{0};  // released by each handler that waits
  std::counting_semaphore<> go_on_{0};    // lets one of them go on
};

}  // namespace marsad::service
