// SPDX-License-Identifier: Apache-2.0
#include "base/csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace marsad::base {
namespace {

constexpr const char* kOpenQuote =
    "a cell in quotation marks does not end before the comma or the line's end; expected \"text\", "
    "with two marks for one within it";

// The cells of a line, which is changed: quoted cells move together as their marks are taken away.
// None where a quoted cell does not end, or goes on after its end.
std::optional<std::vector<std::string_view>> split(std::string& line) {
  std::vector<std::string_view> cells;
  std::size_t begin = 0;
  while (true) {
    std::size_t end = 0;  // of the cell's text
    std::size_t comma = line.find(',', begin);
    if (begin < line.size() && line[begin] == '"') {
      end = begin;
      std::size_t from = begin + 1;
      for (;; ++from) {
        if (from >= line.size()) return std::nullopt;
        if (line[from] == '"' && (from + 1 >= line.size() || line[from + 1] != '"')) break;
        if (line[from] == '"') ++from;
        line[end++] = line[from];
      }
      comma = from + 1 < line.size() ? from + 1 : std::string::npos;
      if (comma != std::string::npos && line[comma] != ',') return std::nullopt;
    } else {
      end = std::min(comma, line.size());
    }
    cells.emplace_back(line.data() + begin, end - begin);
    if (comma == std::string::npos) return cells;
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
  const std::string as_written = reader.line_;
  const auto cells = split(reader.line_);
  if (!cells) return Error{reader.where(), kOpenQuote};
  for (std::string_view cell : *cells) reader.header_.emplace_back(cell);
  for (const std::string& column : required) {
    if (!reader.has(column)) {
      return Error{reader.where(), fmt::format("no column '{}'; found '{}'", column, as_written)};
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
  auto cells = split(line_);
  if (!cells) return Error{where(), kOpenQuote};
  cells_ = *std::move(cells);
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

std::string csv_cell(std::string_view text) {
  if (text.find_first_of(",\"") == std::string_view::npos) return std::string(text);
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + '"';
}

std::string CsvReader::where() const { return fmt::format("{}:{}", file_, line_number_); }

}  // namespace marsad::base
