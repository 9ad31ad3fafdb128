// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "base/time.h"
#include "liaison/notice.h"

namespace marsad::exchange {

// A notice on its way, and what stands on its envelope. Every writer of this room tells of the
// incident what is in the notice, and nothing else.
struct Dispatch {
  liaison::Notice notice;
  std::string sender;        // the site, as it is known outside: no spaces, commas, '<' or '&'
  std::uint64_t number = 1;  // of this notice among all to this partner; 0: a draft, not sent yet
  base::Time sent;
  std::uint32_t attempt = 1;  // above 1: it was sent before, and may have been received
  std::string why = {};       // the headquarters get it, who are not whom it is for

  // The same each time it is sent, and for no other notice: "marsad.north.17".
  std::string identifier() const;
};

}  // namespace marsad::exchange
