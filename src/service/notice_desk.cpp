// SPDX-License-Identifier: Apache-2.0
#include "service/notice_desk.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/words.h"
#include "service/warnings.h"

namespace marsad::service {
namespace {

constexpr std::uint32_t kMostNotices = 500;    // in one answer
constexpr std::uint32_t kMostReleases = 1000;  // looked at for one

using Reason = NoticeRefusal::Reason;

std::vector<wire::ToldView> told_views(const liaison::Notice& notice) {
  std::vector<wire::ToldView> out;
  for (const liaison::Told& one : liaison::told(notice)) {
    out.push_back({std::string(base::word(one.field)), one.value});
  }
  return out;
}

std::vector<liaison::SensorPlace> places_of_sensors(const Site& site) {
  std::vector<liaison::SensorPlace> out;
  for (const SiteCamera& camera : site.cameras) {
    out.push_back({camera.camera.id, camera.camera.pose.position});
  }
  return out;
}

// What the policy lets the headquarters hear; where it has no entry, only that there is something.
liaison::Notice headquarters_notice(const incident::Incident& incident, const Site& site) {
  liaison::Partner headquarters;
  headquarters.id.text = liaison::kHeadquarters;
  headquarters.name = liaison::kHeadquarters;
  headquarters.stretches = {{0, site.border->line.length_m()}};
  headquarters.heading = {liaison::Side::home, liaison::Side::far};
  headquarters.kinds = {incident.kind};
  auto told = liaison::preview(incident, headquarters, site.liaison.policy, site.border->line,
                               site.simulated());
  if (auto* notice = std::get_if<liaison::Notice>(&told)) return std::move(*notice);
  liaison::Notice bare;
  bare.to = headquarters.id;
  bare.simulated = site.simulated();
  return bare;
}

}  // namespace

// An incident and a partner, and what the policy says of them.
struct NoticeDesk::Matter {
  incident::Incident incident;
  const liaison::Partner* partner = nullptr;
  const liaison::Disclosure* disclosure = nullptr;  // none where nothing may be told
  std::variant<liaison::Notice, liaison::Withheld> preview;
  std::vector<liaison::Reveal> reveals;  // of the preview, now

