// SPDX-License-Identifier: Apache-2.0
#include "incident/group.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace marsad::incident {
namespace {

bool may_be_person(const Seen& mover) {
  return mover.mover == sensor::MoverClass::person || mover.mover == sensor::MoverClass::unknown;
}

class GroupRule : public Rule {
 public:
  explicit GroupRule(Scoped<GroupRuleSettings> settings) : settings_(std::move(settings)) {}

  void survey(const Scene& scene, std::vector<Finding>& found) override {
    std::map<track::GroupId, std::size_t> told;  // of groups that are still there
    for (const track::Group& group : scene.groups) {
      const auto before = told_.find(group.id);
      std::size_t& count = told[group.id] = before == told_.end() ? 0 : before->second;
      const std::vector<const Seen*> members = persons(group, scene);
      if (members.empty() || members.size() <= count) continue;
      const Seen& first = *members.front();
      const GroupRuleSettings* const here = settings_.at(first.at.s_m, scene.now);
      if (here == nullptr || members.size() < here->members) continue;
      double closing_mps = 0, existence = 1;
      for (const Seen* member : members) {
        closing_mps += member->closing_mps / static_cast<double>(members.size());
        existence = std::min(existence, member->track->existence);
      }
      if (first.distance_m() > here->within_m || closing_mps < here->closing_mps) continue;
      count = members.size();
      Finding& finding = found.emplace_back(
          found_of(first, Kind::group, first.side_probability() * existence,
                   fmt::format("came towards the line together from the {}, {:.0f} m off,",
                               side_of(first), first.distance_m())));
      for (std::size_t i = 1; i < members.size(); ++i) finding.movers.push_back(*members[i]->track);
    }
    told_ = std::move(told);
  }

 private:
  // Those near the line, the nearest first.
  static std::vector<const Seen*> persons(const track::Group& group, const Scene& scene) {
    std::vector<const Seen*> out;
    for (const Seen& mover : scene.near) {
      const bool member =
          std::binary_search(group.members.begin(), group.members.end(), mover.track->id);
      if (member && may_be_person(mover)) out.push_back(&mover);
    }
    std::stable_sort(out.begin(), out.end(), [](const Seen* a, const Seen* b) {
      return a->distance_m() < b->distance_m();
    });
    return out;
  }

  Scoped<GroupRuleSettings> settings_;
  std::map<track::GroupId, std::size_t> told_;  // how many members were told
};

}  // namespace

std::unique_ptr<Rule> group_rule(Scoped<GroupRuleSettings> settings) {
  return std::make_unique<GroupRule>(std::move(settings));
}

}  // namespace marsad::incident
