// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "exchange/dispatch.h"
#include "exchange/xml.h"

namespace marsad::exchange {

// A notice as a Cursor-on-Target event [CoT], a mover of unknown allegiance on the ground at the
// middle of the cell the place was coarsened to, with the cell as its circular error; it is stale
// an hour after it was sent. Errors: a notice without a place, which an event can't do without.
base::Result<std::string> cot_event(const Dispatch& dispatch);

// An event somebody sent, as far as Marsad reads it: who is where, and since when.
struct CotEvent {
  std::string uid;
  std::string type;  // "a-f-G-U-C"
  std::string how;
  base::Time time, start, stale;
  geo::Geodetic place;                     // height as sent, above the ellipsoid; 0 where unknown
  std::optional<double> circular_error_m;  // none where the sender does not know
  std::string callsign;
  std::optional<double> speed_mps;
  std::optional<double> course_rad;  // clockwise from north

  bool is_friend() const { return type.starts_with("a-f"); }
};

// Reads one event of version 2 from bytes that anybody may have written. Errors: no XML, beyond the
// limits, no event, an attribute missing or impossible.
base::Result<CotEvent> read_cot(std::string_view bytes, const XmlLimits& limits = {});

}  // namespace marsad::exchange