  int persons() const { return liaison::persons_for(*disclosure, reveals); }
  base::Time not_before() const { return incident.time + base::from_seconds(disclosure->delay_s); }
};

NoticeDesk::NoticeDesk(const Site& site, const IncidentBook& incidents, store::Store& store,
                       Clock clock, std::function<void()> added, const ForceDesk* forces)
    : site_(site),
      incidents_(incidents),
      outbox_(store),
      clock_(std::move(clock)),
      added_(std::move(added)),
      forces_(forces) {}

std::vector<border::ForceReport> NoticeDesk::forces() const {
  return forces_ == nullptr ? site_.border->forces : forces_->newest(clock_());
}

std::vector<wire::PartnerView> NoticeDesk::partners() const {
  std::vector<wire::PartnerView> out;
  for (const liaison::Partner& partner : site_.liaison.partners) {
    liaison::Route now = liaison::route(partner, clock_());
    const bool by_hand = is_by_hand(now.hops);
    out.push_back({partner.id.text, partner.name, std::string(base::word(partner.language)),
                   std::string(base::word(partner.route)), std::move(now.hops),
                   std::move(now.why_headquarters), by_hand});
  }
  return out;
}

bool NoticeDesk::is_by_hand(const std::vector<std::string>& hops) const {
  return hops.empty() || site_.liaison.channel(hops.front()) == nullptr;
}

NoticeDesk::Answer<NoticeDesk::Matter> NoticeDesk::matter(incident::IncidentId id,
                                                          const liaison::PartnerId& partner) const {
  Matter found;
  const auto incident = incidents_.find(id);
  if (!incident) return NoticeRefusal{Reason::unknown, fmt::format("no incident {}", id.value)};
  found.incident = *incident;
  found.partner = site_.liaison.partner(partner);
  if (found.partner == nullptr) {
    return NoticeRefusal{Reason::unknown, fmt::format("no partner '{}'", partner.text)};
  }
  const liaison::Policy& policy = site_.liaison.policy;
  found.disclosure = policy.find(partner, incident->kind);
  found.preview =
      liaison::preview(*incident, *found.partner, policy, site_.border->line, site_.simulated());
  if (const auto* notice = std::get_if<liaison::Notice>(&found.preview)) {
    found.reveals = liaison::reveals(*notice, *incident, *found.disclosure, site_.border->line,
                                     forces(), places_of_sensors(site_), clock_());
  }
  return found;
}

wire::DisclosureView NoticeDesk::view(const Matter& matter,
                                      const std::vector<liaison::Release>& releases) const {
  wire::DisclosureView out;
  out.partner = matter.partner->id.text;
  if (const auto* withheld = std::get_if<liaison::Withheld>(&matter.preview)) {
    out.withheld = withheld->words;
    return out;
  }
  out.told = told_views(std::get<liaison::Notice>(matter.preview));
  out.persons = static_cast<std::uint64_t>(matter.persons());
  for (const liaison::Reveal& reveal : matter.reveals) {
    out.reveals.push_back({std::string(base::word(reveal.kind)), reveal.who, reveal.off_m,
                           reveal.age_s, reveal.text});
  }
  for (const liaison::Release& release : releases) out.released_by.push_back(release.by);
  out.not_before = base::to_iso8601(matter.not_before());
  border::Border border = *site_.border;
  border.forces = forces();
  out.warnings = warnings_against(matter.partner->name, matter.incident, border,
                                  incidents_.newest_first(), clock_());
  return out;
}

bool NoticeDesk::sees(const Scope& scope, incident::IncidentId incident) const {
  if (scope.is_all()) return true;
  const auto found = incidents_.find(incident);
  return found && scope.sees(*found);
}

NoticeDesk::Answer<liaison::Notice> NoticeDesk::draft(incident::IncidentId incident,
                                                      const liaison::PartnerId& partner) const {
  const auto found = matter(incident, partner);
  if (const auto* refusal = std::get_if<NoticeRefusal>(&found)) return *refusal;
  const auto& preview = std::get<Matter>(found).preview;
  if (const auto* withheld = std::get_if<liaison::Withheld>(&preview)) {
    return NoticeRefusal{Reason::forbidden, withheld->words};
  }
  return std::get<liaison::Notice>(preview);
}

base::Result<std::vector<wire::OpenReleaseView>> NoticeDesk::open_releases(
    const Scope& scope) const {
  const auto open = outbox_.open_releases(kMostReleases);
  if (!open) return open.error();
  std::vector<wire::OpenReleaseView> out;
  for (const store::OpenReleases& one : *open) {
    const auto found = matter(one.incident, one.partner);
    const Matter* const about = std::get_if<Matter>(&found);
    if (about == nullptr || !scope.sees(about->incident)) continue;
    if (std::holds_alternative<liaison::Withheld>(about->preview)) continue;
    out.push_back(
        {one.incident.value, one.partner.text, static_cast<std::uint64_t>(about->persons()), {}});
    for (const liaison::Release& release : one.releases) {
      out.back().released_by.push_back(release.by);
    }
  }
  return out;
}

NoticeDesk::Answer<wire::DisclosureView> NoticeDesk::disclosure(
    incident::IncidentId incident, const liaison::PartnerId& partner) const {
  const auto found = matter(incident, partner);
  if (const auto* refusal = std::get_if<NoticeRefusal>(&found)) return *refusal;
  const auto releases = outbox_.open_releases(incident, partner);
  if (!releases) return NoticeRefusal{Reason::not_recorded, to_string(releases.error())};
  return view(std::get<Matter>(found), *releases);
}

NoticeDesk::Answer<wire::DisclosureView> NoticeDesk::release(incident::IncidentId incident,
                                                             const liaison::PartnerId& partner,
                                                             const std::string& by) {
  const std::lock_guard lock(releasing_);
  const auto found = matter(incident, partner);
  if (const auto* refusal = std::get_if<NoticeRefusal>(&found)) return *refusal;
  const Matter& matter = std::get<Matter>(found);
  if (const auto* withheld = std::get_if<liaison::Withheld>(&matter.preview)) {
    return NoticeRefusal{Reason::forbidden, withheld->words};
  }
  auto releases = outbox_.open_releases(incident, partner);
  if (!releases) return NoticeRefusal{Reason::not_recorded, to_string(releases.error())};
  const base::Time now = clock_();
  const liaison::Release one{by, now};
  const bool again = std::any_of(releases->begin(), releases->end(),
                                 [&](const liaison::Release& known) { return known.by == by; });
  if (!again) releases->push_back(one);
  std::optional<store::QueuedNotice> queued;
  if (std::ssize(*releases) >= matter.persons()) {
    queued.emplace();
    queued->incident = incident;
    queued->queued = now;
    queued->not_before = std::max(now, matter.not_before());
    queued->route = liaison::route(*matter.partner, queued->not_before);
    queued->notice = std::get<liaison::Notice>(matter.preview);
  }
  const auto stored = outbox_.release(incident, partner, one, queued);
  if (!stored) {
    return NoticeRefusal{Reason::not_recorded,
                         "not recorded, so not done: " + to_string(stored.error())};
  }
  if (*stored) added_();
  return view(matter, *releases);
}

base::Result<bool> NoticeDesk::tell_overdue(const incident::Incident& incident) {
  const std::string& role = site_.liaison.overdue_role;
  if (role.empty()) return false;
  store::QueuedNotice queued;
  queued.incident = incident.id;
  queued.queued = clock_();
  queued.not_before = queued.queued;
  queued.route = {{std::string(liaison::kHeadquarters)},
                  fmt::format("nobody acknowledged it for {:.0f} s; for the {}",
                              base::to_seconds(queued.queued - incident.told), role)};
  queued.notice = headquarters_notice(incident, site_);
  const auto stored = outbox_.queue_once(queued, "marsad");
  if (!stored) return stored.error();
  if (*stored) added_();
  return stored->has_value();
}

base::Result<std::vector<wire::NoticeStateView>> NoticeDesk::notices(
    const std::optional<liaison::PartnerId>& only, const Scope& scope) const {
  const auto found = outbox_.newest(kMostNotices);
  if (!found) return found.error();
  std::vector<wire::NoticeStateView> out;
  const base::Time now = clock_();
  for (const store::NoticeHistory& history : *found) {
    if (only && (history.queued.notice.to != *only || history.queued.not_before > now)) continue;
    if (!sees(scope, history.queued.incident)) continue;
    out.push_back(view(history, only.has_value()));
  }
  return out;
}

base::Result<std::optional<store::NoticeHistory>> NoticeDesk::notice(store::NoticeId id,
                                                                     const Scope& scope) const {
  auto found = outbox_.notice(id);
  if (found && *found && !sees(scope, (*found)->queued.incident)) found->reset();
  return found;
}

NoticeDesk::Answer<wire::NoticeStateView> NoticeDesk::receipt(store::NoticeId id,
                                                              const std::string& hop,
                                                              const std::string& by,
                                                              const Scope& scope) {
  auto found = notice(id, scope);
  if (!found) return NoticeRefusal{Reason::not_recorded, to_string(found.error())};
  if (!*found) return NoticeRefusal{Reason::unknown, fmt::format("no notice {}", id.value)};
  return receive(**std::move(found), hop, by);
}

NoticeDesk::Answer<wire::NoticeStateView> NoticeDesk::partner_receipt(
    store::NoticeId id, const liaison::PartnerId& partner, const std::string& by) {
  auto found = outbox_.notice(id);
  if (!found) return NoticeRefusal{Reason::not_recorded, to_string(found.error())};
  const bool is_theirs =
      *found && (*found)->queued.notice.to == partner && (*found)->queued.not_before <= clock_();
  if (!is_theirs) return NoticeRefusal{Reason::unknown, "no such notice"};
  return receive(**std::move(found), partner.text, by);
}

NoticeDesk::Answer<wire::NoticeStateView> NoticeDesk::receive(store::NoticeHistory history,
                                                              const std::string& hop,
                                                              const std::string& by) {
  const store::NoticeId id = history.queued.id;
  const std::vector<std::string>& hops = history.queued.route.hops;
  const bool is_escalated =
      std::any_of(history.steps.begin(), history.steps.end(),
                  [](const auto& step) { return step.kind == liaison::StepKind::escalated; });
  const bool is_on_the_way = std::find(hops.begin(), hops.end(), hop) != hops.end() ||
                             (is_escalated && hop == liaison::kHeadquarters);
  if (!is_on_the_way) {
    return NoticeRefusal{Reason::unknown, fmt::format("'{}' is not on the way of notice {}, "
                                                      "which goes {}",
                                                      hop, id.value, fmt::join(hops, ", "))};
  }
  const liaison::DeliveryStep step{clock_(), liaison::StepKind::receipt, hop, "told by " + by};
  const auto stored = outbox_.add_step(id, step, hop == hops.back());
  if (!stored) {
    return NoticeRefusal{Reason::not_recorded,
                         "not recorded, so not done: " + to_string(stored.error())};
  }
  history.steps.push_back(step);
  return view(history, false);
}

std::optional<std::string> NoticeDesk::why_withdrawn(const store::QueuedNotice& queued) const {
  if (queued.notice.to.text == liaison::kHeadquarters) {
    const auto incident = incidents_.find(queued.incident);
    if (incident && incident->state == incident::LifecycleState::open) return std::nullopt;
    return "it was acknowledged in the meantime";
  }
  const auto found = matter(queued.incident, queued.notice.to);
  if (const auto* refusal = std::get_if<NoticeRefusal>(&found)) return refusal->message;
  const Matter& now = std::get<Matter>(found);
  if (const auto* withheld = std::get_if<liaison::Withheld>(&now.preview)) return withheld->words;
  for (const liaison::Told& one : liaison::told(queued.notice)) {
    if (!now.disclosure->allows(one.field)) {
      return fmt::format("the policy no longer allows the field {}", base::word(one.field));
    }
  }
  if (queued.notice.place && queued.notice.place->size_m < now.disclosure->grid_m) {
    return fmt::format("the policy's grid is {} m now", now.disclosure->grid_m);
  }
  if (now.reveals.empty()) return std::nullopt;
  const auto releases = outbox_.releases_of(queued.id);
  if (!releases) return std::nullopt;  // a record that can't be read is no reason to give up
  if (std::ssize(*releases) >= now.persons()) return std::nullopt;
  return fmt::format("{}; released by {} of the {} persons that takes", now.reveals.front().text,
                     releases->size(), now.persons());
}

wire::NoticeStateView NoticeDesk::view(const store::NoticeHistory& history,
                                       bool for_partner) const {
  const store::QueuedNotice& queued = history.queued;
  wire::NoticeStateView out;
  out.id = queued.id.value;
  out.partner = queued.notice.to.text;
  out.number = queued.number;
  out.queued = base::to_iso8601(queued.queued);
  out.not_before = base::to_iso8601(queued.not_before);
  out.state = base::word(liaison::state_of(queued.route, history.steps));
  out.simulated = queued.notice.simulated;
  out.told = told_views(queued.notice);
  if (for_partner) return out;
  out.incident = queued.incident.value;
  out.hops = queued.route.hops;
  out.why_headquarters = queued.route.why_headquarters;
  out.by_hand = is_by_hand(queued.route.hops);
  for (const liaison::DeliveryStep& step : history.steps) {
    out.steps.push_back(
        {base::to_iso8601(step.time), std::string(base::word(step.kind)), step.hop, step.detail});
  }
  return out;
}

}  // namespace marsad::service
