// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "wire/accounting_messages.h"

namespace marsad::app {

// A page for print and screen: what was seen, done and missed, by day, stretch and sensor.
std::string account_page(const wire::AccountingView& account, const std::string& site);

}  // namespace marsad::app
