// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "wire/fields.h"
#include "wire/lng_lat.h"
#include "wire/warning_message.h"

// What the API says of partners and notices, and what partners' programs get.
namespace marsad::wire {

struct NoticeView {  // what a partner is told of an incident, as a program gets it; null: withheld
  std::string identifier;  // the same each time it is sent
  std::string sender;
  std::string to;
  std::uint64_t number = 0;  // among all notices to this partner
  std::string sent;
  std::uint64_t attempt = 0;  // above 1: it was sent before, and may have been received
  bool simulated = false;     // an exercise: what it tells of does not exist
  std::optional<std::string> kind;
  std::optional<std::string> time;
  std::optional<double> km;
  std::optional<LngLat> at;  // the middle of a cell of cell_m
  std::optional<double> cell_m;
  std::optional<std::string> direction;
  std::optional<double> probability;
  std::optional<std::string> mover;
  std::optional<double> speed_mps;
  std::optional<double> heading_deg;
  std::optional<std::string> outcome;
  std::vector<std::string> sensors;
  bool has_picture = false;
  std::optional<std::string> escalated;  // why the headquarters get it in the receiver's place
};

struct PartnerView {
  std::string id;
  std::string name;
  std::string language;
  std::string route;              // direct, relayed, none
  std::vector<std::string> hops;  // now, the last of them whom it is for
  std::string why_headquarters;   // empty where it goes to the partner
  bool by_hand = false;           // the program can't reach the first hop: a person tells it
};

struct ToldView {
  std::string field;
  std::string value;
};

struct RevealView {  // what telling would give away beside the words
  std::string kind;  // allied_force, sensor
  std::string who;
  double off_m = 0;             // from the cell that is told
  std::optional<double> age_s;  // of a force's position
  std::string text;
};

struct DisclosureView {  // what a partner would be told of an incident
  std::string partner;
  std::vector<ToldView> told;            // nothing else will be
  std::optional<std::string> withheld;   // why nothing may be told, at any time
  std::uint64_t persons = 0;             // who must release it
  std::vector<std::string> released_by;  // who has, since it was last told
  std::string not_before;                // by the policy's delay
  std::vector<RevealView> reveals;       // to be thought of before it is released
  std::vector<WarningView> warnings;     // as if the partner were sent there
};

struct OpenReleaseView {  // a notice that waits for another person's release
  std::uint64_t incident = 0;
  std::string partner;
  std::uint64_t persons = 0;  // who must release it
  std::vector<std::string> released_by;
};

struct NoticeStepView {
  std::string time;
  std::string step;  // sending, failed, receipt, escalated, withdrawn, handed
  std::string hop;
  std::string detail;
};

struct NoticeStateView {  // a notice and what became of it
  std::uint64_t id = 0;
  std::string partner;
  std::uint64_t number = 0;
  std::optional<std::uint64_t> incident;  // null where a partner asks
  std::string queued;
  std::string not_before;
  bool simulated = false;  // an exercise: what it tells of does not exist
  std::vector<std::string> hops;
  std::string why_headquarters;
  bool by_hand = false;  // a person tells the first hop
  std::string state;     // waiting, sent, received, escalated, withdrawn
  std::vector<ToldView> told;
  std::vector<NoticeStepView> steps;
};

struct ReleaseRequest {
  std::string partner;
  std::string by;
};

struct ReceiptRequest {
  std::string hop;
  std::string by;
};

struct CountView {
  std::string reason;
  std::uint64_t count = 0;
};

struct ChannelView {  // a way out of the house, or in
  std::string name;   // the hop it leads to, or the listener
  bool listens = false;
  std::string form;  // webhook, cap, cot, email
  std::string address;
  std::string state;              // idle (nothing was tried yet), ok, down
  std::string since;              // of the state; empty while idle
  std::string detail;             // why it is down
  std::uint64_t taken = 0;        // notices that went out, events that came in
  std::uint64_t failed = 0;       // attempts
  std::uint64_t downs = 0;        // how often it went down
  std::uint64_t connections = 0;  // of a listener, now
  std::vector<CountView> refused;
};

struct ForceView {  // where a force was when it was last heard of
  std::string name;
  std::string allegiance;  // own, allied, irregular, partner
  std::string role;        // patrol, post
  LngLat at{};
  double uncertainty_m = 0;  // by now, 1 sigma: a patrol may have gone on
  std::string heard;
  double age_s = 0;
  std::string source;  // who told it; empty: the site's table
};

struct ForceRequest {  // body of where a force is, or that it is gone
  std::string by;      // where nobody has logged in
  std::string name;
  std::string allegiance = "own";
  std::string role = "patrol";
  double lat_deg = 0;
  double lon_deg = 0;
  double uncertainty_m = 100;  // 1 sigma
  std::string heard;           // empty: now
  bool gone = false;
};

struct AlertView {  // what somebody sent by the Common Alerting Protocol
  std::uint64_t id = 0;
  std::string received;
  std::string partner;
  std::string by;  // the account
  std::string identifier;
  std::string sender;
  std::string sent;
  std::string status;  // Actual, Exercise, System, Test, Draft
  std::string type;    // Alert, Update, Cancel, Ack, Error
  std::string references;
  std::string event;
  std::string headline;
  std::string description;
  std::string area;
  std::optional<LngLat> at;  // the middle of its first circle
  std::optional<double> radius_m;
  bool again = false;  // it was here already
};

MARSAD_FIELDS(NoticeView, identifier, sender, to, number, sent, attempt, simulated, kind, time, km,
              at, cell_m, direction, probability, mover, speed_mps, heading_deg, outcome, sensors,
              has_picture, escalated)
MARSAD_FIELDS(PartnerView, id, name, language, route, hops, why_headquarters, by_hand)
MARSAD_FIELDS(ToldView, field, value)
MARSAD_FIELDS(RevealView, kind, who, off_m, age_s, text)
MARSAD_FIELDS(DisclosureView, partner, told, withheld, persons, released_by, not_before, reveals,
              warnings)
MARSAD_FIELDS(OpenReleaseView, incident, partner, persons, released_by)
MARSAD_FIELDS(NoticeStepView, time, step, hop, detail)
MARSAD_FIELDS(NoticeStateView, id, partner, number, incident, queued, not_before, simulated, hops,
              why_headquarters, by_hand, state, told, steps)
MARSAD_FIELDS(ReleaseRequest, partner, by)
MARSAD_FIELDS(ReceiptRequest, hop, by)
MARSAD_FIELDS(CountView, reason, count)
MARSAD_FIELDS(ChannelView, name, listens, form, address, state, since, detail, taken, failed, downs,
              connections, refused)
MARSAD_FIELDS(ForceRequest, by, name, allegiance, role, lat_deg, lon_deg, uncertainty_m, heard,
              gone)
MARSAD_FIELDS(ForceView, name, allegiance, role, at, uncertainty_m, heard, age_s, source)
MARSAD_FIELDS(AlertView, id, received, partner, by, identifier, sender, sent, status, type,
              references, event, headline, description, area, at, radius_m, again)

}  // namespace marsad::wire
