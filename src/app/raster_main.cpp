// SPDX-License-Identifier: Apache-2.0
// `marsad-raster`: the commands that need GDAL and nothing of video.
#include "app/program.h"
#include "app/viewshed.h"

int main(int argc, char** argv) {
  using namespace marsad::app;
  return run_program(
      [](CLI::App& app, int& status) { add_viewshed(app, status, files_of_any_kind()); }, argc,
      argv);
}
