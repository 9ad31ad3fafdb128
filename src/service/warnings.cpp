// SPDX-License-Identifier: Apache-2.0
#include "service/warnings.h"

#include "incident/deconflict.h"
#include "service/views.h"

namespace marsad::service {

std::vector<wire::WarningView> warnings_against(const std::string& force,
                                                const incident::Incident& incident,
                                                const border::Border& border,
                                                const std::vector<incident::Incident>& others,
                                                base::Time now) {
  incident::Tasking tasking{force, incident.place};
  for (const border::ForceReport& known : border::newest_reports(border.forces, now)) {
    if (known.name == force) tasking.from = known.place;
  }
  std::vector<wire::WarningView> list;
  for (const incident::Warning& warning :
       incident::deconflict(incident, tasking, border, others, now)) {
    list.push_back(view(warning));
  }
  return list;
}

}  // namespace marsad::service
