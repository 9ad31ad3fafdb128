// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <string_view>

#include "base/words.h"
#include "service/toml_reader.h"

namespace marsad::service {

// One of the known words, or `otherwise` where the key is missing; any other one is an error.
template <class Enum>
Enum read_word(TomlReader::Table& table, std::string_view key, Enum otherwise) {
  const auto text = table.text(key);
  if (!text) return otherwise;
  const auto value = base::from_word<Enum>(*text);
  if (!value) {
    table.wrong(key, fmt::format("found '{}'; expected one of {}", *text, base::all_words<Enum>()));
  }
  return value.value_or(otherwise);
}

}  // namespace marsad::service
