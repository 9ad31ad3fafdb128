// SPDX-License-Identifier: Apache-2.0
#include <fstream>
#include <iterator>

#include "app/viewshed.h"
#include "terrain/ground_earthworks.h"
#include "wire/earthworks.h"

namespace marsad::app {
namespace {

base::Result<std::vector<terrain::EarthworkPiece>> read_earthworks(const std::string& file,
                                                                   const terrain::GroundMap& map) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return base::Error{file, "can't be read"};
  const std::string text(std::istreambuf_iterator<char>(in), {});
  const wire::ReadEarthworks read = wire::read_earthworks(text, file);
  if (!read.errors.empty()) return read.errors.front();
  return terrain::pieces_on(map, read.works);
}

}  // namespace

MapFiles files_of_any_kind() {
  return {terrain::GroundMap::read, terrain::write_layer, terrain::write_layer, read_earthworks};
}

}  // namespace marsad::app
