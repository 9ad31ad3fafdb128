// SPDX-License-Identifier: Apache-2.0
import { useState } from "react";
import { incidentPicture } from "../feed/api";
import type { IncidentView } from "../wire.gen";
import { text } from "../wording/strings";

export function Cutout({ incident }: { incident: IncidentView }) {
  const [failed, setFailed] = useState(false);
  if (!incident.has_picture || failed) {
    return <div className="cutout cutout-none">{text.incidents.noPicture}</div>;
  }
  return (
    <img
      className="cutout"
      src={incidentPicture(incident.id)}
      alt={text.incidents.picture(incident.id)}
      onError={() => setFailed(true)}
    />
  );
}
