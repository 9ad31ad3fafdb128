// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "app/commands.h"
#include "app/site_option.h"
#include "base/words.h"
#include "liaison/notice.h"

namespace marsad::app {
namespace {

using liaison::Partner;

struct PolicyOptions {
  std::string site;
  std::string partner;
  std::string kind;
};

template <class Enum>
std::string in_words(const std::vector<Enum>& values) {
  std::vector<std::string_view> out;
  for (const Enum value : values) out.push_back(base::word(value));
  return out.empty() ? "nothing" : fmt::format("{}", fmt::join(out, ", "));
}

std::string route_of(const Partner& partner) {
  switch (partner.route) {
    case liaison::RouteKind::direct:
      return "direct";
    case liaison::RouteKind::relayed:
      return fmt::format("through {}", fmt::join(partner.relays, ", then "));
    case liaison::RouteKind::none:
      return fmt::format("none, goes to headquarters: {}", partner.no_route);
  }
  return "";
}

int check(const std::string& folder) {
  const auto site = load_site_or_explain(folder);
  if (!site) return 1;
  if (site->liaison.partners.empty()) {
    fmt::print("The site names no partners, so nobody outside is told of anything.\n");
  }
  for (const Partner& partner : site->liaison.partners) {
    fmt::print("{} ({}), route {}\n", partner.id.text, partner.name, route_of(partner));
    for (const incident::Kind kind : partner.kinds) {
      const auto* entry = site->liaison.policy.find(partner.id, kind);
      if (entry == nullptr) {
        fmt::print("  {}: nothing is told, the policy has no entry\n", base::word(kind));
      } else {
        fmt::print("  {}: {}; cells of {:.0f} m, {:.0f} s late, released by {} person{}\n",
                   base::word(kind), in_words(entry->fields), entry->grid_m, entry->delay_s,
                   entry->persons, entry->persons == 1 ? "" : "s");
        if (entry->persons_if_warned > entry->persons) {
          fmt::print("    by {} where telling would give a force or sensor away\n",
                     entry->persons_if_warned);
        }
      }
    }
  }
  for (const liaison::Channel& channel : site->liaison.channels) {
    fmt::print("way out to {}: {} to {}\n", channel.hop, base::word(channel.form), channel.address);
  }
  for (const liaison::Listener& listener : site->liaison.listeners) {
    fmt::print("way in for {} forces: {} at {}\n", base::word(listener.allegiance), listener.name,
               listener.address);
  }
  fmt::print("The policy is in order.\n");
  return 0;
}

// A made-up incident that is the partner's concern, with a value for everything.
incident::Incident example(const Partner& partner, incident::Kind kind,
                           const geo::BorderLine& line) {
  incident::Incident made;
  made.id.value = 1;
  made.kind = kind;
  made.direction = partner.heading.front() == liaison::Side::home ? incident::Direction::inbound
                                                                  : incident::Direction::outbound;
  made.time = base::Time(std::chrono::sys_days(std::chrono::year(2026) / 1 / 1)) +
              std::chrono::minutes(192);
  const liaison::Stretch& stretch = partner.stretches.front();
  made.chainage_m = (stretch.from_m + std::min(stretch.to_m, line.length_m())) / 2;
  made.place = line.at(made.chainage_m);
  made.chainage_m = std::clamp(made.chainage_m, stretch.from_m, stretch.to_m);
  made.probability = 0.93;
  made.classes = {0.9, 0.02, 0.02, 0.02, 0.02, 0.02};
  made.speed_mps = 1.4;
  made.heading_rad = geo::radians(75);
  made.sensors = {{"T1"}};
  made.outcome = incident::Outcome::turned_back;
  return made;
}

void show_kind(const service::Site& site, const Partner& partner, incident::Kind kind) {
  const incident::Incident made = example(partner, kind, site.border->line);
  fmt::print("{}, made-up, of {} at km {:.3f}:\n", base::word(kind), base::to_iso8601(made.time),
             made.chainage_m / 1000);
  const auto answer = liaison::preview(made, partner, site.liaison.policy, site.border->line, true);
  if (const auto* withheld = std::get_if<liaison::Withheld>(&answer)) {
    fmt::print("  nothing: {}\n", withheld->words);
    return;
  }
  for (const liaison::Told& one : liaison::told(std::get<liaison::Notice>(answer))) {
    fmt::print("  {:<12} {}\n", base::word(one.field), one.value);
  }
}

int show(const PolicyOptions& options) {
  const auto site = load_site_or_explain(options.site);
  if (!site) return 1;
  const Partner* const partner = site->liaison.partner({options.partner});
  if (partner == nullptr) {
    std::vector<std::string> known;
    for (const Partner& one : site->liaison.partners) known.push_back(one.id.text);
    return fail({"--partner", fmt::format("no partner '{}' in the site; it has: {}",
                                          options.partner, fmt::join(known, ", "))});
  }
  std::vector<incident::Kind> kinds = partner->kinds;
  if (!options.kind.empty()) {
    const auto kind = base::from_word<incident::Kind>(options.kind);
    if (!kind) {
      return fail({"--kind", fmt::format("found '{}'; expected one of {}", options.kind,
                                         base::all_words<incident::Kind>())});
    }
    kinds = {*kind};
  }
  fmt::print("What {} hears, route {}\n", partner->name, route_of(*partner));
  for (const incident::Kind kind : kinds) show_kind(*site, *partner, kind);
  return 0;
}

}  // namespace

void add_policy(CLI::App& app, int& status) {
  auto options = std::make_shared<PolicyOptions>();
  CLI::App* command = app.add_subcommand("policy",
                                         "Says what the site's partners may hear of incidents.\n"
                                         "Example: marsad policy show my-site --partner north");
  command->require_subcommand(1);
  CLI::App* checks = command->add_subcommand(
      "check", "Validates partners and policy and prints what each may hear");
  checks->add_option("site", options->site, "Folder with site.toml")->required();
  checks->callback([options, &status] { status = check(options->site); });
  CLI::App* shows = command->add_subcommand(
      "show", "Prints what a partner would be told of a made-up incident, once it is released");
  shows->add_option("site", options->site, "Folder with site.toml")->required();
  shows->add_option("--partner", options->partner, "The partner's id")->required();
  shows->add_option("--kind", options->kind, "Only this kind of incident (default: all it hears)");
  shows->callback([options, &status] { status = show(*options); });
}

}  // namespace marsad::app
