// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace marsad::seal {

// A password as it is kept: Argon2id [RFC9106] with a salt of its own, 64 MiB and 2 passes, which
// takes some tenths of a second. Errors: no memory for it.
base::Result<std::string> kept_password(std::string_view password);

// Whether it is the password that is kept so.
bool is_password(std::string_view password, const std::string& kept);

}  // namespace marsad::seal
