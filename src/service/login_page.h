// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "service/http_server.h"

namespace marsad::service {

// The page to log in, or at the first start to set the administrator's password; it needs no
// script. `message` says why the last try failed.
HttpResponse login_page(bool first_start, const std::string& message);

}  // namespace marsad::service
