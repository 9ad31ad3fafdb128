// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"

namespace marsad::service {

// A certificate for TLS and its key, as files in PEM.
struct Certificate {
  std::filesystem::path chain;
  std::filesystem::path key;
  std::string fingerprint;  // SHA-256, as browsers show it: "AB:CD:…"
};

// `tls.crt` and `tls.key` beside the record. Where both are missing the site makes its own: P-256,
// signed by itself, for ten years, its key readable for the owner alone. Put others there to use
// one that browsers know. Errors: one of the two is missing, or they can't be read or written.
base::Result<Certificate> open_certificate(const std::filesystem::path& record,
                                           const std::string& address);

}  // namespace marsad::service
