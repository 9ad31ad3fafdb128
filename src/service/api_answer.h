// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/result.h"
#include "base/time.h"
#include "service/http_server.h"

namespace marsad::service {

// The answers that all of the API gives.
HttpResponse json(std::string body);
HttpResponse refuse(int status, std::string why);  // {"error": why}

// A time of the query; `otherwise` where it has none. The error names it.
base::Result<base::Time> time_of(const HttpRequest& request, const std::string& name,
                                 base::Time otherwise);

// In bytes, of what a person writes.
inline constexpr std::size_t kLongestNote = 4'000;

// Whether somebody said who they are, and what they wrote is not too long.
base::Result<void> check_words(const std::string& by, const std::string& text);

}  // namespace marsad::service
