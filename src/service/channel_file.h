// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "liaison/policy.h"
#include "service/toml_reader.h"

namespace marsad::service {

// The tables [[channel]] and [[listener]] of a liaison file: how hops are reached, and where others
// reach us. Files that they name lie relative to `folder`, which is the liaison file's. What is
// wrong goes to the reader's errors.
void read_channels(TomlReader::Table& root, const std::filesystem::path& folder,
                   liaison::Liaison& into);

}  // namespace marsad::service
