// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace marsad::service {

struct Range {
  double low;
  double high;
};

// A TOML file read strictly: every wrong type, number out of range, missing key and key nobody
// asked for becomes an error with file, line and key, and reading goes on, so that a person sees
// all of them at once.
class TomlReader {
 public:
  // One table, whose keys are consumed as they are read.
  class Table {
   public:
    std::optional<double> number(std::string_view key, Range range);
    std::optional<std::int64_t> whole_number(std::string_view key, Range range);
    std::optional<std::string> text(std::string_view key);
    std::optional<bool> boolean(std::string_view key);
    // The same, with an error where the key is missing; then 0 or "".
    double required_number(std::string_view key, Range range);
    std::int64_t required_whole_number(std::string_view key, Range range);
    std::string required_text(std::string_view key);

    // Pairs of numbers: path_lnglat = [[41.0, 34.1], [41.1, 34.1]].
    std::vector<std::pair<double, double>> pairs(std::string_view key);

    // Whether the key is there and is a list, which a key of two kinds asks; it isn't consumed.
    bool is_list(std::string_view key) const;
    // A list of texts: files = ["fine.tif", "coarse.tif"]; empty where the key is missing or wrong.
    std::vector<std::string> texts(std::string_view key);
    // Lists of [x, y] pairs, each with three or more: mask = [[[0, 0], [9, 0], [9, 5]]].
    std::vector<std::vector<std::pair<double, double>>> polygons(std::string_view key);

    std::optional<Table> table(std::string_view key);
    std::vector<Table> tables(std::string_view key);  // [[key]]

    // An error about a key of this table, at its line.
    void wrong(std::string_view key, const std::string& message);

   private:
    friend class TomlReader;
    struct Node;
    explicit Table(std::shared_ptr<Node> node);
    std::shared_ptr<Node> node_;
  };

  TomlReader(std::string_view content, std::string file);
  ~TomlReader();

  // Whether it is TOML at all; where not, the root is empty and finish() says why.
  bool parsed() const;
  Table root();
  // All that was wrong, with keys that nobody read among it; call once after reading.
  std::vector<base::Error> finish();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace marsad::service
