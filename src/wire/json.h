// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "wire/messages.h"

namespace marsad::wire {

// One line of JSON, for any struct of Everything or a vector of incidents. Numbers are as short as
// they round-trip; one that is not finite becomes null.
template <class Message>
std::string to_json(const Message& message);

// Reads one struct; unknown keys are ignored, missing ones keep their default. Errors name the
// key, what was found and what was expected. For what people send: NoteRequest, ResolveRequest.
template <class Message>
base::Result<Message> from_json(std::string_view text);

// TypeScript interfaces of Everything.
std::string typescript();

}  // namespace marsad::wire
