// SPDX-License-Identifier: Apache-2.0
#include "app/time_option.h"

#include <fmt/format.h>

namespace marsad::app {

base::Result<base::Time> read_time(const std::string& option, const std::string& text) {
  constexpr std::size_t kDateLength = 10;
  auto time = base::parse_iso8601(text.size() == kDateLength ? text + "T12:00:00Z" : text);
  if (time) return time;
  return base::Error{option, fmt::format("found '{}'; expected a date like 2026-11-22 (its noon, "
                                         "UTC) or a time like 2026-11-22T18:00:00Z",
                                         text)};
}

}  // namespace marsad::app
