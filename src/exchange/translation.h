// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "exchange/dispatch.h"

namespace marsad::exchange {

// What stands around the fields of a notice, in a person's words.
struct Phrases {
  std::string_view notice;    // "Notice of an incident at the border"
  std::string_view number;    // "Notice number"
  std::string_view sent;      // "Sent"
  std::string_view exercise;  // "EXERCISE: what is told here did not happen"
  std::string_view repeated;  // "Sent again; you may have received it before"
  std::string_view receipt;   // "Please confirm receipt, with the notice number"
};
const Phrases& phrases(liaison::Language language);

// The language as XML and HTML name it; and whether it is written from right to left.
std::string_view language_tag(liaison::Language language);
bool is_right_to_left(liaison::Language language);

// What a notice tells, in its partner's language: name of the field and what it says. A word that
// has no translation stands as it is on the wire.
struct Line {
  std::string name;
  std::string value;
};
std::vector<Line> lines(const liaison::Notice& notice);

}  // namespace marsad::exchange
