// SPDX-License-Identifier: Apache-2.0
#include "border/csv.h"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <istream>
#include <ostream>

#include "base/csv.h"
#include "base/words.h"

namespace marsad::border {
namespace {

using base::CsvReader;

constexpr double kMost_km = 20'000;

// Reads cells one after the other; of a row, the first thing wrong is kept.
class RowReader {
 public:
  explicit RowReader(const CsvReader& row) : row_(row) {}

  double number(std::string_view column, double low, double high) {
    const auto value = row_.number(column, low, high);
    if (value) return *value;
    wrong(value.error());
    return 0;
  }

  // Kilometres in the table, metres here.
  double chainage_m(std::string_view column) { return 1000 * number(column, 0, kMost_km); }

  base::Time time(std::string_view column) {
    const auto value = base::parse_iso8601(row_.text(column));
    if (value) return *value;
    wrong({row_.where(), fmt::format("{} is '{}'; expected a time like 2026-11-22T03:12:05Z",
                                     column, row_.text(column))});
    return {};
  }

  std::optional<base::Time> time_or_none(std::string_view column) {
    if (row_.text(column).empty()) return std::nullopt;
    return time(column);
  }

  template <class Enum>
  Enum word(std::string_view column) {
    const auto value = base::from_word<Enum>(row_.text(column));
    if (value) return *value;
    wrong({row_.where(), fmt::format("{} is '{}'; expected one of {}", column, row_.text(column),
                                     base::all_words<Enum>())});
    return {};
  }

  std::string text(std::string_view column) { return std::string(row_.text(column)); }

  // What a check of the whole row says, at its line.
  void wrong_with_row(const base::Error& error) {
    wrong({row_.where(), fmt::format("{}: {}", error.where, error.message)});
  }

  const std::optional<base::Error>& error() const { return error_; }

 private:
  void wrong(base::Error error) {
    if (!error_) error_ = std::move(error);
  }

  const CsvReader& row_;
  std::optional<base::Error> error_;
};

// Calls take(row) for each row of a table; stops at what is wrong first.
template <class Take>
base::Result<void> each_row(std::istream& in, const std::string& file,
                            const std::vector<std::string>& columns, const Take& take) {
  auto table = CsvReader::open(in, file, columns);
  if (!table) return table.error();
  while (true) {
    const auto more = table->next();
    if (!more) return more.error();
    if (!*more) return {};
    RowReader row(*table);
    take(row);
    if (row.error()) return *row.error();
  }
}

}  // namespace

base::Result<ControlRegister> read_control(std::istream& in, const std::string& file) {
  std::vector<ControlEntry> entries;
  const auto read = each_row(
      in, file,
      {"from_km", "to_km", "side", "holder", "since", "until", "learnt", "source", "confidence"},
      [&](RowReader& row) {
        auto entry = checked({.from_m = row.chainage_m("from_km"),
                              .to_m = row.chainage_m("to_km"),
                              .side = row.word<Side>("side"),
                              .holder = holder_of(row.text("holder")),
                              .since = row.time("since"),
                              .until = row.time_or_none("until"),
                              .learnt = row.time("learnt"),
                              .source = row.text("source"),
                              .confidence = row.number("confidence", 0, 1)});
        if (!entry) return row.wrong_with_row(entry.error());
        entries.push_back(*std::move(entry));
      });
  if (!read) return read.error();
  std::stable_sort(
      entries.begin(), entries.end(),
      [](const ControlEntry& a, const ControlEntry& b) { return a.learnt < b.learnt; });
  ControlRegister control;
  for (ControlEntry& entry : entries) {
    const auto added = control.add(std::move(entry));
    CHECK(added.has_value());  // checked and in order
  }
  return control;
}

void write_control(const ControlRegister& control, std::ostream& out) {
  out << "from_km,to_km,side,holder,since,until,learnt,source,confidence\n";
  for (const ControlEntry& entry : control.entries()) {
    fmt::print(out, "{},{},{},{},{},{},{},{},{}\n", entry.from_m / 1000, entry.to_m / 1000,
               base::word(entry.side), base::csv_cell(text_of(entry.holder)),
               base::to_iso8601(entry.since), entry.until ? base::to_iso8601(*entry.until) : "",
               base::to_iso8601(entry.learnt), base::csv_cell(entry.source), entry.confidence);
  }
}

base::Result<void> read_barrier_history(std::istream& in, const std::string& file,
                                        std::vector<Barrier>& barriers) {
  return each_row(
      in, file, {"barrier", "from_km", "to_km", "condition", "since", "learnt", "source"},
      [&](RowReader& row) {
        const std::string name = row.text("barrier");
        const auto named = [&](const Barrier& barrier) { return barrier.name == name; };
        const auto found = std::find_if(barriers.begin(), barriers.end(), named);
        const auto count = std::count_if(barriers.begin(), barriers.end(), named);
        if (count != 1) {
          return row.wrong_with_row({"barrier", fmt::format("{} barriers are named '{}'; expected "
                                                            "the name of one",
                                                            count == 0 ? "no" : "several", name)});
        }
        BarrierChange change{.from_m = row.chainage_m("from_km"),
                             .to_m = row.chainage_m("to_km"),
                             .condition = row.word<BarrierCondition>("condition"),
                             .since = row.time("since"),
                             .learnt = row.time("learnt"),
                             .source = row.text("source")};
        if (change.from_m >= change.to_m) {
          return row.wrong_with_row({"to_km", "expected a stretch that ends after it begins"});
        }
        found->history.push_back(std::move(change));
      });
}

base::Result<std::vector<ForceReport>> read_forces(std::istream& in, const std::string& file) {
  std::vector<ForceReport> reports;
  const auto read = each_row(
      in, file, {"name", "allegiance", "role", "lat_deg", "lon_deg", "uncertainty_m", "heard"},
      [&](RowReader& row) {
        ForceReport report{.name = row.text("name"),
                           .allegiance = row.word<Allegiance>("allegiance"),
                           .role = row.word<ForceRole>("role"),
                           .place = {geo::radians(row.number("lat_deg", -89, 89)),
                                     geo::radians(row.number("lon_deg", -180, 180)), 0},
                           .uncertainty_m = row.number("uncertainty_m", 0, 100'000),
                           .heard = row.time("heard")};
        if (report.name.empty()) row.wrong_with_row({"name", "empty; expected the unit's name"});
        reports.push_back(std::move(report));
      });
  if (!read) return read.error();
  return reports;
}

}  // namespace marsad::border
