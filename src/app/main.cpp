// SPDX-License-Identifier: Apache-2.0
#include <iostream>
#include <sstream>

#include "app/commands.h"
#include "video/address.h"

int main(int argc, char** argv) {
  CLI::App app(
      "Marsad: border surveillance from thermal cameras.\n"
      "Example: marsad run examples/demo");
  app.name("marsad");
  app.set_version_flag("--version", MARSAD_VERSION);
  app.require_subcommand(1);
  int status = 0;
  using namespace marsad::app;
  add_run(app, status);
  add_check(app, status);
  add_init(app, status);
  add_replay(app, status);
  add_detect(app, status);
  add_calibrate(app, status);
  add_locate(app, status);
  add_track(app, status);
  add_simulate(app, status);
  add_score(app, status);
  add_viewshed(app, status);
  add_plan(app, status);
  add_types(app, status);
  add_completion(app, status);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    std::ostringstream complaint;
    const int code = app.exit(error, std::cout, complaint);
    // It may name a word of the command line that is a camera's address.
    std::cerr << marsad::video::without_passwords(complaint.str());
    return code;
  }
  return status;
}
