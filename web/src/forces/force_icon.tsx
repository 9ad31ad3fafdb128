// SPDX-License-Identifier: Apache-2.0
import { palette } from "../map/palette";
import { colourOf, outlineOf, shapeSize } from "./force_shape";

interface IconProperties {
  allegiance: string;
  role: string;
  old: boolean;
}

/** The mark that a force has on the map: its outline tells whose it is; a post is filled. */
export function ForceIcon({ allegiance, role, old }: IconProperties) {
  const colour = colourOf(allegiance, old);
  return (
    <svg className="force-icon" viewBox={`0 0 ${shapeSize} ${shapeSize}`} aria-hidden="true">
      <path
        d={outlineOf(allegiance)}
        fill={role === "post" ? colour : palette.ground}
        stroke={colour}
        strokeWidth="5"
        strokeLinejoin="round"
      />
    </svg>
  );
}
