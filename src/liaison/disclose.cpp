// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/words.h"
#include "liaison/notice.h"

namespace marsad::liaison {
namespace {

using Why = Withheld::Why;

// What stands against telling the partner at any time; none where an entry allows it.
std::optional<Withheld> standing_reason(const incident::Incident& incident, const Partner& partner,
                                        const Disclosure* disclosure) {
  if (!concerns(partner, incident)) {
    return Withheld{
        Why::no_concern, fmt::format("not of {}'s kilometres, sides or kinds", partner.name), {}};
  }
  if (incident.merged_into) {
    return Withheld{Why::no_concern,
                    fmt::format("one event with incident {}", incident.merged_into->value),
                    {}};
  }
  if (disclosure == nullptr) {
    return Withheld{Why::no_disclosure,
                    fmt::format("the policy has no entry for {} and the kind {}", partner.name,
                                base::word(incident.kind)),
                    {}};
  }
  if (incident.outcome == incident::Outcome::own_force) {
    return Withheld{Why::own_force, "these were own forces, of whom nobody outside is told", {}};
  }
  return std::nullopt;
}

// What stands against it now.
std::optional<Withheld> passing_reason(const incident::Incident& incident,
                                       const Disclosure& disclosure, const Occasion& occasion) {
  const base::Time earliest = incident.time + base::from_seconds(disclosure.delay_s);
  if (occasion.now < earliest) {
    return Withheld{Why::too_early,
                    fmt::format("may be told from {} on, {:.0f} s after it happened",
                                base::to_iso8601(earliest), disclosure.delay_s),
                    earliest};
  }
  std::set<std::string> persons;
  for (const Release& release : occasion.releases) persons.insert(release.by);
  if (std::ssize(persons) < disclosure.persons) {
    return Withheld{Why::not_released,
                    fmt::format("released by {} of {} persons", persons.size(), disclosure.persons),
                    {}};
  }
  return std::nullopt;
}

Notice allowed_part(const incident::Incident& incident, const Partner& partner,
                    const Disclosure& disclosure, const geo::BorderLine& line, bool simulated) {
  Notice notice;
  notice.to = partner.id;
  notice.language = partner.language;
  notice.simulated = simulated;
  const auto tell = [&](Field field, auto& into, const auto& value) {
    if (disclosure.allows(field)) into = value;
  };
  tell(Field::kind, notice.kind, incident.kind);
  tell(Field::time, notice.time, incident.time);
  if (disclosure.allows(Field::place) || disclosure.allows(Field::kilometre)) {
    const Cell cell = coarse(incident.place, disclosure.grid_m);
    tell(Field::place, notice.place, cell);
    tell(Field::kilometre, notice.chainage_m, line.chainage(cell.middle).s_m);
  }
  tell(Field::direction, notice.direction, incident.direction);
  tell(Field::probability, notice.probability, incident.probability);
  tell(Field::mover, notice.mover, sensor::likeliest(incident.classes));
  tell(Field::speed, notice.speed_mps, incident.speed_mps);
  tell(Field::heading, notice.heading_rad, incident.heading_rad);
  tell(Field::outcome, notice.outcome, incident.outcome);
  tell(Field::sensors, notice.sensors, incident.sensors);
  tell(Field::picture, notice.picture_of, incident.id);
  return notice;
}

}  // namespace

bool Disclosure::allows(Field field) const {
  return std::find(fields.begin(), fields.end(), field) != fields.end();
}

const Disclosure* Policy::find(const PartnerId& partner, incident::Kind kind) const {
  const auto found =
      std::find_if(disclosures.begin(), disclosures.end(), [&](const Disclosure& entry) {
        return entry.partner == partner &&
               std::find(entry.kinds.begin(), entry.kinds.end(), kind) != entry.kinds.end();
      });
  return found == disclosures.end() ? nullptr : &*found;
}

const Partner* Liaison::partner(const PartnerId& id) const {
  const auto found = std::find_if(partners.begin(), partners.end(),
                                  [&](const Partner& one) { return one.id == id; });
  return found == partners.end() ? nullptr : &*found;
}

const Channel* Liaison::channel(std::string_view hop) const {
  const auto found = std::find_if(channels.begin(), channels.end(),
                                  [&](const Channel& one) { return one.hop == hop; });
  return found == channels.end() ? nullptr : &*found;
}

std::variant<Notice, Withheld> disclose(const incident::Incident& incident, const Partner& partner,
                                        const Policy& policy, const geo::BorderLine& line,
                                        const Occasion& occasion) {
  const Disclosure* const disclosure = policy.find(partner.id, incident.kind);
  if (auto reason = standing_reason(incident, partner, disclosure)) return *std::move(reason);
  if (auto reason = passing_reason(incident, *disclosure, occasion)) return *std::move(reason);
  return allowed_part(incident, partner, *disclosure, line, occasion.simulated);
}

std::variant<Notice, Withheld> preview(const incident::Incident& incident, const Partner& partner,
                                       const Policy& policy, const geo::BorderLine& line,
                                       bool simulated) {
  const Disclosure* const disclosure = policy.find(partner.id, incident.kind);
  if (auto reason = standing_reason(incident, partner, disclosure)) return *std::move(reason);
  return allowed_part(incident, partner, *disclosure, line, simulated);
}

}  // namespace marsad::liaison
