// SPDX-License-Identifier: Apache-2.0
#include "service/offline.h"

#include <algorithm>

#include "service/camera_feed.h"

namespace marsad::service {
namespace {

// A camera's source with its next frame already read.
class Feed {
 public:
  Feed(std::unique_ptr<video::FrameSource> source, const SiteCamera& camera)
      : source_(std::move(source)), stage_(camera) {}

  // Reads on to the next frame; false at the end.
  bool advance(const std::function<void(const std::string&)>& fault, std::stop_token stop) {
    while (true) {
      video::Event event = source_->next(stop);
      if (auto* frame = std::get_if<video::Frame>(&event)) {
        next_ = std::make_shared<const video::Frame>(std::move(*frame));
        return true;
      }
      const auto* wrong = std::get_if<video::Fault>(&event);
      if (wrong == nullptr) return false;
      if (fault) fault(wrong->what);
    }
  }

  base::Time time() const { return next_->time; }

  Step detect() {
    Picture unused;
    return stage_.detect(next_, next_->time, unused);
  }

 private:
  std::unique_ptr<video::FrameSource> source_;
  DetectStage stage_;
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
  while (!feeds.empty() && !stop.stop_requested()) {
    const auto earliest =
        std::min_element(feeds.begin(), feeds.end(),
                         [](const Feed& a, const Feed& b) { return a.time() < b.time(); });
    Step step = earliest->detect();
    chain.locate(step);
    chain.track(step);
    chain.judge(step);
    if (!take(step)) return {};
    if (!earliest->advance(fault, stop)) feeds.erase(earliest);
  }
  return {};
}

}  // namespace marsad::service
