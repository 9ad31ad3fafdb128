// SPDX-License-Identifier: Apache-2.0
#include "service/chain.h"

#include <algorithm>

#include "service/privacy.h"

namespace marsad::service {
namespace {

Cameras cameras_of(const Site& site) {
  Cameras cameras;
  for (const SiteCamera& camera : site.cameras) cameras[camera.camera.id] = camera.camera;
  return cameras;
}

// Numbers of the tracker's that an operator's word took away: merged into others, split or dropped.
void add_unshown(const std::vector<track::Track>& tracks, const std::vector<track::Track>& shown,
                 std::vector<track::TrackId>& into) {
  for (const track::Track& track : tracks) {
    const auto same = std::lower_bound(
        shown.begin(), shown.end(), track.id,
        [](const track::Track& one, track::TrackId number) { return one.id < number; });
    if (same == shown.end() || same->id != track.id) into.push_back(track.id);
  }
}

}  // namespace

Chain::Chain(const Site& site, incident::IncidentId next_incident,
             std::set<incident::IncidentId> taken)
    : border_(site.border),
      cameras_(std::make_shared<Cameras>(cameras_of(site))),
      biases_({}, site.border->line.frame()),
      cross_fix_({.kept_s = site.tracker.most_lateness_s}, site.elevation),
      tracker_(site.tracker, site.border->line.frame(), visibility_of(site, cameras_),
               watched_of(site, cameras_)),
      groups_({}, site.border->line.frame()),
      judge_(site.judge, site.border, next_incident, std::move(taken)) {
  for (const SiteCamera& camera : site.cameras) {
    locators_.emplace(camera.camera.id,
                      locate::Locator(camera.camera, site.elevation, site.locator));
    biases_.add_sensor(camera.camera.id, camera.camera.pose.position,
                       camera.camera.sigma.azimuth_rad);
  }
}

void Chain::locate(Step& step) const {
  if (step.trouble) return;
  step.scan = {step.frame.camera, step.frame.time,
               locators_.at(step.frame.camera).locate(step.frame)};
  drop_private(border_->zones, step.frame.detections, step.scan.plots);
}

void Chain::track(Step& step) {
  if (step.trouble) return;
  const auto camera = cameras_->find(step.frame.camera);
  if (camera != cameras_->end()) {
    camera->second.pose = step.frame.pose;
    biases_.move_sensor(step.frame.camera, step.frame.pose.position);
  }
  track::Scan scan = biases_.corrected(step.scan);
  scan.plots = cross_fix_.fix(scan.sensor, scan.time, std::move(scan.plots));
  std::erase_if(scan.plots, [&](const locate::Plot& plot) {
    return plot.in_air && is_private(border_->zones, *plot.place);
  });
  tracker_.process(scan);
  const std::vector<track::Track> tracks = tracker_.tracks();
  // As located: a place that two sensors make together tells nothing of how they differ.
  biases_.observe(tracks, step.scan);
  if (tracker_.amended()) {
    step.amended = operators_->apply_to_past(*tracker_.amended());
    std::erase_if(step.amended->tracks, [&](const track::Track& track) {
      return is_private(border_->zones, track.place);
    });
  }
  step.tracks = operators_->apply(tracks, step.frame.time);
  add_unshown(tracks, step.tracks, step.lost_hidden);
  step.bias = biases_.of(step.frame.camera);
  std::erase_if(step.tracks, [&](const track::Track& track) {
    const bool hidden = is_private(border_->zones, track.place);
    if (hidden && track.status == track::TrackStatus::lost) step.lost_hidden.push_back(track.id);
    return hidden;
  });
  step.groups = groups_.update(step.tracks);
}

void Chain::judge(Step& step) {
  if (step.trouble) {
    step.incidents = judge_.judge(*step.trouble, step.frame.time);
    return;
  }
  step.incidents = judge_.judge(step.tracks, step.groups);
  for (const track::TrackId& id : step.lost_hidden) judge_.forget(id);
}

Step trouble_step(const SiteCamera& camera, const sensor::Condition& condition,
                  base::Time entered) {
  Step step;
  step.trouble = {camera.camera.id, camera.camera.pose.position, condition};
  step.frame.camera = camera.camera.id;
  step.frame.time = condition.since;
  step.entered = entered;
  return step;
}

}  // namespace marsad::service
