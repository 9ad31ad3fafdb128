// SPDX-License-Identifier: Apache-2.0
#include "exchange/sheet.h"

#include <fmt/format.h>

#include "exchange/translation.h"
#include "exchange/xml.h"

namespace marsad::exchange {
namespace {

constexpr std::string_view kStyle =
    "@page{size:A4;margin:20mm}body{font:14pt sans-serif}h1{font-size:20pt}"
    "table{border-collapse:collapse;width:100%}"
    "th,td{border:1px solid #000;padding:3mm;text-align:start}th{width:40%}"
    ".mark{border:2px solid #000;padding:3mm;font-weight:bold}";

const std::string kOpen = "…";  // what is not known yet

// Numbers, times and places are read from left to right in every language.
std::string row(std::string_view name, std::string_view value) {
  return fmt::format("<tr><th>{}</th><td><bdi>{}</bdi></td></tr>\n", escaped(name), escaped(value));
}

std::string mark(std::string_view text) {
  return fmt::format("<p class=\"mark\">{}</p>\n", escaped(text));
}

}  // namespace

std::string sheet(const Dispatch& dispatch) {
  const liaison::Notice& notice = dispatch.notice;
  const Phrases& say = phrases(notice.language);
  const bool is_draft = dispatch.number == 0;
  const std::string number = is_draft ? kOpen : dispatch.identifier();
  std::string out = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\" dir=\"{}\">\n<head><meta charset=\"utf-8\">"
      "<title>{}</title><style>{}</style></head>\n<body>\n<h1>{}</h1>\n",
      language_tag(notice.language), is_right_to_left(notice.language) ? "rtl" : "ltr",
      escaped(number), kStyle, escaped(say.notice));
  if (notice.simulated) out += mark(say.exercise);
  if (dispatch.attempt > 1) out += mark(say.repeated);
  if (!dispatch.why.empty()) out += mark(dispatch.why);
  out += "<table>\n" + row(say.number, number);
  out += row(say.sent, is_draft ? kOpen : base::to_iso8601(dispatch.sent));
  for (const Line& line : lines(notice)) out += row(line.name, line.value);
  return out + fmt::format("</table>\n<p>{}</p>\n</body>\n</html>\n", escaped(say.receipt));
}

}  // namespace marsad::exchange
