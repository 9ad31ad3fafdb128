// SPDX-License-Identifier: Apache-2.0
#include "app/page_parts.h"

#include <fmt/format.h>

namespace marsad::app {
namespace {

constexpr std::string_view kPageStyle = R"(
body{font:14px/1.45 system-ui,sans-serif;color:#1a1d21;max-width:1120px;margin:24px auto;padding:0 16px}
h1{font-size:24px;margin:0 0 4px}h2{font-size:18px;margin:28px 0 8px;break-after:avoid}
.lead{font-size:16px}.note{color:#555}
table{border-collapse:collapse;margin:8px 0}th,td{padding:3px 12px 3px 0;text-align:right;border-bottom:1px solid #ddd}
th:first-child,td:first-child{text-align:left}
@page{size:A4;margin:14mm 12mm}
@media print{body{margin:0;max-width:none;font-size:10pt;-webkit-print-color-adjust:exact;print-color-adjust:exact}
h1{font-size:16pt}h2{font-size:12pt;margin-top:14pt}tr{break-inside:avoid}
table{font-size:9pt}}
)";

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '"') {
      out += "&quot;";
    } else {
      out += c;
    }
  }
  return out;
}

std::string row(const std::vector<std::string>& cells, std::string_view tag) {
  std::string out = "<tr>";
  for (const std::string& cell : cells) out += fmt::format("<{0}>{1}</{0}>", tag, cell);
  return out + "</tr>\n";
}

std::string page(std::string_view title, std::string_view style, std::string_view body) {
  return fmt::format(
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{}</title>"
      "<meta name=\"viewport\" content=\"width=device-width\"><style>{}{}</style></head>"
      "<body>\n{}</body></html>\n",
      escaped(title), kPageStyle, style, body);
}

}  // namespace marsad::app
