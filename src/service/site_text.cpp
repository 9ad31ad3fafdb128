// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "service/site.h"

namespace marsad::service {

std::string folder_in(const std::string& site_text) {
  if (!site_text.starts_with(kSiteFolderLine)) return "";
  return site_text.substr(kSiteFolderLine.size(), site_text.find('\n') - kSiteFolderLine.size());
}

std::string without_folder(const std::string& site_text) {
  return site_text.starts_with(kSiteFolderLine) ? site_text.substr(site_text.find('\n') + 1)
                                                : site_text;
}

base::Result<std::string> read_text(const std::filesystem::path& file) {
  std::error_code code;
  if (std::filesystem::is_directory(file, code)) {
    return base::Error{file.string(), "a folder; expected a text file"};
  }
  std::ifstream in(file, std::ios::binary);
  if (!in) return base::Error{file.string(), "can't be read; expected a text file"};
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::filesystem::path resolve(const std::filesystem::path& folder, const std::string& location) {
  constexpr std::string_view kVariable = "${MARSAD_DATA}";
  if (location.starts_with(kVariable)) {
    const char* value = std::getenv("MARSAD_DATA");
    return std::filesystem::path(value != nullptr ? value : "../shared/data") /
           std::filesystem::path(location.substr(kVariable.size())).relative_path();
  }
  const std::filesystem::path path(location);
  return path.is_absolute() ? path : (folder / path).lexically_normal();
}

}  // namespace marsad::service
