// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stop_token>

namespace marsad::app {

// A token that is stopped by the first Ctrl-C or SIGTERM, so that work can end cleanly; a second
// one ends the program at once. Call before any thread is started.
std::stop_token stop_on_interrupt();

// Waits until the token is stopped.
void wait_for_stop(std::stop_token token);

}  // namespace marsad::app
