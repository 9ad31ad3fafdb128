// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace marsad::scenario {

// What stood in a clause where its pattern leaves room, in order.
struct Found {
  std::vector<double> numbers;
  std::vector<std::string> words;
};

// One thing that may be said: words as they are, '#' for a number, '*' for a word. `take` gets what
// was found and answers what is wrong with it; nothing where all is well.
struct Rule {
  std::string_view pattern;
  std::function<std::string(const Found&)> take;
};

std::vector<std::string> split_words(std::string_view text);

// "a b, c" → "a b" and "c".
std::vector<std::string> split_clauses(std::string_view text);

// Hands each clause to the first rule whose pattern it follows. Errors: a clause that follows none,
// told beside what might have been said.
base::Result<void> take_clauses(const std::string& where, std::span<const std::string> clauses,
                                std::span<const Rule> rules);

}  // namespace marsad::scenario
