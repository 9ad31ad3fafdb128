// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/service/site_folder.h"

namespace marsad::service {

// A relayed partner, "north", that hears kind, time and kilometre of outbound crossings at
// kilometres 0 to 3, after 600 s, released by two; "south" likewise, straight and released by one.
inline const std::string kLiaison = R"(escalate_after_s = 900
[[partner]]
id = "north"
kilometres = ["0-3"]
heading = ["far"]
kinds = ["crossing"]
route = "relayed"
relays = ["cell"]
[[partner]]
id = "south"
kilometres = ["0-3"]
heading = ["far"]
kinds = ["crossing"]
route = "direct"
[[disclosure]]
partner = "north"
kinds = ["crossing"]
fields = ["kind", "time", "kilometre"]
grid_m = 1000
delay_s = 600
persons = 2
[[disclosure]]
partner = "south"
kinds = ["crossing"]
fields = ["kind"]
delay_s = 0
persons = 1
)";

// A site with these partners and with further lines of liaison.toml and site.toml.
inline Site liaison_site(const SiteFolder& folder, const std::string& more_liaison = "",
                         const std::string& more_site = "") {
  folder.write("liaison.toml", kLiaison + more_liaison);
  folder.write("site.toml", kHead + "[liaison]\nfile = \"liaison.toml\"\n" + more_site +
                                camera("T1", "\"nowhere\"") + camera("T2", "\"nowhere\""));
  return folder.load();
}

// An outbound crossing at kilometre 2, seen by T1.
inline incident::Incident outbound_crossing(const Site& site, std::uint64_t id) {
  incident::Incident incident;
  incident.id.value = id;
  incident.direction = incident::Direction::outbound;
  incident.time = base::Time(std::chrono::hours(500'000));
  incident.place = site.border->line.at(2000);
  incident.chainage_m = 2000;
  incident.sensors = {{"T1"}};
  return incident;
}

}  // namespace marsad::service
