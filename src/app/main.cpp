// SPDX-License-Identifier: Apache-2.0
// `marsad-full`, which has every command.
#include "app/commands.h"
#include "app/program.h"
#include "app/viewshed.h"

int main(int argc, char** argv) {
  using namespace marsad::app;
  return run_program(
      [](CLI::App& app, int& status) {
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
        add_viewshed(app, status, files_of_any_kind());
        add_control(app, status);
        add_plan(app, status);
        add_range(app, status);
        add_policy(app, status);
        add_account(app, status);
        add_audit(app, status);
        add_types(app, status);
        add_completion(app, status);
      },
      argc, argv);
}
