// SPDX-License-Identifier: Apache-2.0
#include "app/commands.h"

#include <cstdio>

#include "video/address.h"

namespace marsad::app {

int fail(const base::Error& error) {
  // A word of the command line, put where it does not belong, may be a camera's address.
  const std::string shown = video::without_passwords(base::to_string(error));
  std::fprintf(stderr, "marsad: %s\n", shown.c_str());
  return 1;
}

int close_table(std::ofstream& table, const std::string& file) {
  table.close();
  return table ? 0 : fail({file, "not all could be written; is the disk full?"});
}

}  // namespace marsad::app
