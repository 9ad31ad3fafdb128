// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string_view>

namespace marsad::test {

// A file or folder of the real data, which are kept outside the repository: below MARSAD_DATA, else
// beside it. None where it is missing; such a test calls GTEST_SKIP.
inline std::optional<std::filesystem::path> real_data(std::string_view relative) {
  const char* folder = std::getenv("MARSAD_DATA");
  std::filesystem::path path = std::filesystem::path(folder ? folder : "../shared/data") / relative;
  if (!std::filesystem::exists(path)) return std::nullopt;
  return path;
}

}  // namespace marsad::test
