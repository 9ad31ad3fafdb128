// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef, useState } from "react";
import { courses } from "../geometry/heading";
import type { SiteView } from "../wire.gen";
import { text } from "../wording/strings";
import { createOperationsMap, type OperationsMap, webglMissing } from "./operations_map";
import { courseColour } from "./palette";

function Legend() {
  return (
    <ul className="legend">
      {courses.map((course) => (
        <li key={course}>
          <span className="legend-dot" style={{ background: courseColour[course] }} />
          {text.map.legend[course]}
        </li>
      ))}
    </ul>
  );
}

export function MapView({ site }: { site: SiteView }) {
  const container = useRef<HTMLDivElement>(null);
  const readout = useRef<HTMLOutputElement>(null);
  const map = useRef<OperationsMap>(null);
  const [terrain3d, setTerrain3d] = useState(false);
  const [missing] = useState(webglMissing);

  useEffect(() => {
    if (missing || !container.current || !readout.current) return;
    const created = createOperationsMap(container.current, readout.current, site);
    map.current = created;
    return () => {
      map.current = null;
      created.destroy();
    };
  }, [missing, site]);

  if (missing) {
    return (
      <div className="map-missing" role="alert">
        <strong>{text.map.noWebgl}</strong>
        <p>{text.map.noWebglHint}</p>
      </div>
    );
  }
  return (
    <section className="map" aria-label={text.map.label}>
      <div className="map-canvas" ref={container} />
      <div className="map-tools">
        <button type="button" onClick={() => map.current?.showWholeBorder()}>
          {text.map.wholeBorder}
        </button>
        <button
          type="button"
          aria-pressed={terrain3d}
          onClick={() => {
            map.current?.setTerrain3d(!terrain3d);
            setTerrain3d(!terrain3d);
          }}
        >
          {text.map.terrain3d}
        </button>
      </div>
      <Legend />
      <output className="map-readout" ref={readout} />
    </section>
  );
}
