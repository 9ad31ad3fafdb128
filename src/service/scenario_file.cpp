// SPDX-License-Identifier: Apache-2.0
#include "service/scenario_file.h"

#include <fmt/format.h>

#include <cmath>

#include "service/toml_reader.h"

namespace marsad::service {
namespace {

using Table = TomlReader::Table;

simulate::Weather read_weather(Table& table) {
  simulate::Weather weather;
  weather.noise_counts = table.number("noise_counts", {0, 1000}).value_or(weather.noise_counts);
  weather.extinction_per_km =
      table.number("extinction_per_km", {0, 10}).value_or(weather.extinction_per_km);
  weather.ground_counts =
      table.number("ground_counts", {500, 15'000}).value_or(weather.ground_counts);
  return weather;
}

simulate::Party read_party(Table& table) {
  simulate::Party party;
  party.name = table.required_text("name");
  const std::string mover = table.text("mover").value_or("person");
  if (const auto known = sensor::mover_class(mover)) {
    party.mover = *known;
  } else {
    table.wrong("mover",
                fmt::format("found '{}'; expected person, vehicle, animal or aircraft", mover));
  }
  party.count = static_cast<int>(table.whole_number("count", {1, 200}).value_or(party.count));
  party.spacing_m = table.number("spacing_m", {0.5, 1000}).value_or(party.spacing_m);
  party.start_s = table.number("start_s", {-86'400, 86'400}).value_or(party.start_s);
  party.repeat_every_s = table.number("repeat_every_s", {1, 86'400}).value_or(party.repeat_every_s);
  party.speed_mps = table.number("speed_mps", {0.05, 100}).value_or(party.speed_mps);
  party.wander_m = table.number("wander_m", {0, 1000}).value_or(party.wander_m);
  party.halt_s = table.number("halt_s", {0, 86'400}).value_or(party.halt_s);
  party.above_ground_m = table.number("above_ground_m", {0, 10'000}).value_or(party.above_ground_m);
  bool goes_somewhere = false;
  for (const auto& [lon_deg, lat_deg] : table.pairs("path")) {
    if (!(std::abs(lon_deg) <= 180) || !(std::abs(lat_deg) <= 90)) {
      table.wrong("path", fmt::format("[{}, {}] is not on Earth; expected degrees "
                                      "[longitude, latitude]",
                                      lon_deg, lat_deg));
    }
    party.path.push_back({geo::radians(lat_deg), geo::radians(lon_deg), 0});
    goes_somewhere |= !(party.path.back() == party.path.front());
  }
  if (party.path.empty()) {
    table.wrong("path", "no points; expected [[longitude, latitude], …]");
  } else if (!goes_somewhere && party.repeat_every_s > 0) {
    table.wrong("path",
                "leads nowhere, so the party stays for good; expected a second point, or "
                "no repeat_every_s");
  }
  return party;
}

simulate::Interference read_interference(Table& table) {
  simulate::Interference one;
  one.camera.text = table.required_text("camera");
  one.from_s = table.number("from_s", {0, 1e7}).value_or(0);
  const std::string kind = table.required_text("kind");
  if (kind == "turned") {
    one.kind = simulate::Interference::Kind::turned;
    one.turn_rad = geo::radians(table.number("turn_deg", {-180, 180}).value_or(5));
  } else if (kind != "covered") {
    table.wrong("kind", fmt::format("found '{}'; expected covered or turned", kind));
  }
  return one;
}

}  // namespace

LoadedScenario read_scenario(std::string_view text, const std::string& file) {
  TomlReader reader(text, file);
  Table root = reader.root();
  simulate::Scenario scenario;
  scenario.name = root.text("name").value_or(file);
  scenario.seed = static_cast<std::uint64_t>(root.whole_number("seed", {0, 1e15}).value_or(1));
  scenario.duration_s = root.number("duration_s", {0, 1e7}).value_or(0);
  if (auto table = root.table("weather")) scenario.weather = read_weather(*table);
  for (Table& table : root.tables("party")) scenario.parties.push_back(read_party(table));
  for (Table& table : root.tables("interference")) {
    scenario.interferences.push_back(read_interference(table));
  }
  LoadedScenario loaded;
  loaded.errors = reader.finish();
  if (loaded.errors.empty()) loaded.scenario = std::move(scenario);
  return loaded;
}

}  // namespace marsad::service
