// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "app/commands.h"
#include "wire/json.h"

namespace marsad::app {

void add_types(CLI::App& app, int& status) {
  CLI::App* command =
      app.add_subcommand("types",
                         "Prints the TypeScript types of the API and the live feed.\n"
                         "Example: marsad types > web/src/wire.gen.ts");
  command->callback([&status] {
    fmt::print("{}", wire::typescript());
    status = 0;
  });
}

}  // namespace marsad::app
