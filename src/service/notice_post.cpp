// SPDX-License-Identifier: Apache-2.0
#include "service/notice_post.h"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "exchange/cap.h"
#include "exchange/cot.h"
#include "exchange/webhook.h"
#include "service/cot_link.h"
#include "service/curl_call.h"
#include "service/post_mail.h"

namespace marsad::service {
namespace {

using Headers = std::vector<std::pair<std::string, std::string>>;

base::Result<Posted> post_http(const Address& to, const liaison::Proof& proof,
                               std::string_view type, const std::string& body,
                               const Headers& headers) {
  CurlCall call(to, to.scheme, to.path, proof);
  CurlList fields;
  fields.add(fmt::format("Content-Type: {}", type));
  fields.add("Expect:");
  for (const auto& [name, value] : headers) fields.add(fmt::format("{}: {}", name, value));
  call.set(CURLOPT_HTTPHEADER, fields.get());
  call.set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  call.set(CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
  call.set(CURLOPT_POSTFIELDS, body.data());
  if (const auto done = call.perform(); !done) return done.error();
  const long status = call.status();
  const std::string said = one_line(call.body());
  if (status >= 200 && status <= 299) {
    return Posted{Delivery::received,
                  fmt::format("answered {}{}{}", status, said.empty() ? "" : ": ", said)};
  }
  return base::Error{
      fmt::format("{}://{}:{}", to.scheme, to.bracketed_host(), to.port),
      fmt::format("refused with status {}{}{}", status, said.empty() ? "" : ": ", said)};
}

}  // namespace

base::Result<Posted> post_notice(const liaison::Channel& channel,
                                 const exchange::Dispatch& dispatch, const seal::SigningKey& key) {
  const auto to = read_address(channel.address);
  if (!to) return base::Error{channel.address, "not an address"};
  switch (channel.form) {
    case liaison::Form::webhook: {
      const exchange::Webhook hook = exchange::webhook(dispatch, key);
      return post_http(*to, channel.proof, "application/json", hook.body, hook.headers);
    }
    case liaison::Form::cap: {
      const std::string alert = exchange::cap_alert(dispatch);
      return post_http(*to, channel.proof, "application/cap+xml", alert,
                       {{"Marsad-Key", key.public_key()}, {"Marsad-Signature", key.sign(alert)}});
    }
    case liaison::Form::cot: {
      const auto event = exchange::cot_event(dispatch);
      if (!event) return event.error();
      return CotLink(channel, dispatch.sender).send(*event, dispatch.sent);
    }
    case liaison::Form::email:
      return post_mail(*to, channel, dispatch);
  }
  return base::Error{channel.hop, "no such form"};
}

}  // namespace marsad::service
