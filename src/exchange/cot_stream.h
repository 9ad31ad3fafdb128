// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"

namespace marsad::exchange {

// Parts what comes over a connection of Cursor-on-Target into events, which follow each other with
// nothing between them but blanks and XML declarations. Bytes may come in any pieces. It holds no
// more than one event of `most_bytes` and the piece that came last.
class CotStream {
 public:
  explicit CotStream(std::size_t most_bytes = 64 * 1024) : most_bytes_(most_bytes) {}

  void add(std::string_view bytes) { buffer_.append(bytes); }
  // The next event as it came, to be read by read_cot; none until all of it is here. Errors:
  // something that is no event, one that is too long; nothing after that is ever an event.
  base::Result<std::optional<std::string>> next();
  // Whether an event has begun and not ended.
  bool is_within() const { return !buffer_.empty(); }

 private:
  const std::size_t most_bytes_;
  std::string buffer_;
  std::size_t searched_ = 0;  // of the buffer, for the event's end
};

// What asks a server of Cursor-on-Target whether it is there, and what it answers: it answers after
// it has taken all that came before.
std::string cot_ping(std::string_view sender, base::Time now);
std::string cot_pong(base::Time now);
inline constexpr std::string_view kCotPing = "t-x-c-t";
inline constexpr std::string_view kCotPong = "t-x-c-t-r";

}  // namespace marsad::exchange
