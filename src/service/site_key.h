// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"
#include "seal/seal.h"

namespace marsad::service {

// The site's key, which signs its audit log and notices, in `site.key` beside the record. Made
// where it is missing, readable for its owner alone; the public one is put beside it as
// `site.key.pub`. Errors: can't be read or written, is no key.
base::Result<seal::SigningKey> open_site_key(const std::filesystem::path& record);

// The public key beside a record. Errors: none there.
base::Result<std::string> public_site_key(const std::filesystem::path& record);

// Writes a file that only its owner may read; it is on the disk on return. Errors: it exists, or
// can't be written.
base::Result<void> write_secret(const std::filesystem::path& file, const std::string& text);

}  // namespace marsad::service
