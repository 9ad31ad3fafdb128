// SPDX-License-Identifier: Apache-2.0
#include "service/pipeline.h"

#include <fmt/format.h>

namespace marsad::service {
namespace {

// Steps written to the record in one go; each go waits for the disk once.
constexpr std::size_t kRecordBatch = 256;
// A moment to gather steps, so that the disk is asked a few times a second, not for every frame.
constexpr auto kRecordEvery = std::chrono::milliseconds(200);

// What is kept in memory while the record takes nothing: minutes of a large site.
constexpr std::size_t kMostUnwritten = 50'000;

}  // namespace

Pipeline::Pipeline(const Site& site, incident::IncidentId next_incident, Desks desks)
    : desks_(desks), chain_(site, next_incident) {
  for (const SiteCamera& camera : site.cameras) {
    feeds_.push_back(
        std::make_unique<CameraFeed>(site, camera, detections_, desks_.pictures, desks_.health));
  }
}

Pipeline::~Pipeline() { stop(); }

void Pipeline::start() {
  stages_.emplace_back([this] { run_locate(); });
  stages_.emplace_back([this] { run_track(); });
  stages_.emplace_back([this] { run_incident(); });
  stages_.emplace_back([this] { run_record(); });
  for (const auto& feed : feeds_) feed->start();
}

void Pipeline::stop() {
  for (const auto& feed : feeds_) feed->request_stop();
  join();
}

void Pipeline::join() {
  for (const auto& feed : feeds_) feed->join();
  detections_.close();
  stages_.clear();
}

std::vector<base::QueueFigures> Pipeline::queues() const {
  std::vector<base::QueueFigures> out;
  for (const auto& feed : feeds_) out.push_back(feed->queue());
  for (const Queue* queue : {&detections_, &plots_, &tracks_, &records_}) {
    out.push_back(queue->figures());
  }
  return out;
}

std::variant<track::OperatorWord, WordRefusal> Pipeline::say(const track::OperatorWord& word) {
  return chain_.operators().say(word, [this](const store::RecordedWord& recorded) {
    return desks_.store.put_word(desks_.run, recorded);
  });
}

void Pipeline::run_locate() {
  while (auto step = detections_.pop()) {
    chain_.locate(*step);
    plots_.push(*std::move(step));
  }
  plots_.close();
}

void Pipeline::run_track() {
  while (auto step = plots_.pop()) {
    chain_.track(*step);
    if (step->bias && step->bias->pairs > 0) desks_.health.bias(*step->bias);
    desks_.health.refused(chain_.refused());
    tracks_.push(*std::move(step));
  }
  tracks_.close();
}

void Pipeline::run_incident() {
  while (auto step = tracks_.pop()) {
    chain_.judge(*step);
    desks_.health.held_back(chain_.held_back());
    for (const incident::Incident& incident : step->incidents) {
      std::optional<video::Bytes> picture;
      const incident::Evidence& evidence = incident.evidence;
      if (const auto seen = desks_.pictures.of(evidence.sensor, evidence.cause)) {
        picture = cut_out(*seen, evidence.cause);
      }
      desks_.incidents.judged(incident, std::move(picture));
    }
    if (!step->trouble) desks_.tracks.show(*step, now());
    records_.push(*std::move(step));
  }
  records_.close();
}

void Pipeline::run_record() {
  while (true) {
    const std::vector<Step> steps = records_.pop_some(kRecordBatch);
    if (steps.empty()) return;
    record(steps);
    std::this_thread::sleep_for(kRecordEvery);
  }
}

void Pipeline::record(const std::vector<Step>& steps) {
  for (const Step& step : steps) {
    if (step.trouble) continue;  // in the record as the sensor's health
    unwritten_frames_.push_back(step.frame);
    track_log_.take(step);
  }
  auto written = desks_.incidents.store_pending();
  if (written) written = desks_.store.append(desks_.run, unwritten_frames_);
  if (written) {
    unwritten_frames_.clear();
    written = track_log_.write(desks_.store, desks_.run);
  }
  std::string trouble;
  if (!written) {
    give_up_oldest();
    trouble = fmt::format("{}; {} frames wait to be written, {} were given up",
                          base::to_string(written.error()), unwritten_frames_.size(), given_up_);
  }
  desks_.health.record(trouble);
}

void Pipeline::give_up_oldest() {
  if (unwritten_frames_.size() > kMostUnwritten) {
    const auto excess = unwritten_frames_.size() - kMostUnwritten;
    unwritten_frames_.erase(unwritten_frames_.begin(),
                            unwritten_frames_.begin() + static_cast<std::ptrdiff_t>(excess));
    given_up_ += excess;
  }
  if (track_log_.unwritten().size() > kMostUnwritten) track_log_.give_up();
}

}  // namespace marsad::service
