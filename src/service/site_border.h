// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "border/border.h"
#include "service/site_files.h"
#include "service/toml_reader.h"

namespace marsad::service {

// The border of a site: its line, barriers, zones, who holds it and the forces about, from the
// tables [border], [barriers], [zones], [control] and [forces]. None where there is no line; what
// is wrong goes to the files' and the table's errors.
std::optional<border::Border> read_border(TomlReader::Table& root, SiteFiles& files);

}  // namespace marsad::service
