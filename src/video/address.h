// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace marsad::video {

// A source's location as it may be shown, logged and recorded: of an address, what stands for the
// password is replaced, as in rtsp://user:***@host/path?pwd=***. It is taken to be all between the
// first ':' and the last '@', so that nothing of one with '/' or '@' in it shows either, and all
// behind a key like password= up to the next '&'. A file's path stays as it is.
std::string without_password(std::string_view location);

// The same for every address in a text, where one ends at a blank or a double quote.
std::string without_passwords(std::string_view text);

}  // namespace marsad::video
