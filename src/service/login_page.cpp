// SPDX-License-Identifier: Apache-2.0
#include "service/login_page.h"

#include <fmt/format.h>

#include "exchange/xml.h"

namespace marsad::service {
namespace {

constexpr std::string_view kStyle =
    ":root{color-scheme:dark}*{box-sizing:border-box}"
    "body{margin:0;min-height:100vh;display:grid;grid-template-columns:minmax(0,360px);"
    "place-content:center;gap:14px;padding:16px;font:16px/1.45 system-ui,\"Noto Sans\",sans-serif;"
    "background:#0b1016;color:#dbe3ea}"
    "form{display:grid;gap:14px;padding:22px;border:1px solid #243140;border-radius:10px;"
    "background:#111820}h1{margin:0;font-size:20px;color:#f0b95a}p{margin:0}label{color:#93a3b3}"
    "input,button{width:100%;margin-top:4px;padding:9px;font:inherit;color:#dbe3ea;"
    "border:1px solid #243140;border-radius:6px;background:#0c1218}"
    "button{border-color:#f0b95a;background:#f0b95a;color:#17120a;font-weight:600}"
    ":focus-visible{outline:2px solid #7cc8ff}"
    ".why{padding:9px 12px;border-radius:6px;background:#47190f;color:#ffd3c9}";

constexpr std::string_view kLogin =
    "<form method=\"post\" action=\"/api/login\"><h1>Marsad</h1>"
    "<label>Name<br><input name=\"name\" autocomplete=\"username\" autofocus required></label>"
    "<label>Password<br><input name=\"password\" type=\"password\" "
    "autocomplete=\"current-password\" required></label><button>Log in</button></form>";

constexpr std::string_view kSetup =
    "<form method=\"post\" action=\"/api/setup\"><h1>Marsad: first start</h1>"
    "<p>Set the password of the administrator \"admin\", 12 characters or more. The code was shown "
    "where Marsad was started.</p>"
    "<label>Code<br><input name=\"code\" autocomplete=\"off\" autofocus required></label>"
    "<label>Password<br><input name=\"password\" type=\"password\" "
    "autocomplete=\"new-password\" required></label><button>Set password</button></form>";

}  // namespace

HttpResponse login_page(bool first_start, const std::string& message) {
  std::string why;
  if (!message.empty()) why = fmt::format("<p class=\"why\">{}</p>", exchange::escaped(message));
  return {message.empty() ? 200 : 401,
          "text/html; charset=utf-8",
          fmt::format("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">"
                      "<meta name=\"viewport\" "
                      "content=\"width=device-width\"><title>Marsad</title><style>{}</style></"
                      "head><body>{}{}</body></html>",
                      kStyle, why, first_start ? kSetup : kLogin),
          {}};
}

}  // namespace marsad::service
