// SPDX-License-Identifier: Apache-2.0
#include "service/login_page.h"

#include <fmt/format.h>

#include "exchange/xml.h"

namespace marsad::service {
namespace {

constexpr std::string_view kStyle =
    "body{font:16px sans-serif;background:#14181c;color:#e8eaec;display:grid;place-items:center;"
    "min-height:90vh}form{display:grid;gap:12px;width:320px}input,button{font:inherit;padding:8px}"
    ".why{color:#ffb4a8}";

constexpr std::string_view kLogin =
    "<form method=\"post\" action=\"/api/login\"><h1>Marsad</h1>"
    "<label>Name<br><input name=\"name\" autocomplete=\"username\" required></label>"
    "<label>Password<br><input name=\"password\" type=\"password\" "
    "autocomplete=\"current-password\" required></label><button>Log in</button></form>";

constexpr std::string_view kSetup =
    "<form method=\"post\" action=\"/api/setup\"><h1>Marsad: first start</h1>"
    "<p>Set the password of the administrator \"admin\", 12 characters or more. The code was shown "
    "where Marsad was started.</p>"
    "<label>Code<br><input name=\"code\" autocomplete=\"off\" required></label>"
    "<label>Password<br><input name=\"password\" type=\"password\" "
    "autocomplete=\"new-password\" required></label><button>Set password</button></form>";

}  // namespace

HttpResponse login_page(bool first_start, const std::string& message) {
  std::string why;
  if (!message.empty()) why = fmt::format("<p class=\"why\">{}</p>", exchange::escaped(message));
  return {message.empty() ? 200 : 401,
          "text/html; charset=utf-8",
          fmt::format("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">"
                      "<title>Marsad</title><style>{}</style></head><body>{}{}</body></html>",
                      kStyle, why, first_start ? kSetup : kLogin),
          {}};
}

}  // namespace marsad::service
