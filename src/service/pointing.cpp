// SPDX-License-Identifier: Apache-2.0
#include "service/pointing.h"

#include <fmt/format.h>

#include <sstream>
#include <utility>

namespace marsad::service {
namespace {

// Gives each frame its pose as it is read.
class WithPointing : public video::FrameSource {
 public:
  WithPointing(const SiteCamera& camera, std::unique_ptr<video::FrameSource> source)
      : source_(std::move(source)), poses_(camera) {}

  const video::SourceInfo& info() const override { return source_->info(); }

  video::Event next(std::stop_token stop) override {
    if (held_) return *std::exchange(held_, std::nullopt);
    video::Event event = source_->next(std::move(stop));
    auto* const frame = std::get_if<video::Frame>(&event);
    if (frame == nullptr) return event;
    FramePoses::Told told = poses_.at(frame->number, frame->time);
    if (told.pose) frame->pose = told.pose;
    if (!told.fault) return event;
    held_ = std::move(*frame);
    return *std::move(told.fault);
  }

 private:
  std::unique_ptr<video::FrameSource> source_;
  FramePoses poses_;
  std::optional<video::Frame> held_;  // comes after the fault that tells of it
};

}  // namespace

FramePoses::FramePoses(const SiteCamera& camera)
    : camera_(camera.camera.id), log_(camera.pointing), aim_(camera.camera.pose) {}

FramePoses::Told FramePoses::at(std::uint64_t frame, base::Time time) {
  if (!log_) return {};
  if (!first_) first_ = time;
  Told told{log_->at(time, *first_, aim_), std::nullopt};
  const bool tells = told.pose.has_value();
  if (std::exchange(tells_, tells) != tells) told.fault = fault_of(frame, time);
  return told;
}

video::Fault FramePoses::fault_of(std::uint64_t frame, base::Time time) const {
  const std::string which = fmt::format("camera {}: from frame {} at {} on its pointing log ",
                                        camera_.text, frame, base::to_iso8601(time));
  if (tells_) return {video::Fault::Kind::pointing_again, which + "tells where it looks"};
  return {video::Fault::Kind::no_pointing, which +
                                               "does not tell where it looks; the log's span is " +
                                               log_->span() + "; the site's aim is taken"};
}

std::shared_ptr<const sensor::PointingLog> read_pointing(TomlReader::Table& table,
                                                         const std::filesystem::path& folder) {
  const auto location = table.text("pointing");
  if (!location || location->empty()) return nullptr;
  const std::filesystem::path file = resolve(folder, *location);
  const auto text = read_text(file);
  if (!text) {
    table.wrong("pointing", to_string(text.error()));
    return nullptr;
  }
  std::istringstream in(*text);
  auto log = sensor::PointingLog::read(in, file.string());
  if (log) return std::make_shared<const sensor::PointingLog>(*std::move(log));
  table.wrong("pointing", to_string(log.error()));
  return nullptr;
}

std::unique_ptr<video::FrameSource> with_pointing(const SiteCamera& camera,
                                                  std::unique_ptr<video::FrameSource> source) {
  if (!camera.pointing) return source;
  return std::make_unique<WithPointing>(camera, std::move(source));
}

simulate::CameraMotion motion_of(const SiteCamera& camera, base::Time start) {
  simulate::CameraMotion motion{camera.sway_px};
  if (camera.pointing) {
    motion.pose = [log = camera.pointing, aim = camera.camera.pose, start](double t_s) {
      return log->at(start + base::from_seconds(t_s), start, aim).value_or(aim);
    };
  }
  return motion;
}

}  // namespace marsad::service
