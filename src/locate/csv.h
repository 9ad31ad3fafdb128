// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ostream>
#include <vector>

#include "base/time.h"
#include "locate/plot.h"

namespace marsad::locate {

// The table of plots: t,sensor,lat,lon,var_e,var_n,cov_en as the tracker reads them, then height,
// the sensor's bias (bias_e,bias_n,bias_en), bearing, its sigma and what of that is bias,
// line-of-sight elevation, the place of the sensor, the cause, a probability for each class and the
// error's kurtosis. t in seconds since 1970 UTC; degrees, metres, m². A plot that is only a bearing
// has empty lat to bias_en and kurtosis; a look that found nothing is a row with only t and sensor.
void write_plot_header(std::ostream& out);
void write_plots(std::ostream& out, const sensor::SensorId& sensor, base::Time time,
                 const std::vector<Plot>& plots);

}  // namespace marsad::locate
