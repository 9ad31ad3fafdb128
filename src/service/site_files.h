// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace marsad::service {

// Reads the files that a site names. Their texts are kept for the record, and what is wrong with
// them goes to the site's errors.
class SiteFiles {
 public:
  SiteFiles(std::filesystem::path folder, std::vector<base::Error>& errors)
      : folder_(std::move(folder)), errors_(errors) {}

  // None where it can't be read, or where `location` is empty: its key was missing, which is told.
  std::optional<std::string> text(const std::string& location);
  // The same of a file that is only ever added to, and whose rows tell when they were learnt: a
  // night is replayed by what was known then, so that its text then is not needed.
  std::optional<std::string> growing_text(const std::string& location);
  // Where it lies, for errors.
  std::string path(const std::string& location) const;
  void wrong(base::Error error) { errors_.push_back(std::move(error)); }

  // Each file under its name, without the passwords of the cameras' addresses.
  const std::string& recorded() const { return recorded_; }

 private:
  std::filesystem::path folder_;
  std::vector<base::Error>& errors_;
  std::string recorded_;
};

}  // namespace marsad::service
