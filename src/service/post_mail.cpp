// SPDX-License-Identifier: Apache-2.0
#include "service/post_mail.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <memory>

#include "exchange/email.h"
#include "service/curl_call.h"
#include "service/site.h"

namespace marsad::service {
namespace {

using Mime = std::unique_ptr<curl_mime, decltype(&curl_mime_free)>;

void add_part(curl_mime* mime, const std::string& bytes, const char* type, const char* encoder,
              const char* file_name) {
  curl_mimepart* const part = curl_mime_addpart(mime);
  curl_mime_data(part, bytes.data(), bytes.size());
  curl_mime_type(part, type);
  curl_mime_encoder(part, encoder);
  if (file_name != nullptr) curl_mime_filename(part, file_name);
}

// The name by which we greet the server: the site's where that is a name of hosts, so that this
// machine's own is not told.
std::string greeting(const std::string& sender) {
  const bool is_host = std::all_of(sender.begin(), sender.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '.' || c == '-';
  });
  return is_host ? sender : std::string("localhost");
}

base::Result<std::string> password_of(const liaison::Mailing& mailing) {
  if (mailing.password_file.empty()) return std::string();
  auto text = read_text(mailing.password_file);
  if (!text) return text.error();
  return text->substr(0, text->find_first_of("\r\n"));
}

}  // namespace

base::Result<Posted> post_mail(const Address& to, const liaison::Channel& channel,
                               const exchange::Dispatch& dispatch) {
  const liaison::Mailing& mailing = channel.mailing;
  CurlCall call(to, to.scheme, fmt::format("/{}", greeting(dispatch.sender)), channel.proof);
  const bool needs_tls = to.scheme == "smtps" || mailing.starttls;
  call.set(CURLOPT_USE_SSL, static_cast<long>(needs_tls ? CURLUSESSL_ALL : CURLUSESSL_NONE));
  const auto password = password_of(mailing);
  if (!password) return password.error();
  if (!mailing.user.empty()) {
    call.set(CURLOPT_USERNAME, mailing.user.c_str());
    call.set(CURLOPT_PASSWORD, password->c_str());
  }
  call.set(CURLOPT_MAIL_FROM, fmt::format("<{}>", mailing.from).c_str());
  CurlList receivers;
  for (const std::string& one : mailing.to) receivers.add(fmt::format("<{}>", one));
  call.set(CURLOPT_MAIL_RCPT, receivers.get());

  const exchange::Email letter = exchange::email(dispatch);
  CurlList headers;
  headers.add(fmt::format("From: <{}>", mailing.from));
  for (const std::string& one : mailing.to) headers.add(fmt::format("To: <{}>", one));
  headers.add("Subject: " + letter.subject);
  headers.add("Date: " + letter.date);
  headers.add("Message-ID: " + letter.message_id);
  headers.add("Auto-Submitted: auto-generated");  // so that nobody's absence note answers
  call.set(CURLOPT_HTTPHEADER, headers.get());
  const Mime mime(curl_mime_init(call.handle()), &curl_mime_free);
  add_part(mime.get(), letter.text, "text/plain; charset=utf-8", "base64", nullptr);
  add_part(mime.get(), letter.alert, "application/cap+xml", "base64", "notice.cap.xml");
  add_part(mime.get(), letter.sheet, "text/html; charset=utf-8", "base64", "notice.html");
  call.set(CURLOPT_MIMEPOST, mime.get());
  if (const auto done = call.perform(); !done) {
    const std::string& said = call.last_line();
    if (said.empty()) return done.error();
    return base::Error{done.error().where,
                       fmt::format("{}; the server said last: {}", done.error().message, said)};
  }
  return Posted{Delivery::handed, fmt::format("the mail server said: {}", call.last_line())};
}

}  // namespace marsad::service
