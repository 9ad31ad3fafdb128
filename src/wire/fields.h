// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <tuple>

#include "wire/field_list.h"

// MARSAD_FIELDS(Struct, member, …) is a struct's one description: the JSON writer, the reader and
// the TypeScript types all follow it. Names on the wire are the members' own.
namespace marsad::wire {

template <class Struct, class Member>
struct Field {
  std::string_view name;
  Member Struct::* member;
};

template <class Struct, class Member>
constexpr Field<Struct, Member> field(std::string_view name, Member Struct::* member) {
  return {name, member};
}

}  // namespace marsad::wire

#define MARSAD_FIELD(Struct, member) ::marsad::wire::field(#member, &Struct::member)
#define MARSAD_FIELDS(Struct, ...)                                          \
  constexpr std::string_view struct_name(const Struct*) { return #Struct; } \
  constexpr auto fields_of(const Struct*) {                                 \
    return std::tuple(MARSAD_FOR_EACH(MARSAD_FIELD, Struct, __VA_ARGS__));  \
  }
