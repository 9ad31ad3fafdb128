// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "border/border.h"
#include "incident/incident.h"
#include "wire/messages.h"

namespace marsad::service {

// What stands against sending the force of that name to an incident, from where it was heard of
// last; of one nobody heard of, what is about the incident. `others`: all incidents there are.
std::vector<wire::WarningView> warnings_against(const std::string& force,
                                                const incident::Incident& incident,
                                                const border::Border& border,
                                                const std::vector<incident::Incident>& others,
                                                base::Time now);

}  // namespace marsad::service
