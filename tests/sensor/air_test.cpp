// SPDX-License-Identifier: Apache-2.0
#include "sensor/air.h"

#include <gtest/gtest.h>

namespace marsad::sensor {
namespace {

TEST(Air, of_a_usual_day_takes_little_of_thermal_contrast) {
  // Between the band's clearest air and the good atmosphere of STANAG 4347.
  const double usual_per_km = extinction_per_km({});
  EXPECT_GT(usual_per_km, 0.1);
  EXPECT_LT(usual_per_km, kClearAir_per_km);
}

TEST(Air, takes_more_the_more_water_it_holds) {
  Weather summer{308.15, 0.1, 23, Particles::haze};
  const double dry_per_km = extinction_per_km(summer);
  summer.relative_humidity = 0.3;
  const double damp_per_km = extinction_per_km(summer);
  summer.relative_humidity = 0.6;
  const double close_per_km = extinction_per_km(summer);
  EXPECT_GT(damp_per_km, dry_per_km);
  // The continuum grows with the square of the vapour.
  EXPECT_GT(close_per_km - damp_per_km, 2 * (damp_per_km - dry_per_km));
}

TEST(Air, full_of_haze_takes_far_less_heat_than_light_and_full_of_fog_as_much) {
  const auto particles_per_km = [](double visibility_km, Particles particles) {
    const Weather clear{288.15, 0.46, 1e9, particles};
    const Weather thick{288.15, 0.46, visibility_km, particles};
    return extinction_per_km(thick) - extinction_per_km(clear);
  };
  const auto light_per_km = [](double visibility_km) { return 3.912 / visibility_km; };
  EXPECT_LT(particles_per_km(10, Particles::haze), 0.05 * light_per_km(10));
  EXPECT_NEAR(particles_per_km(0.4, Particles::haze), light_per_km(0.4), 0.01);
  EXPECT_NEAR(particles_per_km(2, Particles::dust), 0.5 * light_per_km(2), 0.01);
}

TEST(Air, has_usual_names) {
  EXPECT_EQ(usual_extinction_per_km("clear"), 0.2);
  EXPECT_EQ(usual_extinction_per_km("limited"), 1.0);
  for (const char* name : {"humid", "haze", "dust", "fog"})
    EXPECT_TRUE(usual_extinction_per_km(name)) << name;
  EXPECT_GT(*usual_extinction_per_km("fog"), *usual_extinction_per_km("dust"));
  EXPECT_FALSE(usual_extinction_per_km("soup"));
}

}  // namespace
}  // namespace marsad::sensor
