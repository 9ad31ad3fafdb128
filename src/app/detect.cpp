// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <filesystem>
#include <fstream>

#include "app/commands.h"
#include "app/explain.h"
#include "app/interrupt.h"
#include "base/progress.h"
#include "detect/classifier.h"
#include "detect/csv.h"
#include "detect/detector.h"
#include "video/encode.h"
#include "video/source.h"

namespace marsad::app {
namespace {

struct DetectOptions {
  video::SourceSettings source;
  std::string out;
  std::string masks;
  ExplainSettings explain;
  detect::DetectorSettings detector;
  bool outline_only = false;
};

// What a detector finds, and what that is.
struct Stages {
  explicit Stages(const DetectOptions& options)
      : detector(options.detector), classifier(!options.outline_only) {}
  detect::Detector detector;
  detect::Classifier classifier;
};

base::Result<void> write_mask(const std::string& folder, std::uint64_t frame,
                              const video::Image<std::uint8_t>& mask) {
  const auto file = std::filesystem::path(folder) / fmt::format("mask{:06}.png", frame);
  return video::write_file(file.string(), video::encode_png(mask));
}

base::Result<void> process(const DetectOptions& options, const video::Frame& frame, Stages& stages,
                           std::optional<ExplainWriter>& explain, std::ostream& out) {
  detect::DetectorOutput found = stages.detector.process(frame);
  stages.classifier.classify(frame.counts, found.detections);
  if (explain) {
    auto explained = explain->take(frame, found.detections, stages.detector);
    if (!explained) return explained;
  }
  detect::write_detections(
      out, {frame.camera, frame.number, frame.time, {}, std::move(found.detections)});
  if (options.masks.empty()) return {};
  return write_mask(options.masks, frame.number, found.mask);
}

int detect_source(const DetectOptions& options) {
  const std::stop_token stop = stop_on_interrupt();
  auto source = video::open_source(options.source);
  if (!source) return fail(source.error());
  std::ofstream out(options.out);
  if (!out) return fail({options.out, "can't be written"});
  if (!options.masks.empty()) {
    std::error_code code;
    std::filesystem::create_directories(options.masks, code);
    if (code) return fail({options.masks, "can't be made: " + code.message()});
  }
  std::optional<ExplainWriter> explain;
  if (!options.explain.folder.empty()) {
    auto opened = ExplainWriter::open(options.explain);
    if (!opened) return fail(opened.error());
    explain = *std::move(opened);
  }
  detect::write_detection_header(out);
  Stages stages(options);
  base::Progress progress("detect", (*source)->info().frames);
  while (true) {
    const video::Event event = (*source)->next(stop);
    if (std::holds_alternative<video::End>(event)) break;
    if (const auto* fault = std::get_if<video::Fault>(&event)) {
      fmt::print(stderr, "marsad: {}; going on\n", fault->what);
      continue;
    }
    const auto written = process(options, std::get<video::Frame>(event), stages, explain, out);
    if (!written) return fail(written.error());
    progress.advance();
  }
  if (explain) {
    const auto closed = explain->close();
    if (!closed) return fail(closed.error());
  }
  return close_table(out, options.out);
}

}  // namespace

void add_detect(CLI::App& app, int& status) {
  auto options = std::make_shared<DetectOptions>();
  CLI::App* command = app.add_subcommand(
      "detect",
      "Finds movers in a folder of images, a video file, a CPTV recording or an RTSP stream.\n"
      "Example: marsad detect night.mp4 --out detections.csv --masks masks");
  command->add_option("source", options->source.location, "Folder, file or rtsp:// address")
      ->required();
  command->add_option("--out", options->out, "Table of detections to write")->required();
  command->add_option("--masks", options->masks,
                      "Folder for a mask a frame: mask%06d.png, 8 bit, 255 where a mover is");
  command->add_option("--explain", options->explain.folder,
                      "Folder for pictures that tell why: explain%06d.png and index.html");
  command->add_option("--explain-every", options->explain.every, "Explain one frame in so many")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  command->add_option("--explain-from", options->explain.from,
                      "Number of the first frame to explain");
  command->add_option("--explain-frames", options->explain.most, "Explain so many frames at most");
  command->add_option("--fps", options->source.fps,
                      "Frames a second, for sources without times (default 25)");
  command
      ->add_option("--sensitivity", options->detector.sensitivity,
                   "0: only the plainest movers, 1: the faintest")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  command->add_flag("--moving", options->detector.moving,
                    "The camera swings or rolls all the time, as one on a balloon does");
  command
      ->add_option("--smallest-area", options->detector.smallest_area_px, "Smallest mover, pixels")
      ->check(CLI::Range(1, 10'000))
      ->capture_default_str();
  command->add_flag("--outline-only", options->outline_only,
                    "Tell classes by the outline, not by the network");
  command->callback([options, &status] { status = detect_source(*options); });
}

}  // namespace marsad::app
