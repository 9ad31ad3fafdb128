// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "incident/judge.h"
#include "service/toml_reader.h"

namespace marsad::service {

// What the judge tells where and when, from the table [incident]; what is wrong goes to the table's
// errors.
incident::JudgeSettings read_incident(TomlReader::Table& table);

}  // namespace marsad::service
