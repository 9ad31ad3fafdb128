// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "exchange/dispatch.h"

namespace marsad::exchange {

// A notice as a page to print and hand over, in the partner's language, from right to left where
// that is written so. One file of HTML that needs nothing else. Of a draft the number and the time
// are left open.
std::string sheet(const Dispatch& dispatch);

}  // namespace marsad::exchange
