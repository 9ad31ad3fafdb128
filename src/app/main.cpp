// SPDX-License-Identifier: Apache-2.0
#include "app/commands.h"

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
  add_locate(app, status);
  add_track(app, status);
  add_simulate(app, status);
  add_score(app, status);
  add_types(app, status);
  add_completion(app, status);
  CLI11_PARSE(app, argc, argv);
  return status;
}
