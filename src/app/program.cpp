// SPDX-License-Identifier: Apache-2.0
#include "app/program.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <sstream>

#include "app/commands.h"
#include "video/address.h"

namespace marsad::app {

int run_program(const std::function<void(CLI::App& app, int& status)>& add_commands, int argc,
                char** argv) {
  CLI::App app(
      "Marsad: border surveillance from thermal cameras.\n"
      "Example: marsad run examples/demo");
  app.name("marsad");
  app.set_version_flag("--version", MARSAD_VERSION);
  app.require_subcommand(1);
  int status = 0;
  add_commands(app, status);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    std::ostringstream complaint;
    const int code = app.exit(error, std::cout, complaint);
    // It may name a word of the command line that is a camera's address.
    std::cerr << video::without_passwords(complaint.str());
    return code;
  }
  return status;
}

int become(const std::string& program, char** argv) {
  std::error_code code;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", code);
  const std::string path = (self.parent_path() / program).string();
  ::execv(path.c_str(), argv);
  return fail({path, std::string("can't be run: ") + std::strerror(errno) +
                         "; Marsad's programs are to lie in one folder"});
}

}  // namespace marsad::app
