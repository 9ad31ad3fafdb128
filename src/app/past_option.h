// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "service/site.h"
#include "store/store.h"

namespace marsad::app {

// What a command asks that looks back into a site's record.
struct PastOptions {
  std::string site;
  std::string record;    // empty: the site's
  std::string from, to;  // a date stands for its noon
  std::string out;       // empty: nothing is written
};

// Adds the options; `files` says what is written to the folder.
void add_past_options(CLI::App& command, PastOptions& options, const std::string& files);

struct Past {
  service::Site site;
  store::Store store;
  base::Time from, to;
};
// Opens the record to read; where that fails, or a time is wrong, says why.
std::optional<Past> open_past_or_explain(const PastOptions& options);

// Makes the folder that files are to be written to. Errors: it can't be made.
base::Result<void> make_folder(const std::string& folder);

}  // namespace marsad::app
