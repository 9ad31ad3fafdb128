// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "exchange/dispatch.h"

namespace marsad::exchange {

// A notice as an e-mail, in the partner's language, with the alert and the sheet to attach.
struct Email {
  std::string subject;     // tells nothing of the incident: servers on the way see and keep it
  std::string text;        // UTF-8
  std::string message_id;  // "<marsad.north.17.2@marsad>", of this attempt
  std::string date;        // "Sun, 22 Nov 2026 03:12:05 +0000"
  std::string alert;       // cap_alert
  std::string sheet;       // HTML
};
Email email(const Dispatch& dispatch);

}  // namespace marsad::exchange
