// SPDX-License-Identifier: Apache-2.0
#include "service/site_files.h"

#include <fmt/format.h>

#include "service/site.h"
#include "video/address.h"

namespace marsad::service {

std::optional<std::string> SiteFiles::growing_text(const std::string& location) {
  if (location.empty()) return std::nullopt;
  auto text = read_text(resolve(folder_, location));
  if (text) return *std::move(text);
  wrong(text.error());
  return std::nullopt;
}

std::optional<std::string> SiteFiles::text(const std::string& location) {
  auto text = growing_text(location);
  if (text) recorded_ += fmt::format("\n# {}\n{}", location, video::without_passwords(*text));
  return text;
}

std::string SiteFiles::path(const std::string& location) const {
  return resolve(folder_, location).string();
}

}  // namespace marsad::service
