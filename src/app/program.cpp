// SPDX-License-Identifier: Apache-2.0
#include "app/program.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <iterator>
#include <memory>
#include <set>
#include <sstream>

#include "app/commands.h"
#include "video/address.h"

namespace marsad::app {
namespace {

// The library lists what an option needs and excludes in the order of addresses, which changes from
// program to program and run to run; here by name.
class SteadyFormatter : public CLI::Formatter {
 public:
  std::string make_option_opts(const CLI::Option* option) const override {
    std::string text = CLI::Formatter::make_option_opts(option);
    const std::string excludes = " Excludes:";
    for (const std::string& label : {std::string(" Needs:"), excludes}) {
      const auto at = text.find(label);
      if (at == std::string::npos) continue;
      const auto begin = at + label.size();
      const auto end = std::min(text.find(excludes, begin), text.size());
      std::istringstream names(text.substr(begin, end - begin));
      const std::set<std::string> sorted{std::istream_iterator<std::string>(names), {}};
      std::string list;
      for (const std::string& name : sorted) list += " " + name;
      text.replace(begin, end - begin, list);
    }
    return text;
  }
};

}  // namespace

int run_program(const std::function<void(CLI::App& app, int& status)>& add_commands, int argc,
                char** argv) {
  CLI::App app(
      "Marsad: border surveillance from thermal cameras.\n"
      "Example: marsad run examples/demo");
  app.name("marsad");
  app.formatter(std::make_shared<SteadyFormatter>());
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
