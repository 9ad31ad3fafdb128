// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "app/commands.h"

namespace marsad::app {
namespace {

// "run check …", and a line of options for each.
std::string bash_script(const CLI::App& app) {
  std::string names, cases;
  for (const CLI::App* command : app.get_subcommands({})) {
    names += command->get_name() + " ";
    std::string words;
    for (const CLI::App* sub : command->get_subcommands({})) words += sub->get_name() + " ";
    for (const CLI::Option* option : command->get_options()) {
      for (const std::string& name : option->get_lnames()) words += "--" + name + " ";
    }
    cases += fmt::format("    {}) words=\"{}\" ;;\n", command->get_name(), words);
  }
  return fmt::format(
      "_marsad() {{\n"
      "  local words=\"{}\"\n"
      "  if [ \"$COMP_CWORD\" -gt 1 ]; then\n"
      "    case \"${{COMP_WORDS[1]}}\" in\n{}    esac\n"
      "  fi\n"
      "  COMPREPLY=($(compgen -W \"$words\" -- \"${{COMP_WORDS[COMP_CWORD]}}\"))\n"
      "}}\n"
      "complete -o default -F _marsad marsad\n",
      names, cases);
}

}  // namespace

void add_completion(CLI::App& app, int& status) {
  CLI::App* command =
      app.add_subcommand("completion",
                         "Prints tab completion for bash.\n"
                         "Example: marsad completion > /etc/bash_completion.d/marsad");
  command->callback([&app, &status] {
    fmt::print("{}", bash_script(app));
    status = 0;
  });
}

}  // namespace marsad::app
