// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "base/check.h"

// The words the columns hold for enumerators, in the enumerators' order: the enumerators' names, so
// that a record can be read by a person and an enumerator may move.
namespace marsad::store {

inline constexpr std::array<std::string_view, 3> kTrackStatusWords = {"tentative", "confirmed",
                                                                      "lost"};
inline constexpr std::array<std::string_view, 1> kKindWords = {"crossing"};
inline constexpr std::array<std::string_view, 2> kDirectionWords = {"inbound", "outbound"};
inline constexpr std::array<std::string_view, 3> kStateWords = {"open", "acknowledged", "resolved"};
inline constexpr std::array<std::string_view, 8> kOutcomeWords = {
    "turned_back", "detained",  "aid_given", "handed_to_partner",
    "lost",        "own_force", "animal",    "false_alarm"};

template <class Enum, std::size_t N>
std::string word(Enum value, const std::array<std::string_view, N>& words) {
  const auto index = static_cast<std::size_t>(value);
  CHECK(index < N);
  return std::string(words[index]);
}

template <class Enum, std::size_t N>
std::optional<Enum> from_word(std::string_view text, const std::array<std::string_view, N>& words) {
  for (std::size_t i = 0; i < N; ++i) {
    if (words[i] == text) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace marsad::store
