// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>

namespace marsad::base {

// An identifier a person chose ("T3"), typed so that a sensor's can't be passed for a zone's.
template <class Tag>
struct Name {
  std::string text;
  auto operator<=>(const Name&) const = default;
};

// An identifier the program counted; 0 is never given out.
template <class Tag>
struct Id {
  std::uint64_t value = 0;
  auto operator<=>(const Id&) const = default;
};

}  // namespace marsad::base

template <class Tag>
struct std::hash<marsad::base::Name<Tag>> {
  std::size_t operator()(const marsad::base::Name<Tag>& name) const {
    return std::hash<std::string>{}(name.text);
  }
};

template <class Tag>
struct std::hash<marsad::base::Id<Tag>> {
  std::size_t operator()(const marsad::base::Id<Tag>& id) const {
    return std::hash<std::uint64_t>{}(id.value);
  }
};
