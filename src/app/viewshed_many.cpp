// SPDX-License-Identifier: Apache-2.0
#include "app/viewshed_many.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <functional>
#include <limits>
#include <optional>

#include "app/desk.h"
#include "base/csv.h"
#include "terrain/ground_earthworks.h"

namespace marsad::app {
namespace {

using terrain::Sight;

void add(float least_m, float& all) { all = std::fmin(all, least_m); }

// Seen by one is seen; told by one is told.
void add(Sight sight, Sight& all) {
  if (sight == Sight::seen || all == Sight::not_asked) all = sight;
}

// One observer's cells, in a part of the map.
template <class Cell>
using Look = std::function<base::Result<std::vector<Cell>>(const terrain::GroundGrid&,
                                                           const terrain::ViewshedSettings&)>;

template <class Cell>
void merge(const terrain::MapPart& part, const std::vector<Cell>& cells,
           const terrain::GroundMap& map, std::vector<Cell>& all) {
  for (int row = 0; row < part.grid.rows; ++row) {
    const Cell* from = cells.data() + part.grid.index(0, row);
    Cell* to = all.data() + map.grid.index(part.column, part.row + row);
    for (int column = 0; column < part.grid.columns; ++column) add(from[column], to[column]);
  }
}

template <class Cell>
void work(const terrain::GroundMap& map, const ManySettings& settings, const Look<Cell>& look,
          Desk& desk, std::vector<Cell>& all) {
  while (const auto number = desk.next()) {
    const NamedObserver& observer = settings.observers[*number];
    terrain::ViewshedSettings own = settings.limits;
    const terrain::MapPart part =
        terrain::part_around(map, map.places[*number], settings.limits.range_m);
    own.observer = {map.places[*number].column - part.column, map.places[*number].row - part.row};
    own.observer_height_m = observer.height_m;
    own.earthworks = terrain::pieces_on(part, settings.limits.earthworks);
    const auto cells = look(part.grid, own);
    if (!cells) return desk.fail({observer.name, base::to_string(cells.error())});
    desk.finish([&] { merge(part, *cells, map, all); });
  }
}

template <class Cell>
base::Result<std::vector<Cell>> of_all(const terrain::GroundMap& map, const ManySettings& settings,
                                       Cell not_told, const Look<Cell>& look,
                                       std::stop_token stop) {
  CHECK(map.places.size() == settings.observers.size());
  std::vector<Cell> all(map.grid.heights_m.size(), not_told);
  Desk desk("viewshed", settings.observers.size(), std::move(stop));
  on_all_cores([&] { work(map, settings, look, desk, all); });
  if (desk.failed()) return *desk.failed();
  return all;
}

}  // namespace

base::Result<std::vector<NamedObserver>> read_observers(const std::string& file) {
  std::ifstream in(file);
  if (!in) return base::Error{file, "can't be read"};
  auto table = base::CsvReader::open(in, file, {"name", "lat", "lon", "height"});
  if (!table) return table.error();
  std::vector<NamedObserver> observers;
  while (true) {
    const auto row = table->next();
    if (!row) return row.error();
    if (!*row) break;
    const auto lat = table->number("lat"), lon = table->number("lon"),
               height = table->number("height");
    for (const auto* cell : {&lat, &lon, &height})
      if (!*cell) return cell->error();
    observers.push_back({std::string(table->text("name")),
                         geo::Geodetic{geo::radians(*lat), geo::radians(*lon), 0}, *height});
  }
  if (observers.empty()) return base::Error{file, "holds no observer"};
  return observers;
}

base::Result<terrain::HeightLayer> least_heights_of_all(const terrain::GroundMap& map,
                                                        const ManySettings& settings,
                                                        std::stop_token stop) {
  const Look<float> look = [](const auto& grid,
                              const auto& own) -> base::Result<std::vector<float>> {
    auto layer = terrain::least_visible_heights(grid, own);
    if (!layer) return layer.error();
    return std::move(layer->least_m);
  };
  auto all =
      of_all<float>(map, settings, std::numeric_limits<float>::quiet_NaN(), look, std::move(stop));
  if (!all) return all.error();
  return terrain::HeightLayer{*std::move(all)};
}

base::Result<terrain::SightLayer> sight_of_all(const terrain::GroundMap& map,
                                               const ManySettings& settings, std::stop_token stop) {
  const Look<Sight> look = [&](const auto& grid,
                               const auto& own) -> base::Result<std::vector<Sight>> {
    auto layer = terrain::sight(grid, own, settings.target_height_m);
    if (!layer) return layer.error();
    return std::move(layer->sight);
  };
  auto all = of_all<Sight>(map, settings, Sight::not_asked, look, std::move(stop));
  if (!all) return all.error();
  return terrain::SightLayer{*std::move(all)};
}

}  // namespace marsad::app
