// SPDX-License-Identifier: Apache-2.0
#include "track/groups.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "track/gate.h"

namespace marsad::track {

Groups::Groups(const GroupSettings& settings, const geo::LocalFrame& frame)
    : settings_(settings), frame_(frame) {}

void Groups::update_bonds(const std::vector<Member>& members, base::Time now) {
  const base::Duration join_after = base::from_seconds(settings_.join_after_s);
  const base::Duration leave_after = base::from_seconds(settings_.leave_after_s);
  std::vector<Box> boxes;
  for (const Member& member : members) {
    const double half_m = settings_.leave_m / 2;
    boxes.push_back(Box::around(member.at.east, member.at.north, half_m, half_m));
  }
  BoxIndex index;
  index.build(boxes);
  std::vector<std::uint32_t> near;
  for (std::size_t i = 0; i < members.size(); ++i) {
    index.find(boxes[i], near);
    for (const std::uint32_t j : near) {
      if (j <= i) continue;
      const Track& a = *members[i].track;
      const Track& b = *members[j].track;
      const double apart_m = std::hypot(members[i].at.east - members[j].at.east,
                                        members[i].at.north - members[j].at.north);
      const double differ_mps = std::hypot(a.ve_mps - b.ve_mps, a.vn_mps - b.vn_mps);
      const bool together = apart_m <= settings_.join_m && differ_mps <= settings_.join_mps;
      const bool apart = apart_m > settings_.leave_m || differ_mps > settings_.leave_mps;
      const Pair pair(a.id, b.id);
      const auto known = bonds_.find(pair);
      if (known == bonds_.end()) {
        if (together) bonds_[pair] = {false, now, now};
        continue;
      }
      Bond& bond = known->second;
      if (!apart) bond.seen = now;
      if (!bond.holds && together && now - bond.since >= join_after) bond.holds = true;
      if (!bond.holds && apart) bond.since = now;
    }
  }
  // A hidden member's place is a guess: its bonds wait for it.
  const auto hidden = [&](TrackId id) {
    const auto found = std::lower_bound(
        members.begin(), members.end(), id,
        [](const Member& member, TrackId other) { return member.track->id < other; });
    if (found == members.end() || found->track->id != id) return false;
    return found->track->status == TrackStatus::hidden;
  };
  for (auto& [pair, bond] : bonds_) {
    if (bond.holds && (hidden(pair.first) || hidden(pair.second))) bond.seen = now;
  }
  std::erase_if(bonds_, [&](const auto& entry) { return now - entry.second.seen > leave_after; });
}

// Who is joined to whom, directly or through others: numbers of members, those with company alone.
std::vector<std::vector<std::size_t>> Groups::parts(const std::vector<Member>& members) const {
  std::map<TrackId, std::size_t> number;
  for (std::size_t i = 0; i < members.size(); ++i) number[members[i].track->id] = i;
  std::vector<std::size_t> root(members.size());
  std::iota(root.begin(), root.end(), std::size_t{0});
  const auto find = [&root](std::size_t at) {
    while (root[at] != at) at = root[at] = root[root[at]];
    return at;
  };
  for (const auto& [pair, bond] : bonds_) {
    const auto a = number.find(pair.first), b = number.find(pair.second);
    if (!bond.holds || a == number.end() || b == number.end()) continue;
    const std::size_t one = find(a->second), other = find(b->second);
    root[std::max(one, other)] = std::min(one, other);
  }
  std::map<std::size_t, std::vector<std::size_t>> of_root;
  for (std::size_t i = 0; i < members.size(); ++i) of_root[find(i)].push_back(i);
  std::vector<std::vector<std::size_t>> found;
  for (auto& [first, part] : of_root) {
    if (part.size() > 1) found.push_back(std::move(part));
  }
  return found;
}

// The id most of the members were under before, if no other group took it; else a new one.
GroupId Groups::name(const std::vector<TrackId>& members, const std::map<TrackId, GroupId>& before,
                     std::vector<GroupId>& taken) {
  std::map<GroupId, int> votes;
  for (const TrackId id : members) {
    const auto found = before.find(id);
    if (found != before.end()) ++votes[found->second];
  }
  GroupId best;
  int most = 0;
  for (const auto& [id, count] : votes) {
    if (count <= most || std::find(taken.begin(), taken.end(), id) != taken.end()) continue;
    most = count;
    best = id;
  }
  if (best == GroupId{}) best = GroupId{++last_id_};
  taken.push_back(best);
  return best;
}

Group Groups::describe(const std::vector<Member>& members,
                       const std::vector<std::size_t>& part) const {
  Group group;
  std::vector<std::size_t> shown;
  for (const std::size_t i : part) {
    group.members.push_back(members[i].track->id);
    if (members[i].track->status == TrackStatus::confirmed) shown.push_back(i);
  }
  if (shown.empty()) shown = part;
  const double share = 1 / double(shown.size());
  double e = 0, n = 0, height_m = 0;
  for (const std::size_t i : shown) {
    e += share * members[i].at.east;
    n += share * members[i].at.north;
    height_m += share * members[i].track->place.height_m;
    group.ve_mps += share * members[i].track->ve_mps;
    group.vn_mps += share * members[i].track->vn_mps;
  }
  for (const std::size_t i : shown) {
    const double de = members[i].at.east - e, dn = members[i].at.north - n;
    group.extent_m2 =
        group.extent_m2 + geo::CovEn{share * de * de, share * de * dn, share * dn * dn};
  }
  group.time = members[part.front()].track->time;
  group.centre = frame_.to_geodetic_at_height(e, n, height_m);
  return group;
}

std::vector<Group> Groups::update(const std::vector<Track>& tracks) {
  if (tracks.empty()) return {};
  std::vector<Member> members;
  for (const Track& track : tracks) {
    if (track.status == TrackStatus::confirmed || track.status == TrackStatus::hidden) {
      members.push_back({&track, frame_.to_enu(track.place)});
    }
  }
  std::sort(members.begin(), members.end(),
            [](const Member& a, const Member& b) { return a.track->id < b.track->id; });
  update_bonds(members, tracks.front().time);
  std::vector<std::vector<std::size_t>> found = parts(members);
  // The larger part of a group that split keeps its id.
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.size() > b.size(); });
  std::vector<Group> groups;
  std::vector<GroupId> taken;
  std::map<TrackId, GroupId> now;
  for (const std::vector<std::size_t>& part : found) {
    groups.push_back(describe(members, part));
    Group& group = groups.back();
    group.id = name(group.members, group_of_, taken);
    for (const TrackId id : group.members) now[id] = group.id;
  }
  group_of_ = std::move(now);
  std::sort(groups.begin(), groups.end(),
            [](const Group& a, const Group& b) { return a.id < b.id; });
  return groups;
}

}  // namespace marsad::track
