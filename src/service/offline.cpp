// SPDX-License-Identifier: Apache-2.0
#include "service/offline.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/words.h"
#include "service/camera_feed.h"

namespace marsad::service {
namespace {

// A camera's source with its next frame already read.
class Feed {
 public:
  Feed(std::unique_ptr<video::FrameSource> source, const SiteCamera& camera)
      : source_(std::move(source)), camera_(&camera), watch_(camera), stage_(camera) {}

  // Reads on to the next frame that counts as a look; false at the end.
  bool advance(const std::function<void(const std::string&)>& fault, std::stop_token stop) {
    while (true) {
      video::Event event = source_->next(stop);
      if (auto* frame = std::get_if<video::Frame>(&event)) {
        if (!counts(*frame, fault)) continue;
        next_ = std::make_shared<const video::Frame>(std::move(*frame));
        return true;
      }
      const auto* wrong = std::get_if<video::Fault>(&event);
      if (wrong == nullptr) return false;
      if (fault) fault(wrong->what);
    }
  }

  base::Time time() const { return next_->time; }

  // What began to be wrong with the camera up to the next frame, told once.
  std::vector<Step> take_troubles() { return std::exchange(troubles_, {}); }

  Step detect() {
    Picture unused;
    return stage_.detect(next_, next_->time, unused);
  }

 private:
  // Tells of the first of several frames in a row that don't.
  bool counts(const video::Frame& frame, const std::function<void(const std::string&)>& fault) {
    const bool before = std::exchange(counted_, watch_.look(frame, std::nullopt));
    for (const sensor::Condition& condition : watch_.begun()) {
      troubles_.push_back(trouble_step(*camera_, condition, frame.time));
    }
    if (before && !counted_ && fault) {
      const sensor::Condition* const worst = sensor::worst(watch_.conditions());
      fault(fmt::format("camera {}: from frame {} on: {}: {}", frame.camera.text, frame.number,
                        base::word(worst->state), worst->detail));
    }
    return counted_;
  }

  std::unique_ptr<video::FrameSource> source_;
  const SiteCamera* camera_;
  std::vector<Step> troubles_;
  PictureWatch watch_;
  DetectStage stage_;
  bool counted_ = true;
  std::shared_ptr<const video::Frame> next_;
};

}  // namespace

base::Result<void> run_offline(const Site& site, base::Time start,
                               const std::function<bool(const Step&)>& take,
                               const std::function<void(const std::string&)>& fault,
                               std::stop_token stop) {
  std::vector<Feed> feeds;
  for (const SiteCamera& camera : site.cameras) {
    auto source = open_camera(site, camera, start);
    if (!source) return source.error();
    Feed feed(*std::move(source), camera);
    if (feed.advance(fault, stop)) feeds.push_back(std::move(feed));
  }
  Chain chain(site, incident::IncidentId{1});
  const auto judge_troubles = [&](Feed& of) {
    bool more = true;
    for (Step& step : of.take_troubles()) {
      chain.judge(step);
      if (more && !step.incidents.empty()) more = take(step);
    }
    return more;
  };
  while (!feeds.empty() && !stop.stop_requested()) {
    const auto earliest =
        std::min_element(feeds.begin(), feeds.end(),
                         [](const Feed& a, const Feed& b) { return a.time() < b.time(); });
    Step step = earliest->detect();
    chain.locate(step);
    chain.track(step);
    chain.judge(step);
    if (!take(step)) return {};
    const bool more = earliest->advance(fault, stop);
    if (!judge_troubles(*earliest)) return {};
    if (!more) feeds.erase(earliest);
  }
  return {};
}

}  // namespace marsad::service
