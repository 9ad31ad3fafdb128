// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <vector>

#include "service/toml_reader.h"
#include "terrain/elevation.h"

namespace marsad::service {

// The rasters that a site's table [elevation] names, with what their heights are above; none where
// it names none. What is wrong is told of the table.
std::vector<terrain::ElevationFile> read_elevation_files(TomlReader::Table& table,
                                                         const std::filesystem::path& folder);

}  // namespace marsad::service
