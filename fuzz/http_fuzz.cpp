// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/check.h"
#include "service/http_target.h"

// Whatever a request line asks for, the path stays below the root.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto target = marsad::service::parse_target({reinterpret_cast<const char*>(data), size});
  if (!target) return 0;
  const std::string path = target->path + "/";
  CHECK(path.starts_with('/'));
  CHECK(path.find("/../") == std::string::npos);
  CHECK(path.find('\0') == std::string::npos);
  return 0;
}
