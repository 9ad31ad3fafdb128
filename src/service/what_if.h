// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "plan/what_if.h"
#include "service/site.h"
#include "wire/messages.h"

namespace marsad::service {

// What would be found, by kind and stretch, if cameras stood as asked. Changes nothing. Errors name
// the key: no such camera, nothing asked, a number out of range, a place whose ground is unknown.
base::Result<wire::WhatIfView> what_if(const Site& site, const plan::WhatIf& plans,
                                       const wire::WhatIfRequest& request);

}  // namespace marsad::service
