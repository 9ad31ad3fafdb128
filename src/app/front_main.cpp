// SPDX-License-Identifier: Apache-2.0
// `marsad`, the program that people start. GDAL and the libraries for video take longer to load
// than a viewshed takes, so this program is linked with none of them: it does itself what needs
// none and becomes another program for the rest.
#include <string_view>

#include "app/program.h"
#include "app/viewshed.h"
#include "terrain/plain_map.h"

namespace marsad::app {
namespace {

MapFiles plain_files(char** argv) {
  const auto read = [argv](const std::string& file, std::span<const terrain::MapPlace> places,
                           double range_m) -> base::Result<terrain::GroundMap> {
    if (auto map = terrain::read_plain_map(file, places, range_m)) return *std::move(map);
    std::exit(become("marsad-raster", argv));
  };
  // Earthworks are put on a map by GDAL.
  const auto read_with_works =
      [argv](const std::string&, const std::string&, std::span<const terrain::MapPlace>,
             double) -> base::Result<MapWithWorks> { std::exit(become("marsad-raster", argv)); };
  return {read, read_with_works, terrain::write_plain_layer, terrain::write_plain_layer};
}

}  // namespace
}  // namespace marsad::app

int main(int argc, char** argv) {
  using namespace marsad::app;
  const bool is_ours = argc > 1 && std::string_view(argv[1]) == "viewshed";
  if (!is_ours) return become("marsad-full", argv);
  return run_program(
      [argv](CLI::App& app, int& status) { add_viewshed(app, status, plain_files(argv)); }, argc,
      argv);
}
