// SPDX-License-Identifier: Apache-2.0
#include "exchange/email.h"

#include <fmt/format.h>

#include <array>
#include <chrono>

#include "exchange/cap.h"
#include "exchange/sheet.h"
#include "exchange/translation.h"

namespace marsad::exchange {
namespace {

// What a header field of an e-mail may hold as it is; each other byte becomes "_".
std::string plain(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
    out += is_plain ? c : '_';
  }
  return out;
}

// The form of [RFC5322 §3.3].
std::string mail_date(base::Time time) {
  constexpr std::array kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(time - day));
  return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} +0000",
                     kDays[std::chrono::weekday(day).c_encoding()], unsigned(date.day()),
                     kMonths[unsigned(date.month()) - 1], int(date.year()), clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count());
}

}  // namespace

Email email(const Dispatch& dispatch) {
  const liaison::Notice& notice = dispatch.notice;
  const Phrases& say = phrases(notice.language);
  const std::string identifier = plain(dispatch.identifier());
  Email out;
  out.subject = fmt::format("{}Notice {}{}", notice.simulated ? "EXERCISE: " : "", identifier,
                            dispatch.attempt > 1 ? " (sent again)" : "");
  out.message_id = fmt::format("<{}.{}@{}>", identifier, dispatch.attempt, plain(dispatch.sender));
  out.date = mail_date(dispatch.sent);
  out.text = fmt::format("{}\n{}: {}\n", say.notice, say.number, dispatch.identifier());
  if (notice.simulated) out.text += fmt::format("{}\n", say.exercise);
  if (dispatch.attempt > 1) out.text += fmt::format("{}\n", say.repeated);
  if (!dispatch.why.empty()) out.text += fmt::format("{}\n", dispatch.why);
  out.text += "\n";
  for (const Line& line : lines(notice)) {
    out.text += fmt::format("{}: {}\n", line.name, line.value);
  }
  out.text += fmt::format("\n{}\n", say.receipt);
  out.alert = cap_alert(dispatch);
  out.sheet = sheet(dispatch);
  return out;
}

}  // namespace marsad::exchange
