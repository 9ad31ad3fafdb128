// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "exchange/dispatch.h"
#include "exchange/xml.h"

namespace marsad::exchange {

// A notice as an alert of the Common Alerting Protocol 1.2 [CAP12], of private scope, in the
// partner's language. The area is the cell the place was coarsened to, as a circle around it.
std::string cap_alert(const Dispatch& dispatch);

// An alert somebody sent, as far as Marsad reads it.
struct CapAlert {
  std::string identifier;
  std::string sender;
  base::Time sent;
  std::string status;      // Actual, Exercise, System, Test, Draft
  std::string type;        // Alert, Update, Cancel, Ack, Error
  std::string scope;       // Public, Restricted, Private
  std::string references;  // the alerts it is about, as they stand there
  struct Circle {
    geo::Geodetic middle;
    double radius_m = 0;
  };
  struct Info {
    std::string event;
    std::string urgency, severity, certainty;
    std::string headline, description;
    std::vector<std::string> areas;  // their descriptions
    std::vector<Circle> circles;
    std::vector<std::vector<geo::Geodetic>> polygons;
  };
  std::vector<Info> infos;
};

// Reads an alert of CAP 1.1 or 1.2 from bytes that anybody may have written; signatures in it are
// not checked. Errors: no XML, beyond the limits, no alert, a required value missing or impossible.
base::Result<CapAlert> read_cap(std::string_view bytes, const XmlLimits& limits = {});

}  // namespace marsad::exchange
