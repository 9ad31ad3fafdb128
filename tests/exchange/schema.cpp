// SPDX-License-Identifier: Apache-2.0
#include "tests/exchange/schema.h"

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "tests/support/real_data.h"
#include "tests/support/temporary_folder.h"

namespace marsad::exchange {
namespace {

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

}  // namespace

std::optional<std::string> broken_rules(const std::string& document, const std::string& schema) {
  const auto path = test::real_data(schema);
  if (!path) return std::nullopt;
  const test::TemporaryFolder folder;
  folder.write("document.xml", document);
  const std::string command = "xmllint --nonet --noout --schema '" + path->string() + "' " +
                              folder.file("document.xml") + " 2> " + folder.file("errors");
  return std::system(command.c_str()) == 0 ? "" : bytes_of(folder.file("errors"));
}

std::optional<std::string> data_file(const std::string& path) {
  const auto file = test::real_data(path);
  if (!file) return std::nullopt;
  return bytes_of(*file);
}

}  // namespace marsad::exchange
