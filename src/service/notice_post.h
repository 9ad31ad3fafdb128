// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/result.h"
#include "exchange/dispatch.h"
#include "liaison/channel.h"
#include "seal/seal.h"

namespace marsad::service {

// What came of sending. handed: a server on the way has it, which is no word of the hop's.
enum class Delivery { unknown, handed, received };
struct Posted {
  Delivery delivery = Delivery::unknown;
  std::string answer = {};  // what the other side said, one line
};

// Sends a notice to a hop over a connection of its own, signed with the site's key where the form
// allows it; waits some seconds at most. An HTTP hop says by a status of 200 to 299 that it has it;
// a mail server by 250 that it will pass it on; a hop of Cursor-on-Target over TCP says nothing.
// Over TLS the other side's certificate is verified. Errors: it can't be reached, is not who it
// should be or refuses, or the notice can't be written in this form.
base::Result<Posted> post_notice(const liaison::Channel& channel,
                                 const exchange::Dispatch& dispatch, const seal::SigningKey& key);

}  // namespace marsad::service
