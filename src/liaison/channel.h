// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "border/force.h"

namespace marsad::liaison {

// In which form somebody gets a notice.
enum class Form { webhook, cap, cot, email };
constexpr std::array<std::string_view, 4> words(Form) { return {"webhook", "cap", "cot", "email"}; }

// How the other side and we prove who we are. Files in PEM; empty: none.
struct Proof {
  std::string authority;    // whose word on the other side is taken; empty: the system's list
  std::string certificate;  // ours, with its chain
  std::string key;
  std::string server_name = {};  // on the server's certificate; empty: the address's host
};

// How an e-mail is sent.
struct Mailing {
  std::string from;
  std::vector<std::string> to;
  std::string user;           // of the mail server; empty: none
  std::string password_file;  // its first line
  bool starttls = true;       // on smtp://, where TLS does not come first
};

// How a hop of a route is reached by the program itself. Where a hop has none, a person tells them
// and enters the receipt.
struct Channel {
  std::string hop;
  Form form = Form::webhook;
  // http(s)://host:port/path; tcp:// or tls://host:port for cot; smtp(s)://host:port for email.
  std::string address;
  Proof proof = {};
  Mailing mailing = {};
};

// Where others send positions of forces to, as Cursor-on-Target.
struct Listener {
  std::string name;
  std::string address;  // tcp:// or tls://host:port, of this machine
  Proof proof = {};     // of tls: `authority` signs who may connect
  border::Allegiance allegiance = border::Allegiance::own;  // of all that are told there
};

}  // namespace marsad::liaison
