// SPDX-License-Identifier: Apache-2.0
#include "service/liaison_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <set>

#include "base/words.h"
#include "service/channel_file.h"
#include "service/toml_reader.h"
#include "service/toml_words.h"

namespace marsad::service {
namespace {

using liaison::Disclosure;
using liaison::Field;
using liaison::Partner;
using liaison::RouteKind;
using Table = TomlReader::Table;

constexpr Range kGrid_m{10, 100'000};
constexpr Range kDelay_s{0, 30 * 86'400.0};
constexpr Range kPersons{1, 2};
constexpr Range kWithin_m{0, 100'000};
constexpr Range kEscalateAfter_s{10, 7 * 86'400.0};

std::optional<double> whole_text(std::string_view text) {
  double value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stop != end) return std::nullopt;
  return value;
}

// "0-190" as the two numbers.
std::optional<std::pair<double, double>> read_span(std::string_view text) {
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto from = whole_text(text.substr(0, dash));
  const auto to = whole_text(text.substr(dash + 1));
  if (!from || !to) return std::nullopt;
  return std::pair(*from, *to);
}

// "04:00" as the minute of the day.
std::optional<std::chrono::minutes> read_clock(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  int hour = -1, minute = -1;
  std::from_chars(text.data(), text.data() + 2, hour);
  std::from_chars(text.data() + 3, text.data() + 5, minute);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return std::nullopt;
  return std::chrono::hours(hour) + std::chrono::minutes(minute);
}

// The known words of a required list; each other one is an error.
template <class Enum>
std::vector<Enum> read_words(Table& table, std::string_view key) {
  std::vector<Enum> out;
  const std::vector<std::string> texts = table.texts(key);
  for (const std::string& text : texts) {
    const auto value = base::from_word<Enum>(text);
    if (!value) {
      table.wrong(key,
                  fmt::format("found '{}'; expected some of {}", text, base::all_words<Enum>()));
    } else if (std::find(out.begin(), out.end(), *value) == out.end()) {
      out.push_back(*value);
    }
  }
  if (texts.empty()) {
    table.wrong(key, fmt::format("expected a list of at least one of {}", base::all_words<Enum>()));
  }
  return out;
}

void read_stretches(Table& table, Partner& partner) {
  const std::vector<std::string> texts = table.texts("kilometres");
  for (const std::string& text : texts) {
    const auto span = read_span(text);
    if (!span || span->first > span->second) {
      table.wrong("kilometres", fmt::format("found '{}'; expected stretches like \"0-190\"", text));
      continue;
    }
    partner.stretches.push_back({span->first * 1000, span->second * 1000});
  }
  if (texts.empty()) table.wrong("kilometres", "expected a list of stretches like [\"0-190\"]");
}

void read_hours(Table& table, Partner& partner) {
  const auto text = table.text("hours_utc");
  if (!text) return;
  const std::size_t dash = std::min(text->find('-'), text->size());
  const auto from = read_clock(std::string_view(*text).substr(0, dash));
  const auto to = read_clock(std::string_view(*text).substr(std::min(dash + 1, text->size())));
  if (from && to) {
    partner.hours = liaison::Hours{*from, *to};
  } else {
    table.wrong("hours_utc", fmt::format("found '{}'; expected hours like \"04:00-20:00\"", *text));
  }
}

void read_route(Table& table, Partner& partner) {
  table.required_text("route");
  partner.route = read_word(table, "route", RouteKind::none);
  partner.relays = table.texts("relays");
  partner.no_route = table.text("reason").value_or("");
  if ((partner.route == RouteKind::relayed) == partner.relays.empty()) {
    table.wrong("relays",
                "expected who passes notices on, in order, exactly where route is "
                "\"relayed\"");
  }
  if ((partner.route == RouteKind::none) == partner.no_route.empty()) {
    table.wrong("reason", "expected why there is no route, exactly where route is \"none\"");
  }
}

Partner read_partner(Table& table) {
  Partner partner;
  partner.id.text = table.required_text("id");
  partner.name = table.text("name").value_or(partner.id.text);
  read_stretches(table, partner);
  partner.heading = read_words<liaison::Side>(table, "heading");
  partner.kinds = read_words<incident::Kind>(table, "kinds");
  read_hours(table, partner);
  partner.language = read_word(table, "language", liaison::Language::en);
  read_route(table, partner);
  return partner;
}

Disclosure read_disclosure(Table& table) {
  Disclosure entry;
  entry.partner.text = table.required_text("partner");
  entry.kinds = read_words<incident::Kind>(table, "kinds");
  entry.fields = read_words<Field>(table, "fields");
  std::sort(entry.fields.begin(), entry.fields.end());
  entry.grid_m = table.number("grid_m", kGrid_m).value_or(0);
  if ((entry.allows(Field::place) || entry.allows(Field::kilometre)) && entry.grid_m == 0) {
    table.wrong("grid_m",
                "missing; expected the size of the cells in which place and kilometre "
                "are told");
  }
  entry.delay_s = table.required_number("delay_s", kDelay_s);
  entry.persons = static_cast<int>(table.required_whole_number("persons", kPersons));
  entry.tells_allied = table.boolean("tells_allied").value_or(entry.tells_allied);
  entry.allied_within_m =
      table.number("allied_within_m", kWithin_m).value_or(entry.allied_within_m);
  for (std::string& id : table.texts("known_sensors")) {
    entry.known_sensors.push_back({std::move(id)});
  }
  entry.sensor_within_m =
      table.number("sensor_within_m", kWithin_m).value_or(entry.sensor_within_m);
  entry.persons_if_warned = static_cast<int>(
      table.whole_number("persons_if_warned", kPersons).value_or(entry.persons_if_warned));
  return entry;
}

// Whether a name can stand on every envelope.
bool is_plain(std::string_view name) {
  return !name.empty() && name.find_first_of(" ,<&\n") == name.npos;
}

}  // namespace

LoadedLiaison read_liaison(std::string_view text, const std::string& file) {
  LoadedLiaison loaded;
  TomlReader reader(text, file);
  if (!reader.parsed()) return {{}, reader.finish()};
  Table root = reader.root();
  std::set<std::string> names = {std::string(liaison::kHeadquarters)};
  for (Table& table : root.tables("partner")) {
    Partner partner = read_partner(table);
    if (!names.insert(partner.id.text).second) {
      table.wrong("id", fmt::format("'{}' is taken; expected one of its own", partner.id.text));
    }
    if (!is_plain(partner.id.text)) {
      table.wrong("id", "expected a name without blanks, commas, '<' and '&'");
    }
    loaded.liaison.partners.push_back(std::move(partner));
  }
  read_channels(root, std::filesystem::path(file).parent_path(), loaded.liaison);
  loaded.liaison.sender = root.text("sender").value_or(loaded.liaison.sender);
  if (!is_plain(loaded.liaison.sender)) {
    root.wrong("sender", "expected a name without blanks, commas, '<' and '&'");
  }
  loaded.liaison.escalate_after_s =
      root.number("escalate_after_s", kEscalateAfter_s).value_or(loaded.liaison.escalate_after_s);
  loaded.liaison.overdue_role = root.text("overdue_role").value_or("");
  std::set<std::pair<std::string, incident::Kind>> entries;
  for (Table& table : root.tables("disclosure")) {
    Disclosure entry = read_disclosure(table);
    if (loaded.liaison.partner(entry.partner) == nullptr &&
        entry.partner.text != liaison::kHeadquarters) {
      table.wrong("partner", fmt::format("no [[partner]] of id '{}'", entry.partner.text));
    }
    for (const incident::Kind kind : entry.kinds) {
      if (!entries.emplace(entry.partner.text, kind).second) {
        table.wrong("kinds", fmt::format("a second entry for '{}' and {}; expected one",
                                         entry.partner.text, base::word(kind)));
      }
    }
    loaded.liaison.policy.disclosures.push_back(std::move(entry));
  }
  loaded.errors = reader.finish();
  return loaded;
}

}  // namespace marsad::service
