// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

namespace marsad::base {

// Enumerators are also the words in files, in the record and on the wire. A room gives its enum
// one array of them, `constexpr auto words(Enum)`, in the enumerators' order; these two read it.
template <class Enum>
constexpr std::string_view word(Enum value) {
  return words(Enum{})[static_cast<std::size_t>(value)];
}

template <class Enum>
constexpr std::optional<Enum> from_word(std::string_view text) {
  constexpr auto kWords = words(Enum{});
  const auto found = std::find(kWords.begin(), kWords.end(), text);
  if (found == kWords.end()) return std::nullopt;
  return static_cast<Enum>(found - kWords.begin());
}

// "trench, berm, fence": for an error that says what was expected.
template <class Enum>
std::string all_words() {
  std::string out;
  for (const std::string_view text : words(Enum{})) {
    if (!out.empty()) out += ", ";
    out += text;
  }
  return out;
}

}  // namespace marsad::base
