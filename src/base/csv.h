// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace marsad::base {

// A comma-separated table with a header line, read a row at a time. Columns are asked for by name,
// in any order; extra ones are ignored. Errors name file and line, what was found and expected.
// A cell may stand in quotation marks, with two for one within it [RFC4180]; it can't hold a line's
// end.
class CsvReader {
 public:
  // Reads the header; an error where a required column is missing.
  static Result<CsvReader> open(std::istream& in, std::string file,
                                const std::vector<std::string>& required);

  // Moves to the next row; false at the end, an error where a row has too few or too many cells.
  Result<bool> next();

  bool has(std::string_view column) const;
  // The row's cell; the column must exist.
  std::string_view text(std::string_view column) const;
  Result<double> number(std::string_view column) const;
  // The same, and an error where it is not from `low` to `high`.
  Result<double> number(std::string_view column, double low, double high) const;
  Result<std::int64_t> integer(std::string_view column) const;
  // "file:line", for an error of the caller's own.
  std::string where() const;

 private:
  CsvReader(std::istream& in, std::string file) : in_(&in), file_(std::move(file)) {}
  std::optional<std::size_t> index(std::string_view column) const;

  std::istream* in_;
  std::string file_;
  std::vector<std::string> header_;
  std::string line_;
  std::vector<std::string_view> cells_;
  std::size_t line_number_ = 0;
};

// A cell as CsvReader reads it back: in quotation marks where it needs them.
std::string csv_cell(std::string_view text);

}  // namespace marsad::base
