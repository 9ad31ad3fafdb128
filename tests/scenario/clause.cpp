// SPDX-License-Identifier: Apache-2.0
#include "tests/scenario/clause.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <sstream>

namespace marsad::scenario {
namespace {

std::optional<double> number(std::string_view word) {
  double value = 0;
  const auto [end, fault] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (fault != std::errc() || end != word.data() + word.size()) return std::nullopt;
  return value;
}

std::optional<Found> follow(std::string_view pattern, std::string_view clause) {
  const std::vector<std::string> wanted = split_words(pattern), said = split_words(clause);
  if (wanted.size() != said.size()) return std::nullopt;
  Found found;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i] == "*") {
      found.words.push_back(said[i]);
    } else if (wanted[i] == "#") {
      const auto value = number(said[i]);
      if (!value) return std::nullopt;
      found.numbers.push_back(*value);
    } else if (wanted[i] != said[i]) {
      return std::nullopt;
    }
  }
  return found;
}

std::string patterns(std::span<const Rule> rules) {
  std::string all;
  for (const Rule& rule : rules) {
    all += fmt::format("{}\"{}\"", all.empty() ? "" : ", ", rule.pattern);
  }
  return all;
}

}  // namespace

std::vector<std::string> split_words(std::string_view text) {
  std::istringstream stream{std::string(text)};
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(std::move(word));
  return words;
}

std::vector<std::string> split_clauses(std::string_view text) {
  std::istringstream stream{std::string(text)};
  std::vector<std::string> clauses;
  for (std::string clause; std::getline(stream, clause, ',');) clauses.push_back(std::move(clause));
  return clauses;
}

base::Result<void> take_clauses(const std::string& where, std::span<const std::string> clauses,
                                std::span<const Rule> rules) {
  for (const std::string& clause : clauses) {
    bool understood = false;
    for (const Rule& rule : rules) {
      const auto found = follow(rule.pattern, clause);
      if (!found) continue;
      const std::string wrong = rule.take(*found);
      if (!wrong.empty()) return base::Error{where, wrong};
      understood = true;
      break;
    }
    if (understood) continue;
    return base::Error{where, fmt::format("\"{}\"; expected one of {} (# a number, * a word)",
                                          fmt::join(split_words(clause), " "), patterns(rules))};
  }
  return {};
}

}  // namespace marsad::scenario
