// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace marsad::app {

// Text as HTML.
std::string escaped(std::string_view text);

// A row of a table; its cells are HTML.
std::string row(const std::vector<std::string>& cells, std::string_view tag = "td");

// A page for print and screen, everything in it; `body` is HTML, `style` is added to that of all.
std::string page(std::string_view title, std::string_view style, std::string_view body);

}  // namespace marsad::app
