// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "base/bounded_queue.h"
#include "incident/deconflict.h"
#include "incident/incident.h"
#include "service/health_desk.h"
#include "service/look_ahead.h"
#include "service/picture_desk.h"
#include "service/site.h"
#include "store/store.h"
#include "track/groups.h"
#include "track/operator_word.h"
#include "track/refusal.h"
#include "track/track.h"
#include "wire/messages.h"

namespace marsad::service {

// What Marsad holds, in the public words.
wire::LngLat view(geo::Geodetic place);
wire::SiteView view(const Site& site);
// Who holds what at this time, as far as it was told by then: neighbouring pieces of one holder as
// one. Empty where the register is.
std::vector<wire::HeldView> view_holders(const border::Border& border, base::Time time);
wire::TrackView view(const track::Track& track, const geo::BorderLine& line,
                     std::vector<wire::LngLat> tail);
// `shown` are the members that are shown; the others are hidden.
wire::GroupView view(const track::Group& group, const std::vector<track::TrackId>& shown);
wire::PredictionView view(const LookAhead& ahead);
wire::IncidentView view(const incident::Incident& incident, bool has_picture, bool simulated);
wire::WarningView view(const incident::Warning& warning);
wire::WordView view(const track::OperatorWord& word);
wire::PictureView view(const Picture& picture);
wire::QueueView view(const base::QueueFigures& figures);
// The reasons for which something was refused.
std::vector<wire::RefusedView> view(const track::RefusedCounts& counts);
wire::CameraHealthView view(const sensor::SensorId& id, const CameraFigures& figures,
                            std::uint64_t dropped);
wire::HealthStretchView view(const store::RecordedHealth& recorded);

}  // namespace marsad::service
