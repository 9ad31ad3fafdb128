// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "geo/local_frame.h"
#include "track/track.h"

namespace marsad::track {

using GroupId = base::Id<struct GroupTag>;

// Movers that go together. Each keeps its own track; the group says that they belong together.
struct Group {
  GroupId id;
  base::Time time;
  std::vector<TrackId> members;  // two or more, ascending
  geo::Geodetic centre;          // of the members that are not hidden; of all where all are
  double ve_mps = 0;             // their mean velocity
  double vn_mps = 0;
  geo::CovEn extent_m2;  // how the members lie about the centre

  bool operator==(const Group&) const = default;
};

// Two belong together once they were near and moved alike for a while, and until they were apart
// for a while: what is between keeps them as they were.
struct GroupSettings {
  double join_m = 30;
  double join_mps = 1;  // by which their velocities differ
  double join_after_s = 10;
  double leave_m = 60;
  double leave_mps = 2.5;
  double leave_after_s = 15;
};

// Tracks in, groups out, over time. Groups are chains of members that belong together by twos; one
// keeps its id with most of its members. The same tracks in the same order give the same groups.
class Groups {
 public:
  Groups(const GroupSettings& settings, const geo::LocalFrame& frame);

  // The groups now, by id. `tracks` are all of the tracker's, of one time no earlier than the last.
  // Confirmed tracks count; hidden ones stay where they belong.
  std::vector<Group> update(const std::vector<Track>& tracks);

 private:
  struct Bond {
    bool holds = false;
    base::Time since;  // when what would change it began
    base::Time seen;   // when the two were near last
  };
  struct Member {
    const Track* track = nullptr;
    geo::Enu at;
  };
  using Pair = std::pair<TrackId, TrackId>;

  void update_bonds(const std::vector<Member>& members, base::Time now);
  std::vector<std::vector<std::size_t>> parts(const std::vector<Member>& members) const;
  GroupId name(const std::vector<TrackId>& members, const std::map<TrackId, GroupId>& before,
               std::vector<GroupId>& taken);
  Group describe(const std::vector<Member>& members, const std::vector<std::size_t>& part) const;

  GroupSettings settings_;
  geo::LocalFrame frame_;
  std::map<Pair, Bond> bonds_;
  std::map<TrackId, GroupId> group_of_;
  std::uint64_t last_id_ = 0;
};

}  // namespace marsad::track
