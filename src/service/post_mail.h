// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "service/address.h"
#include "service/notice_post.h"

namespace marsad::service {

// Hands a notice to a mail server [RFC5321], as text with the alert and the sheet attached.
// Errors: it can't be reached, is not who it should be, offers no TLS where that is wanted, or
// refuses sender, receiver or letter; the password can't be read.
base::Result<Posted> post_mail(const Address& to, const liaison::Channel& channel,
                               const exchange::Dispatch& dispatch);

}  // namespace marsad::service
