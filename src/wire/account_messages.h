// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "wire/fields.h"

// What the API says and takes of accounts.
namespace marsad::wire {

struct LoginRequest {
  std::string name;
  std::string password;
};

struct PasswordRequest {
  std::string old_password;
  std::string password;
};

struct SetupRequest {  // at the first start
  std::string code;
  std::string password;
};

struct AccountRequest {
  std::string name;
  std::string role;
  std::string partner;     // of the role partner: its id
  std::string kilometres;  // "0-190 240-260"; empty: all
  std::string sensors;     // "T1 T2"; empty: all
  std::string password;    // empty: as it is; of a new account, none: it has tokens alone
};

struct AccountView {
  std::string name;
  std::string role;  // operator, commander, liaison, planner, administrator, partner
  std::string partner;
  std::string kilometres;
  std::string sensors;
  bool has_password = false;                // without one nobody logs in, but a token still counts
  std::optional<std::string> locked_until;  // after failures; none once that is over
};

struct MeView {      // who asks, and what they may do
  std::string name;  // empty where there are no accounts
  std::string role;
  std::string partner;
  std::string kilometres;
  std::string sensors;
  std::vector<std::string> may;  // map, watch, watch_all, act, see_notices, release, receive, …
};

struct TokenView {  // for a program; told once
  std::string token;
};

MARSAD_FIELDS(LoginRequest, name, password)
MARSAD_FIELDS(PasswordRequest, old_password, password)
MARSAD_FIELDS(SetupRequest, code, password)
MARSAD_FIELDS(AccountRequest, name, role, partner, kilometres, sensors, password)
MARSAD_FIELDS(AccountView, name, role, partner, kilometres, sensors, has_password, locked_until)
MARSAD_FIELDS(MeView, name, role, partner, kilometres, sensors, may)
MARSAD_FIELDS(TokenView, token)

}  // namespace marsad::wire
