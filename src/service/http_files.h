// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"
#include "service/http_server.h"

namespace marsad::service {

// The files of the page, none outside its folder whatever the request or a symbolic link says. What
// lies under /assets/ carries its content's hash in its name and is cached for good; everything
// else is asked for again each time, and answered 304 where it has not changed. Any thread.
class WebFolder {
 public:
  // An empty name serves nothing. Errors: no such folder.
  static base::Result<WebFolder> open(const std::string& folder);

  // `path` is a request's, decoded; `known_etag` what the browser says it has, or empty.
  HttpResponse get(std::string_view path, std::string_view known_etag) const;

 private:
  explicit WebFolder(std::filesystem::path root) : root_(std::move(root)) {}

  std::filesystem::path root_;  // canonical; empty where nothing is served
};

HttpResponse plain_text(int status, std::string text);

}  // namespace marsad::service
