// SPDX-License-Identifier: Apache-2.0
#include "tests/scenario/picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <sstream>

#include "tests/scenario/clause.h"

namespace marsad::scenario {
namespace {

constexpr std::string_view kGround = ".^v";
constexpr std::string_view kLine = "-|/\\";

bool is_mark(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0 && c != 'v'; }

bool is_line(char c) { return kLine.find(c) != std::string_view::npos; }

// The two neighbours a character of the line leads to.
std::vector<Cell> led_to(Cell cell, char c) {
  const auto [column, row] = cell;
  switch (c) {
    case '-':
      return {{column - 1, row}, {column + 1, row}};
    case '|':
      return {{column, row - 1}, {column, row + 1}};
    case '/':
      return {{column + 1, row - 1}, {column - 1, row + 1}};
    case '\\':
      return {{column - 1, row - 1}, {column + 1, row + 1}};
    default:
      return {};
  }
}

std::string place(std::size_t line, std::size_t column) {
  return fmt::format("line {}, column {}", line + 1, column + 1);
}

// Cells stand in every other column, so that a picture is about as wide as it is.
base::Result<std::string> read_row(std::string_view text, std::size_t line, std::size_t indent) {
  std::string cells;
  for (std::size_t i = indent; i < text.size(); ++i) {
    const bool cell = (i - indent) % 2 == 0;
    const char c = text[i];
    if (!cell && c != ' ') {
      return base::Error{place(line, i), fmt::format("'{}' between two cells; expected cells to "
                                                     "be one character with a space between",
                                                     c)};
    }
    if (!cell) continue;
    if (kGround.find(c) == std::string_view::npos && !is_line(c) && !is_mark(c)) {
      return base::Error{place(line, i),
                         fmt::format("'{}'; expected ground (. ^ v), the border's line (- | / \\), "
                                     "a letter for a place or a capital for a camera",
                                     c)};
    }
    cells += c;
  }
  return cells;
}

LegendLine read_legend_line(std::string_view text, std::size_t line) {
  const std::size_t colon = text.find(':');
  const auto name = split_words(text.substr(0, colon));
  return {fmt::format("line {}", line + 1), fmt::format("{}", fmt::join(name, " ")),
          split_clauses(text.substr(colon + 1))};
}

// The cells of the border's line, and which of them lead to which.
class LineTracer {
 public:
  explicit LineTracer(const Picture& picture) {
    for (int row = 0; row < picture.height(); ++row) {
      for (int column = 0; column < picture.columns(); ++column) visit(picture, {column, row});
    }
    // A letter, a ridge or a wadi belongs to the line where the line leads to it from two sides.
    for (auto it = next_.begin(); it != next_.end();) {
      const auto [cell, neighbours] = *it++;
      if (!is_line(picture.at(cell)) && neighbours.size() < 2) remove(cell);
    }
  }

  base::Result<std::vector<Cell>> trace() const {
    std::vector<Cell> ends;
    for (const auto& [cell, neighbours] : next_) {
      if (neighbours.size() == 1) ends.push_back(cell);
    }
    if (ends.size() != 2) {
      return base::Error{"", fmt::format("the border's line has {} ends; expected one line with "
                                         "two ends",
                                         ends.size())};
    }
    std::vector<Cell> line = {ends.front()};
    std::set<Cell> seen = {ends.front()};
    for (bool more = true; more;) {
      more = false;
      for (const Cell& next : next_.at(line.back())) {
        if (!seen.insert(next).second) continue;
        line.push_back(next);
        more = true;
        break;
      }
    }
    if (line.size() != next_.size()) {
      return base::Error{"", fmt::format("the border's line runs through {} of its {} cells; "
                                         "expected one line without branches",
                                         line.size(), next_.size())};
    }
    return line;
  }

 private:
  void visit(const Picture& picture, Cell cell) {
    const char c = picture.at(cell);
    if (!is_line(c)) return;
    next_[cell];
    for (const Cell& other : led_to(cell, c)) {
      const char there = picture.at(other);
      if (there == '.' || there == ' ') continue;
      next_[cell].insert(other);
      next_[other].insert(cell);
    }
  }

  void remove(Cell cell) {
    for (const Cell& neighbour : next_[cell]) next_[neighbour].erase(cell);
    next_.erase(cell);
  }

  std::map<Cell, std::set<Cell>> next_;
};

struct Line {
  std::size_t number = 0;
  std::string text;
};

std::vector<Line> lines_of(std::string_view text) {
  std::istringstream stream{std::string(text)};
  std::vector<Line> lines;
  std::size_t number = 0;
  for (std::string line; std::getline(stream, line); ++number) {
    while (!line.empty() && line.back() == ' ') line.pop_back();
    if (!line.empty()) lines.push_back({number, line});
  }
  return lines;
}

base::Result<void> read_lines(const std::vector<Line>& lines, Picture& picture) {
  const std::size_t indent = lines.front().text.find_first_not_of(' ');
  for (const Line& line : lines) {
    if (line.text.find(':') != std::string::npos) {
      picture.legend.push_back(read_legend_line(line.text, line.number));
      continue;
    }
    if (line.text.find_first_not_of(' ') != indent) {
      return base::Error{place(line.number, indent),
                         "expected each row of the picture to begin below the first"};
    }
    auto row = read_row(line.text, line.number, indent);
    if (!row) return row.error();
    if (!picture.rows.empty() && row->size() != picture.rows.front().size()) {
      return base::Error{place(line.number, indent),
                         fmt::format("a row of {} cells; expected {} as in the first", row->size(),
                                     picture.rows.front().size())};
    }
    for (std::size_t i = 0; i < row->size(); ++i) {
      const char c = (*row)[i];
      const Cell cell{static_cast<int>(i), picture.height()};
      if (is_mark(c) && !picture.letters.emplace(c, cell).second) {
        return base::Error{place(line.number, indent + 2 * i),
                           fmt::format("a second '{}'; expected each letter once", c)};
      }
    }
    picture.rows.push_back(*std::move(row));
  }
  return {};
}

}  // namespace

char Picture::at(Cell cell) const {
  if (cell.row < 0 || cell.row >= height() || cell.column < 0 || cell.column >= columns()) {
    return ' ';
  }
  return rows[static_cast<std::size_t>(cell.row)][static_cast<std::size_t>(cell.column)];
}

base::Result<Picture> read_picture(std::string_view text) {
  const std::vector<Line> lines = lines_of(text);
  Picture picture;
  if (lines.empty()) return base::Error{"", "an empty picture"};
  if (auto read = read_lines(lines, picture); !read) return read.error();
  if (picture.rows.empty()) return base::Error{"", "a legend without a picture above it"};
  auto border = LineTracer(picture).trace();
  if (!border) return border.error();
  picture.border = *std::move(border);
  return picture;
}

}  // namespace marsad::scenario
