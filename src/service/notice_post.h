// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "exchange/dispatch.h"
#include "liaison/partner.h"
#include "seal/seal.h"

namespace marsad::service {

// "http://host:port/path" or "tcp://host:port" in its parts.
struct Address {
  std::string scheme;
  std::string host;  // name or number; of IPv6 without its brackets
  std::string port;
  std::string path;  // "/" where there is none
};
std::optional<Address> read_address(std::string_view text);

// What came of sending.
struct Posted {
  bool received = false;  // the hop says that it has it
};

// Sends a notice to a hop, signed with the site's key where it is JSON; waits some seconds at most.
// An HTTP hop says by a status of 200 to 299 that it has it; a TCP hop says nothing. Errors: it
// can't be reached or refuses, or the notice can't be written in this form.
base::Result<Posted> post_notice(const liaison::Channel& channel,
                                 const exchange::Dispatch& dispatch, const seal::SigningKey& key);

}  // namespace marsad::service
