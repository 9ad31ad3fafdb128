// SPDX-License-Identifier: Apache-2.0
#include "service/channel_file.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "service/address.h"
#include "service/http_target.h"
#include "service/site.h"
#include "service/toml_words.h"

namespace marsad::service {
namespace {

using liaison::Form;
using Table = TomlReader::Table;

// The schemes of a form, and an address to follow.
struct Scheme {
  std::string_view plain, secure, example;
};

Scheme scheme_of(Form form) {
  switch (form) {
    case Form::webhook:
    case Form::cap:
      return {"http", "https", "https://partner.example:443/notices"};
    case Form::cot:
      return {"tcp", "tls", "tls://tak.example:8089"};
    case Form::email:
      return {"smtp", "smtps", "smtps://mail.example:465"};
  }
  return {};
}

// Whether it can stand in an envelope of e-mail as it is, and names somebody at a host.
bool is_mail_address(std::string_view text) {
  const auto is_odd = [](char c) {
    return static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) >= 0x7f ||
           c == '<' || c == '>' || c == ',' || c == '"';
  };
  const std::size_t at = text.find('@');
  return at != text.npos && at > 0 && at + 1 < text.size() && text.rfind('@') == at &&
         std::none_of(text.begin(), text.end(), is_odd);
}

class ChannelReader {
 public:
  explicit ChannelReader(std::filesystem::path folder) : folder_(std::move(folder)) {}

  liaison::Channel channel(Table& table) const {
    liaison::Channel channel;
    channel.hop = table.required_text("hop");
    table.required_text("form");
    channel.form = read_word(table, "form", Form::webhook);
    channel.address = table.required_text("address");
    const Scheme known = scheme_of(channel.form);
    const auto address = read_address(channel.address);
    if (!address || (address->scheme != known.plain && address->scheme != known.secure)) {
      table.wrong("address",
                  fmt::format("found '{}'; expected one like {}", channel.address, known.example));
    }
    const bool is_secure = address && address->scheme == known.secure;
    if (channel.form == Form::email) channel.mailing = mailing(table, is_secure);
    const bool has_tls = is_secure || (channel.form == Form::email && channel.mailing.starttls);
    channel.proof = proof(table, has_tls);
    channel.proof.server_name = table.text("server_name").value_or("");
    if (!channel.proof.server_name.empty() && !has_tls) {
      table.wrong("server_name",
                  "is for TLS; expected an address with " + std::string(known.secure) + "://");
    }
    if (channel.form == Form::cot && is_secure) want_both_sides(table, channel.proof);
    return channel;
  }

  liaison::Listener listener(Table& table) const {
    liaison::Listener listener;
    listener.name = table.required_text("name");
    listener.address = table.required_text("address");
    listener.allegiance = read_word(table, "allegiance", listener.allegiance);
    const auto address = read_address(listener.address);
    if (!address || (address->scheme != "tcp" && address->scheme != "tls")) {
      table.wrong("address", fmt::format("found '{}'; expected one like tls://192.0.2.7:8089",
                                         listener.address));
      return listener;
    }
    const bool is_secure = address->scheme == "tls";
    listener.proof = proof(table, is_secure);
    if (is_secure) want_both_sides(table, listener.proof);
    if (!is_secure && !is_loopback(address->host)) {
      table.wrong("address",
                  fmt::format("found '{}', to which anybody could send; expected tls://, or an "
                              "address that only this computer reaches, like tcp://127.0.0.1:8087",
                              listener.address));
    }
    return listener;
  }

 private:
  // A file that the table names; empty where it names none.
  std::string file(Table& table, std::string_view key) const {
    const auto text = table.text(key);
    if (!text) return "";
    std::string path = resolve(folder_, *text).string();
    std::error_code code;
    if (!std::filesystem::is_regular_file(path, code) || access(path.c_str(), R_OK) != 0) {
      table.wrong(key, fmt::format("found '{}'; expected a file that can be read", path));
    }
    return path;
  }

  liaison::Proof proof(Table& table, bool has_tls) const {
    liaison::Proof proof{file(table, "authority"), file(table, "certificate"), file(table, "key")};
    if (proof.certificate.empty() != proof.key.empty()) {
      table.wrong(proof.certificate.empty() ? "certificate" : "key",
                  "missing; expected both certificate and key, or neither");
    }
    if (!has_tls && !(proof.authority.empty() && proof.certificate.empty())) {
      table.wrong("address",
                  "speaks no TLS; expected no authority, certificate and key, or an "
                  "address with TLS");
    }
    return proof;
  }

  static void want_both_sides(Table& table, const liaison::Proof& proof) {
    if (proof.authority.empty()) {
      table.wrong("authority",
                  "missing; expected a file with the certificate of who signs the "
                  "other side's");
    }
    if (proof.certificate.empty()) {
      table.wrong("certificate", "missing; expected files with our certificate and its key");
    }
  }

  liaison::Mailing mailing(Table& table, bool is_secure) const {
    liaison::Mailing mailing;
    mailing.from = table.required_text("from");
    mailing.to = table.texts("to");
    mailing.user = table.text("user").value_or("");
    mailing.password_file = file(table, "password_file");
    mailing.starttls = table.boolean("starttls").value_or(true);
    if (!is_mail_address(mailing.from)) {
      table.wrong("from",
                  fmt::format("found '{}'; expected one like marsad@site.example", mailing.from));
    }
    for (const std::string& one : mailing.to) {
      if (is_mail_address(one)) continue;
      table.wrong("to", fmt::format("found '{}'; expected one like cell@partner.example", one));
    }
    if (mailing.to.empty()) table.wrong("to", "expected a list of at least one e-mail address");
    if (mailing.user.empty() != mailing.password_file.empty()) {
      table.wrong("password_file", "expected user and password_file, or neither");
    }
    if (!mailing.user.empty() && !is_secure && !mailing.starttls) {
      table.wrong("starttls",
                  "found false with a user, whose password would be sent for all to "
                  "read; expected true");
    }
    return mailing;
  }

  const std::filesystem::path folder_;
};

}  // namespace

void read_channels(Table& root, const std::filesystem::path& folder, liaison::Liaison& into) {
  const ChannelReader reader(folder);
  for (Table& table : root.tables("channel")) {
    liaison::Channel channel = reader.channel(table);
    if (into.channel(channel.hop) != nullptr) {
      table.wrong("hop", fmt::format("a second channel for '{}'; expected one", channel.hop));
    }
    into.channels.push_back(std::move(channel));
  }
  for (Table& table : root.tables("listener")) {
    liaison::Listener listener = reader.listener(table);
    const bool is_taken =
        std::any_of(into.listeners.begin(), into.listeners.end(),
                    [&](const liaison::Listener& one) { return one.name == listener.name; });
    if (is_taken) {
      table.wrong("name", fmt::format("'{}' is taken; expected one of its own", listener.name));
    }
    into.listeners.push_back(std::move(listener));
  }
}

}  // namespace marsad::service
