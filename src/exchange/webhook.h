// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "exchange/dispatch.h"
#include "seal/seal.h"

namespace marsad::exchange {

// A notice as JSON for a program of the partner's (wire::NoticeView), with the header fields that
// prove who sent it.
struct Webhook {
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
};

// `Marsad-Signature` is Ed25519 over the body's bytes, `Marsad-Key` the public key that checks it,
// which the partner must have got by another way. The body tells number and attempt, so that a
// receiver knows one that it has already.
Webhook webhook(const Dispatch& dispatch, const seal::SigningKey& key);

}  // namespace marsad::exchange
