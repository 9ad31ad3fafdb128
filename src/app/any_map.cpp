// SPDX-License-Identifier: Apache-2.0
#include <fstream>
#include <iterator>

#include "app/viewshed.h"
#include "terrain/ground_earthworks.h"
#include "wire/earthworks.h"

namespace marsad::app {
namespace {

// By GDAL, which knows where the earthworks' places lie in the map's system.
base::Result<MapWithWorks> read_with_works(const std::string& file, const std::string& earthworks,
                                           std::span<const terrain::MapPlace> places,
                                           double range_m) {
  std::ifstream in(earthworks, std::ios::binary);
  if (!in) return base::Error{earthworks, "can't be read"};
  const std::string text(std::istreambuf_iterator<char>(in), {});
  const wire::ReadEarthworks read = wire::read_earthworks(text, earthworks);
  if (!read.errors.empty()) return read.errors.front();
  auto map = terrain::GroundMap::read_by_gdal(file, places, range_m);
  if (!map) return map.error();
  auto pieces = terrain::pieces_on(*map, read.works);
  if (!pieces) return pieces.error();
  return MapWithWorks{*std::move(map), *std::move(pieces)};
}

}  // namespace

MapFiles files_of_any_kind() {
  return {terrain::GroundMap::read, read_with_works, terrain::write_layer, terrain::write_layer};
}

}  // namespace marsad::app
