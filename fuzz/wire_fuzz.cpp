// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "wire/json.h"

// Any body is refused with words, or comes back the same once written and read again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view body(reinterpret_cast<const char*>(data), size);
  using marsad::wire::ResolveRequest;
  const auto request = marsad::wire::from_json<ResolveRequest>(body);
  if (!request) {
    CHECK(!request.error().message.empty());
    return 0;
  }
  const auto again = marsad::wire::from_json<ResolveRequest>(marsad::wire::to_json(*request));
  CHECK(again.has_value());
  CHECK(again->outcome == request->outcome && again->by == request->by &&
        again->text == request->text);
  return 0;
}
