// SPDX-License-Identifier: Apache-2.0
#include "base/csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace marsad::base {
namespace {

std::vector<std::string_view> split(std::string_view line) {
  std::vector<std::string_view> cells;
  std::size_t begin = 0;
  while (true) {
    const std::size_t comma = line.find(',', begin);
    cells.push_back(line.substr(begin, comma - begin));
    if (comma == std::string_view::npos) return cells;
    begin = comma + 1;
  }
}

void drop_carriage_return(std::string& line) {
  if (!line.empty() && line.back() == '\r') line.pop_back();
}

template <class T>
std::optional<T> parse(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

Result<CsvReader> CsvReader::open(std::istream& in, std::string file,
                                  const std::vector<std::string>& required) {
  CsvReader reader(in, std::move(file));
  if (!std::getline(in, reader.line_)) {
    return Error{reader.file_, "empty; expected a header line with column names"};
  }
  drop_carriage_return(reader.line_);
  reader.line_number_ = 1;
  for (std::string_view cell : split(reader.line_)) reader.header_.emplace_back(cell);
  for (const std::string& column : required) {
    if (!reader.has(column)) {
      return Error{reader.where(), fmt::format("no column '{}'; found '{}'", column, reader.line_)};
    }
  }
  return reader;
}

Result<bool> CsvReader::next() {
  do {
    if (!std::getline(*in_, line_)) return false;
    ++line_number_;
    drop_carriage_return(line_);
  } while (line_.empty());
  cells_ = split(line_);
  if (cells_.size() != header_.size()) {
    return Error{where(), fmt::format("{} cells; expected {}", cells_.size(), header_.size())};
  }
  return true;
}

std::optional<std::size_t> CsvReader::index(std::string_view column) const {
  const auto found = std::find(header_.begin(), header_.end(), column);
  if (found == header_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - header_.begin());
}

bool CsvReader::has(std::string_view column) const { return index(column).has_value(); }

std::string_view CsvReader::text(std::string_view column) const {
  const auto at = index(column);
  CHECK(at.has_value());
  return cells_[*at];
}

Result<double> CsvReader::number(std::string_view column) const {
  const auto value = parse<double>(text(column));
  if (value && std::isfinite(*value)) return *value;
  return Error{where(), fmt::format("{} is '{}'; expected a number", column, text(column))};
}

Result<double> CsvReader::number(std::string_view column, double low, double high) const {
  auto value = number(column);
  if (!value || (*value >= low && *value <= high)) return value;
  return Error{where(),
               fmt::format("{} is {}; expected a number from {} to {}", column, *value, low, high)};
}

Result<std::int64_t> CsvReader::integer(std::string_view column) const {
  const auto value = parse<std::int64_t>(text(column));
  if (value) return *value;
  return Error{where(), fmt::format("{} is '{}'; expected a whole number", column, text(column))};
}

std::string CsvReader::where() const { return fmt::format("{}:{}", file_, line_number_); }

}  // namespace marsad::base
