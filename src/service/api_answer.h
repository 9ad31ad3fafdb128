// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/result.h"
#include "service/http_server.h"

namespace marsad::service {

// The answers that all of the API gives.
HttpResponse json(std::string body);
HttpResponse refuse(int status, std::string why);  // {"error": why}

// In bytes, of what a person writes.
inline constexpr std::size_t kLongestNote = 4'000;

// Whether somebody said who they are, and what they wrote is not too long.
base::Result<void> check_words(const std::string& by, const std::string& text);

}  // namespace marsad::service
