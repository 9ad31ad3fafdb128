// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "exchange/cot.h"
#include "exchange/cot_stream.h"

namespace {

using marsad::exchange::CotStream;

constexpr std::size_t kMostBytes = 4096;

// The events that come out, each short enough; whether the bytes end in an error is the last word.
std::vector<std::string> events_of(std::string_view bytes, std::size_t piece) {
  CotStream stream(kMostBytes);
  std::vector<std::string> out;
  while (!bytes.empty()) {
    stream.add(bytes.substr(0, piece));
    bytes.remove_prefix(std::min(piece, bytes.size()));
    for (;;) {
      const auto next = stream.next();
      if (!next) {
        CHECK(!next.error().message.empty());
        out.emplace_back("error");
        return out;
      }
      if (!*next) break;
      CHECK((*next)->size() <= kMostBytes && (*next)->starts_with("<event"));
      static_cast<void>(marsad::exchange::read_cot(**next));
      out.push_back(**next);
    }
  }
  return out;
}

}  // namespace

// Any bytes in any pieces give the same events, or an error with words.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view all(reinterpret_cast<const char*>(data), size);
  if (all.empty()) return 0;
  const std::size_t piece = 1 + static_cast<unsigned char>(all.front()) % 64;
  CHECK(events_of(all.substr(1), piece) == events_of(all.substr(1), 1));
  return 0;
}
