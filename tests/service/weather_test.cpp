// SPDX-License-Identifier: Apache-2.0
#include "service/weather.h"

#include <gmock/gmock.h>

#include <fstream>

#include "sensor/air.h"
#include "tests/support/temporary_folder.h"

namespace marsad::service {
namespace {

using testing::HasSubstr;

const base::Time kNow = *base::parse_iso8601("2100-01-01T00:00:00Z");

wire::WeatherRequest report(double visibility_km) {
  wire::WeatherRequest request;
  request.by = "met office";
  request.visibility_km = visibility_km;
  return request;
}

std::string error_of(const wire::WeatherRequest& request) {
  return base::to_string(read_weather(request, kNow).error());
}

TEST(Weather, IsToldByNameOrAsMeasuredOrByAReport) {
  wire::WeatherRequest request;
  request.by = "watch 2";
  request.air = "dust";
  const auto named = read_weather(request, kNow);
  ASSERT_TRUE(named);
  EXPECT_EQ(named->extinction_per_km, *sensor::usual_extinction_per_km("dust"));
  EXPECT_EQ(named->text, "dust");
  EXPECT_EQ(named->by, "watch 2");
  EXPECT_EQ(named->time, kNow);

  request.air.clear();
  request.extinction_per_km = 0.7;
  request.text = "by the transmissometer";
  const auto measured = read_weather(request, kNow);
  ASSERT_TRUE(measured);
  EXPECT_EQ(measured->extinction_per_km, 0.7);
  EXPECT_EQ(measured->text, "by the transmissometer");

  auto told = report(2);
  told.particles = "dust";
  told.temperature_c = 30;
  told.relative_humidity_percent = 20;
  const auto reported = read_weather(told, kNow);
  ASSERT_TRUE(reported);
  EXPECT_NEAR(reported->extinction_per_km, *sensor::usual_extinction_per_km("dust"), 1e-12);
  EXPECT_EQ(reported->text, "dust, visibility 2 km");
}

TEST(Weather, OfWorseSightTakesMore) {
  EXPECT_GT(read_weather(report(0.4), kNow)->extinction_per_km,
            read_weather(report(5), kNow)->extinction_per_km);
  auto humid = report(10);
  humid.relative_humidity_percent = 95;
  auto dry = report(10);
  dry.relative_humidity_percent = 10;
  EXPECT_GT(read_weather(humid, kNow)->extinction_per_km,
            read_weather(dry, kNow)->extinction_per_km);
}

TEST(Weather, IsRefusedWhereItSaysNothingOrTwoThingsOrNonsense) {
  EXPECT_THAT(error_of({}), HasSubstr("expected one of air"));
  auto both = report(5);
  both.air = "haze";
  EXPECT_THAT(error_of(both), HasSubstr("expected one of air"));
  EXPECT_THAT(error_of(report(0)), HasSubstr("visibility_km: found 0; expected a number from"));
  wire::WeatherRequest nonsense;
  nonsense.air = "soup";
  EXPECT_THAT(error_of(nonsense), HasSubstr("found 'soup'; expected clear"));
  wire::WeatherRequest empty_space;
  empty_space.extinction_per_km = 0;
  EXPECT_THAT(error_of(empty_space), HasSubstr("extinction_per_km: found 0"));
  auto sand = report(5);
  sand.particles = "sand";
  EXPECT_THAT(error_of(sand), HasSubstr("found 'sand'; expected haze or dust"));
  auto boiling = report(5);
  boiling.temperature_c = 100;
  EXPECT_THAT(error_of(boiling), HasSubstr("temperature_c: found 100"));
}

class WeatherFileTest : public ::testing::Test {
 protected:
  // Writes it as at that second.
  void write(const std::string& text, int second) {
    std::ofstream(path_) << text;
    std::filesystem::last_write_time(
        path_, std::chrono::file_clock::from_sys(kNow - std::chrono::seconds(1000 - second)));
  }

  test::TemporaryFolder folder_;
  std::string path_ = folder_.file("weather.json");
  WeatherFile file_{path_};
};

TEST_F(WeatherFileTest, IsReadWhenItChangesAndThenOnly) {
  EXPECT_FALSE(file_.changed(kNow));
  write(R"({"visibility_km": 3})", 0);
  const auto first = file_.changed(kNow);
  ASSERT_TRUE(first && *first);
  EXPECT_EQ((*first)->by, "weather.json");
  EXPECT_EQ((*first)->time, kNow - std::chrono::seconds(1000));
  EXPECT_FALSE(file_.changed(kNow));
  write(R"({"air": "fog", "by": "met office"})", 1);
  const auto second = file_.changed(kNow);
  ASSERT_TRUE(second && *second);
  EXPECT_EQ((*second)->by, "met office");
  EXPECT_EQ((*second)->text, "fog");
}

TEST_F(WeatherFileTest, SaysWhatIsWrongInIt) {
  write("visibility: 3", 0);
  EXPECT_THAT(base::to_string(file_.changed(kNow)->error()),
              testing::AllOf(HasSubstr("weather.json"), HasSubstr("not JSON")));
  write(R"({"visibility_km": "far"})", 1);
  EXPECT_THAT(base::to_string(file_.changed(kNow)->error()),
              testing::AllOf(HasSubstr("weather.json: visibility_km"), HasSubstr("a number")));
  EXPECT_FALSE(file_.changed(kNow));
  EXPECT_FALSE(WeatherFile("").changed(kNow));
}

}  // namespace
}  // namespace marsad::service
